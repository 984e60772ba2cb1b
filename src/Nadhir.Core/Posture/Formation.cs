using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>A body that directives are addressed to. What is addressed to it reaches all below it.</summary>
public sealed record Formation
{
    /// <summary>Formations of a configuration.</summary>
    public const int Most = 1000;
    /// <summary>Persons of one formation who acknowledge.</summary>
    public const int MostPersons = 100;

    public required string Id { get; init; }
    public required string Name { get; init; }
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public string? Parent { get; init; }
    /// <summary>Each of them has to acknowledge; anybody may when empty.</summary>
    public ImmutableArray<string> Persons { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>How answers to directives are looked after. Without one, as in records of old, reports are only noted.</summary>
public sealed record DirectivePolicy
{
    /// <summary>Who is called when an answer is overdue, counted from when it was due.</summary>
    public ImmutableArray<EscalationStep> Escalation { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>Who, besides the issuer, accepts that something is not possible.</summary>
    public ImmutableArray<string> NotPossibleJudges { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>An acknowledgement has to be renewed after so long; null: it holds.</summary>
    public TimeSpan? RenewAfter { get; init; }
}

/// <summary>What a formation owes on a directive.</summary>
public enum DirectiveDuty : byte { Acknowledgement, Completion, Renewal }
