using CsCheck;
using Nadhir.Geodesy;

namespace Nadhir.Tests.Geodesy;

public class StereographicPlaneTests
{
    static readonly Gen<GeoPoint> origin = Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], (a, b) => new GeoPoint(a, b));

    [Fact]
    public void Points_come_back_from_the_plane_anywhere_on_the_globe()
    {
        Gen.Select(origin, Gen.Double[0, 360], Gen.Double[0, 4_000_000]).Sample((o, azimuth, metres) =>
        {
            GeoPoint there = Geodesic.Direct(o, azimuth, metres);
            // Beyond a pole a sliver opposite the origin's meridian is drawn twice.
            if (Math.Abs(Math.IEEERemainder(there.LongitudeDegrees - o.LongitudeDegrees, 360)) > 179.3) return;
            StereographicPlane plane = new(o);
            (double east, double north) = plane.ToPlane(there);
            Assert.InRange(Geodesic.Inverse(there, plane.FromPlane(east, north)).DistanceMetres, 0, 1e-3);
        }, iter: 3000);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    [InlineData(89.999)]
    [InlineData(89.9999999)]
    public void A_plane_at_a_pole_is_as_true_as_any(double latitude)
    {
        StereographicPlane plane = new(new(latitude, 20));
        foreach (double longitude in (double[])[-170, -60, 20, 100])
        {
            GeoPoint there = new(latitude - (Math.Sign(latitude) * 1), longitude);
            (double east, double north) = plane.ToPlane(there);
            double metres = Geodesic.Inverse(plane.Origin, there).DistanceMetres;
            Assert.Equal(1, Math.Sqrt((east * east) + (north * north)) / metres, 1e-4);
            Assert.InRange(Geodesic.Inverse(there, plane.FromPlane(east, north)).DistanceMetres, 0, 1e-3);
        }
    }

    [Fact]
    public void Short_lines_keep_their_angle_and_grow_by_the_stated_scale()
    {
        Gen.Select(origin, Gen.Double[0, 360], Gen.Double[0, 1_000_000], Gen.Double[0, 360]).Sample((o, azimuth, metres, course) =>
        {
            GeoPoint from = Geodesic.Direct(o, azimuth, metres);
            if (Math.Abs(from.LatitudeDegrees) > 87) return;
            StereographicPlane plane = new(o);
            GeoPoint to = Geodesic.Direct(from, course, 100);
            (double e0, double n0) = plane.ToPlane(from);
            (double e1, double n1) = plane.ToPlane(to);
            double length = Math.Sqrt(((e1 - e0) * (e1 - e0)) + ((n1 - n0) * (n1 - n0)));
            // The sphere stands for the ellipsoid to a few parts in ten thousand a thousand kilometres away.
            Assert.Equal(1, length / 100 / plane.ScaleAt(e0, n0), 1e-3);
            double onPlane = (course * Math.PI / 180) + plane.ConvergenceAt(from);
            Assert.Equal(0, Math.IEEERemainder(Math.Atan2(e1 - e0, n1 - n0) - onPlane, 2 * Math.PI), 1e-3);
        }, iter: 2000);
    }

    [Fact]
    public void The_scale_of_a_place_is_exact_five_thousand_kilometres_away()
    {
        Gen.Select(origin, Gen.Double[0, 360], Gen.Double[0, 5_000_000], Gen.Double[0, 360]).Sample((o, azimuth, metres, course) =>
        {
            GeoPoint from = Geodesic.Direct(o, azimuth, metres);
            if (Math.Abs(Math.IEEERemainder(from.LongitudeDegrees - o.LongitudeDegrees, 360)) > 179) return;
            if (Math.Abs(from.LatitudeDegrees) > 89) return;
            StereographicPlane plane = new(o);
            GeoPoint to = Geodesic.Direct(from, course, 100);
            (double e0, double n0) = plane.ToPlane(from);
            (double e1, double n1) = plane.ToPlane(to);
            double length = Math.Sqrt(((e1 - e0) * (e1 - e0)) + ((n1 - n0) * (n1 - n0)));
            Assert.Equal(1, length / 100 / plane.ScaleAt(from), 1e-4);
            Assert.Equal(1, plane.ScaleAt(from) / plane.ScaleAt(e0, n0), 0.004);
        }, iter: 2000);
    }

    [Fact]
    public void A_place_is_seen_from_another_at_its_true_distance_and_azimuth()
    {
        Gen.Select(origin, Gen.Double[0, 360], Gen.Double[0, 5_000_000], Gen.Double[0, 360], Gen.Double[1000, 400_000]).Sample(
            (o, azimuth, metres, course, range) =>
            {
                GeoPoint from = Geodesic.Direct(o, azimuth, metres);
                if (Math.Abs(Math.IEEERemainder(from.LongitudeDegrees - o.LongitudeDegrees, 360)) > 150) return;
                if (Math.Abs(from.LatitudeDegrees) > 80) return;
                StereographicPlane plane = new(o);
                (double e0, double n0) = plane.ToPlane(from);
                (double e1, double n1) = plane.ToPlane(Geodesic.Direct(from, course, range));
                (double e, double n) = plane.Seen(e0, n0, e1, n1);
                Assert.Equal(1, Math.Sqrt((e * e) + (n * n)) / range, 0.005);
                double onPlane = (course * Math.PI / 180) + plane.ConvergenceAt(from);
                Assert.Equal(0, Math.IEEERemainder(Math.Atan2(e, n) - onPlane, 2 * Math.PI), 1e-3);
            }, iter: 2000);
    }

    [Theory]
    [InlineData(61)]
    [InlineData(75)]
    [InlineData(-70)]
    public void Beyond_the_pole_a_plane_with_its_origin_near_it_has_no_seam(double latitude)
    {
        StereographicPlane plane = new(new(latitude, 20));
        double beyond = Math.Sign(latitude) * 85;
        (double e0, double n0) = plane.ToPlane(new(beyond, -160.001));
        (double e1, double n1) = plane.ToPlane(new(beyond, -159.999));
        double metres = Geodesic.Inverse(new(beyond, -160.001), new(beyond, -159.999)).DistanceMetres;
        Assert.Equal(metres * plane.ScaleAt(e0, n0), Math.Sqrt(((e1 - e0) * (e1 - e0)) + ((n1 - n0) * (n1 - n0))), 0.2);
    }
}
