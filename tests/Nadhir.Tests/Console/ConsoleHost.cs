using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nadhir.DutyConsole;

namespace Nadhir.Tests.Console;

/// <summary>The console's server on a free port of this machine, over a synthetic watch.</summary>
sealed class ConsoleHost : IAsyncDisposable
{
    readonly WebApplication app;

    ConsoleHost(WebApplication app, SyntheticWatch watch)
    {
        this.app = app;
        Watch = watch;
        Address = new(app.Urls.First());
        Client = new() { BaseAddress = Address };
    }

    public SyntheticWatch Watch { get; }
    public Uri Address { get; }
    public HttpClient Client { get; }
    public IServiceProvider Services => app.Services;

    public static async Task<ConsoleHost> Start(ConsoleOptions? options = null, SyntheticWatch? watch = null, int port = 0, Action<WebApplication>? more = null)
    {
        watch ??= new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddConsole(watch, options ?? new());
        WebApplication made = builder.Build();
        made.MapConsole();
        more?.Invoke(made);
        await made.StartAsync();
        return new(made, watch);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(2));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }
}
