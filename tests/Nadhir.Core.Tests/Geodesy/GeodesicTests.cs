using CsCheck;
using Nadhir.Geodesy;

namespace Nadhir.Tests.Geodesy;

public class GeodesicTests
{
    static readonly Gen<GeoPoint> point = Gen.Select(Gen.Double[-89, 89], Gen.Double[-180, 180], (a, b) => new GeoPoint(a, b));

    [Fact]
    public void New_York_to_London_is_as_Karney_publishes_it()
    {
        (double metres, double azimuth) = Geodesic.Inverse(new(40.6, -73.8), new(51.6, -0.5));
        Assert.Equal(5_551_759.400, metres, 1e-3);
        Assert.Equal(51.198883, azimuth, 1e-6);
    }

    [Fact]
    public void A_quarter_of_the_equator_and_of_a_meridian_have_their_known_lengths()
    {
        Assert.Equal(Math.PI / 2 * Wgs84.SemiMajorAxisMetres, Geodesic.Inverse(new(0, 0), new(0, 90)).DistanceMetres, 1e-3);
        Assert.Equal(10_001_965.729, Geodesic.Inverse(new(0, 0), new(90, 0)).DistanceMetres, 1e-2);
    }

    [Fact]
    public void Inverse_finds_the_distance_and_azimuth_that_direct_went()
    {
        Gen.Select(point, Gen.Double[0, 360], Gen.Double[10, 15_000_000]).Sample((from, azimuth, metres) =>
        {
            GeoPoint to = Geodesic.Direct(from, azimuth, metres);
            (double distance, double bearing) = Geodesic.Inverse(from, to);
            Assert.Equal(metres, distance, 1e-2);
            GeoPoint again = Geodesic.Direct(from, bearing, distance);
            Assert.True(Geodesic.Inverse(to, again).DistanceMetres < 0.01);
        }, iter: 2000);
    }

    [Fact]
    public void The_way_back_is_as_long_and_the_antimeridian_is_no_wall()
    {
        Gen.Select(point, point).Sample((a, b) => Assert.Equal(
            Geodesic.Inverse(a, b).DistanceMetres, Geodesic.Inverse(b, a).DistanceMetres, 1e-2), iter: 1000);
        Assert.InRange(Geodesic.Inverse(new(50, 179.9), new(50, -179.9)).DistanceMetres, 14_000, 15_000);
    }

    [Fact]
    public void Points_nearly_opposite_are_answered_within_half_a_percent()
    {
        // Karney, Algorithms for geodesics (2013), section 4: 30° S 0° to 29.9° N 179.8°.
        Assert.InRange(Geodesic.Inverse(new(-30, 0), new(29.9, 179.8)).DistanceMetres / 19_989_832.827610, 0.995, 1.005);
        double opposite = Geodesic.Inverse(new(0, 0), new(0, 180)).DistanceMetres;
        Assert.InRange(opposite / 20_003_931.4586, 0.995, 1.005);
    }

    [Fact]
    public void A_point_is_nowhere_from_itself() =>
        Gen.OneOf(point, Gen.Const(new GeoPoint(90, 0)), Gen.Const(new GeoPoint(-90, 20))).Sample(p =>
            Assert.True(Geodesic.Inverse(p, p).DistanceMetres < 1e-6), iter: 500);

    [Fact]
    public void Cartesian_coordinates_and_back_keep_place_and_height()
    {
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-179.999, 180], Gen.Double[-500, 100_000]).Sample((lat, lon, h) =>
        {
            GeoPosition back = Ecef.From(new(lat, lon, h)).ToGeodetic();
            Assert.Equal(lat, back.LatitudeDegrees, 1e-11);
            Assert.Equal(h, back.HeightMetres, 1e-6);
            Assert.True(Math.Abs(Math.IEEERemainder(lon - back.LongitudeDegrees, 360)) * Math.Cos(lat * Math.PI / 180) < 1e-11);
        }, iter: 2000);
    }

    [Fact]
    public void A_plot_of_known_height_stands_at_its_range_azimuth_and_height()
    {
        Gen.Select(Gen.Double[-70, 70], Gen.Double[-180, 180], Gen.Double[0, 15_000], Gen.Double[16_000, 450_000], Gen.Double[0, 6.28])
            .Sample((lat, lon, height, range, azimuth) =>
            {
                TangentFrame frame = new(new(lat, lon, 300));
                GeoPosition at = frame.FromRangeAzimuthHeight(range, azimuth, height);
                (double east, double north, double up) = frame.ToLocal(at);
                Assert.Equal(height, at.HeightMetres, 1e-2);
                Assert.Equal(range, Math.Sqrt((east * east) + (north * north) + (up * up)), 1e-2);
                Assert.Equal(0, Math.IEEERemainder(Math.Atan2(east, north) - azimuth, 2 * Math.PI), 1e-7);
                (double e, double n, double u) = frame.ToLocal(frame.FromLocal(east, north, up));
                Assert.True(Math.Abs(e - east) + Math.Abs(n - north) + Math.Abs(u - up) < 1e-5);
            }, iter: 2000);
    }
}
