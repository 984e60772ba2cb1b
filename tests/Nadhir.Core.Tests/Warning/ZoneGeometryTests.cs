using CsCheck;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

public sealed class ZoneGeometryTests
{
    static readonly GeoPoint origin = new(33, 44);
    static readonly StereographicPlane plane = new(origin);

    static PlaneArea Circle(double east, double north, double radius) =>
        new(new Area { Centre = plane.FromPlane(east, north), RadiusMetres = radius }, plane);

    [Fact]
    public void The_index_finds_exactly_the_zones_within_reach() =>
        Gen.Select(
            Gen.Select(Gen.Double[-4e5, 4e5], Gen.Double[-4e5, 4e5], Gen.Double[500, 80_000]).Array[1, 60],
            Gen.Double[-5e5, 5e5], Gen.Double[-5e5, 5e5], Gen.Double[0, 6e5])
            .Sample((zones, east, north, reach) =>
            {
                PlaneArea[] areas = [.. zones.Select(z => Circle(z.Item1, z.Item2, z.Item3))];
                List<int> found = [];
                new ZoneIndex(areas, _ => true).Near(east, north, reach, found);
                IEnumerable<int> expected = Enumerable.Range(0, areas.Length).Where(i =>
                    double.Hypot(areas[i].Bounds.East - east, areas[i].Bounds.North - north) <= reach + areas[i].Bounds.RadiusMetres);
                Assert.Equal(expected, found.Order());
            }, iter: 300);

    [Fact]
    public void What_is_not_looked_into_further_was_negligible() =>
        Gen.Select(Gen.Double[-3, 3], Gen.Double[0, 1.5], Gen.Double[0.001, 0.5], Gen.Double[0, 1])
            .Sample((middle, half, sigma, onCourse) =>
            {
                CourseSpread spread = new(0, onCourse, sigma, sigma + 0.3, 0.1);
                Assert.True(spread.AtMost(middle - half, middle + half) >= spread.Between(middle - half, middle + half) - 1e-3);
            });

    [Fact]
    public void A_heading_behind_is_reached_either_way_round()
    {
        CourseSpread spread = new(0, 0, 0.1, 1, 0);
        double behind = spread.Between(Math.PI - 0.3, Math.PI + 0.3);
        Assert.Equal(2 * spread.Between(Math.PI - 0.3, Math.PI), behind, 1e-9);
        Assert.Equal(1, spread.Between(-Math.PI, Math.PI), 1e-9);
    }

    [Theory]
    [InlineData(0, 2000, 1, 0.001)]
    [InlineData(0, 1000, 0.3935, 0.03)]
    [InlineData(1000, 1000, 0.2671, 0.03)]
    [InlineData(9000, 1000, 0, 0.001)]
    public void The_chance_of_an_impact_in_a_circle_is_that_of_its_distribution(
        double east, double radius, double expected, double within)
    {
        // One sigma of 1 km; or of 300 m where all should be inside.
        double sigma = radius == 2000 ? 300 : 1000;
        ImpactPrediction impact = new()
        {
            Position = default, East = east, North = 0, Time = DateTimeOffset.UnixEpoch.AddSeconds(60),
            Earliest = DateTimeOffset.UnixEpoch.AddSeconds(55), Latest = DateTimeOffset.UnixEpoch.AddSeconds(65),
            SemiMajorMetres = 2.4477 * sigma, SemiMinorMetres = 2.4477 * sigma, BearingDegrees = 0,
            EastEast = sigma * sigma, EastNorth = 0, NorthNorth = sigma * sigma,
        };
        Exposure exposure = ImpactExposure.Of(impact, DateTimeOffset.UnixEpoch, Circle(0, 0, radius), 0);
        Assert.Equal(expected, exposure.Probability, within);
        if (expected > 0) Assert.Equal((60, 5), (exposure.MedianSeconds, exposure.MedianSeconds - exposure.EarliestSeconds));
    }

