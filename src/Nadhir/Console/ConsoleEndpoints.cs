using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nadhir.Alarms;
using Nadhir.Briefs;
using Nadhir.Tracking;

namespace Nadhir.DutyConsole;

/// <summary>The console's API and, where it was built, the console itself. What each answers: docs/api.md.</summary>
public static class ConsoleEndpoints
{
    /// <summary>Adds what <see cref="MapConsole"/> needs.</summary>
    public static IServiceCollection AddConsole(
        this IServiceCollection services, IConsoleSource source, ConsoleOptions options)
    {
        services.AddSingleton(source).AddSingleton(options);
        services.AddSingleton<ConsoleAccess>().AddSingleton<StreamLimit>().AddSingleton<CommandDesk>();
        services.TryAddSingleton(_ => new AlarmHistory());
        services.AddSingleton<EventStream>().AddSingleton<TrackStream>();
        services.AddSingleton<ConsolePulse>().AddHostedService(provider => provider.GetRequiredService<ConsolePulse>());
        if (!services.Any(service => service.ServiceType == typeof(TimeProvider))) services.AddSingleton(TimeProvider.System);
        return services.AddConsoleJson();
    }

    /// <summary>The JSON of the API and its description.</summary>
    internal static IServiceCollection AddConsoleJson(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ConsoleJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, WatchJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(2, AlarmJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        });
        services.AddProblemDetails().AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Nadhir console";
            document.Info.Version = "1";
            document.Servers?.Clear(); // Relative to wherever it was read from.
            return Task.CompletedTask;
        }));
        return services;
    }

    public static WebApplication MapConsole(this WebApplication app)
    {
        app.UseWebSockets();
        app.UseConsolePages();
        app.MapBrief();
        MapSources.Serve(app, app.Services.GetRequiredService<ConsoleOptions>().Map);
        app.MapOpenApi("/openapi/{documentName}.json");
        RouteGroupBuilder api = app.MapGroup("/api").WithTags("console");
        api.MapGet("/health", Health).WithSummary("How the system is: 200 when sound, 503 with the faults when not.");
        api.MapGet("/configuration", Configuration).WithSummary("What a console needs once: zones, sensors, sites, sirens, borders.");
        api.MapGet("/boards", Boards).WithSummary("All boards but the tracks.").Produces<Boards>();
        api.MapGet("/tracks", Tracks).WithSummary("All tracks, each at the time of its own state.");
        api.MapGet("/events", (HttpContext context, EventStream stream) => stream.Serve(context))
            .WithSummary("Server-sent events: boards (changed sections) and a heartbeat each second.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
        api.MapGet("/tracks/live", (HttpContext context, TrackStream stream) => stream.Serve(context))
            .WithSummary("WebSocket: binary track frames at 10 Hz and descriptions as text.");
        api.MapPost("/commands", Submit).WithSummary("An order or report by a person. Operators only.").Accepts<Command>("application/json")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapAccount();
        api.MapAlarms();
        return app;
    }

    static Results<Ok<HealthReport>, JsonHttpResult<HealthReport>> Health(
        HttpContext context, ConsolePulse pulse, IConsoleSource source, ConsoleAccess access, StreamLimit streams, ConsoleOptions options)
    {
        HealthReport report = EventStream.HealthOf(pulse, source);
        if (access.IsOperator(context))
        {
            ConsoleHealth health = source.Health;
            report = report with
            {
                Figures = [.. health.Figures, new("streams", streams.Open, options.MaximumStreams)],
                Outlets = health.Outlets,
            };
        }

        return report.Faults.IsEmpty
            ? TypedResults.Ok(report)
            : TypedResults.Json(report, ConsoleJson.Default.HealthReport, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    internal static Ok<ConsoleConfiguration> Configuration(
        HttpContext context, IConsoleSource source, ConsoleAccess access, ConsoleOptions options)
    {
        bool isOperator = access.IsOperator(context);
        WatchConfiguration all = source.Configuration;
        WatchConfiguration shown = isOperator ? all : Audience.PublicPart(all);
        return TypedResults.Ok(new ConsoleConfiguration
        {
            Name = all.Title.Length > 0 ? all.Title : all.Name,
            Names = all.Names,
            Exercise = all.Exercise,
            Sender = all.Sender,
            TimeZone = all.TimeZone,
            Origin = all.Origin,
            Operator = isOperator,
            Observer = access.MayReport(context),
            Review = source.IsReview,
            SignIn = access.SignIn,
            Zones = shown.Zones,
            Sensors = shown.Sensors,
            Sites = shown.Sites,
            Sirens = shown.Sirens,
            Borders = shown.Borders,
            Feeds = [.. shown.Feeds.Select(feed => feed.Id)],
            Ladder = shown.Ladder,
            Ladders = shown.Ladders,
            Formations = shown.Formations,
            Warning = shown.Warning,
            Map = options.Map.Offer,
        });
    }

    static FileContentHttpResult Boards(HttpContext context, IConsoleSource source, ConsoleAccess access)
    {
        Boards boards = source.Current;
        (Boards shown, int withheld) = access.IsOperator(context) ? (boards, 0) : Audience.PublicPart(boards, source.Configuration);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(BoardsFrame.After(null, shown, withheld).ChangedSince(0), "application/json");
    }

    static Ok<TrackList> Tracks(HttpContext context, IConsoleSource source)
    {
        context.Response.Headers.CacheControl = "no-store";
        WatchConfiguration configuration = source.Configuration;
        ImmutableArray<TrackView> views =
        [
            .. source.Current.Tracks.Where(row => row.Track.Status != TrackStatus.Dropped).Select(row => View(row, configuration)),
        ];
        return TypedResults.Ok(new TrackList(source.Now, configuration.Exercise, views));
    }

    static TrackView View(TrackRow row, WatchConfiguration configuration) => new(TrackDescriptions.Describe(row, configuration))
    {
        Time = row.Track.State.Time,
        LatitudeDegrees = row.Track.Position.LatitudeDegrees,
        LongitudeDegrees = row.Track.Position.LongitudeDegrees,
        HeightMetres = double.IsFinite(row.Track.State.HeightMetres) ? row.Track.State.HeightMetres : null,
        GroundSpeed = row.Track.GroundSpeed,
        CourseDegrees = row.Track.CourseDegrees,
        AccuracyMetres = row.Track.AccuracyMetres,
        ExistenceProbability = row.Track.ExistenceProbability,
        Class = row.Track.Class,
        LastSeen = row.Track.LastSeen,
    };

    static async Task<Results<Ok<CommandAccepted>, BadRequest<CommandProblem>, Conflict<CommandProblem>, JsonHttpResult<CommandProblem>>> Submit(
        HttpContext context, CommandDesk desk, CancellationToken cancellation) =>
        await desk.Take(context, cancellation) switch
        {
            CommandDesk.Answer.Accepted accepted => TypedResults.Ok(new CommandAccepted(accepted.Sequence)),
            CommandDesk.Answer.Unreadable unreadable => TypedResults.BadRequest(CommandProblem.Of("The command cannot be read", unreadable.Why)),
            CommandDesk.Answer.Refused refused => TypedResults.Conflict(CommandProblem.Of("The command was refused", refused.Why)),
            CommandDesk.Answer.NotAnOperator => CommandProblem.NotSignedIn(),
            CommandDesk.Answer other => throw new InvariantBrokenException($"no answer for {other}"),
        };
}
