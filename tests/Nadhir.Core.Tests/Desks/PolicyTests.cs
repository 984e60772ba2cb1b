using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class PolicyTests
{
    static WatchConfiguration With(WarningPolicy policy) => WatchBench.Plain with { Warning = policy };

    static ImmutableSortedDictionary<ThreatKind, KindPolicy> Kinds(ThreatKind kind, KindPolicy policy) =>
        ImmutableSortedDictionary<ThreatKind, KindPolicy>.Empty.Add(kind, policy);

    [Fact]
    public void Nobody_is_waited_for_when_there_is_no_time_to()
    {
        // 90 s to shelter and 60 s for people: at 37.5 km of 250 m/s there is no more time to ask.
        WatchBench bench = new(_ => With(new() { WarningRelease = Release.TwoPersons, HumanBudget = TimeSpan.FromSeconds(60) }));
        bench.See(1, 80);
        Assert.True(bench.Alert.AwaitsRelease);
        bench.See(1, 55);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        AlertChanged released = Assert.Single(bench.See(1, 45).OfType<AlertChanged>());
        Assert.Equal((AlertState.Warning, "rule: no time to wait for people"), (released.State, released.By));
    }

    [Fact]
    public void What_rests_on_one_source_anyone_could_imitate_waits_for_a_person_however_late()
    {
        WatchBench bench = new(plain => plain with
        {
            Sensors = [plain.Sensors[0] with { WarnsAlone = false }],
            Warning = new() { WarningRelease = Release.OnePerson, HumanBudget = TimeSpan.FromSeconds(60) },
        });
        bench.See(1, 30);
        Assert.True(bench.Alert.AwaitsRelease);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
    }

    [Fact]
    public void A_kind_of_threat_has_its_own_release_and_horizon()
    {
        WatchBench bench = new(_ => With(new()
        {
            WarningRelease = Release.TwoPersons,
            Kinds = Kinds(ThreatKind.CruiseType, new() { WarningRelease = Release.Automatic, WarningHorizon = TimeSpan.FromSeconds(600) }),
        }));
        Assert.Empty(bench.See(1, 140).OfType<AlertChanged>());
        AlertChanged cruise = Assert.Single(bench.See(2, 140, 250, t => t with { Class = new(0.1, 0, 0, 0.9, 0) }).OfType<AlertChanged>());
        Assert.Equal((AlertState.Warning, ThreatKind.CruiseType), (cruise.State, cruise.Kind));
    }

    [Fact]
    public void A_zone_may_differ_from_the_policy()
    {
        WatchBench bench = new(plain => plain with
        {
            Zones = [plain.Zones[0] with { Kinds = Kinds(ThreatKind.Aircraft, new() { WarningHorizon = TimeSpan.FromSeconds(60) }) }],
        });
        Assert.Empty(bench.See(1, 80).OfType<AlertChanged>());
        Assert.Single(bench.See(1, 24).OfType<AlertChanged>(), a => a.State == AlertState.Warning);
    }

    [Fact]
    public void A_question_nobody_answers_calls_the_next_person()
    {
        WatchBench bench = new(_ => With(new()
        {
            WarningRelease = Release.OnePerson,
            Escalation = [new(TimeSpan.FromSeconds(30), "shift leader"), new(TimeSpan.FromSeconds(90), "head of duty")],
        }));
        bench.See(1, 80);
        Assert.Empty(bench.Wait(29).OfType<Escalated>());
        Assert.Equal(("shift leader", Question.Release), Assert.Single(bench.Wait(2).OfType<Escalated>()) is var e ? (e.To, e.Question) : default);
        Assert.Equal("head of duty", Assert.Single(bench.Wait(62).OfType<Escalated>()).To);
        Assert.Equal(2, bench.Alert.Escalated);
        Assert.Empty(bench.Wait(600).OfType<Escalated>());
    }

    [Fact]
    public void A_warning_that_was_acknowledged_calls_nobody()
    {
        WatchBench bench = new(_ => With(new() { Escalation = [new(TimeSpan.FromSeconds(30), "shift leader")] }));
        bench.See(1, 80);
        bench.Give(new AcknowledgeAlert("A-z-1") { By = "duty" });
        Assert.Empty(bench.Wait(120).OfType<Escalated>());
    }

    [Fact]
    public void New_figures_update_the_message_once_a_minute_and_sound_nothing()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.Wait(10);
        // It has slowed down: two minutes more.
        bench.See(1, 77.5, 150);
        Assert.Empty(bench.Wait(49).OfType<MessageIssued>());
        List<Decision> told = bench.Wait(3);
        AlertChanged changed = Assert.Single(told.OfType<AlertChanged>());
        Assert.Equal((AlertState.Warning, AlertState.Warning), (changed.Before, changed.State));
        Assert.Equal(MessageType.Update, Assert.Single(told.OfType<MessageIssued>()).Message.Type);
        Assert.Single(bench.All.OfType<SirenCommanded>());
        Assert.Empty(bench.Wait(55).OfType<MessageIssued>());
    }

    [Fact]
    public void A_steady_approach_is_told_once()
    {
        WatchBench bench = new();
        for (double km = 80; km > 12; km -= 1)
        {
            bench.See(1, km);
            bench.Wait(4);
        }

        Assert.Single(bench.All.OfType<MessageIssued>());
    }

    [Fact]
    public void After_the_all_clear_no_watch_starts_for_a_while_but_a_warning_does()
    {
        WatchBench bench = new();
        bench.WarnThenTurnAway();
        bench.Give(new EndAlert("A-z-1") { By = "duty" });
        bench.See(2, 120);
        Assert.Empty(bench.Wait(60).OfType<AlertChanged>());
        bench.See(2, 80);
        Assert.Equal(AlertState.Warning, bench.Alert.State);
        Assert.StartsWith("again: ", bench.Alert.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_track_lost_on_its_way_still_warns_when_it_should_be_near()
    {
        WatchBench bench = new();
        bench.See(1, 110);
        bench.Wait(20);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        bench.Lose(1);
        List<Decision> later = bench.Wait(240);
        Assert.Contains(later, d => d is AlertChanged { State: AlertState.Warning });
    }

    [Fact]
    public void The_arrival_of_many_is_that_of_the_first()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        ArrivalInterval alone = bench.Alert.Arrival!;
        bench.See(2, 60);
        bench.Wait(1);
        ArrivalInterval both = bench.Alert.Arrival!;
        Assert.True(both.Latest < alone.Earliest);
        Assert.Equal([1, 2], bench.Alert.Tracks);
    }

    [Fact]
    public void The_board_says_which_sensors_saw_it_and_what_became_of_the_message()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        string message = bench.All.OfType<MessageIssued>().Single().Message.Identifier;
        bench.Answer(new MessageReceipt(message, "cap", true) { At = bench.Now });
        bench.Answer(new MessageReceipt(message, "push", false) { At = bench.Now, Detail = "no network" });
        Assert.Equal(["s"], bench.Alert.SeenBy);
        Assert.Equal([("cap", true), ("push", false)], bench.Alert.Deliveries.Select(d => (d.Outlet, d.Ok)));
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(4_000, true)]
    public void What_falls_beside_a_zone_warns_it_as_far_off_as_its_debris_is_reckoned_with(double margin, bool warned)
    {
        WatchBench bench = new(_ => With(new()
        {
            Kinds = Kinds(ThreatKind.Ballistic, new() { MarginMetres = margin }),
        }));
        // Comes down 12 km east of the middle of a zone of 10 km, known to some 300 m.
        bench.See(1, 30, 600, track => track with
        {
            Class = new(0, 0, 0, 0, 1),
            Impact = new()
            {
                Position = new(26, 50.62, 0), East = 12_000, North = 0, EastEast = 1e5, EastNorth = 0, NorthNorth = 1e5,
                SemiMajorMetres = 800, SemiMinorMetres = 800, BearingDegrees = 0,
                Time = bench.Now.AddSeconds(60), Earliest = bench.Now.AddSeconds(55), Latest = bench.Now.AddSeconds(65),
            },
        });
        bench.Wait(20);
        Assert.Equal(warned, bench.Watch.Snapshot().Alerts.Any(alert => alert is { State: AlertState.Warning, Kind: ThreatKind.Ballistic }));
    }
}
