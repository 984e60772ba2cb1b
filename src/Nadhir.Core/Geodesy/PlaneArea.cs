using System.Collections.Immutable;

namespace Nadhir.Geodesy;

/// <summary>The nearest point of an outline: signed distance (positive inside), where, and the unit normal pointing inward.</summary>
public readonly record struct NearestEdge(double SignedMetres, double East, double North, double NormalEast, double NormalNorth);

/// <summary>An area laid on a tracking plane: membership, distance to its edge, what it subtends.</summary>
public sealed class PlaneArea
{
    readonly double centreEast, centreNorth, radius;
    readonly ImmutableArray<ImmutableArray<(double East, double North)>> rings = [];

    public PlaneArea(Area area, StereographicPlane plane)
    {
        if (area.Centre is { } centre)
        {
            (centreEast, centreNorth) = plane.ToPlane(centre);
            radius = area.RadiusMetres * plane.ScaleAt(centreEast, centreNorth);
            return;
        }

        rings = [.. area.Rings.Select(ring => ring.Select(plane.ToPlane).ToImmutableArray())];
        IEnumerable<(double East, double North)> points = rings.SelectMany(ring => ring);
        (double west, double south, double east, double north) = (1e300, 1e300, -1e300, -1e300);
        foreach ((double e, double n) in points)
            (west, south, east, north) = (Math.Min(west, e), Math.Min(south, n), Math.Max(east, e), Math.Max(north, n));
        (centreEast, centreNorth) = ((west + east) / 2, (south + north) / 2);
        radius = points.Select(p => Distance(p.East - centreEast, p.North - centreNorth)).DefaultIfEmpty(0).Max();
    }

    bool IsCircle => rings.IsEmpty;

    /// <summary>Centre and radius of a circle around the whole.</summary>
    public (double East, double North, double RadiusMetres) Bounds => (centreEast, centreNorth, radius);

    public bool Contains(double east, double north)
    {
        double toCentre = Distance(east - centreEast, north - centreNorth);
        if (toCentre > radius) return false;
        if (IsCircle) return true;
        bool inside = false;
        foreach (ImmutableArray<(double East, double North)> ring in rings)
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                (double e1, double n1) = ring[i];
                (double e2, double n2) = ring[j];
                if (n1 > north != n2 > north && east < ((e2 - e1) * (north - n1) / (n2 - n1)) + e1) inside = !inside;
            }

