using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

public sealed class RaisedByPeopleTests
{
    static readonly RaiseAlert warning = new("z", AlertState.Warning, ThreatKind.Aircraft, "seen from the tower") { By = "duty" };

    /// <summary>A region around the zone, and a second place within it; a siren in each.</summary>
    static WatchConfiguration Region(WatchConfiguration plain) => plain with
    {
        Zones =
        [
            new() { Id = "region", Name = "R", Area = new() { Centre = plain.Origin, RadiusMetres = 100_000 } },
            plain.Zones[0] with { Parent = "region" },
            new() { Id = "y", Name = "Y", Parent = "region", Area = new() { Centre = new GeoPoint(26.5, 50.5), RadiusMetres = 5000 } },
        ],
    };

    [Fact]
    public void A_person_warns_a_zone_and_only_a_person_ends_it()
    {
        WatchBench bench = new();
        IReadOnlyList<Decision> raised = bench.Give(warning);
        Assert.Equal(("duty", AlertState.Warning), (raised.OfType<AlertChanged>().Single().By, bench.Alert.State));
        Assert.Single(raised.OfType<SirenCommanded>());
        Assert.Single(raised.OfType<MessageIssued>());
        Assert.DoesNotContain(bench.Wait(3600), d => d is AllClearProposed or AlertChanged { State: AlertState.AllClear });
        bench.Give(new EndAlert(bench.Alert.Id) { By = "duty" });
        Assert.Equal(AlertState.AllClear, bench.Alert.State);
    }

    [Fact]
    public void Where_two_persons_are_asked_for_the_first_ones_warning_waits_as_a_watch()
    {
        WatchBench bench = new(_ => WatchBench.ReleasedBy(Release.TwoPersons));
        IReadOnlyList<Decision> raised = bench.Give(warning);
        Assert.Equal(AlertState.Watch, bench.Alert.State);
        Assert.Equal(["duty"], raised.OfType<ReleaseRequested>().Single().Given);
        Assert.DoesNotContain(raised, d => d is SirenCommanded);
        Assert.IsType<CommandRefused>(bench.Give(new ReleaseAlert(bench.Alert.Id) { By = " Duty " }).Single());
        bench.Give(new ReleaseAlert(bench.Alert.Id) { By = "second" });
        Assert.Equal(AlertState.Warning, bench.Alert.State);
    }

    [Fact]
    public void An_alert_of_a_region_sounds_every_siren_in_it_and_its_places_are_not_warned_twice()
    {
        WatchBench bench = new(Region);
        IReadOnlyList<Decision> raised = bench.Give(warning with { Zone = "region" });
        Assert.Equal(["elsewhere", "n"], raised.OfType<SirenCommanded>().Select(c => c.Siren).Order());
        Assert.Empty(bench.See(1, 80).OfType<AlertChanged>());
        Assert.Empty(bench.Wait(30).OfType<AlertChanged>());
        bench.Give(new EndAlert("A-region-1") { By = "duty" });
        Assert.Equal("z", Assert.Single(bench.Wait(1).OfType<AlertChanged>()).Zone);
    }

    [Fact]
    public void A_region_is_not_warned_by_rule_only_its_places_are()
    {
        WatchBench bench = new(Region);
        Assert.Equal("z", Assert.Single(bench.See(1, 80).OfType<AlertChanged>()).Zone);
    }

    [Fact]
    public void What_is_warned_already_or_is_no_zone_is_refused()
    {
        WatchBench bench = new();
        bench.Give(warning);
        Assert.Contains("already", Assert.IsType<CommandRefused>(bench.Give(warning).Single()).Reason, StringComparison.Ordinal);
        Assert.IsType<CommandRefused>(bench.Give(warning with { Zone = "nowhere" }).Single());
        Assert.IsType<CommandRefused>(bench.Give(warning with { State = AlertState.Closed }).Single());
    }

    [Fact]
    public void A_rule_that_comes_to_the_same_conclusion_later_leaves_the_alert_to_people()
    {
        WatchBench bench = new();
        bench.Give(warning with { State = AlertState.Watch });
        bench.WarnThenTurnAway();
        Assert.Equal(AlertState.Warning, bench.Alert.State);
        Assert.DoesNotContain(bench.Wait(300), d => d is AllClearProposed);
    }

    [Fact]
    public void A_message_in_force_is_renewed_before_it_runs_out()
    {
        WatchBench bench = new();
        bench.Give(warning);
        PublicMessage[] renewed = [.. bench.Wait(2 * 3600).OfType<MessageIssued>().Select(m => m.Message)];
        Assert.NotEmpty(renewed);
        DateTimeOffset inForceUntil = bench.All.OfType<MessageIssued>().First().Message.Expires;
        foreach (PublicMessage message in renewed)
        {
            Assert.Equal(MessageType.Update, message.Type);
            Assert.True(message.Sent < inForceUntil);
            inForceUntil = message.Expires;
        }

        Assert.True(inForceUntil > bench.Now);
        Assert.Single(bench.All.OfType<SirenCommanded>());
    }
}
