using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Simulation.Truth;

namespace Nadhir.Simulation.Movements;

/// <summary>
/// A path that follows the home border from outside at a constant distance: the flight that must never be reported as a
/// crossing.
/// </summary>
public static class BorderParallel
{
    const double StepMetres = 2000;
    /// <summary>The outward direction is taken over ±10 km of line, so that the path does not copy every bend.</summary>
    const int Smoothing = 5;

    public static ImmutableArray<GeoPoint> Create(
        Outline home, GeoPoint near, GeoPoint towards, double lengthMetres, double offsetMetres)
    {
        // Which way round a file lists its corners is its own affair: take the way that leads towards the point.
        ImmutableArray<GeoPoint> edge = ((bool[])[false, true])
            .Select(backwards => home.AlongEdge(near, lengthMetres, StepMetres, backwards))
            .MinBy(way => Geodesic.Inverse(way[^1], towards).DistanceMetres);
        ImmutableArray<GeoPoint>.Builder path = ImmutableArray.CreateBuilder<GeoPoint>(edge.Length);
        for (int i = 0; i < edge.Length; i++)
        {
            GeoPoint behind = edge[Math.Max(0, i - Smoothing)], ahead = edge[Math.Min(edge.Length - 1, i + Smoothing)];
            double outward = Geodesic.Inverse(behind, ahead).AzimuthDegrees + 90;
            if (home.Outside(Geodesic.Direct(edge[i], outward, 20_000)) < 0) outward += 180;
            double reach = offsetMetres;
            for (int round = 0; round < 8; round++)
                reach += offsetMetres - home.Outside(Geodesic.Direct(edge[i], outward, reach));
            path.Add(Geodesic.Direct(edge[i], outward, reach));
        }

        return path.DrainToImmutable();
    }
}
