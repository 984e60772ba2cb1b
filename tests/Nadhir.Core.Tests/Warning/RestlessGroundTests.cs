using Nadhir.Core.Tests.Desks;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Warning;

public sealed class RestlessGroundTests
{
    readonly WatchBench bench = new();
    readonly RestlessGround ground = new();

    [Fact]
    public void Ground_where_several_tracks_turn_as_nothing_flies_is_restless_for_a_while()
    {
        for (int id = 1; id <= 4; id++)
        {
            Assert.False(Holds(5000));
            ground.Note(Turning(id, 5000, 900, 0.13), WatchBench.Start);
        }

        Assert.True(Holds(5000));
        Assert.True(Holds(12_000));
        Assert.False(Holds(40_000));
        Assert.False(ground.Holds(5000, 0, WatchBench.Start.AddMinutes(20)));
    }

    [Fact]
    public void Jets_that_turn_hard_and_one_odd_track_told_often_make_none()
    {
        for (int id = 1; id <= 20; id++) ground.Note(Turning(id, 5000, 300, 0.13), WatchBench.Start);
        for (int i = 0; i < 20; i++) ground.Note(Turning(99, 5000, 900, 0.13), WatchBench.Start);
        Assert.False(Holds(5000));
    }

    bool Holds(double east) => ground.Holds(east, 0, WatchBench.Start);

    Track Turning(int id, double east, double speed, double rate)
    {
        Track track = bench.At(id, east, -speed);
        return track with { State = track.State with { TurnRate = rate } };
    }
}
