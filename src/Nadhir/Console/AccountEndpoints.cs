using Microsoft.AspNetCore.Http.HttpResults;

namespace Nadhir.DutyConsole;

/// <summary>
/// What the boards name and do not hold: texts of documents, what was in force at a time, case files. For operators. A
/// case file is shown once the look is on record.
/// </summary>
static class AccountEndpoints
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        api.MapGet("/documents/{id}", Document).WithSummary("The text of a document on file. Operators only.").Produces<string>(contentType: "text/plain");
        api.MapGet("/in-force", InForce).WithSummary("Mandates and authorisations in force at a time, as known then or now. Operators only.");
        api.MapGet("/cases/{id}", Case).WithSummary("A case file; the look, or with export=true the export, goes on record by name. Operators only.");
    }

    static Results<ContentHttpResult, JsonHttpResult<CommandProblem>> Document(
        string id, HttpContext context, IConsoleSource source, ConsoleAccess access)
    {
        if (!access.IsOperator(context)) return CommandProblem.NotSignedIn();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return source.Current.Documents.FirstOrDefault(row => row.Id == id)?.Text is { } text
            ? TypedResults.Text(text, "text/plain; charset=utf-8")
            : CommandProblem.NotFound("source", id);
    }

    static Results<Ok<InForceAnswer>, JsonHttpResult<CommandProblem>> InForce(
        DateTimeOffset? at, DateTimeOffset? known, HttpContext context, IConsoleSource source, ConsoleAccess access)
    {
        if (!access.IsOperator(context)) return CommandProblem.NotSignedIn();
        Boards boards = source.Current;
        (DateTimeOffset time, DateTimeOffset asKnown) = (at ?? boards.Now, known ?? boards.Now);
        (var mandates, var authorisations) = boards.Papers.InForce(time, asKnown);
        return TypedResults.Ok(new InForceAnswer(time, asKnown, mandates, authorisations));
    }

    static async Task<Results<Ok<CaseAnswer>, JsonHttpResult<CommandProblem>, StatusCodeHttpResult>> Case(
        string id, string? by, bool? export, HttpContext context, IConsoleSource source, ConsoleAccess access, CancellationToken cancellation)
    {
        if (ConsoleAccess.IsOfAnotherSite(context.Request)) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        if (!access.IsOperator(context)) return CommandProblem.NotSignedIn();
        if (CommandProblem.NoName(by) is { } nameless) return nameless;
        if (!source.Current.Cases.Any(row => row.Id == id)) return CommandProblem.NotFound("case", id);
        CommandOutcome outcome = await source.Submit(
            new LookAtCase(id, export == true ? CaseAccess.Exported : CaseAccess.Viewed) { By = by! }, cancellation);
        if (outcome is CommandOutcome.Refused refused) return CommandProblem.Answer(StatusCodes.Status409Conflict, "The look was refused", refused.Cause);
        context.Response.Headers.CacheControl = "no-store";
        CaseRow row = source.Current.Cases.First(each => each.Id == id);
        return TypedResults.Ok(new CaseAnswer(row, row.Contents.Items, row.Contents.Looks));
    }
}

public sealed record InForceAnswer(
    DateTimeOffset At, DateTimeOffset KnownAt, System.Collections.Immutable.ImmutableArray<MandateVersion> Mandates,
    System.Collections.Immutable.ImmutableArray<AuthorisationVersion> Authorisations);

public sealed record CaseAnswer(
    CaseRow Case, System.Collections.Immutable.ImmutableArray<CaseItem> Items, System.Collections.Immutable.ImmutableArray<CaseLook> Looks);
