using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class SirenTests
{
    static SirenRow Siren(WatchBench bench) => bench.Watch.Snapshot().Sirens[0];

    static IReadOnlyList<Decision> Link(WatchBench bench, bool up) => bench.Answer(new SirenLinkReceipt("n", up) { At = bench.Now });

    static void Step(WatchBench bench, string command, SirenStep step) => bench.Answer(new SirenReceipt("n", command, step) { At = bench.Now });

    [Fact]
    public void A_siren_whose_link_is_down_never_reads_ready()
    {
        WatchBench bench = new();
        Assert.Equal(SirenState.Unknown, Siren(bench).State);
        Link(bench, true);
        bench.See(1, 80);
        Link(bench, false);
        Step(bench, "C-1-1", SirenStep.Silent);
        Assert.Equal(SirenState.LinkDown, Siren(bench).State);
    }

    [Fact]
    public void A_command_nobody_acknowledged_has_failed()
    {
        WatchBench bench = new();
        Link(bench, true);
        bench.See(1, 80);
        bench.Wait(30);
        Assert.Equal(SirenState.Commanded, Siren(bench).State);
        bench.Wait(1);
        Assert.Equal(SirenState.Failed, Siren(bench).State);
    }

    [Fact]
    public void An_answer_to_an_older_command_changes_nothing_even_when_none_is_open()
    {
        WatchBench bench = new();
        Link(bench, true);
        bench.See(1, 80);
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        Step(bench, "C-1-2", SirenStep.Silent);
        Step(bench, "C-1-1", SirenStep.Sounding);
        Assert.Equal(SirenState.Ready, Siren(bench).State);
    }

    [Fact]
    public void A_link_back_during_an_alarm_sounds_only_what_is_left_of_it()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Wait(50);
        SirenCommanded again = Assert.Single(Link(bench, true).OfType<SirenCommanded>());
        Assert.Equal((70, "warning"), (again.DurationSeconds, again.Tone));
        Link(bench, false);
        bench.Wait(66);
        Assert.DoesNotContain(Link(bench, true), d => d is SirenCommanded);
    }

    [Fact]
    public void Sirens_are_silent_for_a_watch_sound_the_all_clear_and_fall_silent_at_a_correction()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(15);
        Assert.DoesNotContain(bench.All, d => d is SirenCommanded);
        bench.See(1, 80);
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        bench.See(2, 80);
        bench.Give(new CorrectAlert("A-z-1", "x") { By = "duty" });
        Assert.Equal(
            [(SirenAction.Sound, "warning"), (SirenAction.Sound, "all-clear"), (SirenAction.Sound, "warning"), (SirenAction.Silence, "")],
            bench.All.OfType<SirenCommanded>().Select(c => (c.Action, c.Tone)));
        Assert.True(Assert.Single(bench.Give(new TestSiren("n") { By = "d" }).OfType<SirenCommanded>()).SilentTest);
    }
}
