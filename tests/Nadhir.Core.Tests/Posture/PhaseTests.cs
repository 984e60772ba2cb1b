using Nadhir.Core.Tests.Desks;
using Nadhir.Posture;
using Nadhir.Warning;
using static Nadhir.Core.Tests.Posture.ActingBench;

namespace Nadhir.Core.Tests.Posture;

public sealed class PhaseTests
{
    static SetThreatLevel Threat(WatchBench bench, string level, double seconds = 600) =>
        new(Port, level, "assessment cell", "several reports", bench.Now.AddSeconds(seconds)) { By = "analyst" };

    [Fact]
    public void An_alert_raises_a_site_on_its_own_ladder()
    {
        WatchBench bench = New(OnAlert(AlertState.Warning, "B"));
        bench.WarnThenTurnAway();
        Assert.Equal("B", bench.Row().Phase);
        Assert.Equal("own", bench.Row().Ladder);
        Assert.Equal("rule", bench.Row().By);
    }

    [Fact]
    public void A_rule_for_other_kinds_of_threat_raises_nothing_until_the_kind_is_known()
    {
        WatchBench never = New(OnAlert(AlertState.Warning, "B") with { Kinds = [ThreatKind.Ballistic] });
        never.WarnThenTurnAway();
        Assert.Equal("Normal", never.Row().Phase);
        WatchBench bench = New(OnAlert(AlertState.Warning, "B") with { Kinds = [ThreatKind.Aircraft] });
        bench.WarnThenTurnAway();
        Assert.Equal("B", bench.Row().Phase);
    }

    [Fact]
    public void A_crossing_by_a_track_that_says_nothing_of_itself_raises_a_site()
    {
        WatchBench bench = New(OnCrossing("A"));
        bench.See(1, 60);
        for (double east = 58; east > 40; east -= 0.25)
        {
            bench.Wait(1);
            bench.See(1, east);
        }

        Assert.Contains(bench.All, d => d is BorderCrossed);
        Assert.Equal("A", bench.Row().Phase);
        Assert.Contains("crossed b", bench.Row().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crossing_counts_only_from_the_threat_level_that_the_rule_asks_for()
    {
        WatchBench bench = New(OnCrossing("A") with { ThreatLevel = "high" });
        bench.Give(Threat(bench, "raised"));
        bench.See(1, 60);
        for (double east = 58; east > 40; east -= 0.25)
        {
            bench.Wait(1);
            bench.See(1, east);
        }

        Assert.Contains(bench.All, d => d is BorderCrossed);
        Assert.Equal("Normal", bench.Row().Phase);
    }

    [Fact]
    public void The_threat_level_alone_changes_no_phase_unless_a_rule_says_so()
    {
        WatchBench plain = New();
        plain.Give(Threat(plain, "high"));
        Assert.Equal(("Normal", "high"), (plain.Row().Phase, plain.Row().Threat!.Level));
        WatchBench ruled = New(new PhaseRule(null, null, "A") { ThreatLevel = "raised" });
        ruled.Give(Threat(ruled, "low"));
        Assert.Equal("Normal", ruled.Row().Phase);
        ruled.Give(Threat(ruled, "high"));
        Assert.Equal("A", ruled.Row().Phase);
    }

    [Fact]
    public void A_threat_level_expires_is_shown_so_and_lowers_nothing()
    {
        WatchBench bench = New(new PhaseRule(null, null, "A") { ThreatLevel = "raised" });
        bench.Give(Threat(bench, "high", 30));
        Assert.Equal("high", Assert.Single(bench.Wait(31).OfType<ThreatLevelExpired>()).Level);
        Assert.True(bench.Row().Threat!.Expired);
        Assert.Equal("A", bench.Row().Phase);
        Assert.Empty(bench.Wait(30).OfType<ThreatLevelExpired>());
    }

    [Fact]
    public void A_threat_level_needs_a_known_level_a_source_a_reason_and_a_time_to_come()
    {
        WatchBench bench = New();
        bench.Give(Threat(bench, "extreme")).Refused("no threat level extreme on the ladder of port");
        bench.Give(Threat(bench, "low") with { Source = " " }).Refused("a threat level needs a source and a reason");
        bench.Give(Threat(bench, "low") with { Reason = "" }).Refused("a threat level needs a source and a reason");
        bench.Give(Threat(bench, "low", 0)).Refused("it would have expired already");
        bench.Give(Threat(bench, "low") with { Site = "x" }).Refused("no site x");
        Assert.Null(bench.Row().Threat);
    }

    [Fact]
    public void Only_a_person_lowers_and_only_with_a_reason()
    {
        WatchBench bench = New(OnAlert(AlertState.AllClear, "A"), OnAlert(AlertState.Correction, "Normal"));
        bench.Give(Phase("C"));
        bench.Give(Phase("A", " ")).Refused("lowering a phase needs a reason");
        bench.WarnThenTurnAway();
        bench.Give(new CorrectAlert(bench.Alert.Id, "birds") { By = "duty officer" });
        Assert.Equal("C", bench.Row().Phase);
        bench.Give(Phase("A", "the area is quiet"));
        Assert.Equal(("A", "duty officer"), (bench.Row().Phase, bench.Row().By));
    }

    [Fact]
    public void A_phase_on_no_ladder_is_refused() =>
        New().Give(Phase("D")).Refused("no phase D on the ladder");

    [Fact]
    public void A_phase_that_cannot_be_kept_up_is_told_before_and_when_it_ends()
    {
        WatchBench bench = New();
        bench.Give(Phase("B"));
        Assert.Equal(bench.Now.AddSeconds(300), bench.Row().SustainableUntil);
        Assert.Empty(bench.Wait(199).OfType<PhaseWearing>());
        Assert.Equal(PhaseStanding.Ending, Assert.Single(bench.Wait(1).OfType<PhaseWearing>()).Standing);
        Assert.Equal(PhaseStanding.Exceeded, Assert.Single(bench.Wait(100).OfType<PhaseWearing>()).Standing);
        Assert.Equal(PhaseStanding.Exceeded, bench.Row().Standing);
        bench.Give(Phase("C"));
        Assert.Equal((PhaseStanding.Sustained, null), (bench.Row().Standing, bench.Row().SustainableUntil));
    }

    [Fact]
    public void A_readiness_too_old_is_unknown_and_never_ready()
    {
        WatchBench bench = New();
        bench.Give(new ReportReadiness(Port, "shelter doors", ReadinessStatus.Active) { By = "owner", Confidence = "seen" });
        bench.Wait(49);
        ReadinessRow fresh = Assert.Single(bench.Row().Readiness);
        Assert.Equal((ReadinessStatus.Active, false), (fresh.Status, fresh.Stale));
        bench.Wait(1);
        ReadinessRow old = Assert.Single(bench.Row().Readiness);
        Assert.Equal((ReadinessStatus.Unknown, true, ReadinessStatus.Active), (old.Status, old.Stale, old.Reported));
    }

    [Fact]
    public void The_age_of_a_readiness_counts_from_when_its_source_saw_it()
    {
        WatchBench bench = New();
        ReportReadiness report = new(Port, "shelter doors", ReadinessStatus.Active) { By = "owner", AsOf = bench.Now.AddSeconds(-40) };
        bench.Give(report with { AsOf = bench.Now.AddSeconds(1) }).Refused("a status of a time to come is no report");
        bench.Give(report);
        bench.Wait(10);
        Assert.True(Assert.Single(bench.Row().Readiness).Stale);
        bench.Give(report with { AsOf = DateTimeOffset.MinValue });
        Assert.True(Assert.Single(bench.Row().Readiness).Stale);
    }
}
