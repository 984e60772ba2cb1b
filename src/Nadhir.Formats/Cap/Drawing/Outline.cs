using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Cap.Drawing;

/// <summary>A ring followed without jumps, and cut where the map is: at the antimeridian.</summary>
static class Outline
{
    /// <summary>
    /// The ring's points, each at most half a turn from the one before and from <paramref name="near"/>'s side of the
    /// earth; null when fewer than three are left or one is not on the earth.
    /// </summary>
    public static List<GridPoint>? Follow(ImmutableArray<GeoPoint> ring, GridPoint near, out bool aroundPole)
    {
        aroundPole = false;
        List<GridPoint> points = [];
        foreach (GeoPoint one in ring)
        {
            if (!one.IsValid) return null;
            GridPoint point = Beside(GridPoint.From(one), points.Count > 0 ? points[^1] : near);
            if (points.Count == 0 || points[^1] != point) points.Add(point);
        }

        if (points.Count == 0) return null;
        aroundPole = Beside(points[0], points[^1]) != points[0];
        while (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
        return points.Count < 3 ? null : points;
    }

    /// <summary>Inside by the even-odd rule.</summary>
    public static bool Contains(List<GridPoint> ring, GridPoint point)
    {
        bool inside = false;
        for (int i = 0, before = ring.Count - 1; i < ring.Count; before = i++)
        {
            GridPoint a = ring[i], b = ring[before];
            if (a.Y > point.Y == b.Y > point.Y) continue;
            if (GridPoint.Turn(a, b, point) > 0 == b.Y > a.Y) inside = !inside;
        }

        return inside;
    }

    /// <summary>The ring against the clock; null when it has no area.</summary>
    public static List<GridPoint>? AgainstTheClock(List<GridPoint> ring)
    {
        Int128 area = 0;
        for (int i = 1; i + 1 < ring.Count; i++) area += GridPoint.Turn(ring[0], ring[i], ring[i + 1]);
        if (area == 0) return null;
        if (area < 0) ring.Reverse();
        return ring;
    }

    /// <summary>The parts of a ring (against the clock) on the map from -180° to 180°.</summary>
    public static IEnumerable<List<GridPoint>> OnTheMap(List<GridPoint> ring)
    {
        long least = ring.Min(point => point.X), most = ring.Max(point => point.X);
        for (long turn = Floor(least + GridPoint.HalfTurn, 2 * GridPoint.HalfTurn); ; turn++)
        {
            long left = turn * 2 * GridPoint.HalfTurn - GridPoint.HalfTurn, right = left + 2 * GridPoint.HalfTurn;
            if (left >= most) yield break;
            List<GridPoint> part = ring;
            if (least < left) part = Cut(part, left, keepRight: true);
            if (most > right) part = Cut(part, right, keepRight: false);
            if (part.Count >= 3) yield return [.. part.Select(point => point with { X = point.X - turn * 2 * GridPoint.HalfTurn })];
        }
    }

    /// <summary>Keeps one side of a meridian (Sutherland and Hodgman 1974). A cut is rounded away from the inside.</summary>
    static List<GridPoint> Cut(List<GridPoint> ring, long meridian, bool keepRight)
    {
        List<GridPoint> kept = [];
        for (int i = 0; i < ring.Count; i++)
        {
            GridPoint from = ring[i], to = ring[(i + 1) % ring.Count];
            if (Keeps(from)) Add(from);
            if (from.X < meridian == to.X < meridian || from.X == meridian || to.X == meridian) continue;
            // Inside is left of the way: going east outside is south, going west north.
            long rise = (to.Y - from.Y) * (meridian - from.X), run = to.X - from.X;
            long step = run > 0 ? Floor(rise, run) : -Floor(-rise, run);
            Add(new(meridian, from.Y + step));
        }

        while (kept.Count > 1 && kept[0] == kept[^1]) kept.RemoveAt(kept.Count - 1);
        return kept;

        bool Keeps(GridPoint point) => keepRight ? point.X >= meridian : point.X <= meridian;

        void Add(GridPoint point)
        {
            if (kept.Count == 0 || kept[^1] != point) kept.Add(point);
        }
    }

    static GridPoint Beside(GridPoint point, GridPoint other)
    {
        long turns = Floor(other.X - point.X + GridPoint.HalfTurn, 2 * GridPoint.HalfTurn);
        return point with { X = point.X + turns * 2 * GridPoint.HalfTurn };
    }

    static long Floor(long value, long by)
    {
        long quotient = value / by;
        return value % by != 0 && value < 0 != by < 0 ? quotient - 1 : quotient;
    }
}
