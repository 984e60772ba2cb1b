using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

public sealed class AlertLifeTests
{
    [Fact]
    public void An_alert_goes_from_watch_to_warning_to_all_clear_to_closed()
    {
        Scene scene = new();
        scene.FlyIn(1, 150, 5);
        scene.FlyOut(1, 5, 130);
        scene.Tick(70);
        Assert.Contains(scene.Decisions, d => d is AllClearProposed);
        Assert.Equal([AlertState.Watch, AlertState.Warning], scene.States);
        scene.Order(new EndAlert(scene.Alert.Id) { By = "duty officer" });
        scene.FlyOut(1, 160, 165);
        scene.Tick(601);
        Assert.Equal([AlertState.Watch, AlertState.Warning, AlertState.AllClear, AlertState.Closed], scene.States);
    }

    [Fact]
    public void A_watch_starts_only_when_its_probability_has_lasted()
    {
        Scene scene = new();
        scene.FlyIn(1, 300, 297);
        Assert.Empty(scene.States);
        scene.FlyIn(1, 297, 293);
        Assert.Equal([AlertState.Watch], scene.States);
    }

    [Fact]
    public void A_warning_does_not_wait()
    {
        Scene scene = new();
        scene.See(1, 60, 0, -250, 0);
        scene.Tick();
        Assert.Equal([AlertState.Warning], scene.States);
    }

    [Fact]
    public void The_warning_comes_when_the_edge_is_three_hundred_seconds_away()
    {
        Scene scene = new();
        scene.FlyIn(1, 150, 80);
        AlertChanged warning = scene.Decisions.OfType<AlertChanged>().Single(change => change.State == AlertState.Warning);
        double secondsToEdge = ((150_000 - ((warning.Since - Scene.Start).TotalSeconds * 250)) - 10_000) / 250;
        Assert.InRange(secondsToEdge, 295, 302);
        Assert.True(warning.Arrival!.Earliest <= warning.Since.AddSeconds(secondsToEdge) && warning.Since.AddSeconds(secondsToEdge) <= warning.Arrival.Latest.AddSeconds(1));
    }

    [Fact]
    public void No_all_clear_is_proposed_while_a_track_that_came_over_the_border_is_inside()
    {
        Scene scene = new();
        scene.FlyIn(1, 150, 20);
        for (int i = 0; i < 300; i++)
        {
            scene.See(1, 30 + (i * 0.1), 40, 100, 100); // flies away, still inside the border
            scene.Tick();
        }

        Assert.DoesNotContain(scene.Decisions, d => d is AllClearProposed);
        Assert.Equal(AlertState.Warning, scene.Alert.State);
    }

    [Fact]
    public void A_lost_track_keeps_the_zone_warned_until_it_must_have_arrived_and_longer()
    {
        Scene scene = new();
        scene.See(1, 70, 0, -250, 0);
        scene.Tick();
        scene.Tracker.Lose(1);
        scene.Tick(299);
        Assert.DoesNotContain(scene.Decisions, d => d is AllClearProposed);
        scene.Tick(200);
        Assert.Contains(scene.Decisions, d => d is AllClearProposed);
        Assert.Equal(AlertState.Warning, scene.Alert.State); // a person ends it
    }

    [Fact]
    public void A_correction_silences_cancels_and_is_not_raised_again_by_the_same_track()
    {
        Scene scene = new();
        scene.See(1, 60, 0, -250, 0);
        scene.Tick();
        scene.Order(new CorrectAlert(scene.Alert.Id, "a test flight") { By = "duty officer" });
        Assert.Equal(AlertState.Correction, scene.Alert.State);
        Assert.Contains(scene.Decisions, d => d is SirenCommanded { Action: SirenAction.Silence });
        Assert.Equal(MessageType.Cancel, scene.Decisions.OfType<MessageIssued>().Last().Message.Type);
        scene.FlyIn(1, 59, 40);
        Assert.Equal([AlertState.Warning, AlertState.Correction], scene.States);
    }

    [Fact]
    public void Later_messages_refer_to_the_earlier_ones()
    {
        Scene scene = new();
        scene.FlyIn(1, 150, 70);
        scene.Order(new EndAlert(scene.Alert.Id) { By = "duty officer" });
        PublicMessage[] messages = [.. scene.Decisions.OfType<MessageIssued>().Select(issued => issued.Message)];
        Assert.Equal([MessageType.Alert, MessageType.Update, MessageType.Update], messages.Select(m => m.Type));
        Assert.Equal(messages[..2].Select(m => m.Identifier), messages[2].References.Select(r => r.Identifier));
    }

    [Fact]
    public void A_rule_raises_the_phase_and_never_lowers_it()
    {
        Scene scene = new();
        scene.Order(new SetPhase("SITE", "C", "report") { By = "base" });
        scene.See(1, 60, 0, -250, 0);
        scene.Tick();
        Assert.Equal("C", scene.Watch.Snapshot().Sites[0].Phase);
        scene.Order(new SetPhase("SITE", "A", "") { By = "base" });
        Assert.Contains(scene.Decisions, d => d is CommandRefused { Command: "site.phase" });
        scene.Order(new SetPhase("SITE", "A", "quiet") { By = "base" });
        Assert.Equal("A", scene.Watch.Snapshot().Sites[0].Phase);
    }
}
