using Nadhir.Units;

namespace Nadhir.Geodesy;

/// <summary>Earth-centred, earth-fixed Cartesian coordinates, metres.</summary>
public readonly record struct Ecef(double X, double Y, double Z)
{
    public static Ecef From(GeoPosition position)
    {
        (double sinLatitude, double cosLatitude) = Math.SinCos(position.LatitudeDegrees * Angles.DegreesToRadians);
        (double sinLongitude, double cosLongitude) = Math.SinCos(position.LongitudeDegrees * Angles.DegreesToRadians);
        double primeVertical = Wgs84.SemiMajorAxisMetres
            / Math.Sqrt(1 - (Wgs84.EccentricitySquared * sinLatitude * sinLatitude));
        double across = (primeVertical + position.HeightMetres) * cosLatitude;
        return new(across * cosLongitude, across * sinLongitude,
            ((primeVertical * (1 - Wgs84.EccentricitySquared)) + position.HeightMetres) * sinLatitude);
    }

    /// <summary>Latitude, longitude and height; iterated Bowring, better than a micrometre below 100 km height.</summary>
    public GeoPosition ToGeodetic()
    {
        double p = Math.Sqrt((X * X) + (Y * Y));
        double secondEccentricity = Wgs84.EccentricitySquared / (1 - Wgs84.EccentricitySquared);
        double beta = Math.Atan2(Z, (1 - Wgs84.Flattening) * p);
        double latitude = 0;
        for (int i = 0; i < 3; i++)
        {
            (double sinBeta, double cosBeta) = Math.SinCos(beta);
            latitude = Math.Atan2(
                Z + (secondEccentricity * Wgs84.SemiMinorAxisMetres * sinBeta * sinBeta * sinBeta),
                p - (Wgs84.EccentricitySquared * Wgs84.SemiMajorAxisMetres * cosBeta * cosBeta * cosBeta));
            beta = Math.Atan2((1 - Wgs84.Flattening) * Math.Sin(latitude), Math.Cos(latitude));
        }

        (double sin, double cos) = Math.SinCos(latitude);
        double primeVertical = Wgs84.SemiMajorAxisMetres / Math.Sqrt(1 - (Wgs84.EccentricitySquared * sin * sin));
        double height = (p * cos) + (Z * sin)
            - (primeVertical * (1 - (Wgs84.EccentricitySquared * sin * sin)));
        return new(latitude * Angles.RadiansToDegrees, Math.Atan2(Y, X) * Angles.RadiansToDegrees, height);
    }
}
