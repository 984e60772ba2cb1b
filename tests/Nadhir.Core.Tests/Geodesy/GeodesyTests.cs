using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Tests.Geodesy;

public sealed class GeodesyTests
{
    static readonly Gen<GeoPoint> anyPlace = Gen.Select(Gen.Double[-89, 89], Gen.Double[-180, 180], (lat, lon) => new GeoPoint(lat, lon));

    /// <summary>JFK to LHR, the example of the GeographicLib documentation (Karney): 5551.759 km.</summary>
    [Fact]
    public void The_distance_from_New_York_to_London_is_the_published_one()
    {
        (double metres, double _) = Geodesic.Inverse(new(40.6, -73.8), new(51.6, -0.5));
        Assert.Equal(5_551_759.4, metres, 0.5);
    }

    /// <summary>A quarter of a meridian of WGS 84 is 10,001,965.729 m; a degree of the equator π·a/180.</summary>
    [Fact]
    public void Meridian_and_equator_have_their_lengths()
    {
        Assert.Equal(10_001_965.729, Geodesic.Inverse(new(0, 10), new(90, 10)).DistanceMetres, 0.001);
        Assert.Equal(Math.PI * Wgs84.SemiMajorAxisMetres / 180, Geodesic.Inverse(new(0, 179.5), new(0, -179.5)).DistanceMetres, 0.001);
        Assert.Equal(0, Geodesic.Inverse(new(33, 44), new(33, 44)).DistanceMetres);
    }

    [Fact]
    public void Going_a_distance_along_an_azimuth_measures_back_the_same() =>
        Gen.Select(anyPlace, Gen.Double[0, 360], Gen.Double[1, 5_000_000]).Sample((from, azimuth, distance) =>
        {
            GeoPoint to = Geodesic.Direct(from, azimuth, distance);
            (double measured, double back) = Geodesic.Inverse(from, to);
            Assert.Equal(distance, measured, 0.01);
            Assert.True(Math.Abs(Angles.WrapRadians((back - azimuth) * Angles.DegreesToRadians)) * distance < 1, $"{azimuth} {back}");
        });

    [Fact]
    public void Antipodes_get_a_finite_answer() =>
        Assert.InRange(Geodesic.Inverse(new(0, 0), new(0.3, 179.8)).DistanceMetres, 19_800_000, 20_100_000);

    [Fact]
    public void Cartesian_and_geodetic_coordinates_are_one_another() =>
        Gen.Select(anyPlace, Gen.Double[-500, 60_000]).Sample((place, height) =>
        {
            GeoPosition back = Ecef.From(new(place.LatitudeDegrees, place.LongitudeDegrees, height)).ToGeodetic();
            Assert.Equal(height, back.HeightMetres, 1e-5);
            Assert.True(Geodesic.Inverse(place, back.Point).DistanceMetres < 1e-4);
        });

    [Fact]
    public void Range_azimuth_and_height_give_the_place_back() =>
        Gen.Select(Gen.Double[-70, 70], Gen.Double[-180, 180], Gen.Double[-Math.PI, Math.PI], Gen.Double[20_000, 400_000], Gen.Double[100, 15_000])
            .Sample((lat, lon, azimuth, ground, height) =>
            {
                TangentFrame frame = new(new(lat, lon, 30));
                GeoPoint there = Geodesic.Direct(new(lat, lon), azimuth * Angles.RadiansToDegrees, ground);
                (double east, double north, double up) = frame.ToLocal(new(there.LatitudeDegrees, there.LongitudeDegrees, height));
                GeoPosition found = frame.FromRangeAzimuthHeight(
                    Math.Sqrt((east * east) + (north * north) + (up * up)), Math.Atan2(east, north), height);
                Assert.Equal(height, found.HeightMetres, 0.05);
                Assert.True(Geodesic.Inverse(there, found.Point).DistanceMetres < 0.1);
            });

    [Fact]
    public void The_tracking_plane_gives_every_place_back() =>
        Gen.Select(Gen.Double[-60, 60], Gen.Double[-180, 180], Gen.Double[0, 360], Gen.Double[0, 2_500_000]).Sample((lat, lon, azimuth, distance) =>
        {
            StereographicPlane plane = new(new(lat, lon));
            GeoPoint place = Geodesic.Direct(new(lat, lon), azimuth, distance);
            (double east, double north) = plane.ToPlane(place);
            Assert.True(Geodesic.Inverse(place, plane.FromPlane(east, north)).DistanceMetres < 0.01);
        });

    [Fact]
    public void The_plane_keeps_angles_and_its_scale_is_the_stated_one() =>
        Gen.Select(Gen.Double[-80, 80], Gen.Double[-180, 180], Gen.Double[0, 360], Gen.Double[0, 1_000_000], Gen.Double[0, 360]).Sample(
            (lat, lon, azimuth, distance, heading) =>
            {
                StereographicPlane plane = new(new(lat, lon));
                GeoPoint at = Geodesic.Direct(new(lat, lon), azimuth, distance);
                const double step = 100;
                (double e0, double n0) = plane.ToPlane(at);
                (double e1, double n1) = plane.ToPlane(Geodesic.Direct(at, heading, step));
                (double e2, double n2) = plane.ToPlane(Geodesic.Direct(at, heading + 90, step));
                double a = Math.Atan2(e1 - e0, n1 - n0), b = Math.Atan2(e2 - e0, n2 - n0);
                Assert.Equal(Math.PI / 2, Angles.WrapRadians(b - a), 1e-4);
                Assert.Equal(plane.ScaleAt(e0, n0), Math.Sqrt(((e1 - e0) * (e1 - e0)) + ((n1 - n0) * (n1 - n0))) / step, 2e-4);
                double convergence = Angles.WrapRadians(a - (heading * Angles.DegreesToRadians));
                Assert.Equal(0, Angles.WrapRadians(convergence - plane.ConvergenceAt(at)), 1e-3);
            });
}
