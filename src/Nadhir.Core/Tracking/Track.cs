using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Trust;

namespace Nadhir.Tracking;

public enum TrackStatus : byte { Tentative, Confirmed, Coasting, Dropped }

/// <summary>
/// State of one object on the tracking plane at <see cref="Time"/>: position and velocity with their covariance
/// (row-major upper triangle over east, north, velocity east, velocity north), height apart.
/// </summary>
public readonly record struct PlaneState
{
    public required DateTimeOffset Time { get; init; }
    public required double East { get; init; }
    public required double North { get; init; }
    public required double VelocityEast { get; init; }
    public required double VelocityNorth { get; init; }
    /// <summary>ee en eu ev | nn nu nv | uu uv | vv with u, v the velocities: ten numbers.</summary>
    public required PlaneCovariance Covariance { get; init; }
    /// <summary>NaN when no sensor gave a height.</summary>
    public double HeightMetres { get; init; }
    public double SigmaHeightMetres { get; init; }
    public double ClimbRate { get; init; }
    /// <summary>Expected turn, radians per second, clockwise positive.</summary>
    public double TurnRate { get; init; }
}

/// <summary>Upper triangle of the 4×4 covariance over (east, north, velocity east, velocity north), SI.</summary>
public readonly record struct PlaneCovariance(
    double EastEast, double EastNorth, double EastVEast, double EastVNorth,
    double NorthNorth, double NorthVEast, double NorthVNorth,
    double VEastVEast, double VEastVNorth, double VNorthVNorth);

/// <summary>Probabilities of what kind of mover it is. They sum to one.</summary>
public readonly record struct ClassProbabilities(
    double Aircraft, double Helicopter, double SlowDrone, double CruiseType, double Ballistic);

/// <summary>A track as it is published: never changes, times in UTC, WGS 84.</summary>
public sealed record Track
{
    /// <summary>Never reused within a journal.</summary>
    public required int Id { get; init; }
    public required TrackStatus Status { get; init; }
    public required PlaneState State { get; init; }
    public required GeoPosition Position { get; init; }
    public required double GroundSpeed { get; init; }
    /// <summary>True course, degrees [0, 360).</summary>
    public required double CourseDegrees { get; init; }
    /// <summary>One sigma of the larger axis of the position, metres.</summary>
    public required double AccuracyMetres { get; init; }
    public required double ExistenceProbability { get; init; }
    public ClassProbabilities Class { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
    public short Mode3A { get; init; } = -1;
    public uint ModeSAddress { get; init; }
    public Callsign Callsign { get; init; }
    /// <summary>When it last said anything of who it is; null when it never did.</summary>
    public DateTimeOffset? LastReply { get; init; }
    /// <summary>Where it comes down, when it is seen to fall freely.</summary>
    public ImpactPrediction? Impact { get; init; }
    /// <summary>Indexes of the sensors that contributed within the last minute.</summary>
    public ImmutableArray<int> Sensors { get; init; } = [];
    /// <summary>What those of them that say so last took it for: each its own claim, none a verdict.</summary>
    public ImmutableArray<SensorReport> ReportedAs { get; init; } = [];
    /// <summary>What speaks against the position it reports of itself (ADS-B, Remote ID); null when nothing does.</summary>
    public ReportDoubt? ReportDoubt { get; init; }
    /// <summary>Radar, or its own motion, contradicts the position it reports.</summary>
    [JsonIgnore]
    public bool IsContradicted => ReportDoubt is not null;
}
