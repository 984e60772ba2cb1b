using Nadhir.Tracking;

namespace Nadhir.Simulation.Load;

/// <summary>
/// The share of the traffic that has a track near it: a tracker that is fast because it tracks nothing shows here.
/// </summary>
static class Completeness
{
    const double NearMetres = 1000;

    public static double Of(LoadTraffic traffic, IReadOnlyCollection<FlatTrack> shown)
    {
        ILookup<(long, long), FlatTrack> cells = shown.ToLookup(track => CellOf(track.X, track.Y));
        int followed = 0;
        for (int i = 0; i < traffic.Count; i++)
            if (HasNear(cells, traffic.X[i], traffic.Y[i])) followed++;
        return followed / (double)traffic.Count;
    }

    static bool HasNear(ILookup<(long East, long North), FlatTrack> cells, double x, double y)
    {
        (long east, long north) = CellOf(x, y);
        for (long e = east - 1; e <= east + 1; e++)
            for (long n = north - 1; n <= north + 1; n++)
                foreach (FlatTrack track in cells[(e, n)])
                {
                    double dx = track.X - x, dy = track.Y - y;
                    if ((dx * dx) + (dy * dy) <= NearMetres * NearMetres) return true;
                }

        return false;
    }

    static (long East, long North) CellOf(double x, double y) =>
        ((long)Math.Floor(x / NearMetres), (long)Math.Floor(y / NearMetres));
}
