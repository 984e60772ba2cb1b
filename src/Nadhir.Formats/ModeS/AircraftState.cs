using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// What is known of one address. Times are ticks of the receiver's clock; a time of <see cref="Never"/> says not told.
/// </summary>
struct AircraftState
{
    public const long Never = long.MinValue / 2;

    public static readonly AircraftState New = new()
    {
        HeardAt = Never,
        AnnouncedAt = Never,
        VelocityAt = Never,
        AltitudeAt = Never,
        GeometricDifferenceAt = Never,
        IdentityAt = Never,
        QualityAt = Never,
        ReportedAt = Never,
        Mode3A = -1,
        Version = 0,
        Place = PositionFinder.New,
        VelocityEast = double.NaN,
        VelocityNorth = double.NaN,
        ClimbRate = double.NaN,
    };

    public long HeardAt;
    /// <summary>Last told in full (DF 11, 17, 18): makes address/parity believable for a while.</summary>
    public long AnnouncedAt;
    public int Messages;

    public PositionFinder Place;
    /// <summary>Time of the position last passed on (formats that repeat themselves).</summary>
    public long ReportedAt;

    /// <summary>Metres per second over ground.</summary>
    public double VelocityEast, VelocityNorth, ClimbRate;
    public long VelocityAt;

    public int AltitudeFeet;
    public long AltitudeAt;
    public int GeometricDifferenceFeet;
    public long GeometricDifferenceAt;

    public short Mode3A;
    public long IdentityAt;
    public Callsign Callsign;

    /// <summary>DO-260 version; 0 until it says otherwise.</summary>
    public int Version;
    /// <summary>NACp, told at <see cref="QualityAt"/>.</summary>
    public int PositionAccuracy;
    public long QualityAt;
    public bool SupplementA, SupplementC;
}
