using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Sensing;

public enum SensorKind : byte { Radar, Radar3D, Adsb, Acoustic, RemoteId, Observer, System }

/// <summary>A configured sensor: where it stands, what it can see and how well.</summary>
public sealed record Sensor
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    /// <summary>Names by language tag ("ar"); null when none is configured.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required SensorKind Kind { get; init; }
    /// <summary>The feed it speaks on.</summary>
    public required string Feed { get; init; }
    /// <summary>System area code and identification code of ASTERIX sources, else −1.</summary>
    public int Sac { get; init; } = -1;
    public int Sic { get; init; } = -1;
    /// <summary>Name by which a node calls itself, a UUID on a SAPIENT feed; null for other sources.</summary>
    public string? NodeId { get; init; }
    /// <summary>How far magnetic north is east of true north where it stands; for azimuths told from magnetic north.</summary>
    public double? DeclinationDegrees { get; init; }
    public required GeoPosition Position { get; init; }
    public double AntennaMetres { get; init; }
    public double RangeMetres { get; init; } = 370_000;
    /// <summary>Antenna rotation, or the period of reports.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(10);
    public double DetectionProbability { get; init; } = 0.9;
    public double SigmaRangeMetres { get; init; } = 50;
    public double SigmaAzimuthDegrees { get; init; } = 0.08;
    public double SigmaElevationDegrees { get; init; } = 0.5;
    public double SigmaPositionMetres { get; init; } = 100;
    /// <summary>Mean false plots a rotation, the prior of the clutter map.</summary>
    public double FalsePlotsPerScan { get; init; } = 20;
    /// <summary>How far the sensor's clock is known to be ahead of ours: taken off the times it tells.</summary>
    public TimeSpan ClockOffset { get; init; }
    /// <summary>
    /// Known to be well aligned and well timed: the other radars' biases and clocks are measured against it (a surveyed
    /// radar with a disciplined clock). Several may be trusted.
    /// </summary>
    public bool Trusted { get; init; }
    /// <summary>
    /// A Warning may rest on this sensor alone, though its feed is not authenticated: for a town that has but one.
    /// </summary>
    public bool WarnsAlone { get; init; }
    /// <summary>Silence longer than this is lost coverage. Default: three periods.</summary>
    public TimeSpan LostAfter { get; init; }
    public TimeSpan SilenceLimit => LostAfter > TimeSpan.Zero ? LostAfter : 3 * Period;

    /// <summary>One sigma of a measurement's range, as it tells itself or else as configured; metres.</summary>
    public double SigmaRangeOf(in Measurement seen) => Told(seen.SigmaRangeMetres, SigmaRangeMetres);
    /// <summary>The same of its azimuth, radians.</summary>
    public double SigmaAzimuthOf(in Measurement seen) =>
        Told(seen.SigmaAzimuthRadians, SigmaAzimuthDegrees * Angles.DegreesToRadians);
    /// <summary>The same of its elevation, radians.</summary>
    public double SigmaElevationOf(in Measurement seen) =>
        Told(seen.SigmaElevationRadians, SigmaElevationDegrees * Angles.DegreesToRadians);
    /// <summary>The same of a reported position, metres an axis.</summary>
    public double SigmaPositionOf(in Measurement seen) => Told(seen.SigmaHorizontalMetres, SigmaPositionMetres);

    static double Told(double told, double configured) => told > 0 && double.IsFinite(told) ? told : configured;
}
