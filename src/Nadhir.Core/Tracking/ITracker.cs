using System.Diagnostics.CodeAnalysis;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking.Registration;

namespace Nadhir.Tracking;

/// <summary>
/// What one sensor saw in one sweep of a sector: also what it did not see there. A full turn is a sector of 2π.
/// </summary>
public readonly ref struct Scan
{
    public required int Sensor { get; init; }
    /// <summary>When the sweep of the sector ended.</summary>
    public required DateTimeOffset Time { get; init; }
    public double FromAzimuthRadians { get; init; }
    /// <summary>Width of the swept sector, (0, 2π]; 0 for a sensor without a sweep (ADS-B, observer): nothing is missed.</summary>
    public required double WidthRadians { get; init; }
    public required ReadOnlySpan<Measurement> Measurements { get; init; }

    /// <summary>A whole turn of a radar that ended at <paramref name="time"/>.</summary>
    public static Scan Turn(
        int sensor, DateTimeOffset time, [UnscopedRef] params ReadOnlySpan<Measurement> measurements) => new()
    {
        Sensor = sensor, Time = time, WidthRadians = 2 * Math.PI, Measurements = measurements,
    };

    /// <summary>Reports of a sensor without a sweep, heard by then: what it does not tell of is not missed.</summary>
    public static Scan Reports(
        int sensor, DateTimeOffset time, [UnscopedRef] params ReadOnlySpan<Measurement> measurements) => new()
    {
        Sensor = sensor, Time = time, WidthRadians = 0, Measurements = measurements,
    };
}

/// <summary>Receives the changes of the track table during <see cref="ITracker.Process"/> and <see cref="ITracker.Advance"/>.</summary>
public interface ITrackSink
{
    void OnConfirmed(in Track track);
    /// <summary>A confirmed track's state was corrected by a measurement.</summary>
    void OnUpdated(in Track track);
    void OnDropped(in Track track);
}

/// <summary>
/// The air picture of one region. Deterministic: the same scans in the same order give the same tracks, bit for bit.
/// One owner; not thread safe. Bounded: when the table is full, the least probable tentative tracks are shed and counted.
/// </summary>
public interface ITracker
{
    StereographicPlane Plane { get; }

    /// <summary>Uses one scan: associates, filters, starts tracks, lowers the existence of what was not seen.</summary>
    void Process(in Scan scan, ITrackSink sink);

    /// <summary>Lets time pass: tracks that nobody sees lose existence and are dropped.</summary>
    void Advance(DateTimeOffset now, ITrackSink sink);

    /// <summary>Confirmed and coasting tracks now, in order of id. Position as of each track's own state time.</summary>
    IReadOnlyList<Track> Tracks { get; }

    /// <summary>Tentative tracks now in the table.</summary>
    int TentativeCount { get; }

    /// <summary>Tentative tracks shed because the table was full, since the start.</summary>
    long ShedCount { get; }

    /// <summary>
    /// Systematic errors of each sensor as the tracks show them; empty for a tracker that does not look for them.
    /// </summary>
    IReadOnlyList<SensorRegistration> Registrations => [];
}
