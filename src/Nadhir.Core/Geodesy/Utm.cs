using Nadhir.Units;

namespace Nadhir.Geodesy;

/// <summary>
/// A point in Universal Transverse Mercator on WGS 84. Converted by Krüger's series to the sixth order
/// (C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011, eqs. 7–11, 19–21, 35, 36): below
/// a micrometre within the zones and well beyond their borders.
/// </summary>
public readonly record struct UtmPoint(int Zone, bool North, double EastingMetres, double NorthingMetres)
{
    const double ScaleAtCentre = 0.9996, FalseEasting = 500_000, FalseNorthingInSouth = 10_000_000;
    const double N = Wgs84.Flattening / (2 - Wgs84.Flattening);
    const double N2 = N * N, N3 = N2 * N, N4 = N3 * N, N5 = N4 * N, N6 = N5 * N;
    /// <summary>A quarter meridian is π/2 of this.</summary>
    const double RectifyingRadius = Wgs84.SemiMajorAxisMetres / (1 + N) * (1 + (N2 / 4) + (N4 / 64) + (N6 / 256));

    static readonly double eccentricity = Math.Sqrt(Wgs84.EccentricitySquared);

    static readonly double[] alpha =
    [
        (N / 2) - (2 * N2 / 3) + (5 * N3 / 16) + (41 * N4 / 180) - (127 * N5 / 288) + (7891 * N6 / 37800),
        (13 * N2 / 48) - (3 * N3 / 5) + (557 * N4 / 1440) + (281 * N5 / 630) - (1983433 * N6 / 1935360),
        (61 * N3 / 240) - (103 * N4 / 140) + (15061 * N5 / 26880) + (167603 * N6 / 181440),
        (49561 * N4 / 161280) - (179 * N5 / 168) + (6601661 * N6 / 7257600),
        (34729 * N5 / 80640) - (3418889 * N6 / 1995840),
        212378941 * N6 / 319334400,
    ];

    static readonly double[] beta =
    [
        (N / 2) - (2 * N2 / 3) + (37 * N3 / 96) - (N4 / 360) - (81 * N5 / 512) + (96199 * N6 / 604800),
        (N2 / 48) + (N3 / 15) - (437 * N4 / 1440) + (46 * N5 / 105) - (1118711 * N6 / 3870720),
        (17 * N3 / 480) - (37 * N4 / 840) - (209 * N5 / 4480) + (5569 * N6 / 90720),
        (4397 * N4 / 161280) - (11 * N5 / 504) - (830251 * N6 / 7257600),
        (4583 * N5 / 161280) - (108847 * N6 / 3991680),
        20648693 * N6 / 638668800,
    ];

    /// <summary>Zones are six degrees wide and counted from 180° west; the exceptions of Norway are not made.</summary>
    public static int ZoneOf(double longitudeDegrees) =>
        (((int)Math.Floor((longitudeDegrees + 180) / 6) % 60) + 60) % 60 + 1;

    public static double CentralMeridianDegrees(int zone) => (6 * zone) - 183;

    /// <summary>Far outside what a zone is used for, the series and the meaning end.</summary>
    public bool IsPlausible => Zone is >= 1 and <= 60
        && EastingMetres is >= 0 and <= 1_000_000 && NorthingMetres is >= 0 and <= FalseNorthingInSouth;

    public static UtmPoint From(GeoPoint point, int zone, bool north)
    {
        (double xi, double eta, _, _) = Gauss(point, zone);
        double x = xi, y = eta;
        for (int j = 1; j <= 6; j++)
        {
            xi += alpha[j - 1] * Math.Sin(2 * j * x) * Math.Cosh(2 * j * y);
            eta += alpha[j - 1] * Math.Cos(2 * j * x) * Math.Sinh(2 * j * y);
        }

        double scale = ScaleAtCentre * RectifyingRadius;
        return new(zone, north, FalseEasting + (scale * eta), (north ? 0 : FalseNorthingInSouth) + (scale * xi));
    }

    public GeoPoint ToGeographic()
    {
        double scale = ScaleAtCentre * RectifyingRadius;
        double xi = (NorthingMetres - (North ? 0 : FalseNorthingInSouth)) / scale;
        double eta = (EastingMetres - FalseEasting) / scale;
        double x = xi, y = eta;
        for (int j = 1; j <= 6; j++)
        {
            xi -= beta[j - 1] * Math.Sin(2 * j * x) * Math.Cosh(2 * j * y);
            eta -= beta[j - 1] * Math.Cos(2 * j * x) * Math.Sinh(2 * j * y);
        }

        double sinh = Math.Sinh(eta), cos = Math.Cos(xi);
        double tangent = Latitude(Math.Sin(xi) / Math.Sqrt((sinh * sinh) + (cos * cos)));
        double longitude = CentralMeridianDegrees(Zone) + (Math.Atan2(sinh, cos) * Angles.RadiansToDegrees);
        return new(Math.Atan(tangent) * Angles.RadiansToDegrees, Math.IEEERemainder(longitude, 360));
    }

    /// <summary>The bearing of grid north from true north, clockwise; radians.</summary>
    public static double ConvergenceRadians(GeoPoint point, int zone)
    {
        (double xi, double eta, double conformal, double longitude) = Gauss(point, zone);
        double p = 1, q = 0;
        for (int j = 1; j <= 6; j++)
        {
            p += 2 * j * alpha[j - 1] * Math.Cos(2 * j * xi) * Math.Cosh(2 * j * eta);
            q += 2 * j * alpha[j - 1] * Math.Sin(2 * j * xi) * Math.Sinh(2 * j * eta);
        }

        double onSphere = Math.Atan(conformal / Math.Sqrt(1 + (conformal * conformal)) * Math.Tan(longitude));
        return onSphere + Math.Atan2(q, p);
    }

    /// <summary>
    /// Gauss–Schreiber coordinates, the tangent of the conformal latitude, the longitude from the middle.
    /// </summary>
    static (double Xi, double Eta, double Conformal, double Longitude) Gauss(GeoPoint point, int zone)
    {
        double longitude = Math.IEEERemainder(point.LongitudeDegrees - CentralMeridianDegrees(zone), 360)
            * Angles.DegreesToRadians;
        double conformal = Conformal(Math.Tan(point.LatitudeDegrees * Angles.DegreesToRadians));
        (double sin, double cos) = Math.SinCos(longitude);
        return (Math.Atan2(conformal, cos), Math.Asinh(sin / Math.Sqrt((conformal * conformal) + (cos * cos))),
            conformal, longitude);
    }

    /// <summary>Tangent of the conformal latitude from the tangent of the latitude.</summary>
    static double Conformal(double tangent)
    {
        double secant = Math.Sqrt(1 + (tangent * tangent));
        double sigma = Math.Sinh(eccentricity * Math.Atanh(eccentricity * tangent / secant));
        return (tangent * Math.Sqrt(1 + (sigma * sigma))) - (sigma * secant);
    }

    /// <summary>
    /// And back, by Newton's method: twice is enough in double precision, and the rest costs nothing.
    /// </summary>
    static double Latitude(double conformal)
    {
        const double Squeeze = 1 - Wgs84.EccentricitySquared;
        double tangent = conformal / Squeeze;
        for (int i = 0; i < 5; i++)
        {
            double now = Conformal(tangent), square = tangent * tangent;
            tangent += (conformal - now) / Math.Sqrt(1 + (now * now))
                * (1 + (Squeeze * square)) / (Squeeze * Math.Sqrt(1 + square));
        }

        return tangent;
    }
}
