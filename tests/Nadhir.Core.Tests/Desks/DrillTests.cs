using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class DrillTests
{
    static readonly Drill drill = new()
    {
        Id = "d", From = WatchBench.Start.AddMinutes(10), To = WatchBench.Start.AddMinutes(20),
        AnnounceBefore = TimeSpan.FromMinutes(5), Zones = ["z"],
    };

    static WatchBench World(bool exercise) => new(plain => plain with { Exercise = exercise, Drills = [drill] });

    [Fact]
    public void The_live_system_announces_a_drill_in_every_language_and_sounds_nothing()
    {
        WatchBench live = World(exercise: false);
        Assert.Empty(live.Wait(299).OfType<DrillChanged>());
        DrillChanged announced = Assert.Single(live.Wait(2).OfType<DrillChanged>());
        Assert.Equal(DrillState.Announced, announced.State);
        Assert.Equal(["en", "ar"], announced.Texts.Select(text => text.Language));
        Assert.Contains("This is a drill", announced.Texts[0].Description, StringComparison.Ordinal);
        Assert.Contains("هذا تمرين", announced.Texts[1].Description, StringComparison.Ordinal);
        Assert.Equal([DrillState.Running, DrillState.Over], live.Wait(1000).OfType<DrillChanged>().Select(d => d.State));
        Assert.DoesNotContain(live.All, d => d is SirenCommanded or MessageIssued);
    }

    [Fact]
    public void A_real_warning_calls_the_drill_off()
    {
        WatchBench live = World(exercise: false);
        live.Wait(700);
        DrillChanged off = Assert.Single(live.See(1, 80).OfType<DrillChanged>());
        Assert.Equal((DrillState.CalledOff, "rule: A-z-1 is real"), (off.State, off.By));
    }

    [Fact]
    public void An_exercise_warns_while_its_drill_runs_and_at_no_other_time()
    {
        WatchBench exercise = World(exercise: true);
        exercise.See(1, 80);
        Assert.IsType<CommandRefused>(exercise.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "x") { By = "d" }).Single());
        Assert.Empty(exercise.Wait(590).OfType<AlertChanged>());
        Assert.Contains(exercise.Wait(10), d => d is AlertChanged { State: AlertState.Warning });
    }

    [Fact]
    public void At_its_end_every_alarm_of_a_drill_is_cleared_by_rule()
    {
        WatchBench exercise = World(exercise: true);
        exercise.Wait(610);
        exercise.Give(new RaiseAlert("z", AlertState.Warning, ThreatKind.Aircraft, "x") { By = "d" });
        AlertChanged cleared = Assert.Single(exercise.Wait(600).OfType<AlertChanged>(), a => a.State == AlertState.AllClear);
        Assert.Equal(("rule", "the drill is over"), (cleared.By, cleared.Reason));
    }

    [Fact]
    public void A_drill_that_is_called_off_ends_at_once()
    {
        WatchBench exercise = World(exercise: true);
        exercise.Wait(610);
        exercise.See(1, 80);
        exercise.Give(new CallOffDrill("d", "storm") { By = "duty" });
        Assert.Single(exercise.Wait(1).OfType<AlertChanged>(), a => a.State == AlertState.AllClear);
        Assert.IsType<CommandRefused>(exercise.Give(new CallOffDrill("d", "storm") { By = "duty" }).Single());
    }
}
