using Nadhir.Geodesy;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Assessment;

/// <summary>
/// The chance that a falling object comes down in a zone or within its margin (debris, and what the prediction leaves
/// out): the share of the landing distribution over the grown zone, at 128 points of equal probability.
/// </summary>
static class ImpactExposure
{
    const int Rings = 8, PerRing = 16, Points = Rings * PerRing;
    /// <summary>Farther out than the outermost point reaches, sigmas.</summary>
    const double Reach = 3;

    static readonly (double X, double Y)[] unit = UnitPoints();

    /// <param name="at">The moment from which the arrival counts.</param>
    public static Exposure Of(ImpactPrediction impact, DateTimeOffset at, PlaneArea zone, double margin)
    {
        double seconds = Math.Max(0, (impact.Time - at).TotalSeconds);
        double sigma = (impact.Latest - impact.Earliest).TotalSeconds / (2 * Units.Normal.Percentile95);
        return Of(new(impact.East, impact.North, impact.EastEast, impact.EastNorth, impact.NorthNorth, seconds, sigma), zone, margin);
    }

    public static Exposure Of(in RoughFall impact, PlaneArea zone, double margin)
    {
        (double centreEast, double centreNorth, double radius) = zone.Bounds;
        double east = centreEast - impact.East, north = centreNorth - impact.North;
        double major = impact.LargestSigma;
        if (Math.Sqrt((east * east) + (north * north)) > radius + margin + (Reach * major)) return Exposure.None;
        // Cholesky factor of the covariance.
        double a = Math.Sqrt(Math.Max(impact.EastEast, 1)), b = impact.EastNorth / a;
        double c = Math.Sqrt(Math.Max(impact.NorthNorth - (b * b), 1));
        // Each point stands for the patch around it: its share changes smoothly where the edge cuts the patch.
        double patch = 0.25 * Math.Sqrt(a * c);
        double sum = 0;
        foreach ((double x, double y) in unit)
        {
            double inside = zone.Nearest(impact.East + (a * x), impact.North + (b * x) + (c * y)).SignedMetres + margin;
            sum += Math.Clamp(0.5 + (inside / (2 * patch)), 0, 1);
        }

        return new(sum / Points, impact.Seconds, Math.Max(1, impact.SigmaSeconds));
    }

    static (double X, double Y)[] UnitPoints()
    {
        (double, double)[] points = new (double, double)[Points];
        for (int ring = 0; ring < Rings; ring++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - ((ring + 0.5) / Rings)));
            for (int i = 0; i < PerRing; i++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (i + (ring % 2 * 0.5)) / PerRing);
                points[(ring * PerRing) + i] = (radius * cos, radius * sin);
            }
        }

        return points;
    }
}
