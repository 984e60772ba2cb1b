using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>A place with people in charge, its zone and its rules.</summary>
public sealed record Site
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public ImmutableSortedDictionary<string, string> Names { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    public required string Zone { get; init; }
    public required GeoPoint Position { get; init; }
    /// <summary>Shown to the signed-in only.</summary>
    public bool Restricted { get; init; }
    public ImmutableArray<PhaseRule> Rules { get; init; } = [];
    /// <summary>The ladder it stands on; the common one when null.</summary>
    public string? Ladder { get; init; }
    /// <summary>A readiness older than this is no longer believed. Null: a day.</summary>
    public TimeSpan? ReadinessStaleAfter { get; init; }
}

/// <summary>
/// Raises the site to a phase; rules never lower. All that a rule names must hold: an alert of the zone reaches a state,
/// the border is crossed by a track that says nothing of itself, the threat level is at least so high.
/// </summary>
public sealed record PhaseRule(string? Zone, AlertState? At, string Phase)
{
    /// <summary>Only for alerts of these kinds; of any when empty.</summary>
    public ImmutableArray<ThreatKind> Kinds { get; init => field = value.IsDefault ? [] : value; } = [];
    public string? Border { get; init; }
    /// <summary>Of the crossing; either way when null.</summary>
    public CrossingDirection? Direction { get; init; }
    /// <summary>The least threat level, which must not have expired.</summary>
    public string? ThreatLevel { get; init; }
}

/// <summary>The ladder of phases of an organisation, lowest first, and what each asks for.</summary>
public sealed record PhaseLadder
{
    /// <summary>Empty for the common ladder.</summary>
    public string Id { get; init => field = value ?? ""; } = "";
    public ImmutableArray<string> Phases { get; init; } = ["Normal", "A", "B", "C", "D"];
    /// <summary>Kinds of measures expected in each phase.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Measures { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
    /// <summary>What its phases, measures and threat levels are called, by language tag; each by itself when null.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>? Names { get; init; }
    /// <summary>Who does a measure and within what time. With any, reaching a phase orders its measures.</summary>
    public ImmutableArray<MeasureDuty> Duties { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>How long a phase can be kept up; without a time for those not named.</summary>
    public ImmutableArray<PhaseSpan> Lasting { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>What may be expected, lowest first; none: no threat level is kept.</summary>
    public ImmutableArray<string> ThreatLevels { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>Who is called when a measure or its check is overdue, counted from when it was due.</summary>
    public ImmutableArray<EscalationStep> Escalation { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether a phase, a measure or a threat level is called so.</summary>
    public bool Has(string name) =>
        Knows(name) || Phases.Contains(name, StringComparer.Ordinal) || ThreatLevels.Contains(name, StringComparer.Ordinal);

    public bool Knows(string kind) =>
        Duties.Any(duty => duty.Kind == kind) || Measures.Values.Any(kinds => kinds.Contains(kind, StringComparer.Ordinal));
}

/// <summary>What a kind of measure asks of whom.</summary>
public sealed record MeasureDuty(string Kind, string Role)
{
    /// <summary>From the order to the report that it is done; no limit when null.</summary>
    public TimeSpan? Within { get; init; }
    /// <summary>The role that looks whether it was done; null: no check is asked for.</summary>
    public string? CheckRole { get; init; }
    /// <summary>From that report to the check; no limit when null.</summary>
    public TimeSpan? CheckWithin { get; init; }
}

/// <summary>A phase can be kept up for so long; people are told so long before.</summary>
public sealed record PhaseSpan(string Phase, TimeSpan For, TimeSpan WarnBefore);

public enum ReadinessStatus : byte { Unknown, Active, Standby, Inactive }

/// <summary>
/// Reported: somebody says that it is taken. Done: who was to do it reports it done. Checked: another person has looked.
/// </summary>
public enum MeasureState : byte { Ordered, Reported, Done, Ended, UnderWay, Checked }

/// <summary>Whether a phase can still be kept up.</summary>
public enum PhaseStanding : byte { Sustained, Ending, Exceeded }

public enum DirectiveState : byte { Issued, Delivered, Acknowledged, UnderWay, Done, NotPossible, Overdue }
