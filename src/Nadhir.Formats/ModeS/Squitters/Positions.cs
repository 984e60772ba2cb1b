namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>A position in compact position reporting: a place in a cell, which cell is not told.</summary>
/// <param name="IsOdd">Of which of the two grids.</param>
/// <param name="Latitude">17 bits, fraction of the cell.</param>
/// <param name="Longitude">17 bits.</param>
public readonly record struct CompactPosition(bool IsOdd, int Latitude, int Longitude)
{
    public static CompactPosition Read(ulong field) =>
        new(field.Bit(22), field.Bits(23, 17), field.Bits(40, 17));

    public ulong WriteInto(ulong field) =>
        field.With(22, 1, IsOdd ? 1 : 0).With(23, 17, Latitude).With(40, 17, Longitude);
}

/// <summary>Airborne position, type codes 0, 9–18 and 20–22 (DO-260B 2.2.3.2.3).</summary>
public readonly record struct AirbornePosition
{
    public int TypeCode { get; private init; }
    /// <summary>0 none, 1 permanent alert (emergency), 2 temporary alert (identity changed), 3 SPI.</summary>
    public int SurveillanceStatus { get; private init; }
    /// <summary>NIC supplement B of version 2; a single antenna before that; ICAO address or not in DF 18.</summary>
    public bool Supplement { get; private init; }
    /// <summary>The altitude code of twelve bits.</summary>
    public int AltitudeCode { get; private init; }
    /// <summary>The time of the position is aligned with UTC.</summary>
    public bool IsTimed { get; private init; }
    public CompactPosition Place { get; private init; }

    /// <summary>True when the height is geometric, by GNSS.</summary>
    public bool IsGeometric => TypeCode is >= 20 and <= 22;

    /// <summary>Pressure altitude, or height above the ellipsoid by GNSS; null when not told.</summary>
    public int? AltitudeFeet => ModeS.AltitudeCode.FeetOfTwelve(AltitudeCode);

    public static AirbornePosition Read(ulong field) => new()
    {
        TypeCode = SquitterType.Of(field),
        SurveillanceStatus = field.Bits(6, 2),
        Supplement = field.Bit(8),
        AltitudeCode = field.Bits(9, 12),
        IsTimed = field.Bit(21),
        Place = CompactPosition.Read(field),
    };

    /// <param name="typeCode">9–18 or 20–22: how good the position is.</param>
    public static ulong Write(int typeCode, double altitudeFeet, CompactPosition place) =>
        place.WriteInto(0UL.With(1, 5, typeCode).With(9, 12, ModeS.AltitudeCode.TwelveOf(altitudeFeet)));
}

/// <summary>Surface position, type codes 5–8 (DO-260B 2.2.3.2.4).</summary>
public readonly record struct SurfacePosition
{
    public int TypeCode { get; private init; }
    /// <summary>Movement field: speed in steps that grow.</summary>
    public int Movement { get; private init; }
    /// <summary>Degrees from true north; NaN when not told.</summary>
    public double TrackDegrees { get; private init; }
    public bool IsTimed { get; private init; }
    public CompactPosition Place { get; private init; }

    /// <summary>
    /// Knots, the lower end of the step; NaN when not told or reserved (DO-260B table 2-24). The last step, 175 kt
    /// and more, reads as 175.
    /// </summary>
    public double SpeedKnots => Movement switch
    {
        1 => 0,
        >= 2 and <= 8 => 0.125 + ((Movement - 2) * 0.875 / 7),
        >= 9 and <= 12 => 1 + ((Movement - 9) * 0.25),
        >= 13 and <= 38 => 2 + ((Movement - 13) * 0.5),
        >= 39 and <= 93 => 15 + (Movement - 39),
        >= 94 and <= 108 => 70 + ((Movement - 94) * 2),
        >= 109 and <= 123 => 100 + ((Movement - 109) * 5),
        124 => 175,
        _ => double.NaN,
    };

    public static SurfacePosition Read(ulong field) => new()
    {
        TypeCode = SquitterType.Of(field),
        Movement = field.Bits(6, 7),
        TrackDegrees = field.Bit(13) ? field.Bits(14, 7) * 360.0 / 128 : double.NaN,
        IsTimed = field.Bit(21),
        Place = CompactPosition.Read(field),
    };

    public static ulong Write(int typeCode, int movement, double trackDegrees, CompactPosition place)
    {
        ulong field = 0UL.With(1, 5, typeCode).With(6, 7, movement);
        if (double.IsFinite(trackDegrees))
            field = field.With(13, 1, 1).With(14, 7, (int)Math.Round(trackDegrees * 128 / 360) & 0x7F);
        return place.WriteInto(field);
    }
}
