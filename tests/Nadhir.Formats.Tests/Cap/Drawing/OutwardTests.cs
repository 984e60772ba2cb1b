using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Nadhir.Formats.Cap.Drawing;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.Cap.Drawing;

public sealed class OutwardTests
{
    /// <summary>Ragged outlines around a point: every corner at its own distance, so bays and spikes abound.</summary>
    static readonly Gen<Area> Ragged = Gen.Select(
        Gen.Double[-60, 60], Gen.Double[-179.9, 179.9], Gen.Double[0.05, 8], Gen.Double[0.05, 1].Array[100, 700], Gen.Bool)
        .Select((latitude, longitude, radius, reach, backwards) =>
        {
            IEnumerable<GeoPoint> ring = reach.Select((share, i) =>
            {
                double angle = 2 * Math.PI * i / reach.Length;
                return At(latitude + radius * share * Math.Sin(angle), longitude + radius * share * Math.Cos(angle));
            });
            return new Area { Rings = [[.. backwards ? ring.Reverse() : ring]] };
        });

    /// <summary>A coast with deep narrow inlets, side by side.</summary>
    static readonly Gen<Area> Combs = Gen.Select(Gen.Int[40, 400], Gen.Double[0.1, 3], Gen.Double[0.001, 0.02]).Select((teeth, depth, width) =>
    {
        List<GeoPoint> ring = [At(10, 20), At(10, 20 + teeth * width * 2)];
        for (int i = teeth; i > 0; i--)
        {
            double east = 20 + i * width * 2;
            ring.AddRange([At(10 + depth, east), At(10 + depth, east - width * 0.5), At(10.01, east - width * 0.6), At(10.01, east - width * 1.4)]);
        }

        return new Area { Rings = [[.. ring]] };
    });

    static GeoPoint At(double latitude, double longitude) =>
        new(Math.Round(latitude, 6), Math.Round(Math.IEEERemainder(longitude, 360), 6));

    [Fact]
    public void A_ragged_zone_is_drawn_in_a_hundred_points_and_no_point_of_it_is_lost() =>
        Gen.OneOf(Ragged, Combs).Sample(area => NothingIsLost(area), iter: 300);

    [Fact]
    public void A_zone_across_the_antimeridian_is_cut_there_and_no_point_of_it_is_lost() =>
        Gen.Select(Ragged, Gen.Double[178, 182]).Sample((area, middle) =>
        {
            double shift = middle - area.Rings[0].Average(point => Unwrapped(point, area.Rings[0][0]));
            NothingIsLost(new Area { Rings = [[.. area.Rings[0].Select(point => At(point.LatitudeDegrees, Unwrapped(point, area.Rings[0][0]) + shift))]] });
        }, iter: 150);

    static double Unwrapped(GeoPoint point, GeoPoint near) =>
        near.LongitudeDegrees + Math.IEEERemainder(point.LongitudeDegrees - near.LongitudeDegrees, 360);

