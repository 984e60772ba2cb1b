using System.Text.Json.Serialization;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>An event of a run and what was said of it. Seconds; leads are before the arrival.</summary>
public sealed record EventScore
{
    public required string Zone { get; init; }
    public required int Level { get; init; }
    public required string Mover { get; init; }
    public required ThreatKind Kind { get; init; }
    /// <summary>From the start of the run.</summary>
    public required double ArrivalSeconds { get; init; }
    /// <summary>The longest lead that is physically possible and wanted: first visibility, at most the warning horizon.</summary>
    public required double PossibleSeconds { get; init; }
    /// <summary>Of the Warning in force at the arrival; null: missed.</summary>
    public double? LeadSeconds { get; init; }
    /// <summary>Of the Watch or Warning in force at the arrival.</summary>
    public double? WatchLeadSeconds { get; init; }
    /// <summary>From the first measurement of the mover to the Warning; null when missed or never measured.</summary>
    public double? LatencySeconds { get; init; }
    /// <summary>
    /// The same from when the Warning was wanted: not before the horizon, not before the first measurement.
    /// </summary>
    public double? DelaySeconds { get; init; }
    /// <summary>The lead is enough to reach shelter, or nearly all that was possible.</summary>
    public required bool OnTime { get; init; }
    /// <summary>The arrival lies in the interval stated at the first Warning; null when none was stated.</summary>
    public bool? FirstIntervalHolds { get; init; }
    /// <summary>Of the intervals stated each 10 s up to the arrival.</summary>
    public required int Intervals { get; init; }
    public required int IntervalsHold { get; init; }

    /// <summary>Lead given over lead possible, at most 1; 0 when missed.</summary>
    public double LeadFraction => Math.Clamp((LeadSeconds ?? 0) / PossibleSeconds, 0, 1);
}

public enum WarningOutcome : byte
{
    /// <summary>A threat was in the zone during its life or soon after.</summary>
    Right,
    /// <summary>A threat came near: neither right nor wrong.</summary>
    Near,
    False,
}

/// <summary>A Warning of a run and what came of it.</summary>
public sealed record WarningScore
{
    public required string Zone { get; init; }
    public required int Level { get; init; }
    public required string Alert { get; init; }
    public required ThreatKind Kind { get; init; }
    public required double FromSeconds { get; init; }
    public required double UntilSeconds { get; init; }
    public required double Probability { get; init; }
    public required WarningOutcome Outcome { get; init; }
    public required double AreaSquareKilometres { get; init; }
    /// <summary>The zone had another Warning that ended less than ten minutes before.</summary>
    public required bool IsFlap { get; init; }

    public double AreaHours => AreaSquareKilometres * (UntilSeconds - FromSeconds) / 3600;
}

/// <summary>
/// A probability that was stated, and whether a threat came within the time it spoke of: into the zone (<see cref="Happened"/>),
/// or into it or near it, which is what the probability speaks of (<see cref="Near"/>).
/// </summary>
public readonly record struct Statement(double Probability, bool Happened, bool Near)
{
    /// <summary>Where a threat only came near, nothing can be said of whether one came.</summary>
    [JsonIgnore]
    public bool IsClear => Happened || !Near;
}

/// <summary>How one run was warned.</summary>
public sealed record RunScore
{
    public required string Family { get; init; }
    public required string Variant { get; init; }
    public required ulong Seed { get; init; }
    /// <summary>Seconds simulated, and what they took; the second is of the machine, not of the run.</summary>
    public required double SimulatedSeconds { get; init; }
    public double TookSeconds { get; init; }
    public required int Movers { get; init; }
    /// <summary>All alerts, those that never became a Warning among them.</summary>
    public required int Alerts { get; init; }
    public required int Undetectable { get; init; }
    public required IReadOnlyList<EventScore> Events { get; init; }
    public required IReadOnlyList<WarningScore> Warnings { get; init; }
    public required IReadOnlyList<Statement> Statements { get; init; }
}
