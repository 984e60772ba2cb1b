namespace Nadhir.Tracking.Registration;

/// <summary>
/// What the tracks tell of one sensor's systematic errors. An error is told minus true: range too long, azimuth too far
/// clockwise, clock ahead are positive. Sigmas are one sigma. Clock offsets are against the trusted sensors or, without
/// any, against most of the clocks: a common error of all clocks cannot be seen in tracks.
/// </summary>
public sealed record SensorRegistration
{
    /// <summary>Index of the sensor.</summary>
    public required int Sensor { get; init; }
    /// <summary>
    /// False when its kind is not compared (bearings, people, other systems) or there was no room for it.
    /// </summary>
    public required bool IsCompared { get; init; }
    public double RangeMetres { get; init; }
    public double SigmaRangeMetres { get; init; }
    public double AzimuthRadians { get; init; }
    public double SigmaAzimuthRadians { get; init; }
    public double ClockSeconds { get; init; }
    public double SigmaClockSeconds { get; init; }
    /// <summary>Measurements that have been compared with those of other sensors.</summary>
    public long Samples { get; init; }
    /// <summary>Enough has been compared for the estimate to stand on its own.</summary>
    public bool IsSettled { get; init; }
    /// <summary>Its measurements are corrected by the estimate.</summary>
    public bool IsCorrected { get; init; }
    /// <summary>How often the estimate was given up because the sensor had changed.</summary>
    public int Restarts { get; init; }
    /// <summary>Measurements too old to be used.</summary>
    public long LateCount { get; init; }
    /// <summary>Measurements from so far in the future that they were put aside.</summary>
    public long FutureCount { get; init; }
    /// <summary>In plain words what is wrong with the sensor; empty when nothing is.</summary>
    public string Fault { get; init; } = "";

    public bool HasRangeBias { get; init; }
    public bool HasAzimuthBias { get; init; }
    public bool HasClockOffset { get; init; }
}
