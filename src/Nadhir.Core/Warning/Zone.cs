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
}

/// <summary>The life of a warning for a zone.</summary>
public enum AlertState : byte { Watch, Warning, AllClear, Closed, Correction }

public enum ThreatKind : byte { Aircraft, LowSlow, CruiseType, Ballistic }

public enum Release : byte { Automatic, OnePerson, TwoPersons }

/// <summary>When zones are warned and how warnings end.</summary>
public sealed record WarningPolicy
{
    /// <summary>How far ahead a track is propagated.</summary>
    public TimeSpan WatchHorizon { get; init; } = TimeSpan.FromMinutes(45);
    /// <summary>P(reaching the zone within the horizon) that starts a Watch.</summary>
    public double WatchProbability { get; init; } = 0.1;
    /// <summary>…once it has held so long. A Warning does not wait.</summary>
    public TimeSpan WatchHold { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>A Warning starts when the zone's edge can be reached within this time and P exceeds the zone's cost/loss ratio.</summary>
    public TimeSpan WarningHorizon { get; init; } = TimeSpan.FromSeconds(300);
    /// <summary>The risk ends below this share of the starting threshold…</summary>
    public double EndingShare { get; init; } = 0.5;
    /// <summary>…when it has stayed there so long.</summary>
    public TimeSpan EndingHold { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>Who must release a Warning.</summary>
    public Release WarningRelease { get; init; } = Release.Automatic;
    /// <summary>The all-clear of a Warning waits for a person.</summary>
    public bool AllClearByPerson { get; init; } = true;
    /// <summary>An alert closes so long after its all-clear.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>How long a siren sounds for a Warning.</summary>
    public TimeSpan SirenDuration { get; init; } = TimeSpan.FromSeconds(120);
    public TimeSpan SirenCommandValidity { get; init; } = TimeSpan.FromSeconds(30);
}
