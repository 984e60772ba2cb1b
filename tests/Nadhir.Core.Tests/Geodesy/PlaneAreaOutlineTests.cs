using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Tests.Geodesy;

public class PlaneAreaOutlineTests
{
    static readonly StereographicPlane plane = new(new(50, 20));

    static PlaneArea Polygon(params (double East, double North)[] corners) =>
        new(new Area { Rings = [[.. corners.Select(c => plane.FromPlane(c.East, c.North))]] }, plane);

    static readonly (double, double)[] square = [(-50_000, -50_000), (50_000, -50_000), (50_000, 50_000), (-50_000, 50_000)];

    [Fact]
    public void A_point_in_a_star_is_as_far_inside_as_its_nearest_edge_walked_step_by_step()
    {
        Random random = new(7);
        for (int round = 0; round < 60; round++)
        {
            (double East, double North)[] star = [.. Enumerable.Range(0, 9).Select(i =>
            {
                double r = 5_000 + (random.NextDouble() * 60_000), a = (i + random.NextDouble()) * 2 * Math.PI / 9;
                return (r * Math.Sin(a), r * Math.Cos(a));
            })];
            PlaneArea area = Polygon(star);
            double east = (random.NextDouble() - 0.5) * 120_000, north = (random.NextDouble() - 0.5) * 120_000;
            double least = double.PositiveInfinity, winding = 0;
            for (int i = 0; i < 9; i++)
            {
                (double e1, double n1) = star[i];
                (double e2, double n2) = star[(i + 1) % 9];
                for (int k = 0; k <= 4000; k++)
                {
                    double e = e1 + ((e2 - e1) * k / 4000) - east, n = n1 + ((n2 - n1) * k / 4000) - north;
                    least = Math.Min(least, Math.Sqrt((e * e) + (n * n)));
                }

                winding += Math.IEEERemainder(
                    Math.Atan2(e2 - east, n2 - north) - Math.Atan2(e1 - east, n1 - north), 2 * Math.PI);
            }

            NearestEdge edge = area.Nearest(east, north);
            Assert.Equal(Math.Abs(winding) > 3, area.Contains(east, north));
            Assert.Equal(area.Contains(east, north), edge.SignedMetres > 0);
            Assert.Equal(least, Math.Abs(edge.SignedMetres), 25.0);
            Assert.True(area.Nearest(east + (5 * edge.NormalEast), north + (5 * edge.NormalNorth)).SignedMetres > edge.SignedMetres);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_the_edge_the_normal_points_inward_whichever_way_the_outline_runs(bool reversed)
    {
        PlaneArea area = Polygon(reversed ? [.. square.Reverse()] : square);
        NearestEdge edge = area.Nearest(10, -50_000.2);
        Assert.Equal(1, edge.NormalNorth, 1e-6);
        Assert.Equal(-1, area.Nearest(49_999.8, 0).NormalEast, 1e-6);
    }

    [Fact]
    public void Beside_the_middle_of_a_long_edge_the_margin_is_already_reached_under_any_heading()
    {
        PlaneArea area = Polygon(square);
        for (double heading = -3; heading < 3; heading += 0.5)
        {
            (double from, double to) = area.Subtended(0, -52_000, heading, 5_000);
            Assert.True(from <= 0 && to >= 0);
        }

        Assert.Equal(0, area.AlongRay(0, -52_000, Math.PI / 2, 5_000));
        Assert.Equal(2_000, area.AlongRay(0, -52_000, 0, 5_000), 1e-3);
    }

    [Fact]
    public void What_a_ray_hits_lies_within_what_the_area_subtends()
    {
        PlaneArea area = Polygon(square);
        for (double heading = -3.1; heading < 3.1; heading += 0.013)
        {
            (double from, double to) = area.Subtended(-150_000, 20_000, heading, 0);
            double hit = -1;
            for (double d = 0; d < 400_000 && hit < 0; d += 50)
                if (area.Contains(-150_000 + (d * Math.Sin(heading)), 20_000 + (d * Math.Cos(heading)))) hit = d;
            if (hit < 0) continue;
            Assert.True(from <= 1e-9 && to >= -1e-9);
            Assert.Equal(hit, area.AlongRay(-150_000, 20_000, heading, 0), 51.0);
        }
    }
}
