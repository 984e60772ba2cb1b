using System.Runtime.InteropServices;

namespace Nadhir.Sensing;

/// <summary>What a feed decodes, in the words of the field.</summary>
public enum MeasurementKind : byte
{
    /// <summary>Radar plot: slant range and azimuth, height by Mode C or by elevation if known.</summary>
    Plot,
    /// <summary>Self-reported position: ADS-B, Remote ID.</summary>
    PositionReport,
    /// <summary>Direction only: acoustic, optical.</summary>
    Bearing,
    /// <summary>Human report: a position with a large uncertainty.</summary>
    Sighting,
    /// <summary>Another system's track.</summary>
    SystemTrack,
}

/// <summary>Whose word a message on air is: who put it there.</summary>
public enum Relay : byte
{
    /// <summary>The aircraft or vehicle itself, or a sensor of its own.</summary>
    None,
    /// <summary>A ground station, of an aircraft that speaks on another link (ADS-R): still its own word.</summary>
    Rebroadcast,
    /// <summary>A ground station, from its radars (TIS-B): on air, where anyone may speak in its name.</summary>
    TrafficInformation,
    /// <summary>
    /// Nobody: other receivers worked out the place from the times of arrival, or had it from elsewhere.
    /// </summary>
    Multilateration,
}

/// <summary>
/// One measurement of one sensor. Fields that the sensor did not give are NaN (numbers) or none (identity).
/// Sigmas that are NaN are taken from the sensor's configuration.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Measurement
{
    /// <summary>A bare number, as a struct within a struct would take twice the room.</summary>
    readonly uint report;
    readonly Mark marks;

    public Measurement() { }

    public required MeasurementKind Kind { get; init; }
    /// <summary>Index of the sensor in <c>WatchConfiguration.Sensors</c>.</summary>
    public required int Sensor { get; init; }
    /// <summary>When it was measured, by the sensor's clock, resolved to a day.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Slant range; Plot.</summary>
    public double RangeMetres { get; init; } = double.NaN;
    /// <summary>From true north at the sensor, clockwise, radians; Plot and Bearing.</summary>
    public double AzimuthRadians { get; init; } = double.NaN;
    public double ElevationRadians { get; init; } = double.NaN;

    /// <summary>WGS 84; PositionReport, Sighting, SystemTrack; of a Bearing the place it is taken from, NaN: the sensor's.</summary>
    public double LatitudeDegrees { get; init; } = double.NaN;
    public double LongitudeDegrees { get; init; } = double.NaN;
    /// <summary>Mode C, geometric or computed height above the ellipsoid, metres.</summary>
    public double HeightMetres { get; init; } = double.NaN;
    /// <summary>The radar reckoned the height from the elevation it measured (I048/110): no reply told it.</summary>
    public bool HeightIsReckoned { get => Has(Mark.HeightIsReckoned); init => marks = With(Mark.HeightIsReckoned, value); }

    /// <summary>Ground velocity when the source reports one, metres per second.</summary>
    public double VelocityEast { get; init; } = double.NaN;
    public double VelocityNorth { get; init; } = double.NaN;
    public double ClimbRate { get; init; } = double.NaN;

    public double SigmaRangeMetres { get; init; } = double.NaN;
    public double SigmaAzimuthRadians { get; init; } = double.NaN;
    public double SigmaElevationRadians { get; init; } = double.NaN;
    /// <summary>One sigma of the time, when the sensor's clock could not be used; NaN when its word is good.</summary>
    public double SigmaTimeSeconds { get; init; } = double.NaN;
    /// <summary>Per axis, for positions.</summary>
    public double SigmaHorizontalMetres { get; init; } = double.NaN;

    /// <summary>Mode 3/A code as its twelve bits (octal 4301 is 0x8C1), or −1.</summary>
    public short Mode3A { get; init; } = -1;
    /// <summary>ICAO 24-bit aircraft address, or 0.</summary>
    public uint ModeSAddress { get; init; }
    public Callsign Callsign { get; init; }
    /// <summary>The track number the source itself gives, or −1; keys SystemTrack and sensor-local tracks.</summary>
    public int SourceTrack { get; init; } = -1;
    /// <summary>Of what was heard on 1090 MHz: who put it on air.</summary>
    public Relay Relay { get; init; }
    /// <summary>What the sensor takes it for; shown as its word, used for nothing.</summary>
    public ObjectReport ReportedAs { get => new(report); init => report = value.Packed; }
    /// <summary>True when the primary radar contributed, for Plot.</summary>
    public bool Primary { get => Has(Mark.Primary); init => marks = With(Mark.Primary, value); }
    /// <summary>
    /// The source follows the object itself, has confirmed it, and knows it by the object's own transponder: one report is
    /// then as good as several. Never said of an object without a transponder, so it raises no alert by itself.
    /// </summary>
    public bool Vouched { get => Has(Mark.Vouched); init => marks = With(Mark.Vouched, value); }
    /// <summary>The source declares that the object is gone (CAT 062 track end, CoT stale).</summary>
    public bool Ended { get => Has(Mark.Ended); init => marks = With(Mark.Ended, value); }
    /// <summary>A test target or simulated by the sensor's own word; counted, never tracked in a live system.</summary>
    public bool Simulated { get => Has(Mark.Simulated); init => marks = With(Mark.Simulated, value); }

    bool Has(Mark mark) => (marks & mark) != Mark.None;

    Mark With(Mark mark, bool value) => value ? marks | mark : marks & ~mark;

    /// <summary>What is said in a bit each: a measurement is copied often.</summary>
    [Flags]
    enum Mark : byte
    {
        None = 0,
        HeightIsReckoned = 1,
        Primary = 2,
        Vouched = 4,
        Ended = 8,
        Simulated = 16,
    }
}
