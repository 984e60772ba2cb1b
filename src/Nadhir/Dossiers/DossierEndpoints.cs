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
        if (!access.IsOperator(context)) return TypedResults.Unauthorized();
        if (wish.Ticket is { } ticket) return Fetch(context, desk, ticket);
        if (string.IsNullOrWhiteSpace(wish.By) || wish.By.Length > CommandDesk.LongestName) return TypedResults.BadRequest("say who takes it: ?by=NAME");
        if (!desk.Knows(wish.Profile)) return TypedResults.BadRequest($"profiles are {string.Join(", ", desk.Profiles)}");
        if (!source.Current.Incidents.Any(row => row.Id == id)) return TypedResults.NotFound();
        if (desk.TryBegin(id, wish.Profile, wish.Language, wish.By) is not { } job)
        {
            context.Response.Headers.RetryAfter = $"{AskAgainSeconds}";
            return TypedResults.Problem("Another dossier is being made; one at a time.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        RecordEvent export = new("dossier.export", $"dossier of {id}, profile {wish.Profile}, {wish.Language}") { By = wish.By };
        switch (await source.Submit(export, cancellation))
        {
            case CommandOutcome.Refused refused:
                desk.GiveUp(job, refused.Reason);
                return TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict, title: "It could not be put on record");
            default:
                desk.Make(job);
                return Waits(context, job);
        }
    }

    static IResult Fetch(HttpContext context, DossierDesk desk, string ticket) => desk.Find(ticket) switch
    {
        null => TypedResults.NotFound(),
        { IsOpen: true } job => Waits(context, job),
        { Fault: { } fault } => TypedResults.Problem(fault, statusCode: StatusCodes.Status422UnprocessableEntity, title: "The dossier was not made"),
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
