using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Tracking;

public sealed class MultiSensorTrackerTests
{
    [Theory]
    [InlineData(101, 2000, true)]
    [InlineData(102, 2000, true)]
    [InlineData(103, 2000, false)]
    [InlineData(104, 2000, false)]
    [InlineData(105, 1500, true)]
    public void Two_jets_side_by_side_are_two_tracks_from_first_to_last(int seed, double apart, bool modeC)
    {
        RadarWorld world = new(seed, RadarWorld.Radars(5)) { ModeC = modeC };
        world.Fly(RadarWorld.Straight(-150_000, 60_000, 250, 100, 6000));
        world.Fly(RadarWorld.Straight(-150_000, 60_000 + apart, 250, 100, 6000));
        world.Run(900);
        Assert.Equal(2, world.Heard.Confirmed.Count);
        Assert.Empty(world.Heard.Dropped);
        foreach (Track track in world.Tracker.Tracks)
        {
            double t = (track.State.Time - RadarWorld.Start).TotalSeconds;
            double east = -150_000 + (250 * Math.Sin(100 * Math.PI / 180) * t);
            double north = 60_000 + (250 * Math.Cos(100 * Math.PI / 180) * t);
            Assert.InRange(track.State.East, east - 1000, east + 1000);
            Assert.InRange(Math.Min(Math.Abs(track.State.North - north), Math.Abs(track.State.North - north - apart)), 0, 700);
            if (modeC) Assert.InRange(track.Class.Aircraft, 0.95, 1);
        }
    }

    [Fact]
    public void A_drone_that_circles_where_a_helicopter_has_landed_is_not_taken_for_it()
    {
        int taken = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            RadarWorld world = new(seed, RadarWorld.Radars(1));
            (double east, double north) = (20_000, 50_000);
            world.Fly(t => t < 400 ? (east - (60 * (400 - t)), north, 1500) : null, mode3A: 1142);
            world.Fly(t => (east + (1000 * Math.Cos(t / 67)), north + (1000 * Math.Sin(t / 67)), 1500), seen: 0.33, tellsHeight: false);
            world.Run(700);
            taken += world.Heard.Updated.Concat(world.Heard.Dropped)
                .Any(track => track.Mode3A == 1142 && track.LastSeen - track.LastReply > TimeSpan.FromSeconds(60)) ? 1 : 0;
        }

