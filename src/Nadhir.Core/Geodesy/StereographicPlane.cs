using Nadhir.Units;

namespace Nadhir.Geodesy;

/// <summary>
/// A conformal plane for tracking: the oblique stereographic projection on the conformal sphere
/// (EPSG guidance note 7-2, method 9809, scale 1 at the origin). Angles are kept; the length scale grows as
/// 1 + d²/4R²: 0.15 % at 500 km from the origin, 0.6 % at 1000 km. The antipode alone has no image.
/// Gauss's sphere of method 9809 turns longitudes by a little more than the earth's, which leaves a seam opposite the
/// origin's meridian, beyond the pole. An origin within 30° of a pole, from where such places are used, has the sphere
/// that turns them as they are: no seam, and within 500 km of the origin the same to 2 m.
/// </summary>
public sealed class StereographicPlane
{
    readonly double radius, exponent, constant, eccentricity;
    readonly double originConformalLatitude, originLongitude, sinOrigin, cosOrigin;

    public StereographicPlane(GeoPoint origin)
    {
        Origin = origin;
        double latitude = origin.LatitudeDegrees * Angles.DegreesToRadians;
        originLongitude = origin.LongitudeDegrees * Angles.DegreesToRadians;
        eccentricity = Math.Sqrt(Wgs84.EccentricitySquared);
        (double sin, double cos) = Math.SinCos(latitude);
        double w = 1 - (Wgs84.EccentricitySquared * sin * sin);
        double meridian = Wgs84.SemiMajorAxisMetres * (1 - Wgs84.EccentricitySquared) / (w * Math.Sqrt(w));
        double primeVertical = Wgs84.SemiMajorAxisMetres / Math.Sqrt(w);
        bool nearPole = Math.Abs(origin.LatitudeDegrees) > 60;
        radius = nearPole ? primeVertical : Math.Sqrt(meridian * primeVertical);
        exponent = nearPole
            ? 1
            : Math.Sqrt(1 + (Wgs84.EccentricitySquared * Math.Pow(cos, 4) / (1 - Wgs84.EccentricitySquared)));
        sinOrigin = sin / exponent;
        cosOrigin = Math.Sqrt(Math.Max(0, 1 - (sinOrigin * sinOrigin)));
        originConformalLatitude = Math.Asin(sinOrigin);
        // With the exponent 1 the origin's conformal latitude is its own, and the terms that run to infinity cancel.
        constant = nearPole
            ? eccentricity * Math.Atanh(eccentricity * sin)
            : Math.Atanh(sinOrigin) - (exponent * Isometric(latitude));
    }

    public GeoPoint Origin { get; }

    /// <summary>East and north on the plane, metres.</summary>
    public (double East, double North) ToPlane(GeoPoint point)
    {
        double latitude = Conformal(point.LatitudeDegrees * Angles.DegreesToRadians);
        double longitude = exponent
            * Angles.WrapRadians((point.LongitudeDegrees * Angles.DegreesToRadians) - originLongitude);
        (double sin, double cos) = Math.SinCos(latitude);
        (double sinLongitude, double cosLongitude) = Math.SinCos(longitude);
        double b = 1 + (sin * sinOrigin) + (cos * cosOrigin * cosLongitude);
        double scale = 2 * radius / b;
        return (scale * cos * sinLongitude, scale * ((sin * cosOrigin) - (cos * sinOrigin * cosLongitude)));
    }

    public GeoPoint FromPlane(double east, double north)
    {
        double rho = Math.Sqrt((east * east) + (north * north));
        if (rho < 1e-9) return Origin;
        (double sinC, double cosC) = Math.SinCos(2 * Math.Atan2(rho, 2 * radius));
        double latitude = Math.Asin(Math.Clamp((cosC * sinOrigin) + (north * sinC * cosOrigin / rho), -1, 1));
        double longitude = Math.Atan2(east * sinC, (rho * cosOrigin * cosC) - (north * sinOrigin * sinC)) / exponent;
        return new(
            Geodetic(latitude) * Angles.RadiansToDegrees,
            Angles.WrapRadians(originLongitude + longitude) * Angles.RadiansToDegrees);
    }

    /// <summary>Plane metres per true metre at a plane point: 1 + ρ²/4R².</summary>
    public double ScaleAt(double east, double north) => 1 + (((east * east) + (north * north)) / (4 * radius * radius));

    /// <summary>
    /// The same at a place, exactly: up to 0.4 % from the other where the ellipsoid and its sphere differ most.
    /// </summary>
    public double ScaleAt(GeoPoint point)
    {
        (double east, double north) = ToPlane(point);
        double latitude = point.LatitudeDegrees * Angles.DegreesToRadians;
        double cos = Math.Cos(latitude), sin = Math.Sin(latitude);
        if (cos < 1e-6) return ScaleAt(east, north); // a pole: both circles of latitude have shrunk to it
        double circle = Wgs84.SemiMajorAxisMetres * cos / Math.Sqrt(1 - (Wgs84.EccentricitySquared * sin * sin));
        return ScaleAt(east, north) * radius * exponent * Math.Cos(Conformal(latitude)) / circle;
    }

    /// <summary>
    /// Where a plane point lies as seen from another: on the plane whose origin is there, axes as here. Its direction is
    /// that in which the shortest line starts, its length the distance along the ground (0.03 % more at 400 km). The
    /// turn of the sphere that brings the one to the origin is a Möbius map of the plane.
    /// </summary>
    public (double East, double North) Seen(double fromEast, double fromNorth, double east, double north)
    {
        double square = 4 * radius * radius, dx = east - fromEast, dy = north - fromNorth;
        double real = 1 + (((fromEast * east) + (fromNorth * north)) / square);
        double imaginary = ((fromEast * north) - (fromNorth * east)) / square;
        double size = (real * real) + (imaginary * imaginary);
        return (((dx * real) + (dy * imaginary)) / size, ((dy * real) - (dx * imaginary)) / size);
    }

    /// <summary>Clockwise angle from the plane's north to true north at a point (meridian convergence), radians.</summary>
    public double ConvergenceAt(GeoPoint point)
    {
        double step = point.LatitudeDegrees > 89.9 ? -1e-4 : 1e-4;
        (double east0, double north0) = ToPlane(point);
        (double east1, double north1) = ToPlane(point with { LatitudeDegrees = point.LatitudeDegrees + step });
        return step > 0 ? Math.Atan2(east1 - east0, north1 - north0) : Math.Atan2(east0 - east1, north0 - north1);
    }

    double Isometric(double latitude)
    {
        double sin = Math.Sin(latitude);
        return Math.Atanh(sin) - (eccentricity * Math.Atanh(eccentricity * sin));
    }

    double Conformal(double latitude) => Math.Abs(latitude) >= (Math.PI / 2) - 1e-12
        ? latitude
        : Math.Asin(Math.Tanh((exponent * Isometric(latitude)) + constant));

    double Geodetic(double conformal)
    {
        if (Math.Abs(conformal) >= (Math.PI / 2) - 1e-12) return conformal;
        double isometric = (Math.Atanh(Math.Sin(conformal)) - constant) / exponent;
        double latitude = Math.Asin(Math.Tanh(isometric));
        for (int i = 0; i < 6; i++)
            latitude = Math.Asin(Math.Tanh(isometric + (eccentricity * Math.Atanh(eccentricity * Math.Sin(latitude)))));
        return latitude;
    }
}