    [Fact]
    public void An_outline_that_crosses_itself_loses_nothing_either() =>
        Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10]).Array[101, 300]
            .Sample(corners => NothingIsLost(new Area { Rings = [[.. corners.Select(corner => At(corner.Item1, corner.Item2))]] }), iter: 50);

    static void NothingIsLost(Area area)
    {
        (long Y, long X)[][] drawn = [.. CapArea.Polygons(area).Select(Parse)];
        Assert.NotEmpty(drawn);
        foreach ((long Y, long X)[] polygon in drawn)
        {
            Assert.InRange(polygon.Length, 4, CapArea.MostPoints);
            Assert.Equal(polygon[0], polygon[^1]);
            Assert.All(polygon, point => Assert.True(Math.Abs(point.X) <= 180_000_000 && Math.Abs(point.Y) <= 90_000_000));
        }

        ImmutableArray<GeoPoint> ring = area.Rings[0];
        foreach (GeoPoint corner in ring) Covered(corner);
        // And on its edges: what lies on them is of the zone too.
        for (int i = 0; i < ring.Length; i++)
        {
            GeoPoint a = ring[i], b = ring[(i + 1) % ring.Length];
            if (Math.Abs(a.LongitudeDegrees - b.LongitudeDegrees) > 180) continue;
            // A rounded middle is a grid step off the edge at most: asked of the polygon with that much leave.
            Covered(At((a.LatitudeDegrees + b.LatitudeDegrees) / 2, (a.LongitudeDegrees + b.LongitudeDegrees) / 2), leave: 1);
        }

        void Covered(GeoPoint point, long leave = 0)
        {
            long y = (long)Math.Round(point.LatitudeDegrees * 1e6), x = (long)Math.Round(point.LongitudeDegrees * 1e6);
            Assert.True(drawn.Any(polygon => Enumerable.Range(0, leave == 0 ? 1 : 9).Any(at =>
                Holds(polygon, leave == 0 ? y : y + at / 3 - 1, leave == 0 ? x : x + at % 3 - 1))), $"{point} is lost");
        }
    }

    [Fact]
    public void Holes_are_filled_parts_are_kept_and_few_points_stay_as_they_are()
    {
        Area area = new()
        {
            Rings =
            [
                [new(32, 44), new(33, 44), new(33, 45), new(32, 45)],
                [new(32.4, 44.4), new(32.6, 44.4), new(32.6, 44.6), new(32.4, 44.6)],
                [new(34, 44), new(34.5, 44), new(34.25, 44.5), new(34, 44)],
            ],
        };
        Assert.Equal(["32,45 33,45 33,44 32,44 32,45", "34.25,44.5 34.5,44 34,44 34.25,44.5"], CapArea.Polygons(area));
    }

    [Fact]
    public void A_square_across_the_antimeridian_is_two_halves() => Assert.Equal(
        ["10,179 10,180 11,180 11,179 10,179", "10,-180 10,-179 11,-179 11,-180 10,-180"],
        CapArea.Polygons(new Area { Rings = [[new(10, 179), new(10, -179), new(11, -179), new(11, 179)]] }).Select(Rotated));

    /// <summary>From its first corner in the order of the text.</summary>
    static string Rotated(string polygon)
    {
        string[] points = polygon.Split(' ')[..^1];
        int least = Array.IndexOf(points, points.MinBy(point => (point.Split(',')[0], Math.Abs(double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture)) * (point.Contains('-', StringComparison.Ordinal) ? -1 : 1))));
        return string.Join(' ', points.Skip(least).Concat(points.Take(least + 1)));
    }

    [Fact]
    public void What_goes_around_a_pole_is_refused_with_a_reason_and_a_circle_there_is_taken()
    {
        Area cap = new() { Rings = [[new(80, 0), new(80, 90), new(80, 179), new(80, -90)]] };
        Assert.Contains("pole", CapArea.FaultOf(cap), StringComparison.Ordinal);
        Assert.Empty(CapArea.Polygons(cap));
        Assert.Null(CapArea.FaultOf(new Area { Centre = new GeoPoint(90, 0), RadiusMetres = 1000 }));
        Assert.NotNull(CapArea.FaultOf(new Area { Rings = [[new(1, 1), new(2, 2), new(3, 3)]] }));
    }

    static (long Y, long X)[] Parse(string polygon) =>
    [
        .. polygon.Split(' ').Select(point => point.Split(',')).Select(pair => (Micro(pair[0]), Micro(pair[1]))),
    ];

    static long Micro(string degrees) => (long)(decimal.Parse(degrees, CultureInfo.InvariantCulture) * 1_000_000);

    /// <summary>Inside by the non-zero winding number, or on the edge; exact.</summary>
    static bool Holds((long Y, long X)[] polygon, long y, long x)
    {
        int winding = 0;
        for (int i = 0; i + 1 < polygon.Length; i++)
        {
            (long ay, long ax) = polygon[i];
            (long by, long bx) = polygon[i + 1];
            Int128 side = (Int128)(bx - ax) * (y - ay) - (Int128)(by - ay) * (x - ax);
            bool between = Math.Min(ax, bx) <= x && x <= Math.Max(ax, bx) && Math.Min(ay, by) <= y && y <= Math.Max(ay, by);
            if (side == 0 && between) return true;
            if (ay <= y && by > y && side > 0) winding++;
            if (ay > y && by <= y && side < 0) winding--;
        }

        return winding != 0;
    }
}
