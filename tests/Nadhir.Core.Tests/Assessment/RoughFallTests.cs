using Nadhir.Assessment;
using Nadhir.Core.Tests.Desks;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Assessment;

public sealed class RoughFallTests
{
    const double Speed = 500;
    readonly WatchBench bench = new();

    [Fact]
    public void What_falls_from_a_known_height_is_down_about_when_gravity_says()
    {
        RoughFall fall = RoughFall.Of(Falling(height: 4905, climb: 0));
        Assert.Equal(Math.Sqrt(2 * 4905 / 9.80665), fall.Seconds, 3.0);
        Assert.InRange(fall.SigmaSeconds, 3, 10);
        Assert.True(RoughFall.Of(Falling(4905, climb: 300)).Seconds > fall.Seconds + 35);
    }

    [Fact]
    public void It_comes_down_ahead_and_not_on_what_lies_beyond()
    {
        RoughFall fall = RoughFall.Of(Falling(height: 4905, climb: 0));
        double way = Speed * fall.Seconds;
        Assert.InRange(-fall.East, 0.6 * way, 0.9 * way);
        Assert.Equal(0, fall.North, 1.0);
        Assert.True(Of(fall, fall.East) > 0.6);
        Assert.True(Of(fall, 3 * fall.East) < 0.01);
    }

    [Fact]
    public void Without_a_height_its_speed_says_for_how_long_and_less_the_longer_it_is_seen()
    {
        RoughFall early = RoughFall.Of(Falling(double.NaN, 0, age: 5)), late = RoughFall.Of(Falling(double.NaN, 0, age: 100));
        Assert.InRange(early.Seconds, 80, 130);
        Assert.True(late.Seconds < early.Seconds / 3);
        Assert.True(early.SigmaSeconds > 0.3 * early.Seconds);
    }

    [Fact]
    public void A_motor_that_may_still_burn_makes_both_place_and_time_doubtful()
    {
        RoughFall burning = RoughFall.Of(Falling(3000, 400, age: 4)), burnt = RoughFall.Of(Falling(3000, 400, age: 40));
        Assert.True(burning.SigmaSeconds > 1.5 * burnt.SigmaSeconds);
        Assert.True(burning.LargestSigma > 1.3 * burnt.LargestSigma);
    }

    static double Of(in RoughFall fall, double east)
    {
        StereographicPlane plane = new(new GeoPoint(26, 50.5));
        return ImpactExposure.Of(fall, new PlaneArea(new Area { Centre = plane.FromPlane(east, 0), RadiusMetres = 8000 }, plane), 1000).Probability;
    }

    Track Falling(double height, double climb, double age = 30)
    {
        Track track = bench.At(1, 0, -Speed);
        return track with
        {
            FirstSeen = track.State.Time.AddSeconds(-age),
            State = track.State with
            {
                HeightMetres = height, SigmaHeightMetres = double.IsNaN(height) ? double.NaN : 100, ClimbRate = climb,
            },
        };
    }
}
