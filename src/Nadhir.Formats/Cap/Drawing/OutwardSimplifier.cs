namespace Nadhir.Formats.Cap.Drawing;

/// <summary>
/// Draws a ring with fewer points so that it never loses ground: each step either drops a corner that points inwards, or
/// replaces an edge by the corner in which its neighbours meet. Both only add; the least addition is taken first. What is
/// added is measured on the map (degrees), and every step is checked on whole numbers.
/// </summary>
sealed class OutwardSimplifier
{
    /// <summary>A ring of more points (or one that crosses itself) is replaced by its convex hull first.</summary>
    public const int MostFollowed = 4_000;

    readonly GridPoint[] points;
    readonly int[] next, before;
    readonly double[] costs;
    int count;
    int start;

    OutwardSimplifier(List<GridPoint> ring)
    {
        points = [.. ring];
        count = points.Length;
        next = [.. Enumerable.Range(1, count).Select(i => i % count)];
        before = [.. Enumerable.Range(0, count).Select(i => (i + count - 1) % count)];
        costs = new double[count];
    }

    /// <summary>The ring in at most <paramref name="most"/> points (not counting the first again at the end).</summary>
    /// <param name="ring">Against the clock, on the map.</param>
    public static List<GridPoint> Simplify(List<GridPoint> ring, int most)
    {
        if (ring.Count <= most) return ring;
        bool followed = ring.Count <= MostFollowed && IsSimple(ring);
        List<GridPoint> drawn = followed ? new OutwardSimplifier(ring).Run(most) : ring;
        if (drawn.Count > most) drawn = new OutwardSimplifier(Hull(drawn)).Run(most);
        // At the edge of the map there may be no room for corners further out.
        return drawn.Count <= most ? drawn : Box(ring);
    }

    List<GridPoint> Run(int most)
    {
        while (count > most)
        {
            for (int i = start, seen = 0; seen < count; i = next[i], seen++) costs[i] = CostOf(i);
            bool any = false;
            while (count > most && Cheapest() is { } cheapest)
            {
                any |= costs[cheapest] < double.PositiveInfinity && Apply(cheapest);
            }

            if (!any) break;
        }

        List<GridPoint> ring = [];
        for (int i = start, seen = 0; seen < count; i = next[i], seen++) ring.Add(points[i]);
        return ring;
    }

    int? Cheapest()
    {
        int cheapest = start;
        for (int i = start, seen = 0; seen < count; i = next[i], seen++)
            if (costs[i] < costs[cheapest]) cheapest = i;
        return double.IsPositiveInfinity(costs[cheapest]) ? null : cheapest;
    }

    /// <summary>What it adds to drop this corner or, if it points outwards, the edge after it; infinite when neither can be.</summary>
    double CostOf(int i)
    {
        long turn = GridPoint.Turn(points[before[i]], points[i], points[next[i]]);
        if (turn <= 0) return -(double)turn;
        return Corner(i) is { } corner
            ? Math.Abs((double)GridPoint.Turn(points[i], corner, points[next[i]]))
            : double.PositiveInfinity;
    }

    /// <summary>Does what was cheapest, if nothing is in the way; else it is not tried again in this round.</summary>
    bool Apply(int i)
    {
        int a = before[i], b = next[i];
        costs[i] = double.PositiveInfinity;
        if (GridPoint.Turn(points[a], points[i], points[b]) <= 0)
        {
            if (!IsTriangleEmpty(a, i, b)) return false;
        }
        else
        {
            if (Corner(i) is not { } corner || !IsFree(i, corner)) return false;
            points[b] = corner;
        }

        (next[a], before[b]) = (b, a);
        if (start == i) start = b;
        count--;
        foreach (int near in (ReadOnlySpan<int>)[before[a], a, b, next[b]]) costs[near] = CostOf(near);
        return true;
    }

