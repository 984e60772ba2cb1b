using Nadhir.Core.Tests.Desks;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

/// <summary>What one look says of a course is not yet believed of what is far off; what is doubtful warns nobody.</summary>
public sealed class SteadyJudgementTests
{
    static WatchConfiguration Strict(WatchConfiguration plain) =>
        plain with { Warning = plain.Warning with { EarlyProbability = 0.7 }, Zones = [plain.Zones[0] with { CostLossRatio = 0.6 }] };

    [Fact]
    public void A_course_that_points_at_a_far_zone_for_one_look_warns_nobody_and_one_that_keeps_to_it_does()
    {
        WatchBench bench = new(Strict);
        for (int i = 0; i < 20; i++, bench.Wait(1)) bench.See(1, 78 - (0.25 * i), change: Aside);
        bench.See(1, 73);
        bench.Wait(1);
        Assert.DoesNotContain(bench.All, IsWarning);
        for (int i = 0; i < 30; i++, bench.Wait(1)) bench.See(1, 73 - (0.25 * i));
        Assert.Contains(bench.All, IsWarning);
    }

    [Fact]
    public void A_track_that_begins_where_others_turn_as_nothing_flies_warns_only_once_it_has_been_steady()
    {
        WatchBench bench = new(Strict);
        for (int id = 10; id < 14; id++) bench.See(id, 45, 900, track => track with { State = track.State with { TurnRate = 0.13 } });
        for (int id = 10; id < 14; id++) bench.Lose(id);
        for (int i = 0; i < 60; i++, bench.Wait(1)) bench.See(1, 45 - (0.2 * i), 200);
        Assert.DoesNotContain(bench.All, IsWarning);
        for (int i = 60; i < 120; i++, bench.Wait(1)) bench.See(1, 45 - (0.2 * i), 200);
        Assert.Contains(bench.All, IsWarning);
    }

    static bool IsWarning(Decision decision) => decision is AlertChanged { State: AlertState.Warning };

    /// <summary>The same speed, half a radian off the zone.</summary>
    static Track Aside(Track track) => track with
    {
        State = track.State with { VelocityEast = -250 * Math.Cos(0.5), VelocityNorth = 250 * Math.Sin(0.5) },
    };
}
