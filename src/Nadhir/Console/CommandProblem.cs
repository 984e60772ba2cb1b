using Microsoft.AspNetCore.Mvc;

namespace Nadhir.DutyConsole;

/// <summary>Why a command was not taken: in English, and as a code for whoever speaks another language.</summary>
public sealed class CommandProblem : ProblemDetails
{
    public Cause? Cause { get; init; }
}
