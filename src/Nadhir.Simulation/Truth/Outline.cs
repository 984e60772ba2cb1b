using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Simulation.Truth;

/// <summary>
/// A polygon laid on a conformal plane, to ask what is inside and how far its edge is. Written apart from the watch's
/// own geometry, so that scoring does not repeat the watch's mistakes.
/// </summary>
public sealed class Outline
{
    readonly StereographicPlane plane;
    readonly (double East, double North)[][] rings;

    public Outline(Area area, GeoPoint planeOrigin)
    {
        Invariant.Require(!area.Rings.IsEmpty, "an outline is a polygon");
        plane = new(planeOrigin);
        rings = [.. area.Rings.Select(ring => ring.Select(point => plane.ToPlane(point)).ToArray())];
    }

    public bool Contains(GeoPoint point)
    {
        (double east, double north) = plane.ToPlane(point);
        bool inside = false;
        foreach ((double East, double North)[] ring in rings)
        {
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                if (ring[i].North > north == ring[j].North > north) continue;
                double at = ring[j].East + ((north - ring[j].North) / (ring[i].North - ring[j].North) * (ring[i].East - ring[j].East));
                if (east < at) inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>Distance to the edge, metres; positive outside, negative inside.</summary>
    public double Outside(GeoPoint point)
    {
        (double east, double north) = plane.ToPlane(point);
        double least = double.PositiveInfinity;
        foreach ((double East, double North)[] ring in rings)
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                least = Math.Min(least, SquaredDistance(east, north, ring[j], ring[i]));
        double distance = Math.Sqrt(least) / plane.ScaleAt(east, north);
        return Contains(point) ? -distance : distance;
    }

    /// <summary>Points every <paramref name="stepMetres"/> along the edge, from the corner nearest to a point, for a length.</summary>
    public ImmutableArray<GeoPoint> AlongEdge(GeoPoint from, double lengthMetres, double stepMetres, bool backwards)
    {
        (double east, double north) = plane.ToPlane(from);
        (double East, double North)[] ring = rings.MinBy(candidate => candidate.Min(Squared))!;
        int at = Enumerable.Range(0, ring.Length).MinBy(i => Squared(ring[i]));
        ImmutableArray<GeoPoint>.Builder points = ImmutableArray.CreateBuilder<GeoPoint>();
        points.Add(plane.FromPlane(ring[at].East, ring[at].North));
        for (double gone = 0, due = stepMetres; due <= lengthMetres;)
        {
            int next = (at + (backwards ? -1 : 1) + ring.Length) % ring.Length;
            double de = ring[next].East - ring[at].East, dn = ring[next].North - ring[at].North;
            double length = Math.Sqrt((de * de) + (dn * dn));
            for (; due <= Math.Min(gone + length, lengthMetres); due += stepMetres)
            {
                double share = (due - gone) / length;
                points.Add(plane.FromPlane(ring[at].East + (share * de), ring[at].North + (share * dn)));
            }

            gone += length;
            at = next;
        }

        return points.DrainToImmutable();

        double Squared((double East, double North) corner) =>
            ((corner.East - east) * (corner.East - east)) + ((corner.North - north) * (corner.North - north));
    }

    static double SquaredDistance(double east, double north, (double East, double North) a, (double East, double North) b)
    {
        double de = b.East - a.East, dn = b.North - a.North, length = (de * de) + (dn * dn);
        double share = length == 0 ? 0 : Math.Clamp((((east - a.East) * de) + ((north - a.North) * dn)) / length, 0, 1);
        double x = a.East + (share * de) - east, y = a.North + (share * dn) - north;
        return (x * x) + (y * y);
    }
}
