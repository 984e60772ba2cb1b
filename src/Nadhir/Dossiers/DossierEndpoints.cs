using System.Text.Json.Serialization;
using Nadhir.DutyConsole;

namespace Nadhir.Dossiers;

/// <summary>
/// <c>/api/incidents/ID/dossier</c>: everything on record about an incident, for operators. That somebody takes it out
/// goes on record first; then it is made in the background, and a ticket fetches it.
/// </summary>
static class DossierEndpoints
{
    const int AskAgainSeconds = 2;

    public static WebApplication MapDossiers(this WebApplication app, DossierDesk desk)
    {
        app.MapGet("/api/incidents/{id}/dossier", (HttpContext context, string id, string? by, string? profile, string? lang, string? ticket,
            IConsoleSource source, ConsoleAccess access, CancellationToken cancellation) =>
                Answer(context, desk, source, access, id, new(by, profile ?? "court", lang == "ar" ? "ar" : "en", ticket), cancellation))
            .WithTags("console")
            .WithSummary("The dossier of an incident as a tar; the export goes on record by name. 202 with a ticket until it is made. Operators only.")
            .Produces<DossierTicket>(StatusCodes.Status202Accepted);
        return app;
    }

    static async Task<IResult> Answer(
        HttpContext context, DossierDesk desk, IConsoleSource source, ConsoleAccess access, string id, Wish wish, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (ConsoleAccess.IsOfAnotherSite(context.Request)) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        if (!access.IsOperator(context)) return CommandProblem.NotSignedIn();
        if (wish.Ticket is { } ticket) return Fetch(context, desk, ticket);
        if (CommandProblem.NoName(wish.By) is { } nameless) return nameless;
        if (!desk.Knows(wish.Profile))
        {
            return CommandProblem.Answer(StatusCodes.Status400BadRequest, $"profiles are {string.Join(", ", desk.Profiles)}",
                Cause.Of(CauseCode.FieldUnknown, "profile"));
        }

        if (!source.Current.Incidents.Any(row => row.Id == id)) return CommandProblem.NotFound("incident", id);
        string by = wish.By!;
        if (desk.TryBegin(id, wish.Profile, wish.Language, by) is not { } job)
        {
            context.Response.Headers.RetryAfter = $"{AskAgainSeconds}";
            return CommandProblem.Answer(StatusCodes.Status503ServiceUnavailable, "Ask again later", Cause.Of(CauseCode.OneDossierAtATime));
        }

        Cause what = Cause.Of(CauseCode.DossierOf, id, wish.Profile, wish.Language);
        RecordEvent export = new("dossier.export", what.Words) { By = by, Cause = what };
        switch (await source.Submit(export, cancellation))
        {
            case CommandOutcome.Refused refused:
                desk.GiveUp(job, refused.Cause);
                return CommandProblem.Answer(StatusCodes.Status409Conflict, "It could not be put on record", refused.Cause);
            default:
                desk.Make(job);
                return Waits(context, job);
        }
    }

    static IResult Fetch(HttpContext context, DossierDesk desk, string ticket) => desk.Find(ticket) switch
    {
        null => CommandProblem.Answer(StatusCodes.Status404NotFound, "Not found", Cause.Of(CauseCode.DossierGone)),
        { IsOpen: true } job => Waits(context, job),
        { Fault: { } fault } => CommandProblem.Answer(StatusCodes.Status422UnprocessableEntity, "The dossier was not made", fault),
        var job => TypedResults.File(job.Archive!, "application/x-tar", $"dossier-{FileName(job.Incident)}-{job.Profile}-{job.Language}.tar"),
    };

    static IResult Waits(HttpContext context, DossierJob job)
    {
        context.Response.Headers.RetryAfter = $"{AskAgainSeconds}";
        return TypedResults.Json(new DossierTicket(job.Ticket, job.Incident, job.Profile, job.Language, job.AskedAt),
            DossierJson.Default.DossierTicket, statusCode: StatusCodes.Status202Accepted);
    }

    static string FileName(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));

    sealed record Wish(string? By, string Profile, string Language, string? Ticket);
}

/// <summary>The dossier is being made; the ticket fetches it.</summary>
public sealed record DossierTicket(string Ticket, string Incident, string Profile, string Language, DateTimeOffset AskedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DossierTicket))]
sealed partial class DossierJson : JsonSerializerContext;
