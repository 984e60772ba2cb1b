namespace Nadhir.Units;

/// <summary>Conversions and wrapping of angles. Azimuths run clockwise from north.</summary>
public static class Angles
{
    public const double DegreesToRadians = Math.PI / 180;
    public const double RadiansToDegrees = 180 / Math.PI;

    /// <summary>The same angle in (−π, π].</summary>
    public static double WrapRadians(double radians)
    {
        double wrapped = Math.IEEERemainder(radians, 2 * Math.PI);
        return wrapped <= -Math.PI ? wrapped + (2 * Math.PI) : wrapped;
    }

    /// <summary>The same angle in [0°, 360°).</summary>
    public static double WrapDegrees360(double degrees)
    {
        double wrapped = degrees % 360;
        if (wrapped < 0) wrapped += 360;
        return wrapped < 360 ? wrapped : 0; // a hair below north rounds up to the full turn
    }
}
