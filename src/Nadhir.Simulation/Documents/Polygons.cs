using Nadhir.Geodesy;

namespace Nadhir.Documents;

/// <summary>Whether an outline can bound an area at all.</summary>
public static class Polygons
{
    /// <summary>
    /// Index of the first edge that meets a later, not neighbouring edge; null when the ring is simple. Edges are swept
    /// from west to east, so that a border of tens of thousands of corners is checked at once. Longitudes must not pass
    /// the antimeridian.
    /// </summary>
    public static int? FirstSelfCrossing(IReadOnlyList<GeoPoint> ring)
    {
        int count = ring.Count;
        int[] edges = [.. Enumerable.Range(0, count).OrderBy(i => West(ring, i)).ThenBy(i => i)];
        List<int> open = [];
        int? first = null;
        foreach (int edge in edges)
        {
            double west = West(ring, edge);
            open.RemoveAll(other => East(ring, other) < west);
            foreach (int other in open)
            {
                int low = Math.Min(edge, other), high = Math.Max(edge, other);
                if (high - low == 1 || (low == 0 && high == count - 1)) continue;
                if (Meet(ring[low], ring[low + 1], ring[high], ring[(high + 1) % count]) && (first is null || low < first))
                    first = low;
            }

            open.Add(edge);
        }

        return first;
    }

    static double West(IReadOnlyList<GeoPoint> ring, int edge) =>
        Math.Min(ring[edge].LongitudeDegrees, ring[(edge + 1) % ring.Count].LongitudeDegrees);

    static double East(IReadOnlyList<GeoPoint> ring, int edge) =>
        Math.Max(ring[edge].LongitudeDegrees, ring[(edge + 1) % ring.Count].LongitudeDegrees);

    static bool Meet(GeoPoint a, GeoPoint b, GeoPoint c, GeoPoint d) =>
        (Side(a, b, c) * Side(a, b, d) < 0 && Side(c, d, a) * Side(c, d, b) < 0) || a == c || a == d || b == c || b == d;

    static double Side(GeoPoint from, GeoPoint to, GeoPoint point) =>
        ((to.LongitudeDegrees - from.LongitudeDegrees) * (point.LatitudeDegrees - from.LatitudeDegrees))
        - ((to.LatitudeDegrees - from.LatitudeDegrees) * (point.LongitudeDegrees - from.LongitudeDegrees));
}
