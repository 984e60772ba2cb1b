using Nadhir.Units;

namespace Nadhir.Geodesy;

/// <summary>East, north, up in metres at an origin: the frame of one sensor.</summary>
public sealed class TangentFrame
{
    readonly Ecef origin;
    readonly double sinLatitude, cosLatitude, sinLongitude, cosLongitude;

    public TangentFrame(GeoPosition at)
    {
        Origin = at;
        origin = Ecef.From(at);
        (sinLatitude, cosLatitude) = Math.SinCos(at.LatitudeDegrees * Angles.DegreesToRadians);
        (sinLongitude, cosLongitude) = Math.SinCos(at.LongitudeDegrees * Angles.DegreesToRadians);
    }

    public GeoPosition Origin { get; }

    public (double East, double North, double Up) ToLocal(GeoPosition position)
    {
        Ecef point = Ecef.From(position);
        double dx = point.X - origin.X, dy = point.Y - origin.Y, dz = point.Z - origin.Z;
        return (
            (-sinLongitude * dx) + (cosLongitude * dy),
            (-sinLatitude * cosLongitude * dx) - (sinLatitude * sinLongitude * dy) + (cosLatitude * dz),
            (cosLatitude * cosLongitude * dx) + (cosLatitude * sinLongitude * dy) + (sinLatitude * dz));
    }

    public GeoPosition FromLocal(double east, double north, double up) => new Ecef(
        origin.X - (sinLongitude * east) - (sinLatitude * cosLongitude * north) + (cosLatitude * cosLongitude * up),
        origin.Y + (cosLongitude * east) - (sinLatitude * sinLongitude * north) + (cosLatitude * sinLongitude * up),
        origin.Z + (cosLatitude * north) + (sinLatitude * up)).ToGeodetic();

    /// <summary>
    /// The point seen at a slant range and azimuth whose height above the ellipsoid is known (Mode C):
    /// where the range sphere, the azimuth plane and the height meet. Converges to a millimetre in a few steps.
    /// </summary>
    public GeoPosition FromRangeAzimuthHeight(double slantRangeMetres, double azimuthRadians, double heightMetres)
    {
        (double sin, double cos) = Math.SinCos(azimuthRadians);
        double ground = slantRangeMetres, up = 0;
        for (int i = 0; i < 6; i++)
        {
            GeoPosition guess = FromLocal(ground * sin, ground * cos, up);
            up += heightMetres - guess.HeightMetres;
            ground = Math.Sqrt(Math.Max(0, (slantRangeMetres * slantRangeMetres) - (up * up)));
        }

        return FromLocal(ground * sin, ground * cos, up);
    }
}
