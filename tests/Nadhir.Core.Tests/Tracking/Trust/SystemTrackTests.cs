using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Trust;

public sealed class SystemTrackTests
{
    /// <summary>Straight on, or a wide turn, at 220 m/s.</summary>
    static Flight Path(double rate) => t => rate == 0
        ? (-60_000 + (176 * t), 40_000 - (132 * t), 8000)
        : (-60_000 + (220 / rate * Math.Sin(rate * t)), 40_000 + (220 / rate * (1 - Math.Cos(rate * t))), 8000);

    [Fact]
    public void A_system_track_each_second_beside_a_radar_leaves_the_tracks_accuracy_true()
    {
        double sum = 0;
        int count = 0;
        foreach (double rate in (double[])[0, 0.002])
            for (int seed = 101; seed <= 108; seed++)
            {
                MixedWorld world =
                    new(seed, [MixedWorld.Other("SYS", SensorKind.System, 150), MixedWorld.Radar("R1", -20, 0)]);
                Flight path = Path(rate);
                world.Fly(path);
                world.Every(1, 0, new OtherSystem(world, 0, path).Say);
                double next = 60;
                world.Run(300, t =>
                {
                    if (t < next) return;
                    next += 7;
                    sum += Nees(Assert.Single(world.Tracker.Tracks), path);
                    count++;
                });
            }

        Assert.True(count > 400);
        Assert.InRange(sum / count, 0.7, 1.5);
    }

    static double Nees(Track track, Flight path)
    {
        (double east, double north, double _) = path((track.State.Time - RadarWorld.Start).TotalSeconds)!.Value;
        PlaneCovariance c = track.State.Covariance;
        double x = track.State.East - east, y = track.State.North - north;
        return ((c.NorthNorth * x * x) - (2 * c.EastNorth * x * y) + (c.EastEast * y * y))
            / ((c.EastEast * c.NorthNorth) - (c.EastNorth * c.EastNorth)) / 2;
    }

    [Fact]
    public void A_system_that_sends_twice_as_often_does_not_make_the_track_surer()
    {
        static double Told(double period)
        {
            MixedWorld world = new(101, [MixedWorld.Other("SYS", SensorKind.System, 150)]);
            world.Every(period, 0, new OtherSystem(world, 0, Path(0)).Say);
            world.Run(120);
            return Assert.Single(world.Tracker.Tracks).AccuracyMetres;
        }

        double slow = Told(4), fast = Told(2), fastest = Told(0.5);
        Assert.InRange(fast / slow, 0.85, 1.15);
        Assert.InRange(fastest / fast, 0.85, 1.15);
    }

    [Theory]
    [InlineData(2, 10.03)]
    [InlineData(10, 2.164)]
    [InlineData(100, 1.0001)]
    public void Reports_are_widened_by_what_they_have_in_common(double since, double factor) =>
        Assert.Equal(factor, SystemTrackMemory.Factor(since), 0.005);
}