    /// <summary>Where the edges before and after the edge from i meet, on the grid, with both its ends left inside.</summary>
    GridPoint? Corner(int i)
    {
        GridPoint a = points[before[i]], u = points[i], v = points[next[i]], b = points[next[next[i]]];
        if (GridPoint.Turn(a, u, v) <= 0 || GridPoint.Turn(u, v, b) <= 0) return null;
        double ux = u.X - a.X, uy = u.Y - a.Y, vx = v.X - b.X, vy = v.Y - b.Y;
        double across = ux * vy - uy * vx;
        if (across == 0) return null;
        double along = ((v.X - u.X) * vy - (v.Y - u.Y) * vx) / across;
        double back = ((v.X - u.X) * uy - (v.Y - u.Y) * ux) / across;
        if (!(along > 0 && back > 0 && along < 1e9)) return null;
        double x = u.X + along * ux, y = u.Y + along * uy;
        // Out of the edge, so that rounding can be made good.
        double outX = v.Y - u.Y, outY = u.X - v.X, length = Math.Sqrt(outX * outX + outY * outY);
        for (int further = 0; further <= 64; further = further == 0 ? 1 : further * 2)
        {
            double atX = x + further * outX / length, atY = y + further * outY / length;
            if (Math.Abs(atX) > GridPoint.HalfTurn || Math.Abs(atY) > GridPoint.Pole) return null;
            GridPoint corner = new((long)Math.Round(atX), (long)Math.Round(atY));
            if (GridPoint.Turn(a, corner, u) >= 0 && GridPoint.Turn(corner, b, v) >= 0
                && GridPoint.Turn(u, v, corner) < 0) return corner;
        }

        return null;
    }

    bool IsTriangleEmpty(int a, int i, int b)
    {
        for (int other = next[b]; other != a; other = next[other])
        {
            GridPoint point = points[other];
            if (GridPoint.Turn(points[a], points[b], point) >= 0 && GridPoint.Turn(points[b], points[i], point) >= 0
                && GridPoint.Turn(points[i], points[a], point) >= 0) return false;
        }

        return true;
    }

    /// <summary>No other edge touches the two new ones.</summary>
    bool IsFree(int i, GridPoint corner)
    {
        int a = before[i], b = next[next[i]];
        for (int from = b; from != a; from = next[from])
        {
            GridPoint p = points[from], q = points[next[from]];
            if (next[from] != a && GridPoint.Meet(points[a], corner, p, q)) return false;
            if (from != b && GridPoint.Meet(corner, points[b], p, q)) return false;
        }

        return true;
    }

    static bool IsSimple(List<GridPoint> ring)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            GridPoint a = ring[i], b = ring[(i + 1) % ring.Count];
            for (int j = i + 2; j < ring.Count; j++)
            {
                if (i == 0 && j == ring.Count - 1) continue;
                if (GridPoint.Meet(a, b, ring[j], ring[(j + 1) % ring.Count])) return false;
            }
        }

        return true;
    }

    /// <summary>Andrew's monotone chain (1979), against the clock.</summary>
    public static List<GridPoint> Hull(List<GridPoint> ring)
    {
        GridPoint[] sorted = [.. ring.Distinct().OrderBy(point => point.X).ThenBy(point => point.Y)];
        List<GridPoint> hull = [];
        foreach (IEnumerable<GridPoint> side in (IEnumerable<GridPoint>[])[sorted, sorted.Reverse()])
        {
            int floor = hull.Count;
            foreach (GridPoint point in side)
            {
                while (hull.Count >= floor + 2 && GridPoint.Turn(hull[^2], hull[^1], point) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            hull.RemoveAt(hull.Count - 1);
        }

        return hull;
    }

    static List<GridPoint> Box(List<GridPoint> ring)
    {
        long west = ring.Min(point => point.X), east = ring.Max(point => point.X);
        long south = ring.Min(point => point.Y), north = ring.Max(point => point.Y);
        return [new(west, south), new(east, south), new(east, north), new(west, north)];
    }
}
