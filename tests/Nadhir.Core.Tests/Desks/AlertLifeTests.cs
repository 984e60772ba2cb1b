using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class AlertLifeTests
{
    static IEnumerable<AlertState> States(WatchBench bench) => bench.All.OfType<AlertChanged>().Select(a => a.State);

    [Fact]
    public void A_watch_starts_only_after_it_has_held()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        Assert.DoesNotContain(bench.Wait(14), d => d is AlertChanged);
        Assert.Equal(AlertState.Watch, Assert.Single(bench.Wait(1).OfType<AlertChanged>()).State);
    }

    [Fact]
    public void A_threat_that_turns_away_within_the_hold_raises_nothing()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(10);
        bench.See(1, 120, -250);
        bench.Wait(5);
        bench.See(1, 120);
        Assert.DoesNotContain(bench.Wait(14), d => d is AlertChanged);
        Assert.Single(bench.Wait(1).OfType<AlertChanged>());
    }

    [Fact]
    public void A_warning_does_not_wait()
    {
        WatchBench bench = new();
        AlertChanged alert = Assert.Single(bench.See(1, 80).OfType<AlertChanged>());
        Assert.Equal((AlertState.Warning, "A-z-1"), (alert.State, alert.Alert));
        Assert.Equal([1], alert.Tracks);
    }

    [Fact]
    public void An_alert_goes_from_watch_to_warning_to_all_clear_to_closed()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(15);
        bench.See(1, 80);
        bench.See(1, 80, -250);
        bench.Wait(61);
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        bench.Wait(600);
        Assert.Equal([AlertState.Watch, AlertState.Warning, AlertState.AllClear, AlertState.Closed], States(bench));
        Assert.Equal(AlertState.Closed, bench.Alert.State);
        Assert.Equal("duty", bench.All.OfType<AlertChanged>().Single(a => a.State == AlertState.AllClear).By);
    }

    [Fact]
    public void The_all_clear_of_a_warning_is_proposed_once_after_the_calm_and_waits_for_a_person()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        Assert.DoesNotContain(bench.Wait(59), d => d is AllClearProposed);
        Assert.Single(bench.Wait(120).OfType<AllClearProposed>());
        Assert.Equal(AlertState.Warning, bench.Alert.State);
        Assert.True(bench.Alert.AwaitsAllClear);
    }

    [Fact]
    public void The_all_clear_of_a_watch_needs_no_person()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(15);
        bench.See(1, 120, -250);
        bench.Wait(62);
        Assert.Equal([AlertState.Watch, AlertState.AllClear], States(bench));
    }

    [Fact]
    public void A_track_that_crossed_inbound_and_is_still_inside_holds_the_all_clear_back()
    {
        WatchBench bench = new();
        bench.See(1, 60);
        bench.See(1, 45);
        Assert.Contains(bench.All, d => d is BorderCrossed { Direction: Nadhir.Assessment.CrossingDirection.Inbound });
        bench.See(1, 45, -250);
        Assert.DoesNotContain(bench.Wait(120), d => d is AllClearProposed);
        bench.See(1, 55, -250);
        Assert.Single(bench.Wait(2).OfType<AllClearProposed>());
    }

    [Fact]
    public void The_all_clear_waits_while_another_that_came_in_could_turn_to_the_zone_before_the_pause_after_it_is_over()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.See(2, 60, -250);
        bench.See(2, 45, -250);
        Assert.DoesNotContain(2, bench.Alert.Tracks);
        Assert.DoesNotContain(bench.Wait(120), d => d is AllClearProposed);
        bench.See(2, 55, -250);
        Assert.Single(bench.Wait(2).OfType<AllClearProposed>());
    }

    [Fact]
    public void The_all_clear_waits_while_what_was_lost_over_our_land_could_come_back_to_the_zone_from_where_it_was_last_seen()
    {
        WatchBench bench = new();
        bench.See(1, 60);
        bench.See(1, 45);
        bench.See(1, 45, -250);
        bench.Wait(62);
        // 30 km to the margin at 250 m/s, and 90 s to turn: 210 s from when it was last seen.
        Assert.DoesNotContain(bench.Lose(1).Concat(bench.Wait(140)), d => d is AllClearProposed);
        Assert.Single(bench.Wait(15).OfType<AllClearProposed>());
    }

    [Fact]
    public void The_all_clear_waits_while_what_the_zone_was_warned_of_is_still_before_the_border_and_could_turn_back_to_it()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.See(1, 70, -250);
        Assert.DoesNotContain(bench.Wait(120), d => d is AllClearProposed);
        bench.See(1, 100, -250);
        Assert.Single(bench.Wait(2).OfType<AllClearProposed>());
    }

    [Fact]
    public void One_that_passes_outside_and_was_never_warned_of_holds_no_all_clear_back()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.See(2, 70, -250);
        Assert.Single(bench.Wait(62).OfType<AllClearProposed>());
    }

    [Fact]
    public void One_that_is_too_slow_to_be_there_by_then_holds_no_all_clear_back()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.See(2, 60, -60);
        bench.See(2, 45, -60);
        Assert.Single(bench.Wait(62).OfType<AllClearProposed>());
    }

    [Fact]
    public void A_person_ends_an_alert_while_the_raid_goes_on()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.See(2, 60, -250);
        bench.See(2, 45, -250);
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        Assert.Equal(AlertState.AllClear, bench.Alert.State);
    }

    [Fact]
    public void A_lost_track_latches_its_warning_until_its_hold_is_over()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Lose(1);
        // Arrival in about 260 s: 1.5 times that is more than the shortest hold of five minutes.
        Assert.DoesNotContain(bench.Wait(380), d => d is AllClearProposed);
        Assert.Equal(AlertState.Warning, bench.Alert.State);
        Assert.Single(bench.Wait(120).OfType<AllClearProposed>());
    }

    [Fact]
    public void A_danger_that_returns_after_the_all_clear_raises_the_same_alert_again()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        bench.See(2, 80);
        Assert.Equal(["A-z-1", "A-z-1", "A-z-1"], bench.All.OfType<AlertChanged>().Select(a => a.Alert));
        Assert.Equal([AlertState.Warning, AlertState.AllClear, AlertState.Warning], States(bench));
    }

    [Fact]
    public void A_correction_mutes_its_tracks_but_no_others()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Give(new CorrectAlert("A-z-1", "flock of birds") { By = "duty" });
        bench.See(1, 70);
        Assert.DoesNotContain(bench.Wait(30), d => d is AlertChanged { State: AlertState.Watch or AlertState.Warning });
        Assert.Contains(bench.See(2, 80), d => d is AlertChanged { Alert: "A-z-2", State: AlertState.Warning });
    }

    [Fact]
    public void A_corrected_track_that_is_lost_latches_no_later_alert()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Give(new CorrectAlert("A-z-1", "flock of birds") { By = "duty" });
        bench.WarnThenTurnAway(2);
        bench.Lose(1);
        Assert.Single(bench.Wait(70).OfType<AllClearProposed>());
    }

    [Fact]
    public void What_is_not_alive_is_neither_ended_nor_corrected()
    {
        WatchBench bench = new();
        Assert.IsType<CommandRefused>(Assert.Single(bench.Give(new EndAlert("A-z-1") { By = "duty" })));
        Assert.IsType<CommandRefused>(Assert.Single(bench.Give(new CorrectAlert("A-z-1", "x") { By = "duty" })));
        Assert.IsType<CommandRefused>(Assert.Single(bench.Give(new AcknowledgeAlert("A-z-1") { By = "duty" })));
        bench.WarnThenTurnAway();
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        Assert.IsType<CommandRefused>(Assert.Single(bench.Give(new EndAlert("A-z-1") { By = "duty" })));
    }

    [Fact]
    public void Messages_name_all_earlier_ones_of_their_alert()
    {
        WatchBench bench = new();
        bench.See(1, 120);
        bench.Wait(15);
        bench.See(1, 80);
        bench.Give(new CorrectAlert("A-z-1", "drill") { By = "duty" });
        PublicMessage[] messages = [.. bench.All.OfType<MessageIssued>().Select(m => m.Message)];
        Assert.Equal([MessageType.Alert, MessageType.Update, MessageType.Cancel], messages.Select(m => m.Type));
        for (int i = 0; i < 3; i++)
            Assert.Equal(messages[..i].Select(m => m.Identifier), messages[i].References.Select(r => r.Identifier));
        Assert.Equal(3, messages.Select(m => m.Identifier).Distinct().Count());
    }

    [Fact]
    public void An_acknowledgement_counts_once_a_person()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        Assert.IsType<Recorded>(Assert.Single(bench.Give(new AcknowledgeAlert("A-z-1") { By = "duty" })));
        bench.Give(new AcknowledgeAlert("A-z-1") { By = "duty" });
        Assert.Equal(["duty"], bench.Alert.AcknowledgedBy);
    }
}
