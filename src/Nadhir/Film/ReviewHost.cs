using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Nadhir.DutyConsole;
using Nadhir.Hosting;
using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>
/// The console over a closed record. It serves the film and what a console needs at its start; there is no live picture,
/// and no way to order anything.
/// </summary>
sealed class ReviewHost : IAsyncDisposable
{
    static readonly TimeSpan heartbeatEvery = TimeSpan.FromSeconds(1);

    readonly WebApplication app;
    readonly CancellationTokenSource stopping = new();
    readonly Task building;
    readonly string? temporary;

    ReviewHost(WebApplication app, FilmPart film, WatchConfiguration configuration, string? temporary)
    {
        (this.app, Film, Configuration, this.temporary) = (app, film, configuration, temporary);
        building = Task.Run(() => film.Run(stopping.Token));
    }

    public FilmPart Film { get; }
    public WatchConfiguration Configuration { get; }
    public Uri Address => new(app.Urls.First());

    /// <exception cref="IOException">There is no record, or the port is taken.</exception>
    public static async Task<ReviewHost> Start(string folder, IPEndPoint console, FilmOptions options)
    {
        WatchConfiguration configuration = Restorer.ReadConfiguration(JournalReading.Read(folder, 0).First().Entry);
        (FilmPart film, string? temporary) = OpenFilm(folder, configuration, options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(line => line.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(console));
        builder.Services.AddSingleton<IConsoleSource>(new ReviewSource(configuration, film)).AddSingleton(new ConsoleOptions())
            .AddSingleton<ConsoleAccess>().AddSingleton<StreamLimit>().AddConsoleJson();
        builder.Services.AddFilm(film);
        WebApplication served = builder.Build();
        served.UseConsolePages();
        RouteGroupBuilder api = served.MapGroup("/api").WithTags("console");
        api.MapGet("/health", (IConsoleSource source) => TypedResults.Ok(Health(source)));
        api.MapGet("/configuration", ConsoleEndpoints.Configuration);
        api.MapGet("/events", Events);
        served.MapFilm().MapOpenApi("/openapi/{documentName}.json");
        try
        {
            await served.StartAsync();
            return new(served, film, configuration, temporary);
        }
        catch
        {
            film.Dispose();
            await served.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await building.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Film.Dispose();
        stopping.Dispose();
        if (temporary is not null) Directory.Delete(temporary, recursive: true);
    }

    /// <summary>
    /// Beside the record, so that it is there the next time; elsewhere while the record is being written, for then its film
    /// is too, and where its folder takes nothing.
    /// </summary>
    static (FilmPart Film, string? Temporary) OpenFilm(string folder, WatchConfiguration configuration, FilmOptions options)
    {
        ILogger logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        if (File.Exists(Path.Combine(folder, RecordFiles.Seal)))
        {
            try
            {
                return (FilmPart.Open(folder, configuration, options, logger), null);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // Said by where it goes instead.
            }
        }

        string place = Directory.CreateTempSubdirectory("nadhir-film-").FullName;
        return (FilmPart.Open(folder, configuration, options, logger, place), place);
    }

    static HealthReport Health(IConsoleSource source) => HealthReport.Of(source, source.Health.Faults);

    /// <summary>Heartbeats only: there is nothing live to tell.</summary>
    static async Task Events(HttpContext context, IConsoleSource source, ConsoleAccess access, StreamLimit limit)
    {
        using IDisposable? place = limit.TryEnter();
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using PeriodicTimer seconds = new(heartbeatEvery);
        try
        {
            do await EventStream.Send(context.Response, EventStream.Heartbeat(Health(source), access.IsOperator(context)), context.RequestAborted);
            while (await seconds.WaitForNextTickAsync(context.RequestAborted));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The listener went away: that is how these streams end.
        }
    }
}
