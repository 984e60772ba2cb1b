using Nadhir.Core.Tests.Watching;
using Nadhir.Warning;

namespace Nadhir.Tests.Warning;

public class SirenDeskTests
{
    readonly SirenDesk desk = new(Scene.Configure(new WarningPolicy()), Scene.Start);
    readonly List<Decision> decisions = [];

    static DateTimeOffset At(double seconds) => Scene.Start.AddSeconds(seconds);
    SirenState State => desk.Rows()[0].State;
    void Link(bool up, double at) => desk.Handle(new SirenLinkReceipt("S", up) { At = At(at) }, At(at), decisions);
    void Step(string command, SirenStep step, double at) =>
        desk.Handle(new SirenReceipt("S", command, step) { At = At(at) }, At(at), decisions);
    void Sound(double at) =>
        desk.Command("Z", "A-Z-1", SirenAction.Sound, "warning", TimeSpan.FromSeconds(120), At(at), decisions);

    [Fact]
    public void An_old_receipt_changes_nothing_once_its_command_is_over()
    {
        Link(true, 0);
        Sound(1);
        Step("C-1-1", SirenStep.Acknowledged, 2);
        Step("C-1-1", SirenStep.Sounding, 3);
        Step("C-1-1", SirenStep.Silent, 130);
        Assert.Equal(SirenState.Ready, State);
        Step("C-1-1", SirenStep.Sounding, 131);
        Assert.Equal(SirenState.Ready, State);
    }

    [Fact]
    public void A_receipt_for_a_command_nobody_gave_changes_nothing()
    {
        Link(true, 0);
        Step("C-9-9", SirenStep.Sounding, 1);
        Assert.Equal(SirenState.Ready, State);
    }

    [Fact]
    public void A_failed_siren_is_not_ready_because_an_older_command_ended()
    {
        Link(true, 0);
        Sound(1);
        Sound(2);
        desk.Tick(At(40), decisions);
        Assert.Equal(SirenState.Failed, State);
        Step("C-1-1", SirenStep.Silent, 41);
        Assert.Equal(SirenState.Failed, State);
    }

    [Fact]
    public void A_late_word_that_the_last_command_sounds_is_still_believed()
    {
        Link(true, 0);
        Sound(1);
        desk.Tick(At(40), decisions);
        Step("C-1-1", SirenStep.Sounding, 41);
        Assert.Equal(SirenState.Sounding, State);
    }

    [Fact]
    public void A_test_does_not_take_the_place_of_an_alarm_under_way()
    {
        Link(true, 0);
        Sound(1);
        desk.Handle(new TestSiren("S") { By = "p" }, At(5), decisions);
        Assert.IsType<CommandRefused>(decisions[^1]);
        Step("C-1-1", SirenStep.Sounding, 6);
        Assert.Equal(SirenState.Sounding, State);
    }

    [Fact]
    public void A_siren_whose_link_is_down_never_reads_ready()
    {
        Link(true, 0);
        Sound(1);
        Link(false, 2);
        Step("C-1-1", SirenStep.Silent, 3);
        Assert.Equal(SirenState.LinkDown, State);
    }
}
