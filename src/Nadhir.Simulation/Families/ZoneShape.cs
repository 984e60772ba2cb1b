using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Simulation.Truth;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>A zone as scoring sees it. Written apart from the watch's own geometry.</summary>
public sealed class ZoneShape
{
    readonly Outline? outline;
    readonly double reach;

    public ZoneShape(Zone zone, int level)
    {
        (Zone, Level) = (zone, level);
        Middle = MiddleOf(zone.Area);
        if (zone.Area.IsCircle)
        {
            reach = zone.Area.RadiusMetres;
            AreaSquareKilometres = Math.PI * reach * reach / 1e6;
            return;
        }

        outline = new(zone.Area, Middle);
        reach = zone.Area.Rings[0].Max(point => Geodesic.Inverse(Middle, point).DistanceMetres);
        AreaSquareKilometres = Shoelace(zone.Area.Rings[0], Middle) / 1e6;
    }

    public Zone Zone { get; }
    /// <summary>How many layers of zones it holds.</summary>
    public int Level { get; }
    public GeoPoint Middle { get; }
    public double AreaSquareKilometres { get; }

    /// <summary>Distance to the edge, metres, negative inside; beyond <paramref name="upTo"/> any number beyond it.</summary>
    public double Outside(GeoPoint point, double upTo)
    {
        // A degree of latitude is never shorter than 110 km: far zones cost a subtraction.
        if ((Math.Abs(point.LatitudeDegrees - Middle.LatitudeDegrees) * 110_000) - reach > upTo) return double.PositiveInfinity;
        double distance = Geodesic.Inverse(Middle, point).DistanceMetres;
        if (distance - reach > upTo || outline is null) return distance - reach;
        return outline.Outside(point);
    }

    /// <summary>A point in the inner half of the zone.</summary>
    internal GeoPoint Draw(Chance chance)
    {
        double within = outline is null ? reach : -outline.Outside(Middle);
        return Geodesic.Direct(Middle, chance.Uniform(0, 360), 0.5 * Math.Max(0, within) * Math.Sqrt(chance.Uniform()));
    }

    /// <summary>The centre of a circle; the mean of a polygon's corners.</summary>
    public static GeoPoint MiddleOf(Area area)
    {
        if (area.Centre is { } centre) return centre;
        ImmutableArray<GeoPoint> ring = area.Rings[0];
        return new(ring.Average(point => point.LatitudeDegrees), ring.Average(point => point.LongitudeDegrees));
    }

    static double Shoelace(ImmutableArray<GeoPoint> ring, GeoPoint middle)
    {
        StereographicPlane plane = new(middle);
        double twice = 0;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
        {
            (double e1, double n1) = plane.ToPlane(ring[j]);
            (double e2, double n2) = plane.ToPlane(ring[i]);
            twice += (e1 * n2) - (e2 * n1);
        }

        return Math.Abs(twice) / 2;
    }
}
