using Nadhir.Units;

namespace Nadhir.Geodesy;

/// <summary>
/// Shortest lines on the WGS 84 ellipsoid (Vincenty, Survey Review XXIII-176, 1975): sub-millimetre, except that
/// nearly antipodal pairs, for which the iteration does not settle, are answered on the mean sphere (0.5 %).
/// </summary>
public static class Geodesic
{
    /// <summary>Distance in metres and azimuth at the start in degrees [0, 360).</summary>
    public static (double DistanceMetres, double AzimuthDegrees) Inverse(GeoPoint from, GeoPoint to)
    {
        const double a = Wgs84.SemiMajorAxisMetres, b = Wgs84.SemiMinorAxisMetres, f = Wgs84.Flattening;
        double longitude = Angles.WrapRadians((to.LongitudeDegrees - from.LongitudeDegrees) * Angles.DegreesToRadians);
        (double sinU1, double cosU1) = Reduced(from.LatitudeDegrees);
        (double sinU2, double cosU2) = Reduced(to.LatitudeDegrees);
        double lambda = longitude;
        for (int i = 0; i < 100; i++)
        {
            (double sinLambda, double cosLambda) = Math.SinCos(lambda);
            double x = cosU2 * sinLambda, y = (cosU1 * sinU2) - (sinU1 * cosU2 * cosLambda);
            double sinSigma = Math.Sqrt((x * x) + (y * y));
            if (sinSigma == 0) return (0, 0);
            double cosSigma = (sinU1 * sinU2) + (cosU1 * cosU2 * cosLambda);
            double sigma = Math.Atan2(sinSigma, cosSigma);
            double sinAlpha = cosU1 * cosU2 * sinLambda / sinSigma;
            double cosSquaredAlpha = 1 - (sinAlpha * sinAlpha);
            double cos2SigmaM = cosSquaredAlpha == 0 ? 0 : cosSigma - (2 * sinU1 * sinU2 / cosSquaredAlpha);
            double c = f / 16 * cosSquaredAlpha * (4 + (f * (4 - (3 * cosSquaredAlpha))));
            double before = lambda;
            lambda = longitude + ((1 - c) * f * sinAlpha * (sigma + (c * sinSigma
                * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
            if (Math.Abs(lambda) > Math.PI) break;
            if (Math.Abs(lambda - before) > 1e-12) continue;
            double uSquared = cosSquaredAlpha * ((a * a) - (b * b)) / (b * b);
            (double bigA, double bigB) = Series(uSquared);
            double deltaSigma = DeltaSigma(bigB, sinSigma, cosSigma, cos2SigmaM);
            double azimuth = Math.Atan2(x, y) * Angles.RadiansToDegrees;
            return (b * bigA * (sigma - deltaSigma), Angles.WrapDegrees360(azimuth));
        }

        return OnSphere(from, to);
    }

    /// <summary>The point reached after a distance along an azimuth.</summary>
    public static GeoPoint Direct(GeoPoint from, double azimuthDegrees, double distanceMetres)
    {
        const double a = Wgs84.SemiMajorAxisMetres, b = Wgs84.SemiMinorAxisMetres, f = Wgs84.Flattening;
        (double sinAlpha1, double cosAlpha1) = Math.SinCos(azimuthDegrees * Angles.DegreesToRadians);
        (double sinU1, double cosU1) = Reduced(from.LatitudeDegrees);
        double sigma1 = Math.Atan2(sinU1, cosU1 * cosAlpha1);
        double sinAlpha = cosU1 * sinAlpha1;
        double cosSquaredAlpha = 1 - (sinAlpha * sinAlpha);
        (double bigA, double bigB) = Series(cosSquaredAlpha * ((a * a) - (b * b)) / (b * b));
        double sigma = distanceMetres / (b * bigA);
        double sinSigma = 0, cosSigma = 1, cos2SigmaM = 0;
        for (int i = 0; i < 50; i++)
        {
            cos2SigmaM = Math.Cos((2 * sigma1) + sigma);
            (sinSigma, cosSigma) = Math.SinCos(sigma);
            double next = (distanceMetres / (b * bigA)) + DeltaSigma(bigB, sinSigma, cosSigma, cos2SigmaM);
            bool settled = Math.Abs(next - sigma) < 1e-13;
            sigma = next;
            if (settled) break;
        }

        (sinSigma, cosSigma) = Math.SinCos(sigma);
        double t = (sinU1 * sinSigma) - (cosU1 * cosSigma * cosAlpha1);
        double latitude = Math.Atan2((sinU1 * cosSigma) + (cosU1 * sinSigma * cosAlpha1),
            (1 - f) * Math.Sqrt((sinAlpha * sinAlpha) + (t * t)));
        double lambda = Math.Atan2(sinSigma * sinAlpha1, (cosU1 * cosSigma) - (sinU1 * sinSigma * cosAlpha1));
        double c = f / 16 * cosSquaredAlpha * (4 + (f * (4 - (3 * cosSquaredAlpha))));
        double longitude = lambda - ((1 - c) * f * sinAlpha * (sigma + (c * sinSigma
            * (cos2SigmaM + (c * cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))))));
        return new(latitude * Angles.RadiansToDegrees,
            Angles.WrapRadians((from.LongitudeDegrees * Angles.DegreesToRadians) + longitude) * Angles.RadiansToDegrees);
    }

    static (double DistanceMetres, double AzimuthDegrees) OnSphere(GeoPoint from, GeoPoint to)
    {
        (double sin1, double cos1) = Math.SinCos(from.LatitudeDegrees * Angles.DegreesToRadians);
        (double sin2, double cos2) = Math.SinCos(to.LatitudeDegrees * Angles.DegreesToRadians);
        (double sin, double cos) = Math.SinCos((to.LongitudeDegrees - from.LongitudeDegrees) * Angles.DegreesToRadians);
        double x = cos2 * sin, y = (cos1 * sin2) - (sin1 * cos2 * cos);
        double angle = Math.Atan2(Math.Sqrt((x * x) + (y * y)), (sin1 * sin2) + (cos1 * cos2 * cos));
        return (angle * Wgs84.MeanRadiusMetres, Angles.WrapDegrees360(Math.Atan2(x, y) * Angles.RadiansToDegrees));
    }

    static (double Sin, double Cos) Reduced(double latitudeDegrees)
    {
        double u = Math.Atan((1 - Wgs84.Flattening) * Math.Tan(latitudeDegrees * Angles.DegreesToRadians));
        return Math.SinCos(u);
    }

    static (double A, double B) Series(double u) => (
        1 + (u / 16384 * (4096 + (u * (-768 + (u * (320 - (175 * u))))))),
        u / 1024 * (256 + (u * (-128 + (u * (74 - (47 * u)))))));

    static double DeltaSigma(double b, double sinSigma, double cosSigma, double cos2SigmaM) =>
        b * sinSigma * (cos2SigmaM + (b / 4 * ((cosSigma * (-1 + (2 * cos2SigmaM * cos2SigmaM)))
            - (b / 6 * cos2SigmaM * (-3 + (4 * sinSigma * sinSigma)) * (-3 + (4 * cos2SigmaM * cos2SigmaM))))));
}
