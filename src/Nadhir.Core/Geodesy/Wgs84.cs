namespace Nadhir.Geodesy;

/// <summary>Constants of the WGS 84 ellipsoid (NGA.STND.0036).</summary>
public static class Wgs84
{
    public const double SemiMajorAxisMetres = 6378137.0;
    public const double Flattening = 1 / 298.257223563;
    public const double SemiMinorAxisMetres = SemiMajorAxisMetres * (1 - Flattening);
    public const double EccentricitySquared = Flattening * (2 - Flattening);
    /// <summary>Mean radius (2a + b) / 3, metres.</summary>
    public const double MeanRadiusMetres = 6371008.7714;
}
