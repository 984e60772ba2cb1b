namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>
/// Coarse airborne position and velocity of TIS-B, DF 18 with CF 3 (DO-260B 2.2.17.3.5): a layout of its own, without
/// a type code, for targets that the ground follows less well.
/// </summary>
public readonly record struct CoarsePosition
{
    /// <summary>
    /// One step of latitude of its grid, metres: 1/4096 of six degrees. Nothing finer is told, nor how good it is.
    /// </summary>
    public const double StepMetres = 163;

    /// <summary>Service volume, 0–15: which part of the ground's coverage it comes from.</summary>
    public int ServiceVolume { get; private init; }
    /// <summary>0 none, 1 permanent alert (emergency), 2 temporary alert (identity changed), 3 SPI.</summary>
    public int SurveillanceStatus { get; private init; }
    /// <summary>Pressure altitude; null when not told.</summary>
    public int? AltitudeFeet { get; private init; }
    /// <summary>From true north, steps of 11.25°; NaN when not told.</summary>
    public double TrackDegrees { get; private init; }
    /// <summary>The six bits of the speed.</summary>
    public int Speed { get; private init; }
    /// <summary>The twelve bits of each coordinate, as the first of seventeen.</summary>
    public CompactPosition Place { get; private init; }

    /// <summary>
    /// Knots, the middle of the step of 32 (the first is below 16; of the last its lower end, 1,968); NaN when not
    /// told.
    /// </summary>
    public double GroundSpeedKnots => Speed switch
    {
        0 => double.NaN,
        1 => 8,
        63 => 1968,
        _ => (Speed - 1) * 32,
    };

    public static bool IsIn(in ModeSMessage message) => message.Format == 18 && message.Capability == 3;

    public static CoarsePosition Read(ulong field) => new()
    {
        SurveillanceStatus = field.Bits(2, 2),
        ServiceVolume = field.Bits(4, 4),
        AltitudeFeet = AltitudeCode.FeetOfTwelve(field.Bits(8, 12)),
        TrackDegrees = field.Bit(20) ? field.Bits(21, 5) * 11.25 : double.NaN,
        Speed = field.Bits(26, 6),
        Place = new(field.Bit(32), field.Bits(33, 12) << 5, field.Bits(45, 12) << 5),
    };

    /// <summary>The address is a code and a track number, not the aircraft's own.</summary>
    public static bool MarksOwnAddress(ulong field) => field.Bit(1);

    /// <param name="place">Of twelve bits.</param>
    public static ulong Write(
        int serviceVolume, double altitudeFeet, double trackDegrees, int speed, CompactPosition place)
    {
        ulong field = 0UL.With(4, 4, serviceVolume).With(8, 12, AltitudeCode.TwelveOf(altitudeFeet)).With(26, 6, speed);
        if (double.IsFinite(trackDegrees))
            field = field.With(20, 1, 1).With(21, 5, (int)Math.Round(trackDegrees / 11.25) & 0x1F);
        return field.With(32, 1, place.IsOdd ? 1 : 0)
            .With(33, 12, place.Latitude >> 5).With(45, 12, place.Longitude >> 5);
    }
}
