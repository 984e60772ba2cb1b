using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

public sealed class SirenTests
{
    [Fact]
    public void A_siren_nobody_heard_of_is_unknown_and_one_whose_link_broke_never_reads_ready()
    {
        Scene scene = new();
        Assert.Equal(SirenState.Unknown, scene.Siren);
        Link(scene, up: true);
        Assert.Equal(SirenState.Ready, scene.Siren);
        Link(scene, up: false);
        Assert.Equal(SirenState.LinkDown, scene.Siren);
        Alarm(scene);
        Assert.Equal(SirenState.LinkDown, scene.Siren);
        scene.Tick(31);
        Assert.Equal(SirenState.Failed, scene.Siren);
    }

    [Fact]
    public void A_command_is_followed_from_its_sending_to_silence()
    {
        Scene scene = new();
        Link(scene, up: true);
        string id = Alarm(scene).CommandId;
        Assert.Equal(SirenState.Commanded, scene.Siren);
        Step(scene, id, SirenStep.Sent);
        Step(scene, id, SirenStep.Acknowledged);
        Assert.Equal(SirenState.Acknowledged, scene.Siren);
        Step(scene, id, SirenStep.Sounding);
        Assert.Equal(SirenState.Sounding, scene.Siren);
        scene.Tick(60);
        Assert.Equal(SirenState.Sounding, scene.Siren);
        Step(scene, id, SirenStep.Silent);
        Assert.Equal(SirenState.Ready, scene.Siren);
    }

    [Fact]
    public void A_command_nobody_acknowledged_before_it_expired_has_failed()
    {
        Scene scene = new();
        Link(scene, up: true);
        Alarm(scene);
        scene.Tick(31);
        Assert.Equal(SirenState.Failed, scene.Siren);
    }

    [Fact]
    public void An_answer_to_an_older_command_changes_nothing()
    {
        Scene scene = new();
        Link(scene, up: true);
        string first = Alarm(scene).CommandId;
        scene.Order(new EndAlert(scene.Alert.Id) { By = "duty officer" });
        Step(scene, first, SirenStep.Failed);
        Assert.Equal(SirenState.Commanded, scene.Siren);
    }

    [Fact]
    public void A_siren_heard_again_during_an_alarm_sounds_for_what_is_left_of_it()
    {
        Scene scene = new();
        Alarm(scene);
        scene.Tick(50);
        Link(scene, up: true);
        SirenCommanded again = scene.Decisions.OfType<SirenCommanded>().Last();
        Assert.Equal(2, scene.Decisions.OfType<SirenCommanded>().Count());
        Assert.InRange(again.DurationSeconds, 60, 71);
        Assert.Equal(2, again.Sequence);
    }

    [Fact]
    public void A_siren_heard_again_long_after_stays_silent()
    {
        Scene scene = new();
        Alarm(scene);
        scene.Tick(118);
        Link(scene, up: true);
        Assert.Single(scene.Decisions.OfType<SirenCommanded>());
    }

    [Fact]
    public void A_test_is_silent_and_a_watch_sounds_nothing()
    {
        Scene scene = new();
        scene.Order(new TestSiren("S") { By = "duty officer" });
        Assert.True(Assert.Single(scene.Decisions.OfType<SirenCommanded>()).SilentTest);
        scene.FlyIn(1, 300, 290);
        Assert.Contains(AlertState.Watch, scene.States);
        Assert.Single(scene.Decisions.OfType<SirenCommanded>());
    }

    static SirenCommanded Alarm(Scene scene)
    {
        scene.See(1, 60, 0, -250, 0);
        scene.Tick();
        return scene.Decisions.OfType<SirenCommanded>().Last();
    }

    static void Link(Scene scene, bool up) => scene.Report(new SirenLinkReceipt("S", up) { At = scene.Now });

    static void Step(Scene scene, string command, SirenStep step) => scene.Report(new SirenReceipt("S", command, step) { At = scene.Now });
}