        return inside;
    }

    public NearestEdge Nearest(double east, double north)
    {
        if (IsCircle)
        {
            double e = east - centreEast, n = north - centreNorth, d = Distance(e, n);
            (double ue, double un) = d > 0 ? (e / d, n / d) : (1, 0);
            return new(radius - d, centreEast + (radius * ue), centreNorth + (radius * un), -ue, -un);
        }

        double best = double.PositiveInfinity, bestEast = 0, bestNorth = 0, alongEast = 1, alongNorth = 0;
        foreach (ImmutableArray<(double East, double North)> ring in rings)
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                (double e1, double n1) = ring[j];
                double de = ring[i].East - e1, dn = ring[i].North - n1;
                double square = (de * de) + (dn * dn);
                double t = square > 0 ? Math.Clamp((((east - e1) * de) + ((north - n1) * dn)) / square, 0, 1) : 0;
                double pe = e1 + (t * de), pn = n1 + (t * dn);
                double distance = ((east - pe) * (east - pe)) + ((north - pn) * (north - pn));
                if (distance >= best) continue;
                (best, bestEast, bestNorth, alongEast, alongNorth) = (distance, pe, pn, de, dn);
            }

        best = Math.Sqrt(best);
        bool inside = Contains(east, north);
        // The normal is the line to the nearest point; on the edge itself, the edge's own perpendicular.
        (double normalEast, double normalNorth) = best > 1
            ? ((east - bestEast) / best, (north - bestNorth) / best)
            : InwardFromEdge(bestEast, bestNorth, Unit(-alongNorth, alongEast));
        if (best > 1 && !inside) (normalEast, normalNorth) = (-normalEast, -normalNorth);
        return new(inside ? best : -best, bestEast, bestNorth, normalEast, normalNorth);
    }

    // Outlines run either way round: a step to one side tells which side is the area's.
    (double East, double North) InwardFromEdge(double east, double north, (double East, double North) across) =>
        Contains(east + (2 * across.East), north + (2 * across.North)) ? across : (-across.East, -across.North);

    /// <summary>
    /// Smallest and largest bearing offset, radians, from a heading under which the area (grown by a margin) is seen from
    /// a point outside it.
    /// </summary>
    public (double From, double To) Subtended(double east, double north, double heading, double margin)
    {
        double toCentre = Distance(centreEast - east, centreNorth - north);
        double bearing = Math.Atan2(centreEast - east, centreNorth - north);
        double offset = Units.Angles.WrapRadians(bearing - heading);
        if (IsCircle)
        {
            double half = toCentre <= radius + margin ? Math.PI : Math.Asin((radius + margin) / toCentre);
            return (offset - half, offset + half);
        }

        if (Nearest(east, north).SignedMetres >= -margin) return (offset - Math.PI, offset + Math.PI);
        double from = 0, to = 0;
        foreach (ImmutableArray<(double East, double North)> ring in rings)
            foreach ((double e, double n) in ring)
            {
                double d = Math.Max(1, Distance(e - east, n - north));
                double widen = margin >= d ? Math.PI / 2 : Math.Asin(margin / d);
                double aside = Units.Angles.WrapRadians(Math.Atan2(e - east, n - north) - bearing);
                from = Math.Min(from, aside - widen);
                to = Math.Max(to, aside + widen);
            }

        return (offset + from, offset + to);
    }

    /// <summary>
    /// Distance along a heading to the edge; when the ray misses, to where it first comes within a margin of the area;
    /// when it misses that too, to the point of closest approach to the centre.
    /// </summary>
    public double AlongRay(double east, double north, double heading, double margin)
    {
        (double ue, double un) = Math.SinCos(heading);
        double toCentre = ((centreEast - east) * ue) + ((centreNorth - north) * un);
        if (IsCircle)
            return Math.Max(0, Entry(centreEast, centreNorth, radius) ?? Entry(centreEast, centreNorth, radius + margin) ?? toCentre);

        double edge = double.PositiveInfinity, near = double.PositiveInfinity;
        foreach (ImmutableArray<(double East, double North)> ring in rings)
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                near = Math.Min(near, Entry(ring[i].East, ring[i].North, margin) ?? double.PositiveInfinity);
                double de = ring[i].East - ring[j].East, dn = ring[i].North - ring[j].North;
                double cross = (ue * dn) - (un * de);
                if (Math.Abs(cross) < 1e-12) continue;
                double oe = ring[j].East - east, on = ring[j].North - north;
                double t = ((oe * dn) - (on * de)) / cross, s = ((oe * un) - (on * ue)) / cross;
                if (t >= 0 && s is >= 0 and <= 1) edge = Math.Min(edge, t);
            }

        if (double.IsPositiveInfinity(edge) && Nearest(east, north).SignedMetres >= -margin) return 0;
        return Math.Max(0, double.IsFinite(edge) ? edge : double.IsFinite(near) ? near : toCentre);

        double? Entry(double e, double n, double within)
        {
            double along = ((e - east) * ue) + ((n - north) * un), across = ((e - east) * un) - ((n - north) * ue);
            double inside = (within * within) - (across * across);
            return inside > 0 && along > 0 ? along - Math.Sqrt(inside) : null;
        }
    }

    static double Distance(double east, double north) => Math.Sqrt((east * east) + (north * north));

    static (double East, double North) Unit(double east, double north)
    {
        double length = Distance(east, north);
        return length > 0 ? (east / length, north / length) : (1, 0);
    }
}
