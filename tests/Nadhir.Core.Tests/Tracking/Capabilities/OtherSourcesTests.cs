using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

public sealed class OtherSourcesTests
{
    [Fact]
    public void Traffic_without_any_radar_is_tracked_by_its_own_reports()
    {
        MixedWorld world = new(501, [MixedWorld.Other("ADSB", SensorKind.Adsb)]);
        for (int k = 0; k < 20; k++)
            world.Report(0,
                RadarWorld.Straight(-60_000 + (3000 * k), -50_000 + (5000 * k), 200 + (3 * k), 20 * k, 9000),
                (uint)(1000 + k));
        world.Run(60);
        Assert.Equal(20, world.Tracker.Tracks.Count);
        Assert.Equal(20, world.Heard.Confirmed.Count);
        Assert.Equal(20, world.Tracker.Tracks.Select(track => track.ModeSAddress).Distinct().Count());
        Assert.All(world.Tracker.Tracks, track => Assert.InRange(track.AccuracyMetres, 2, 40));
    }

    [Fact]
    public void A_report_is_taken_for_as_good_as_it_says_and_never_for_better_than_ten_metres()
    {
        static double Accuracy(double told)
        {
            MixedWorld world = new(502, [MixedWorld.Other("ADSB", SensorKind.Adsb, sigmaMetres: 200)]);
            world.Process(0, 0, MixedWorld.Place(MeasurementKind.PositionReport, 0, 0, 0, 0) with
            {
                ModeSAddress = 5, SigmaHorizontalMetres = told, Vouched = true,
            });
            return Assert.Single(world.Tracker.Tracks).AccuracyMetres;
        }

        Assert.Equal(50, Accuracy(50), 0.5);
        Assert.Equal(10, Accuracy(1), 0.5);
        Assert.Equal(200, Accuracy(double.NaN), 1);
        Assert.Equal(200, Accuracy(-3), 1);
    }

    static readonly ImmutableArray<Sensor> nodes =
    [
        .. Enumerable.Range(0, 4).Select(k =>
        {
            GeoPoint place = RadarWorld.Plane.FromPlane(k % 2 == 0 ? -3000 : 3000, k < 2 ? -3000 : 3000);
            return new Sensor
            {
                Id = $"A{k}", Kind = SensorKind.Acoustic, Feed = "test",
                Position = new(place.LatitudeDegrees, place.LongitudeDegrees, 0),
                RangeMetres = 9000, Period = TimeSpan.FromSeconds(1), SigmaAzimuthDegrees = 2,
                DetectionProbability = 0.8, FalsePlotsPerScan = 0.1,
            };
        }),
    ];

    static void Listen(MixedWorld world, Flight path, int first,
        int count, double until = 1e9)
    {
        for (int k = 0; k < count; k++)
        {
            int node = first + k;
            (double east, double north) = RadarWorld.Plane.ToPlane(world.Sensors[node].Position.Point);
            world.Every(1, node, t => t < until && path(t) is { } at ? new Measurement
            {
                Kind = MeasurementKind.Bearing, Sensor = node, Time = RadarWorld.Start.AddSeconds(t),
                AzimuthRadians = Math.Atan2(at.East - east, at.North - north)
                    - RadarWorld.Plane.ConvergenceAt(world.Sensors[node].Position.Point)
                    + (0.035 * world.Normal()),
            } : null, from: 0.2 * k);
        }
    }

    [Fact]
    public void Bearings_alone_start_no_track()
    {
        MixedWorld world = new(503, nodes);
        Listen(world, RadarWorld.Straight(-3000, 500, 40, 90, 300), 0, 4);
        world.Run(120);
        Assert.Equal(0, world.Tracker.TentativeCount + world.Heard.Confirmed.Count);
    }

    [Theory]
    [InlineData(504)]
    [InlineData(505)]
    [InlineData(506)]
    public void Bearings_of_four_nodes_hold_a_drone_between_rare_radar_plots(int seed)
    {
        Flight drone = t =>
            (2500 * Math.Sin(0.016 * t), 2500 * Math.Cos(0.016 * t), 300);
        MixedWorld world =
            new(seed, [.. nodes, MixedWorld.Radar("R1", 20, 0) with { Period = TimeSpan.FromSeconds(10) }]);
        world.Fly(t => t < 60 || t % 60 < 12 ? drone(t) : null);
        Listen(world, drone, 0, 4);
        double worst = 0;
        world.Run(360, t =>
        {
            if (t < 80) return;
            Track track = Assert.Single(world.Tracker.Tracks);
            (double east, double north, double _) = drone((track.State.Time - RadarWorld.Start).TotalSeconds)!.Value;
            worst = Math.Max(worst,
                Math.Sqrt(Math.Pow(track.State.East - east, 2) + Math.Pow(track.State.North - north, 2)));
        });
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Assert.InRange(worst, 0, 700);
    }

    [Fact]
    public void One_observer_alone_confirms_nothing_and_two_do()
    {
        static int Confirmed(int observers)
        {
            MixedWorld world =
                new(507, [.. Enumerable.Range(0, 2).Select(k => MixedWorld.Other($"O{k}", SensorKind.Observer, 2000))]);
            for (int t = 0; t < 60; t += 5)
                world.Process(t / 5 % observers, t,
                    MixedWorld.Place(MeasurementKind.Sighting, t / 5 % observers, t, 50 * t, 0));
            return world.Heard.Confirmed.Count;
        }

        Assert.Equal(0, Confirmed(1));
        Assert.Equal(1, Confirmed(2));
    }

    [Fact]
    public void A_sighting_is_never_taken_for_better_than_a_kilometre()
    {
        MixedWorld world = new(508, [MixedWorld.Other("O", SensorKind.Observer, 50), MixedWorld.Radar("R1", 0, 0)]);
        Flight jet = RadarWorld.Straight(-60_000, 30_000, 200, 90, 5000);
        world.Fly(jet);
        world.Run(100);
        Track before = Assert.Single(world.Tracker.Tracks);
        double t = 100.5;
        world.Process(0, t,
            MixedWorld.Place(MeasurementKind.Sighting, 0, t, jet(t)!.Value.East, 30_800) with { SigmaHorizontalMetres = 20 });
        Track after = Assert.Single(world.Tracker.Tracks);
        Assert.Equal(before.Id, after.Id);
        Assert.InRange(after.State.North, 29_500, 30_300);
    }
}
