using System.Collections.Immutable;
using CsCheck;
using Nadhir.Geodesy;

namespace Nadhir.Tests.Geodesy;

public sealed class PlaneAreaTests
{
    static readonly GeoPoint origin = new(33, 44);
    static readonly StereographicPlane plane = new(origin);

    /// <summary>Star-shaped polygons of five to twelve corners about the origin, 5 to 50 km out.</summary>
    static readonly Gen<PlaneArea> anyPolygon = Gen.Double[5_000, 50_000].Array[5, 12].Select(radii => new PlaneArea(new Area
    {
        Rings = [[.. radii.Select((r, i) => plane.FromPlane(
            r * Math.Sin(2 * Math.PI * i / radii.Length), r * Math.Cos(2 * Math.PI * i / radii.Length)))]],
    }, plane));

    static readonly Gen<(double East, double North)> anyPoint = Gen.Select(Gen.Double[-80_000, 80_000], Gen.Double[-80_000, 80_000]);

    [Fact]
    public void The_sign_of_the_distance_says_whether_a_point_is_inside() =>
        Gen.Select(anyPolygon, anyPoint).Sample((area, p) =>
            Assert.Equal(area.Contains(p.East, p.North), area.Nearest(p.East, p.North).SignedMetres > 0));

    [Fact]
    public void Going_the_distance_along_the_normal_leads_to_the_edge() =>
        Gen.Select(anyPolygon, anyPoint).Sample((area, p) =>
        {
            NearestEdge edge = area.Nearest(p.East, p.North);
            Assert.Equal(1, (edge.NormalEast * edge.NormalEast) + (edge.NormalNorth * edge.NormalNorth), 1e-9);
            Assert.Equal(edge.East, p.East - (edge.SignedMetres * edge.NormalEast), 1);
            Assert.Equal(edge.North, p.North - (edge.SignedMetres * edge.NormalNorth), 1);
        });

    [Fact]
    public void The_distance_changes_no_faster_than_the_point_moves() =>
        Gen.Select(anyPolygon, anyPoint, anyPoint).Sample((area, p, q) =>
        {
            double moved = Math.Sqrt(Math.Pow(p.East - q.East, 2) + Math.Pow(p.North - q.North, 2));
            Assert.True(Math.Abs(area.Nearest(p.East, p.North).SignedMetres - area.Nearest(q.East, q.North).SignedMetres) <= moved + 1e-6);
        });

    [Fact]
    public void A_ray_that_hits_enters_where_marching_along_it_enters() =>
        Gen.Select(anyPolygon, Gen.Double[0, 2 * Math.PI], Gen.Double[-0.5, 0.5]).Sample((area, from, aside) =>
        {
            double east = 90_000 * Math.Sin(from), north = 90_000 * Math.Cos(from), heading = from + Math.PI + aside;
            double marched = double.NaN;
            for (double d = 0; d < 180_000 && double.IsNaN(marched); d += 50)
                if (area.Contains(east + (d * Math.Sin(heading)), north + (d * Math.Cos(heading)))) marched = d;
            if (double.IsNaN(marched)) return;
            Assert.InRange(area.AlongRay(east, north, heading, 0), marched - 51, marched + 1);
            (double left, double right) = area.Subtended(east, north, heading, 0);
            Assert.True(left <= 1e-9 && right >= -1e-9);
        });

    [Fact]
    public void A_circle_is_a_circle() =>
        anyPoint.Sample(p =>
        {
            PlaneArea circle = new(new Area { Centre = origin, RadiusMetres = 10_000 }, plane);
            Assert.Equal(10_000 - Math.Sqrt((p.East * p.East) + (p.North * p.North)), circle.Nearest(p.East, p.North).SignedMetres, 1e-6);
        });

    [Fact]
    public void A_hole_is_outside()
    {
        ImmutableArray<GeoPoint> Square(double half) =>
            [plane.FromPlane(-half, -half), plane.FromPlane(half, -half), plane.FromPlane(half, half), plane.FromPlane(-half, half)];
        PlaneArea area = new(new Area { Rings = [Square(20_000), Square(5_000)] }, plane);
        Assert.False(area.Contains(0, 0));
        Assert.True(area.Contains(10_000, 0));
        Assert.Equal(-5_000, area.Nearest(0, 0).SignedMetres, 5);
    }
}
