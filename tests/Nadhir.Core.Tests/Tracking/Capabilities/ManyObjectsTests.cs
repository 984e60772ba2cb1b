using Nadhir.Sensing;
using Nadhir.Tracking;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

public sealed class ManyObjectsTests
{
    static MixedWorld TwoRadars(int seed) =>
        new(seed, [MixedWorld.Radar("R1", -30, 0), MixedWorld.Radar("R2", 40, 30)]);

    static int NearestTo(MixedWorld world, double east, double north) => world.Tracker.Tracks
        .MinBy(track => Math.Pow(track.State.East - east, 2) + Math.Pow(track.State.North - north, 2))!.Id;

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    public void Two_aircraft_that_cross_keep_their_numbers(int seed)
    {
        MixedWorld world = TwoRadars(seed);
        world.Fly(RadarWorld.Straight(-60_000, 40_000, 220, 90, 8000));
        world.Fly(RadarWorld.Straight(-60_000, 60_000, 220, 106, 8000));
        (int First, int Second) before = default;
        world.Run(500, t =>
        {
            if (t is > 150 and < 152)
                before = (NearestTo(world, -60_000 + (220 * t), 40_000),
                    NearestTo(world, -60_000 + (211.5 * t), 60_000 - (60.6 * t)));
        });
        Assert.Equal(2, world.Heard.Confirmed.Count);
        Assert.Equal(before, (NearestTo(world, 50_000, 40_000), NearestTo(world, 45_750, 29_700)));
        Assert.NotEqual(before.First, before.Second);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    public void A_formation_of_four_is_four_tracks(int seed)
    {
        MixedWorld world = TwoRadars(seed);
        for (int k = 0; k < 4; k++)
            world.Fly(RadarWorld.Straight(-50_000 - (800 * k), 30_000 + (1500 * k), 230, 95, 7000));
        world.Run(400);
        Assert.Equal(4, world.Tracker.Tracks.Count);
        Assert.Equal(4, world.Heard.Confirmed.Count);
    }

    [Theory]
    [InlineData(406)]
    [InlineData(407)]
    public void One_that_becomes_two_is_two_tracks_within_a_minute(int seed)
    {
        MixedWorld world = TwoRadars(seed);
        world.Fly(RadarWorld.Straight(-50_000, 30_000, 220, 95, 7000));
        Flight first = RadarWorld.Straight(-50_000, 30_000, 220, 95, 7000);
        world.Fly(t => t < 150 ? null : first(t) is { } at ? (at.East, at.North + (60 * (t - 150)), at.Height) : null);
        int during = 0;
        world.Run(300, t => { if (t is > 209 and < 211) during = world.Tracker.Tracks.Count; });
        Assert.Equal(2, during);
        Assert.Equal(2, world.Tracker.Tracks.Count);
        Assert.Equal(1, world.Tracker.Tracks.Min(track => track.Id));
        Assert.Equal(2, world.Heard.Confirmed.Count);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    public void Two_that_become_one_are_one_track_in_the_end(int seed)
    {
        MixedWorld world = TwoRadars(seed);
        Flight first = RadarWorld.Straight(-50_000, 30_000, 220, 95, 7000);
        world.Fly(first);
        world.Fly(t =>
            t < 200 && first(t) is { } at ? (at.East, at.North + (40 * Math.Max(0, 150 - t)), at.Height) : null);
        world.Run(340);
        Assert.Single(world.Tracker.Tracks);
    }

    [Fact]
    public void A_full_table_sheds_tentative_tracks_keeps_the_confirmed_and_says_so()
    {
        MixedWorld world =
            new(410, [MixedWorld.Radar("R1", 0, 0), MixedWorld.Other("ADSB", SensorKind.Adsb)],
                new() { Capacity = 60 });
        Random random = new(4);
        world.Fly(RadarWorld.Straight(-50_000, 30_000, 220, 95, 7000));
        world.Run(240, t =>
        {
            if (t is < 150 or > 200) return;
            for (int k = 0; k < 10; k++)
            {
                uint address = (uint)((1000 * t) + k);
                world.Process(1, t,
                    MixedWorld.Place(MeasurementKind.PositionReport, 1, t, random.Next(-150_000, 150_000),
                        random.Next(-150_000, 0)) with
                {
                    ModeSAddress = address,
                });
            }
        });
        Assert.InRange(world.Tracker.ShedCount, 100, 10_000);
        Assert.InRange(world.Tracker.TentativeCount + world.Tracker.Tracks.Count, 1, 60);
        Assert.Contains(world.Tracker.Tracks, track => track.Id == 1 && track.GroundSpeed is > 200 and < 240);
    }
}
