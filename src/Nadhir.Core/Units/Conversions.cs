namespace Nadhir.Units;

/// <summary>Exact factors between the units of aviation and SI.</summary>
public static class Conversions
{
    public const double MetresPerFoot = 0.3048;
    public const double MetresPerNauticalMile = 1852;
    public const double MetresPerSecondPerKnot = 1852.0 / 3600;
    /// <summary>One flight level is a hundred feet of pressure altitude.</summary>
    public const double MetresPerFlightLevel = 30.48;
}
