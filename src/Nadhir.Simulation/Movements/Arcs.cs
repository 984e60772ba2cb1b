using Nadhir.Geodesy;

namespace Nadhir.Simulation.Movements;

/// <summary>Turns as corners two degrees apart: at a radius of 10 km the chord is 1.5 m off the circle at most.</summary>
public static class Arcs
{
    const double StepDegrees = 2;

    /// <summary>From one bearing of the centre to another; positive turns are clockwise.</summary>
    public static IEnumerable<GeoPoint> Around(GeoPoint centre, double radiusMetres, double fromBearing, double turnDegrees)
    {
        int steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(turnDegrees) / StepDegrees));
        for (int i = 0; i <= steps; i++)
            yield return Geodesic.Direct(centre, fromBearing + (turnDegrees * i / steps), radiusMetres);
    }

    /// <summary>Two straights joined by two half turns to the right, all within <paramref name="reachMetres"/> of the centre.</summary>
    public static IEnumerable<GeoPoint> Racetrack(GeoPoint centre, double reachMetres, double turnRadiusMetres, double axisDegrees)
    {
        double half = reachMetres - turnRadiusMetres;
        foreach (double bearing in (double[])[axisDegrees, axisDegrees + 180])
            foreach (GeoPoint point in Around(Geodesic.Direct(centre, bearing, half), turnRadiusMetres, bearing - 90, 180))
                yield return point;
    }
}
