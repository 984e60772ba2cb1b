namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>
/// Airborne velocity, type code 19 (DO-260B 2.2.3.2.6): over ground (subtypes 1, 2) or through the air (3, 4); the even
/// subtypes are for supersonic speeds and count in steps of four knots. What is not told is NaN or null.
/// </summary>
public readonly record struct AirborneVelocity
{
    /// <summary>1–4; others are reserved and tell nothing.</summary>
    public int Subtype { get; private init; }
    public bool IntentChange { get; private init; }
    /// <summary>NACv of versions 1 and 2, NUCr of version 0.</summary>
    public int VelocityAccuracy { get; private init; }
    public double EastKnots { get; private init; }
    public double NorthKnots { get; private init; }
    /// <summary>Magnetic heading, or as the operational status says true; subtypes 3 and 4.</summary>
    public double HeadingDegrees { get; private init; }
    public double AirspeedKnots { get; private init; }
    /// <summary>True airspeed, else indicated.</summary>
    public bool IsTrueAirspeed { get; private init; }
    public int? ClimbFeetPerMinute { get; private init; }
    /// <summary>The climb is barometric, else geometric.</summary>
    public bool IsClimbBarometric { get; private init; }
    /// <summary>Geometric height less pressure altitude.</summary>
    public int? GeometricLessBarometricFeet { get; private init; }

    public bool IsOverGround => Subtype is 1 or 2;
    public double GroundSpeedKnots => Math.Sqrt((EastKnots * EastKnots) + (NorthKnots * NorthKnots));

    /// <summary>Degrees clockwise from true north, [0, 360).</summary>
    public double TrackDegrees
    {
        get
        {
            double degrees = Math.Atan2(EastKnots, NorthKnots) * (180 / Math.PI);
            return degrees < 0 ? degrees + 360 : degrees;
        }
    }

    public static AirborneVelocity Read(ulong field)
    {
        int subtype = field.Bits(6, 3), step = subtype is 2 or 4 ? 4 : 1;
        int first = field.Bits(15, 10), second = field.Bits(26, 10);
        int climb = field.Bits(38, 9), delta = field.Bits(50, 7);
        bool overGround = subtype is 1 or 2, throughAir = subtype is 3 or 4, told = overGround || throughAir;
        bool hasGround = overGround && first != 0 && second != 0;
        return new()
        {
            Subtype = subtype,
            IntentChange = field.Bit(9),
            VelocityAccuracy = field.Bits(11, 3),
            EastKnots = hasGround ? Signed(field.Bit(14), (first - 1) * step) : double.NaN,
            NorthKnots = hasGround ? Signed(field.Bit(25), (second - 1) * step) : double.NaN,
            HeadingDegrees = throughAir && field.Bit(14) ? first * 360.0 / 1024 : double.NaN,
            AirspeedKnots = throughAir && second != 0 ? (second - 1) * step : double.NaN,
            IsTrueAirspeed = throughAir && field.Bit(25),
            ClimbFeetPerMinute = told && climb != 0 ? Signed(field.Bit(37), (climb - 1) * 64) : null,
            IsClimbBarometric = field.Bit(36),
            GeometricLessBarometricFeet = told && delta != 0 ? Signed(field.Bit(49), (delta - 1) * 25) : null,
        };
    }

    /// <summary>
    /// Over ground, to the knot; above 1,022 kt on an axis in steps of four (subtype 2), up to 4,088 kt.
    /// </summary>
    /// <param name="climbFeetPerMinute">Barometric; NaN when not told.</param>
    /// <param name="geometricLessBarometricFeet">NaN when not told.</param>
    public static ulong Write(
        double eastKnots, double northKnots, double climbFeetPerMinute, double geometricLessBarometricFeet = double.NaN)
    {
        int step = Math.Max(Math.Abs(eastKnots), Math.Abs(northKnots)) < 1022.5 ? 1 : 4;
        ulong field = 0UL.With(1, 5, 19).With(6, 3, step == 1 ? 1 : 2)
            .With(14, 1, eastKnots < 0 ? 1 : 0).With(15, 10, Steps(eastKnots, step, 1023))
            .With(25, 1, northKnots < 0 ? 1 : 0).With(26, 10, Steps(northKnots, step, 1023))
            .With(36, 1, 1);
        if (double.IsFinite(climbFeetPerMinute))
            field = field.With(37, 1, climbFeetPerMinute < 0 ? 1 : 0).With(38, 9, Steps(climbFeetPerMinute, 64, 511));
        if (double.IsFinite(geometricLessBarometricFeet))
            field = field.With(49, 1, geometricLessBarometricFeet < 0 ? 1 : 0)
                .With(50, 7, Steps(geometricLessBarometricFeet, 25, 127));
        return field;
    }

    static int Signed(bool negative, int value) => negative ? -value : value;

    /// <summary>Counted from one: zero says that nothing is told.</summary>
    static int Steps(double value, int step, int most) =>
        (int)Math.Min(Math.Round(Math.Abs(value) / step) + 1, most);
}
