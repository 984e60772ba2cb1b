using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Registration;

namespace Nadhir.Core.Tests.Tracking.Registration;

public sealed class LateTests
{
    [Fact]
    public void A_radar_that_delivers_six_seconds_late_holds_a_track_that_the_other_cannot_see()
    {
        RadarWorld world = new(11, Weak());
        world.Errors[1] = new(Delay: 6);
        world.Fly(RadarWorld.Straight(-60_000, 50_000, 230, 90, 8000));
        world.Run(600);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.Contains(1, track.Sensors);
        Assert.All(world.Tracker.Registrations, found => Assert.Equal((0L, 0L), (found.LateCount, found.FutureCount)));
        double t = (track.State.Time - RadarWorld.Start).TotalSeconds;
        Assert.InRange(track.State.East, -60_000 + (230 * t) - 500, -60_000 + (230 * t) + 500);

        static System.Collections.Immutable.ImmutableArray<Sensor> Weak()
        {
            System.Collections.Immutable.ImmutableArray<Sensor> both = RadarWorld.Radars(2);
            return [both[0] with { DetectionProbability = 0.2 }, both[1]];
        }
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void Late_plots_do_not_double_flights_that_others_see_in_time(int seed)
    {
        RadarWorld world = Skies.Busy(seed, RadarWorld.Radars(3));
        world.Errors[2] = new(Delay: 6);
        world.Run(600);
        Assert.Equal(12, world.Heard.Confirmed.Count);
        Assert.Equal(12, world.Tracker.Tracks.Count);
        Assert.Equal(0, world.Tracker.LateCount);
        Assert.False(world.Tracker.Registrations[2].HasClockOffset);
    }

    [Fact]
    public void What_comes_too_late_to_be_used_is_counted_for_its_radar()
    {
        RadarWorld world = Skies.Busy(104, RadarWorld.Radars(3));
        world.Errors[1] = new(Delay: 40);
        world.Run(300);
        IReadOnlyList<SensorRegistration> found = world.Tracker.Registrations;
        Assert.InRange(found[1].LateCount, 400, 1200);
        Assert.Equal((0L, 0L), (found[0].LateCount, found[2].LateCount));
        Assert.Equal(found[1].LateCount, world.Tracker.LateCount);
    }

    [Fact]
    public void One_scan_from_next_year_is_put_aside_and_counted_and_the_picture_stays()
    {
        RadarWorld world = new(12, RadarWorld.Radars(2));
        world.Fly(RadarWorld.Straight(-60_000, 50_000, 230, 90, 8000));
        world.Run(100);
        world.Errors[1] = new(ClockSeconds: 365 * 86_400.0);
        world.Run(10);
        world.Errors[1] = default;
        world.Run(200);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Assert.Equal(1, Assert.Single(world.Tracker.Tracks).Id);
        Assert.InRange(world.Tracker.FutureCount, 10, 60);
        Assert.Equal(world.Tracker.FutureCount, world.Tracker.Registrations[1].FutureCount);
    }

    [Fact]
    public void After_an_hour_without_data_the_picture_goes_on_with_any_sensor()
    {
        RadarWorld world = new(13, RadarWorld.Radars(1));
        world.Fly(t => t < 100 ? RadarWorld.Straight(-60_000, 50_000, 230, 90, 8000)(t) : null);
        world.Fly(t => t > 3700 ? RadarWorld.Straight(-60_000, 50_000, 230, 90, 8000)(t - 3700) : null);
        world.Run(100);
        world.Skip(3600);
        world.Run(100);
        Assert.Equal(2, world.Heard.Confirmed.Count);
        Assert.InRange(world.Tracker.FutureCount, 0, 40);
    }
}
