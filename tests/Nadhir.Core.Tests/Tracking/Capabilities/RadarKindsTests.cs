using Nadhir.Sensing;
using Nadhir.Tracking;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

public sealed class RadarKindsTests
{
    static readonly Flight jet = RadarWorld.Straight(-80_000, 50_000, 230, 100, 7000);

    static double Off(Track track, Flight path)
    {
        (double east, double north, double _) = path((track.State.Time - RadarWorld.Start).TotalSeconds)!.Value;
        return Math.Sqrt(Math.Pow(track.State.East - east, 2) + Math.Pow(track.State.North - north, 2));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public void A_plain_radar_without_heights_follows_a_jet_and_claims_no_height(int seed)
    {
        MixedWorld world = new(seed, [MixedWorld.Radar("R1", 0, 0)]) { ModeC = false };
        world.Fly(jet);
        world.Run(240);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.Single(world.Heard.Confirmed);
        Assert.InRange(Off(track, jet), 0, 1000);
        Assert.True(double.IsNaN(track.State.HeightMetres));
    }

    [Theory]
    [InlineData(203)]
    [InlineData(204)]
    public void A_radar_with_mode_c_follows_a_jet_and_knows_its_height(int seed)
    {
        MixedWorld world = new(seed, [MixedWorld.Radar("R1", 0, 0)]);
        world.Fly(jet);
        world.Run(240);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.InRange(Off(track, jet), 0, 400);
        Assert.InRange(track.State.HeightMetres, 6900, 7100);
    }

    [Theory]
    [InlineData(205, false)]
    [InlineData(206, false)]
    [InlineData(205, true)]
    [InlineData(206, true)]
    public void A_three_dimensional_radar_finds_the_height_and_the_climb(int seed, bool tellsHeight)
    {
        MixedWorld world =
            new(seed, [MixedWorld.Radar("R1", 0, 0, SensorKind.Radar3D) with { Period = TimeSpan.FromSeconds(5) }])
            {
                TellsHeight = tellsHeight,
            };
        world.Fly(t => (-50_000 + (180 * t), 20_000, 2000 + (10 * t)));
        world.Run(300);
        Track track = Assert.Single(world.Tracker.Tracks);
        double told = (track.State.Time - RadarWorld.Start).TotalSeconds;
        Assert.InRange(Math.Abs(track.State.HeightMetres - 2000 - (10 * told)), 0,
            Math.Max(300, 3 * track.State.SigmaHeightMetres));
        Assert.InRange(track.State.SigmaHeightMetres, 20, 400);
        Assert.InRange(track.State.ClimbRate, 4, 16);
    }

    [Fact]
    public void A_track_in_the_cone_above_the_radar_is_not_dropped()
    {
        MixedWorld world = new(207, [MixedWorld.Radar("R1", 0, 0)])
        {
            Sees = (_, east, north) => Math.Sqrt((east * east) + (north * north)) > 12_000,
        };
        Flight over = RadarWorld.Straight(-45_000, 1000, 240, 90, 12_500);
        world.Fly(over);
        world.Run(360);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.InRange(Off(track, over), 0, 1000);
    }

    [Fact]
    public void A_track_behind_a_hill_for_half_a_minute_keeps_its_number()
    {
        MixedWorld world =
            new(208, [MixedWorld.Radar("R1", 0, 0)]) { Sees = (_, east, _) => east is < -40_000 or > -34_000 };
        world.Fly(jet);
        world.Run(300);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
    }

    [Fact]
    public void Scans_that_come_six_seconds_late_are_used()
    {
        MixedWorld world = new(209, [MixedWorld.Radar("R1", 0, 0), MixedWorld.Other("LATE", SensorKind.Adsb)]);
        Flight path = jet;
        world.Fly(path);
        Measurement? Late(double t)
        {
            (double east, double north, double height) = path(t - 6)!.Value;
            return MixedWorld.Place(MeasurementKind.PositionReport, 1, t - 6, east, north) with
            {
                HeightMetres = height, ModeSAddress = 0x4400, VelocityEast = 226.5, VelocityNorth = -40,
            };
        }

        world.Every(1, 1, t => t > 60 ? Late(t) : null);
        world.Run(180);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.Equal(0x4400u, track.ModeSAddress);
        Assert.Contains(1, track.Sensors);
        Assert.Equal(0, world.Tracker.LateCount);
        Assert.InRange(Off(track, path), 0, 300);
    }
}
