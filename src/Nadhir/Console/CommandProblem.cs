using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Nadhir.DutyConsole;

/// <summary>Why something that was asked for is not done: in English, and as a code for whoever speaks another language.</summary>
public sealed class CommandProblem : ProblemDetails
{
    public Cause? Cause { get; init; }

    public static CommandProblem Of(string title, Cause why, int? status = null) => new() { Title = title, Detail = why.Words, Status = status, Cause = why };

    public static JsonHttpResult<CommandProblem> Answer(int status, string title, Cause why) =>
        TypedResults.Json(Of(title, why, status), ConsoleJson.Default.CommandProblem, "application/problem+json", status);

    public static JsonHttpResult<CommandProblem> NotSignedIn() =>
        Answer(StatusCodes.Status401Unauthorized, "Not signed in", Cause.Of(CauseCode.NotSignedIn));

    public static JsonHttpResult<CommandProblem> NotFound(string thing, string id) =>
        Answer(StatusCodes.Status404NotFound, "Not found", Cause.Of(CauseCode.NoSuch, thing, id));

    /// <summary>Who asks does not say a name, or too long a one; null when it will do.</summary>
    public static JsonHttpResult<CommandProblem>? NoName(string? by) =>
        string.IsNullOrWhiteSpace(by) ? Answer(StatusCodes.Status400BadRequest, "say who asks: ?by=NAME", Cause.Of(CauseCode.ByWhom))
        : by.Length > CommandDesk.LongestName ? Answer(StatusCodes.Status400BadRequest, "say who asks: ?by=NAME", Cause.Of(CauseCode.NameTooLong, CommandDesk.LongestName))
        : null;
}
