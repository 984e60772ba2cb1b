using Nadhir.Core.Tests.Desks;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

public sealed class ShadowsTests
{
    readonly WatchBench bench = new();
    readonly Shadows shadows = new();

    [Fact]
    public void A_track_without_height_beside_a_rocket_is_its_shadow_while_that_falls()
    {
        Assert.False(shadows.IsShadow(Blind(2, 3000, 420)));
        Assert.False(shadows.IsShadow(Rocket(1, 0)));
        Assert.True(shadows.IsShadow(Blind(2, 3000, 420)));
        shadows.Forget(1);
        Assert.False(shadows.IsShadow(Blind(2, 3000, 420)));
    }

    [Fact]
    public void What_is_far_from_it_flies_elsewhere_is_slow_or_has_a_height_of_its_own_is_none()
    {
        shadows.IsShadow(Rocket(1, 0));
        Assert.False(shadows.IsShadow(Blind(2, 9000, 420)));
        Assert.False(shadows.IsShadow(Blind(2, 3000, -420)));
        Assert.False(shadows.IsShadow(Blind(2, 3000, 100)));
        Track jet = Blind(2, 3000, 420);
        Assert.False(shadows.IsShadow(jet with { State = jet.State with { HeightMetres = 300, SigmaHeightMetres = 80 } }));
    }

    [Fact]
    public void What_no_longer_falls_casts_none()
    {
        shadows.IsShadow(Rocket(1, 0));
        shadows.IsShadow(Blind(1, 0, 400));
        Assert.False(shadows.IsShadow(Blind(2, 3000, 420)));
    }

    Track Blind(int id, double east, double speed)
    {
        Track track = bench.At(id, east, -speed);
        return track with { State = track.State with { HeightMetres = double.NaN, SigmaHeightMetres = double.NaN } };
    }

    Track Rocket(int id, double east)
    {
        Track track = bench.At(id, east, -400);
        return track with
        {
            Impact = new ImpactPrediction
            {
                Position = track.Position, East = east - 20_000, North = 0, Time = track.State.Time.AddSeconds(50),
                Earliest = track.State.Time.AddSeconds(48), Latest = track.State.Time.AddSeconds(52), SemiMajorMetres = 500,
                SemiMinorMetres = 300, BearingDegrees = 90, EastEast = 4e4, EastNorth = 0, NorthNorth = 1e4,
            },
        };
    }
}
