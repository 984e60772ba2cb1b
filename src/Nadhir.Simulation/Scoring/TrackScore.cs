namespace Nadhir.Simulation.Scoring;

/// <summary>
/// How well a tracker did: GOSPA with its parts (Rahmathullah et al. 2017, α = 2), SIAP measures, identity switches in
/// the CLEAR-MOT sense, latency, and consistency. Printed and written with the keys in snake case.
/// </summary>
public sealed record TrackScore
{
    public required string Scenario { get; init; }
    public required int Seed { get; init; }
    public required double C { get; init; }
    public required double P { get; init; }
    public required int EvalTimes { get; init; }
    public required int TruthRows { get; init; }
    public required int TrackRows { get; init; }
    public required int IgnoredRows { get; init; }
    public required int DistinctTracks { get; init; }
    public required int Targets { get; init; }
    public required double GospaMean { get; init; }
    /// <summary>Root mean square of GOSPA, for p = 2 only.</summary>
    public double? GospaRms { get; init; }
    public required double LocPart { get; init; }
    public required double MissedPart { get; init; }
    public required double FalsePart { get; init; }
    public required double MissedPerTime { get; init; }
    public required double FalsePerTime { get; init; }
    public double? RmsePos { get; init; }
    public double? RmseH { get; init; }
    public double? RmseZ { get; init; }
    public double? RmseVel { get; init; }
    public double? SiapCompleteness { get; init; }
    public double? SiapAmbiguity { get; init; }
    public required double SiapSpuriousness { get; init; }
    public double? SiapPosErr { get; init; }
    public double? SiapVelErr { get; init; }
    public double? SiapLs { get; init; }
    public double? SiapRate { get; init; }
    public required int IdSwitches { get; init; }
    public required int Swaps { get; init; }
    public required int Fragments { get; init; }
    public double? LatencyMean { get; init; }
    public double? LatencyP95 { get; init; }
    public required int Never { get; init; }
    public double? Anees { get; init; }
    /// <summary>Errors of predicted impacts by time to go, when impacts were given.</summary>
    public IReadOnlyDictionary<string, ImpactScore>? Impact { get; init; }
}

/// <summary>Errors of impact predictions within a band of time to go.</summary>
public sealed record ImpactScore(int Rows, double? MedianM, double? P90M, double? MedianS)
{
    /// <summary>Share of impacts inside the told 95 % ellipse, and inside the told 5–95 % interval of time.</summary>
    public double? Coverage { get; init; }
    public double? TimeCoverage { get; init; }
    /// <summary>Median area of the told ellipses, and of the least possible ones at the same times, m².</summary>
    public double? MedianAreaM2 { get; init; }
    public double? LeastAreaM2 { get; init; }
    /// <summary>Median of told over least area, where there is a least one.</summary>
    public double? AreaRatio { get; init; }
}
