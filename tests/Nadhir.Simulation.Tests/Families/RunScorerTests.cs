using Nadhir.Simulation.Families;
using Nadhir.Warning;

namespace Nadhir.Simulation.Tests.Families;

/// <summary>Scores of runs and sets made by hand.</summary>
public sealed class RunScorerTests
{
    static readonly DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly VariantTruth truth = new()
    {
        Family = "F", Variant = "V", Seed = 1, Start = start, LastSeconds = 1000, Undetectable = 0,
        Zones = [new("HIT", 0, 10, 60), new("MISS", 0, 10, 60), new("NEAR", 0, 10, 60), new("CALM", 0, 30, 60)],
        Contacts =
        [
            new("M1", "HIT", ThreatKind.Aircraft, false, 480, 620), new("M1", "HIT", ThreatKind.Aircraft, true, 500, 600),
            new("M2", "MISS", ThreatKind.Ballistic, true, 400, 400), new("M1", "NEAR", ThreatKind.Aircraft, false, 700, 720),
        ],
        Events =
        [
            new("HIT", 0, "M1", ThreatKind.Aircraft, 500, 100), new("MISS", 0, "M2", ThreatKind.Ballistic, 400, 340),
        ],
    };

    [Fact]
    public void An_event_that_is_warned_of_has_its_lead_its_fraction_and_its_interval()
    {
        RunScore score = Score(Step(300, "HIT", AlertState.Watch, 0.5), Step(350, "HIT", AlertState.Warning, 0.6, 480, 520),
            Step(900, "HIT", AlertState.AllClear, 0));
        EventScore hit = Assert.Single(score.Events, each => each.Zone == "HIT");
        Assert.Equal(150, hit.LeadSeconds);
        Assert.Equal(200, hit.WatchLeadSeconds);
        Assert.Equal(300, hit.PossibleSeconds); // seen 400 s before, but nobody is warned earlier than the horizon
        Assert.Equal(0.5, hit.LeadFraction);
        Assert.True(hit.OnTime); // 60 s to shelter
        Assert.True(hit.FirstIntervalHolds);
        Assert.Equal(230, hit.LatencySeconds); // first measured at 120
        Assert.Equal(150, hit.DelaySeconds);   // wanted from 200 on
        EventScore missed = Assert.Single(score.Events, each => each.Zone == "MISS");
        Assert.Null(missed.LeadSeconds);
        Assert.Equal((0, false), (missed.LeadFraction, missed.OnTime));
        Assert.Equal(WarningOutcome.Right, Assert.Single(score.Warnings).Outcome);
    }

    [Fact]
    public void A_warning_that_ended_before_the_arrival_or_began_after_it_misses_the_event()
    {
        RunScore early = Score(Step(100, "HIT", AlertState.Warning, 0.6), Step(400, "HIT", AlertState.AllClear, 0));
        Assert.Null(early.Events.Single(each => each.Zone == "HIT").LeadSeconds);
        Assert.Equal(WarningOutcome.Right, Assert.Single(early.Warnings).Outcome); // the threat came within ten minutes
        RunScore late = Score(Step(410, "MISS", AlertState.Warning, 0.6), Step(800, "MISS", AlertState.AllClear, 0));
        Assert.Null(late.Events.Single(each => each.Zone == "MISS").LeadSeconds);
        Assert.Equal(WarningOutcome.Right, Assert.Single(late.Warnings).Outcome); // late, not false
        RunScore tooLate = Score(Step(470, "MISS", AlertState.Warning, 0.6), Step(800, "MISS", AlertState.AllClear, 0));
        Assert.Equal(WarningOutcome.False, Assert.Single(tooLate.Warnings).Outcome);
    }

    [Fact]
    public void A_lead_too_short_for_shelter_is_in_time_when_it_is_three_quarters_of_what_was_possible()
    {
        RunScore quick = Score(Step(355, "MISS", AlertState.Warning, 0.6)), slow = Score(Step(356, "MISS", AlertState.Warning, 0.6));
        Assert.True(quick.Events.Single(each => each.Zone == "MISS").OnTime); // 45 s of the 60 that were possible
        Assert.False(slow.Events.Single(each => each.Zone == "MISS").OnTime);
    }

