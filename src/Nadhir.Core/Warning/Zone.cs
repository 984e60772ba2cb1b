using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Warning;

/// <summary>An area that is warned as one.</summary>
public sealed record Zone
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Names by language tag ("ar").</summary>
    public ImmutableSortedDictionary<string, string> Names { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
    /// <summary>What the zone is called in lists of places, by the list's name; several codes parted by blanks.</summary>
    public ImmutableSortedDictionary<string, string>? Geocodes { get; init; }
    public string? Parent { get; init; }
    public required Area Area { get; init; }
    /// <summary>Time people need to reach shelter.</summary>
    public int SecondsToShelter { get; init; } = 90;
    /// <summary>Warn when P(at risk) exceeds it: the cost of a false alarm over the loss of a missed one.</summary>
    public double CostLossRatio { get; init; } = 0.2;
    /// <summary>What an announced drone may raise here; null: as the policy says.</summary>
    public AnnouncedDrones? AnnouncedDrones { get; init; }
    /// <summary>Where this zone differs from the policy, by kind of threat.</summary>
    public ImmutableSortedDictionary<ThreatKind, KindPolicy> Kinds { get; init; } =
        ImmutableSortedDictionary<ThreatKind, KindPolicy>.Empty;
}

/// <summary>The life of a warning for a zone.</summary>
public enum AlertState : byte { Watch, Warning, AllClear, Closed, Correction }

/// <summary>What moves towards a zone. <see cref="Unknown"/>: nobody can tell, the sensors that would see it are lost.</summary>
public enum ThreatKind : byte { Aircraft, LowSlow, CruiseType, Ballistic, Unknown }

public enum Release : byte { Automatic, OnePerson, TwoPersons }
