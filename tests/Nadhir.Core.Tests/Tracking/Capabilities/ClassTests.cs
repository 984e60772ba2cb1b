using Nadhir.Sensing;
using Nadhir.Tracking;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

public sealed class ClassTests
{
    static ClassProbabilities ClassOf(Flight path, int seed)
    {
        MixedWorld world = new(seed, [MixedWorld.Radar("R1", 0, 0) with { Period = TimeSpan.FromSeconds(5) }]);
        world.Fly(path);
        world.Run(240);
        Assert.Single(world.Heard.Confirmed);
        return Assert.Single(world.Tracker.Tracks).Class;
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public void A_helicopter_is_most_probably_one(int seed)
    {
        ClassProbabilities of = ClassOf(RadarWorld.Straight(-15_000, 10_000, 65, 80, 500), seed);
        Assert.True(of.Helicopter > Math.Max(Math.Max(of.SlowDrone, of.Aircraft),
            Math.Max(of.CruiseType, of.Ballistic)), of.ToString());
    }

    [Theory]
    [InlineData(303)]
    [InlineData(304)]
    public void A_slow_drone_is_most_probably_one(int seed)
    {
        ClassProbabilities of = ClassOf(RadarWorld.Straight(-12_000, 8000, 42, 100, 300), seed);
        Assert.True(of.SlowDrone > Math.Max(Math.Max(of.Helicopter, of.Aircraft),
            Math.Max(of.CruiseType, of.Ballistic)), of.ToString());
    }

    [Theory]
    [InlineData(305)]
    [InlineData(306)]
    public void What_flies_low_and_fast_is_most_probably_of_the_cruise_type(int seed)
    {
        ClassProbabilities of = ClassOf(RadarWorld.Straight(-22_000, 8000, 235, 95, 150), seed);
        Assert.True(of.CruiseType > 0.5, of.ToString());
    }

    [Fact]
    public void A_jet_at_cruise_height_is_an_aircraft()
    {
        ClassProbabilities of = ClassOf(RadarWorld.Straight(-40_000, 20_000, 240, 95, 10_000), 307);
        Assert.True(of.Aircraft > 0.9, of.ToString());
    }
}