    [Fact]
    public void A_zone_is_blind_when_all_that_watched_over_it_is_silent_and_thinned_when_some_is()
    {
        CoverageDesk desk = new(new WatchConfiguration
        {
            Name = "n", Exercise = false, Sender = "s", Origin = origin,
            Sensors =
            [
                Radar("r1", 0), Radar("r2", 0), Radar("far", 3_000_000),
                new Sensor { Id = "adsb", Kind = SensorKind.Adsb, Feed = "f", Position = new(33, 44, 0) },
            ],
            Zones =
            [
                new() { Id = "here", Name = "h", Area = new() { Centre = origin, RadiusMetres = 5000 } },
                new() { Id = "nowhere", Name = "n", Area = new() { Centre = new GeoPoint(-40, 100), RadiusMetres = 5000 } },
            ],
        });
        int seconds = 0;
        Assert.Equal([Coverage.Blind, Coverage.None], desk.Board().Others.Select(row => row.State));
        Assert.Equal((Coverage.Full, "here"), Told(SensorState.Working, SensorState.Working));
        Assert.Equal((Coverage.Thinned, "here"), Told(SensorState.Working, SensorState.Lost));
        Assert.False(desk.IsBlind(0));
        Assert.Equal((Coverage.Blind, "here"), Told(SensorState.Off, SensorState.Lost));
        Assert.True(desk.IsBlind(0));
        Told(SensorState.Off, SensorState.Off);
        Assert.False(desk.IsBlind(0));
        Assert.Equal([(Coverage.Blind, 3), (Coverage.None, 1)], desk.Board().Others.Select(row => (row.State, row.Since!.Value.Second)));

        (Coverage, string) Told(SensorState first, SensorState second)
        {
            List<Decision> decisions = [];
            desk.Tick([first, second, SensorState.Working, SensorState.Working], DateTimeOffset.UnixEpoch.AddSeconds(++seconds), decisions);
            return decisions is [CoverageChanged changed] ? (changed.Coverage, string.Join(' ', changed.Zones)) : default;
        }
    }

    [Fact]
    public void A_zone_that_is_seen_only_from_high_up_is_told_apart_and_an_acoustic_node_mends_it()
    {
        // 80 km away a 20 m mast sees over a 4/3 earth from (80/4.124 − √20)² = 223 m up.
        CoverageDesk desk = new(new WatchConfiguration
        {
            Name = "n", Exercise = false, Sender = "s", Origin = origin,
            Sensors =
            [
                Radar("r", 80_000) with { AntennaMetres = 20 },
                Radar("a", 1000) with { Kind = SensorKind.Acoustic, RangeMetres = 5000 },
            ],
            Zones = [new() { Id = "z", Name = "z", Area = new() { Centre = origin, RadiusMetres = 5000 } }],
        });
        Hear(SensorState.Working, SensorState.Working, 1);
        Assert.Empty(desk.Board().Low);
        Hear(SensorState.Working, SensorState.Lost, 2);
        CoverageRow low = Assert.Single(desk.Board().Low);
        Assert.Equal(("z", Coverage.Thinned, 220.0, 2), (low.Zone, low.State, low.SeenFromMetres!.Value, low.Since!.Value.Second));
        Hear(SensorState.Lost, SensorState.Lost, 3);
        Assert.Empty(desk.Board().Low);
        Assert.Equal((Coverage.Blind, null), (desk.Board().Others[0].State, desk.Board().Others[0].SeenFromMetres));

        void Hear(SensorState radar, SensorState node, int second) =>
            desk.Tick([radar, node], DateTimeOffset.UnixEpoch.AddSeconds(second), []);
    }

    static Sensor Radar(string id, double northMetres)
    {
        GeoPoint at = Geodesic.Direct(origin, 0, northMetres);
        return new() { Id = id, Kind = SensorKind.Radar, Feed = "f", Position = new(at.LatitudeDegrees, at.LongitudeDegrees, 0) };
    }
}