    [Fact]
    public void A_near_miss_is_neither_right_nor_false_and_a_second_warning_soon_after_the_first_is_a_flap()
    {
        RunScore score = Score(
            Step(600, "NEAR", AlertState.Warning, 0.4), Step(700, "NEAR", AlertState.AllClear, 0),
            Step(100, "CALM", AlertState.Warning, 0.3), Step(200, "CALM", AlertState.AllClear, 0),
            Step(500, "CALM", AlertState.Warning, 0.3, alert: "A2"), Step(600, "CALM", AlertState.Correction, 0, alert: "A2"));
        Assert.Equal(WarningOutcome.Near, score.Warnings.Single(each => each.Zone == "NEAR").Outcome);
        WarningScore[] calm = [.. score.Warnings.Where(each => each.Zone == "CALM")];
        Assert.All(calm, each => Assert.Equal(WarningOutcome.False, each.Outcome));
        Assert.Equal([false, true], calm.Select(each => each.IsFlap));
        Assert.Equal(30 * 100 / 3600.0, calm[0].AreaHours, 1e-9);
    }

    [Fact]
    public void Probabilities_are_held_against_what_came_and_not_where_one_only_came_near()
    {
        RunScore score = Score(
            Step(350, "HIT", AlertState.Warning, 0.6), Step(100, "CALM", AlertState.Warning, 0.3),
            Step(600, "NEAR", AlertState.Warning, 0.4), Step(550, "HIT", AlertState.AllClear, 0),
            Step(560, "HIT", AlertState.Warning, 0.9, alert: "A2"));
        Assert.Equal([new(0.3, false, false), new(0.4, false, true), new(0.6, true, true)], score.Statements.OrderBy(each => each.Probability));
        Assert.Equal([true, false, true], score.Statements.OrderBy(each => each.Probability).Select(each => each.IsClear));
    }

    [Fact]
    public void A_set_has_the_shares_of_its_table()
    {
        RunScore one = Score(Step(350, "HIT", AlertState.Warning, 0.6, 480, 520), Step(900, "HIT", AlertState.AllClear, 0));
        RunScore two = Score(
            Step(390, "HIT", AlertState.Warning, 0.8, 510, 520), Step(350, "MISS", AlertState.Warning, 0.8),
            Step(100, "CALM", AlertState.Warning, 0.2), Step(200, "CALM", AlertState.AllClear, 0),
            Step(690, "NEAR", AlertState.Warning, 0.2));
        SetScore set = SetScore.Of("all", [one, two]);
        Assert.Equal((4, 3, 5, 1, 1), (set.Events, set.Warned, set.Warnings, set.FalseWarnings, set.NearWarnings));
        Assert.Equal(0.75, set.Pod);
        Assert.Equal(0.2, set.Far);
        Assert.Equal(0.6, set.Csi); // 3 of 4 events and 1 false Warning
        Assert.Equal(0.75, set.OnTime);
        Assert.Equal(0.5, set.FirstIntervalHolds);
        Assert.Equal(Math.Round((0.5 + 0 + (110 / 300.0) + (50 / 60.0)) / 4, 4), set.MeanLeadFraction, 1e-4);
        Assert.Equal((Square(0.4) + Square(0.2) + Square(0.2) + Square(0.2)) / 4, set.Brier, 1e-4);
        Assert.Equal([1, 1, 2], set.Reliability.Select(bin => bin.Count));
        Assert.Equal([0, 1, 1], set.Reliability.Select(bin => bin.Happened));
        Assert.Equal([0.5, 1, 1], set.Reliability.Select(bin => bin.Near));

        static double Square(double value) => value * value;
    }

    static RunScore Score(params (double Seconds, AlertChanged Change)[] steps)
    {
        WarningLog log = new(start);
        foreach ((double seconds, AlertChanged change) in steps.OrderBy(step => step.Seconds))
            log.Take(start.AddSeconds(seconds), change);
        Dictionary<string, double> measured = new() { ["M1"] = 120, ["M2"] = 342 };
        return new RunScorer(truth, log, new() { WarningHorizon = TimeSpan.FromSeconds(300) }, measured, 1100).Score(movers: 2);
    }

    static (double, AlertChanged) Step(double seconds, string zone, AlertState state, double probability,
        double? earliest = null, double? latest = null, string alert = "A1") =>
        (seconds, new($"{zone}-{alert}", zone, state, ThreatKind.Aircraft)
        {
            Since = start.AddSeconds(seconds), Probability = probability, Reason = "", Policy = Release.Automatic, By = "rule",
            Arrival = earliest is { } from && latest is { } until ? new(start.AddSeconds(from), start.AddSeconds(until)) : null,
        });
}