        Assert.InRange(taken, 0, 2); // were every report without a reply as good as one with it: 6
    }

    [Fact]
    public void What_has_gone_does_not_live_on_false_plots()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            RadarWorld world = new(seed, [.. RadarWorld.Radars(3).Select(radar => radar with { FalsePlotsPerScan = 60 })]);
            Func<double, (double East, double North, double Height)?> path = RadarWorld.Straight(-150_000, 200_000, 125, 100, 5500);
            world.Fly(t => t < 300 ? path(t) : null, mode3A: 1151);
            world.Run(600);
            Track last = world.Heard.Dropped.Last(track => track.Mode3A == 1151);
            Assert.InRange((last.LastSeen - RadarWorld.Start).TotalSeconds, 280, 345);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void A_jet_that_dives_and_pulls_out_at_three_g_keeps_its_track(int radars)
    {
        for (int seed = 111; seed <= 120; seed++)
        {
            RadarWorld world = new(seed, RadarWorld.Radars(radars));
            Func<double, (double East, double North, double Height)?> level = RadarWorld.Straight(-60_000, 30_000, 240, 95, 9000);
            world.Fly(t => level(t) is { } at ? (at.East, at.North, Dive(t, 120)) : null);
            world.Run(400);
            Assert.Single(world.Heard.Confirmed);
            Assert.Empty(world.Heard.Dropped);
        }
    }

    /// <summary>Level at 9000 m until a moment, pushed over to 120 m/s down, held for 30 s, pulled out at 30 m/s².</summary>
    static double Dive(double t, double when)
    {
        double push = Math.Clamp(t - when, 0, 8), held = Math.Clamp(t - when - 8, 0, 30), pull = Math.Clamp(t - when - 38, 0, 4);
        return 9000 - (0.5 * 15 * push * push) - (120 * held) - ((120 * pull) - (0.5 * 30 * pull * pull));
    }

    [Theory]
    [InlineData(141)]
    [InlineData(142)]
    [InlineData(143)]
    public void Radars_that_never_saw_an_object_do_not_disprove_the_one_that_does(int seed)
    {
        // Too small for two of them, and it tells no height by which its horizon were known.
        RadarWorld world = new(seed, RadarWorld.Radars(3)) { ModeC = false, Blind = { 1, 2 } };
        world.Fly(RadarWorld.Straight(-60_000, 40_000, 45, 100, 600));
        world.Run(120);
        Assert.Contains(world.Tracker.Tracks, track => Math.Abs(track.State.East + 54_700) < 3000 && Math.Abs(track.State.North - 39_000) < 3000);
        world.Run(300);
        Assert.DoesNotContain(world.Heard.Dropped, track => Math.Abs(track.State.North - 37_000) < 4000 && Math.Abs(track.GroundSpeed - 45) < 20);
    }

    [Fact]
    public void Rain_is_learned_as_clutter_however_thin_it_is_in_any_one_place()
    {
        RadarWorld dry = new(151, RadarWorld.Radars(4)), wet = new(151, RadarWorld.Radars(4)) { Rain = (20_000, 20_000, 25_000, 8) };
        dry.Run(1500);
        wet.Run(1500);
        int late = wet.Heard.Confirmed.Count(track => track.FirstSeen > RadarWorld.Start.AddSeconds(700));
        Assert.True(late <= dry.Heard.Confirmed.Count + 3, $"{late} tracks of rain after it was known, {wet.Heard.Confirmed.Count} in all");
    }

    [Fact]
    public void Plots_from_beyond_the_horizon_make_one_track_and_not_several()
    {
        // At 600 m a radar's horizon is at about 125 km; this radar sees through a duct.
        RadarWorld world = new(106, RadarWorld.Radars(1));
        world.Fly(RadarWorld.Straight(-250_000, 150_000, 230, 90, 600));
        world.Run(400);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
    }

    [Fact]
    public void Clutter_alone_confirms_nothing_in_an_hour()
    {
        RadarWorld world = new(101, RadarWorld.Radars(5));
        world.Run(3600);
        Assert.Empty(world.Heard.Confirmed);
    }

    [Theory]
    [InlineData(1, 101)]
    [InlineData(1, 102)]
    [InlineData(1, 103)]
    [InlineData(5, 104)]
    public void A_jet_is_confirmed_within_five_turns(int radars, int seed)
    {
        RadarWorld world = new(seed, RadarWorld.Radars(radars));
        world.Fly(RadarWorld.Straight(-120_000, 90_000, 250, 130, 6000));
        world.Run(60);
        Track first = Assert.Single(world.Heard.Confirmed);
        Assert.Equal(1, first.Id);
        Assert.InRange((first.ConfirmedAt!.Value - RadarWorld.Start).TotalSeconds, 0, 50);
    }

    [Fact]
    public void A_jet_that_turns_back_at_four_g_keeps_its_track()
    {
        for (int seed = 101; seed <= 106; seed++)
        {
            RadarWorld world = new(seed, RadarWorld.Radars(5));
            world.Fly(t => Reversal(t, 300, 250, 4 * 9.80665));
            world.Run(600);
            Assert.Single(world.Heard.Confirmed);
            Assert.Empty(world.Heard.Dropped);
            Track track = Assert.Single(world.Tracker.Tracks);
            Assert.InRange(track.GroundSpeed, 235, 265);
        }
    }

    /// <summary>East at a speed until a moment, then a half turn to the right at an acceleration, then back west.</summary>
    static (double, double, double)? Reversal(double t, double when, double speed, double acceleration)
    {
        double radius = speed * speed / acceleration, rate = speed / radius, turning = Math.PI / rate;
        double east = -100_000 + (speed * Math.Min(t, when));
        if (t <= when) return (east, 50_000, 6000);
        double into = Math.Min(t - when, turning) * rate;
        double after = Math.Max(0, t - when - turning);
        return (east + (radius * Math.Sin(into)) - (speed * after), 50_000 - (radius * (1 - Math.Cos(into))), 6000);
    }

    [Fact]
    public void A_jet_that_lands_or_leaves_is_dropped_and_its_number_is_not_used_again()
    {
        RadarWorld world = new(101, RadarWorld.Radars(3));
        Func<double, (double, double, double)?> jet = RadarWorld.Straight(-60_000, 20_000, 220, 90, 5000);
        world.Fly(t => t < 200 ? jet(t) : null);
        world.Fly(t => t > 260 ? jet(t - 260) : null);
        world.Run(500);
        Assert.Equal([1, 2], world.Heard.Confirmed.Select(track => track.Id));
        Track gone = Assert.Single(world.Heard.Dropped);
        Assert.Equal((1, TrackStatus.Dropped), (gone.Id, gone.Status));
    }

    [Fact]
    public void A_confirmed_track_is_held_through_a_run_of_misses_and_keeps_its_number()
    {
        RadarWorld world = new(102, RadarWorld.Radars(5));
        Func<double, (double, double, double)?> jet = RadarWorld.Straight(-60_000, 20_000, 220, 90, 5000);
        world.Fly(t => t is > 100 and < 118 ? null : jet(t));
        List<TrackStatus> meanwhile = [];
        world.Run(300, t =>
        {
            if (t is > 80 and < 140) meanwhile.AddRange(world.Tracker.Tracks.Select(track => track.Status));
        });
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Assert.All(meanwhile, status => Assert.True(status is TrackStatus.Confirmed or TrackStatus.Coasting));
        Assert.Equal(1, Assert.Single(world.Tracker.Tracks).Id);
    }

    [Fact]
    public void The_same_scans_give_the_same_tracks_bit_for_bit()
    {
        static RadarWorld Once()
        {
            RadarWorld world = new(77, RadarWorld.Radars(3));
            world.Fly(RadarWorld.Straight(-90_000, 10_000, 240, 80, 7000));
            world.Fly(RadarWorld.Straight(20_000, -70_000, 180, 10, 3000));
            world.Run(300);
            return world;
        }

        RadarWorld first = Once(), second = Once();
        Assert.True(first.Heard.Updated.Count > 100);
        Assert.Equal(first.Heard.Updated.Select(track => (track.Id, track.State)),
            second.Heard.Updated.Select(track => (track.Id, track.State)));
    }
}
