using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;

namespace Nadhir.Core.Tests.Tracking.Trust;

/// <summary>
/// Reports that name their place, from within and beyond what their sensor is said to cover. A flight out of the range of
/// its receiver once began a new tentative track with each report, none of which was ever confirmed.
/// </summary>
public sealed class ShortRangeReceiverTests
{
    public static TheoryData<SensorKind, double, double, double, bool> Receivers
    {
        get
        {
            TheoryData<SensorKind, double, double, double, bool> all = new();
            foreach (SensorKind kind in (SensorKind[])[SensorKind.Adsb, SensorKind.RemoteId])
                foreach (double range in (double[])[1, 3, 10, 370])
                    foreach (double period in (double[])[1, 5, 10])
                        foreach (double speed in kind == SensorKind.Adsb ? (double[])[0, 15, 60, 250] : [0, 15, 60])
                            foreach (bool height in (bool[])[false, true]) all.Add(kind, range, period, speed, height);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Receivers))]
    public void What_a_receiver_hears_becomes_one_track(SensorKind kind, double rangeKm, double period, double speed, bool height)
    {
        Sensor receiver = MixedWorld.Other("near", kind, 100) with { RangeMetres = 1000 * rangeKm, Period = TimeSpan.FromSeconds(period) };
        MixedWorld world = new(301, [receiver]);
        world.Every(period, 0, t => MixedWorld.Place(MeasurementKind.PositionReport, 0, t,
            -500 + (speed * t) + (30 * world.Normal()), 200 + (30 * world.Normal())) with
        {
            HeightMetres = height ? 120 : double.NaN, ModeSAddress = kind == SensorKind.Adsb ? 0x730123u : 0,
            SourceTrack = kind == SensorKind.Adsb ? -1 : 5, VelocityEast = speed, VelocityNorth = 0,
        });
        world.Run(8 * period);
        Assert.Single(world.Heard.Confirmed);
        Assert.Single(world.Tracker.Tracks);
        Assert.Equal(0, world.Tracker.TentativeCount);
    }

    [Fact]
    public void Another_systems_track_beyond_the_range_it_is_configured_with_is_followed()
    {
        MixedWorld world = new(302, [MixedWorld.Other("SYS", SensorKind.System, 150) with { RangeMetres = 100_000 }]);
        world.Every(4, 0, t => MixedWorld.Place(MeasurementKind.SystemTrack, 0, t, 400_000 - (220 * t), 0) with { SourceTrack = 7 });
        world.Run(80);
        Assert.Single(world.Heard.Confirmed);
        Assert.Equal(0, world.Tracker.TentativeCount);
    }
}
