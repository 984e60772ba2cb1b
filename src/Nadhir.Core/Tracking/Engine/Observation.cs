namespace Nadhir.Tracking.Engine;

enum ObservationKind : byte { Position, Bearing }

/// <summary>
/// A measurement made ready for the plane: a position with its covariance, or a direction from a place. Densities are
/// per square metre (per cubic metre when the height counts in full, per radian for a bearing).
/// </summary>
struct Observation
{
    public ObservationKind Kind;
    public double Time;
    public double X, Y, Xx, Xy, Yy;
    /// <summary>Height with its variance and its covariance with the horizontal error.</summary>
    public bool HasHeight;
    /// <summary>A system's track: its number says which object it is, by that system's word, wherever it lies.</summary>
    public bool NamesItsObject;
    /// <summary>Its source has confirmed the object already.</summary>
    public bool Vouched;
    /// <summary>The height comes from a reply that may be garbled: it may help, and never forbids.</summary>
    public bool HeightIsHearsay;
    public double Z, Zz, Xz, Yz;
    /// <summary>Velocity told by the source, with its variance per axis.</summary>
    public bool HasVelocity;
    public double U, V, VelocityVariance;
    /// <summary>Direction, clockwise from the plane's north, and its variance; X, Y is where it was taken.</summary>
    public double Azimuth, AzimuthVariance;
    /// <summary>Expected density of false measurements, and of new objects (already times detection probability).</summary>
    public double ClutterDensity, BirthDensity;
    public Tag Tag;
}

/// <summary>Who a measurement says it is; empty fields say nothing.</summary>
struct Tag
{
    public short Mode3A;
    public uint ModeSAddress;
    /// <summary>Source track number and the sensor that gives it.</summary>
    public int SourceTrack, SourceSensor;

    /// <summary>A report without a reply and without a number of its source's.</summary>
    public readonly bool SaysNothing => Mode3A < 0 && ModeSAddress == 0 && SourceTrack < 0;

    public static Tag None => new() { Mode3A = -1, SourceTrack = -1, SourceSensor = -1 };
}
