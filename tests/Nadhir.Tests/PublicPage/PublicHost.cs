using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nadhir.DutyConsole;
using Nadhir.Geodesy;
using Nadhir.PublicPage;
using Nadhir.Tests.Console;
using Nadhir.Warning;

namespace Nadhir.Tests.PublicPage;

/// <summary>A province with a district, its town and a village beside it; alerts are said by hand.</summary>
sealed class PublicWatch : IConsoleSource
{
    public static readonly DateTimeOffset Start = new(2024, 7, 29, 21, 40, 0, TimeSpan.Zero);
    readonly TimeProvider real = TimeProvider.System;
    readonly long began = TimeProvider.System.GetTimestamp();
    Boards current = new() { Now = Start, Sequence = 0 };

    /// <param name="languages">In which the messages are; both when none.</param>
    public PublicWatch(bool exercise = false, params string[] languages) => Configuration = new()
    {
        Name = "Civil protection",
        Exercise = exercise,
        Sender = "warning@centre.example",
        Origin = new(33, 44),
        TimeZone = "Asia/Baghdad",
        Languages = languages.Length == 0 ? null : [.. languages],
        Zones =
        [
            Zone("P", "Example province", "محافظة المثال", null, new(33, 44), 60),
            Zone("D", "Northern district", "القضاء الشمالي", "P", new(33.2, 44), 25),
            Zone("T", "Old Town", "البلدة القديمة", "D", new(33.25, 44), 5) with { SecondsToShelter = 45 },
            Zone("V", "Village <East> & Co", "قرية أحمد", "P", new(32.7, 44.2), 4),
        ],
    };

    public WatchConfiguration Configuration { get; }
    public Boards Current => Volatile.Read(ref current);

    /// <summary>Goes on in real time unless the watch is made to stand still.</summary>
    public DateTimeOffset Now => Start + real.GetElapsedTime(began);
    public bool StandsStill { get; set; }
    public ConsoleHealth Health => ConsoleHealth.Sound;

    public ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation) =>
        ValueTask.FromResult<CommandOutcome>(new CommandOutcome.Refused(Cause.Of(CauseCode.Malformed, "nobody orders here")));

    /// <summary>A turn of the watch with these alerts, and what else the boards hold.</summary>
    public void Show(params AlertRow[] alerts) => Show(Current with { Alerts = [.. alerts] });

    public void Show(Boards boards) => Volatile.Write(ref current, boards with { Now = Now, Sequence = Current.Sequence + 1 });

    /// <summary>The same boards at a later time, as the ticks of a watch bring them.</summary>
    public void Tick()
    {
        if (!StandsStill) Show(Current);
    }

    public AlertRow Alert(string zone, AlertState state, int messages = 1, double arrivesIn = 200) => new()
    {
        Id = $"A-{zone}-1", Zone = zone, State = state, Kind = ThreatKind.Aircraft, Since = Start, Updated = Now, Probability = 0.8,
        Arrival = state is AlertState.Watch or AlertState.Warning ? new(Now.AddSeconds(arrivesIn), Now.AddSeconds(arrivesIn + 300)) : null,
        Tracks = [1], Reason = "a rule", Messages = [.. Enumerable.Range(1, messages).Select(i => $"nadhir-A-{zone}-1-{i}")],
    };

    static Zone Zone(string id, string name, string arabic, string? parent, GeoPoint centre, double kilometres) => new()
    {
        Id = id, Name = name, Names = ImmutableSortedDictionary<string, string>.Empty.Add("ar", arabic), Parent = parent,
        Area = new() { Centre = centre, RadiusMetres = kilometres * 1000 },
    };
}

/// <summary>The public's server on a free port of this machine, the watch behind it ticking.</summary>
sealed class PublicHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ITimer ticks;

    PublicHost(WebApplication app, PublicWatch watch, Uri address)
    {
        this.app = app;
        Watch = watch;
        Address = address;
        Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        ticks = TimeProvider.System.CreateTimer(_ => watch.Tick(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public PublicWatch Watch { get; }
    public Uri Address { get; }
    public HttpClient Client { get; }
    public IServiceProvider Services => app.Services;

    public static async Task<PublicHost> Start(
        PublicOptions? options = null, PublicWatch? watch = null, Action<WebApplication>? more = null, int port = 0)
    {
        watch ??= new();
        options ??= new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        string[] addresses = [$"http://127.0.0.1:{port}", .. options.Port is { } own ? [$"http://127.0.0.1:{own}"] : Array.Empty<string>()];
        builder.WebHost.UseUrls(addresses);
        builder.Services.AddConsole(watch, new());
        builder.Services.AddPublicPage(options);
        WebApplication made = builder.Build();
        made.UsePublicPort().MapConsole().MapPublicPage();
        more?.Invoke(made);
        await made.StartAsync();
        return new(made, watch, new(made.Urls.First(url => !url.EndsWith($":{options.Port}", StringComparison.Ordinal))));
    }

    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        Client.Dispose();
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(2));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }
}
