using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Geodesy;

public sealed class UtmTests
{
    static readonly Gen<GeoPoint> anyPlace =
        Gen.Select(Gen.Double[-80, 84], Gen.Double[-180, 179.999], (lat, lon) => new GeoPoint(lat, lon));

    [Fact]
    public void There_and_back_is_the_same_place_also_from_the_zone_beside() =>
        Gen.Select(anyPlace, Gen.Int[-1, 1]).Sample((place, beside) =>
        {
            int zone = ((UtmPoint.ZoneOf(place.LongitudeDegrees) - 1 + beside + 60) % 60) + 1;
            GeoPoint back = UtmPoint.From(place, zone, place.LatitudeDegrees >= 0).ToGeographic();
            Assert.Equal(place.LatitudeDegrees, back.LatitudeDegrees, 1e-11);
            Assert.Equal(0, Math.IEEERemainder(place.LongitudeDegrees - back.LongitudeDegrees, 360), 1e-10);
        });

    [Theory]
    // NGA, Universal Grids, and well-known places: zone, hemisphere, easting, northing.
    [InlineData(0, 3, 31, true, 500_000.0, 0.0, 1e-6)]
    [InlineData(43.642566666666667, -79.387138888888889, 17, true, 630_084, 4_833_438, 1)] // CN Tower, to the metre
    public void Known_places_have_their_known_coordinates(
        double latitude, double longitude, int zone, bool north, double easting, double northing, double within)
    {
        Assert.Equal(zone, UtmPoint.ZoneOf(longitude));
        UtmPoint point = UtmPoint.From(new(latitude, longitude), zone, north);
        Assert.Equal(easting, point.EastingMetres, within);
        Assert.Equal(northing, point.NorthingMetres, within);
    }

    [Fact]
    public void The_middle_of_a_zone_is_the_meridian_arc_at_its_scale() =>
        Gen.Double[0, 84].Sample(latitude =>
            Assert.Equal(0.9996 * MeridianArc(latitude),
                UtmPoint.From(new(latitude, 45), 38, north: true).NorthingMetres, 1e-5), iter: 100);

    [Fact]
    public void A_small_step_is_as_long_on_the_grid_in_every_direction_and_turned_by_the_convergence() =>
        Gen.Select(Gen.Double[-79, 79], Gen.Double[-4, 4], Gen.Double[0, 2 * Math.PI])
            .Sample((latitude, offMiddle, azimuth) =>
        {
            GeoPosition from = new(latitude, 45 + offMiddle, 0);
            TangentFrame frame = new(from);
            UtmPoint origin = UtmPoint.From(from.Point, 38, latitude >= 0);
            (double dx, double dy) = Step(azimuth);
            (double ex, double ey) = Step(azimuth + 1);
            Assert.Equal(1, Math.Sqrt((dx * dx) + (dy * dy)) / Math.Sqrt((ex * ex) + (ey * ey)), 1e-6);
            double onGrid = Math.Atan2(dx, dy) + UtmPoint.ConvergenceRadians(from.Point, 38);
            Assert.Equal(0, Angles.WrapRadians(onGrid - azimuth), 1e-5);

            (double, double) Step(double direction)
            {
                GeoPosition to = frame.FromLocal(10 * Math.Sin(direction), 10 * Math.Cos(direction), 0);
                UtmPoint there = UtmPoint.From(to.Point, 38, latitude >= 0);
                return (there.EastingMetres - origin.EastingMetres, there.NorthingMetres - origin.NorthingMetres);
            }
        });

    [Fact]
    public void Zones_are_counted_from_the_date_line()
    {
        Assert.Equal([1, 1, 30, 31, 38, 60, 1],
            new[] { -180.0, -174.5, -0.1, 0.1, 44.4, 179.9, 180.0 }.Select(UtmPoint.ZoneOf));
        Assert.Equal(45, UtmPoint.CentralMeridianDegrees(38));
    }

    /// <summary>By adding up small pieces: another way to the same length.</summary>
    static double MeridianArc(double latitudeDegrees)
    {
        const int Pieces = 2000;
        double step = latitudeDegrees * Angles.DegreesToRadians / Pieces, sum = 0;
        for (int i = 0; i <= Pieces; i++)
        {
            double sin = Math.Sin(i * step), weight = i is 0 or Pieces ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight / Math.Pow(1 - (Wgs84.EccentricitySquared * sin * sin), 1.5);
        }

        return Wgs84.SemiMajorAxisMetres * (1 - Wgs84.EccentricitySquared) * sum * step / 3;
    }
}
