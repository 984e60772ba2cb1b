using System.Collections.Immutable;
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
}

/// <summary>Raises the site to a phase when an alert of a zone reaches a state. Rules never lower.</summary>
public sealed record PhaseRule(string Zone, AlertState At, string Phase);

/// <summary>The ladder of phases, lowest first, and what each asks for.</summary>
public sealed record PhaseLadder
{
    public ImmutableArray<string> Phases { get; init; } = ["Normal", "A", "B", "C", "D"];
    /// <summary>Kinds of measures expected in each phase.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Measures { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}

public enum ReadinessStatus : byte { Unknown, Active, Standby, Inactive }

public enum MeasureState : byte { Ordered, Reported, Done, Ended }

public enum DirectiveState : byte { Issued, Delivered, Acknowledged, UnderWay, Done, NotPossible, Overdue }
