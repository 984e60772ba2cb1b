using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>What the desk asks of the rest of the watch.</summary>
interface IAlertSurroundings
{
    /// <summary>The track came in over a border and has not left again.</summary>
    bool IsInsideAfterCrossing(int track);

    /// <summary>It is known on which side of a border the track is, and it has never crossed it.</summary>
    bool HasNotCrossed(int track);

    void OnAlertState(string zone, AlertState state, ThreatKind kind);

    /// <summary>The alert is told to be of another kind; its state is as it was.</summary>
    void OnAlertKind(string zone, AlertState state, ThreatKind kind);
}

/// <summary>
/// Decides who is warned. Each zone has at most one alert alive: <c>Watch → Warning → AllClear → Closed</c>, or
/// <c>Correction</c>. A Warning is latched: it ends by rule and person, never by silence. A zone's alert carries all
/// tracks that threaten it; new figures update it, and a danger that returns after the all-clear raises the same one again.
/// </summary>
sealed partial class AlertDesk
{
    /// <summary>The calm that ends an alert is doubled no more often than this.</summary>
    const int MostDoublings = 4;

    readonly WatchConfiguration configuration;
    readonly WarningPolicy policy;
    readonly IAlertSurroundings surroundings;
    readonly ZoneTree tree;
    readonly RiskBook risks;
    readonly AlertBook alerts;
    readonly AlertTeller teller;
    readonly CoverageDesk coverage;
    readonly DrillDesk drills;
    readonly Dictionary<int, DateTimeOffset> risingSince = [];
    readonly List<int> changed = [];

    public AlertDesk(
        WatchConfiguration configuration, StereographicPlane plane, SirenDesk sirens, CoverageDesk coverage,
        DrillDesk drills, IAlertSurroundings surroundings)
    {
        (this.configuration, policy, this.surroundings, this.coverage, this.drills) =
            (configuration, configuration.Warning, surroundings, coverage, drills);
        tree = new(configuration.Zones);
        risks = new(configuration, plane, tree);
        alerts = new(configuration.Zones);
        teller = new(configuration, tree, alerts, sirens, surroundings);
    }

    public ImmutableArray<AlertRow> Rows() => [.. alerts.All().Select(alert => alert.ToRow([.. SeenBy(alert)]))];

    public ImmutableArray<int> TracksOf(string zone) =>
        tree.IndexOf(zone) is >= 0 and int place && alerts.Of(place) is { } alert ? [.. alert.Tracks] : [];

    public void OnTrack(Track track, Standing standing, DateTimeOffset now) => risks.OnTrack(track, standing, now);

    /// <summary>Whether the track has been held against the zones and still is.</summary>
    public bool IsCounted(int track) => risks.IsCounted(track);

    /// <summary>The track does not count (any more): authorised, or too slow to tell from a bird.</summary>
    public void Discount(int track) => risks.Discount(track);

    public void OnDropped(int track, DateTimeOffset now)
    {
        if (surroundings.IsInsideAfterCrossing(track)) risks.Miss(track, policy.WatchPause);
        risks.Lose(track, now);
    }

    /// <summary>Judges the zones whose figures have changed.</summary>
    public void Settle(DateTimeOffset now, List<Decision> decisions)
    {
        risks.TakeChanged(changed);
        foreach (int zone in changed) Evaluate(zone, now, decisions);
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        risks.TakeChanged(changed);
        for (int zone = 0; zone < tree.Count; zone++)
            if (!risks.Risks[zone].IsIdle || alerts.Of(zone) is not null || coverage.IsBlind(zone)) Evaluate(zone, now, decisions);
        foreach (int zone in alerts.Alive)
        {
            Alert alert = alerts.Of(zone)!;
            if (alert.IsActive) alert.Arrival = risks.Risks[zone].Arrival(now);
            teller.Update(alert, now, decisions);
            Escalate(alert, now, decisions);
        }
    }

    void Evaluate(int zone, DateTimeOffset now, List<Decision> decisions)
    {
        ZoneRisk book = risks.Risks[zone];
        RiskNow risk = book.At(now);
        bool warn = risk.Pressure >= 1;
        bool blind = policy.WatchWhenBlind && coverage.IsBlind(zone);
        bool watch = warn || blind || risk.Probability >= policy.WatchProbability;
        Alert? alert = alerts.Of(zone);
        if (alert is { IsActive: false })
        {
            // What was called an error is not taken up again; a danger that returns is.
            bool over = now - alert.Since >= policy.CloseAfter || (warn && alert.State == AlertState.Correction);
            if (over) Close(alert, now, decisions);
            if (over) alert = null;
        }

        if (!drills.IsOpen)
        {
            if (alert is { IsActive: true }) EndWithDrill(alert, now, decisions);
            return;
        }

        if (alert is not { IsActive: true })
        {
            if (alert is not null && !warn && now - alert.Since < policy.WatchPause)
            {
                alert.HoldBack(watch);
                return;
            }

            if (!Holds(zone, watch, warn, now) || IsCoveredAbove(zone, warn ? AlertState.Warning : AlertState.Watch)) return;
            Start(alert ?? alerts.Open(zone), book, risk, warn, now, decisions);
            return;
        }

        Take(alert, book, risk);
        if (warn && alert.State == AlertState.Watch) Raise(alert, book, now, decisions);
        if (alert.RaisedBy is null) End(alert, book, risk, blind, now, decisions);
    }

    static void Take(Alert alert, ZoneRisk book, in RiskNow risk)
    {
        alert.Risk = risk;
        if (alert.RaisedBy is null && risk.Probability > 0) alert.Kind = risk.Kind;
        foreach (int track in book.Counted()) alert.Tracks.Add(track);
    }

    void Start(Alert alert, ZoneRisk book, in RiskNow risk, bool warn, DateTimeOffset now, List<Decision> decisions)
    {
        (alert.CalmSince, alert.RaisedBy, alert.Remark, alert.Addendum) = (null, null, null, default);
        alert.Released.Clear();
        alert.Answered();
        Take(alert, book, risk);
        alert.Arrival = book.Arrival(now);
        bool seen = risk.Probability >= policy.WatchProbability || warn;
        if (!seen) alert.Kind = ThreatKind.Unknown;
        bool again = alert.State is not null;
        alert.Reason = (again ? "again: " : "") + (seen ? Words(alert) : "no sensor watches over the zone");
        Release release = warn ? ReleaseOf(alert, book, now) : Release.Automatic;
        AlertState state = warn && release == Release.Automatic ? AlertState.Warning : AlertState.Watch;
        Change(alert, state, release, ByRule(book, state, alert.Kind), now, decisions);
        if (warn && state == AlertState.Watch) AskRelease(alert, release, now, decisions);
    }

    /// <summary>
    /// A Watch starts when its probability has held for a while: the first seconds of a track, or of a turn, point
    /// everywhere. A Warning does not wait.
    /// </summary>
    bool Holds(int zone, bool watch, bool warn, DateTimeOffset now)
    {
        if (!watch)
        {
            risingSince.Remove(zone);
            return false;
        }

        risingSince.TryAdd(zone, now);
        if (!warn && now - risingSince[zone] < policy.WatchHold) return false;
        risingSince.Remove(zone);
        return true;
    }

    /// <summary>People have already said as much for all that this zone lies in.</summary>
    bool IsCoveredAbove(int zone, AlertState state) =>
        tree.WithAncestors(zone).Skip(1).Any(above =>
            alerts.Of(above) is { IsActive: true } alert && (alert.State == AlertState.Warning || alert.State == state));

    /// <summary>
    /// Who must release a Warning: as the policy says, but nobody is waited for when there is no time to; and a person
    /// always, when it rests on one source that anyone could imitate.
    /// </summary>
    static Release ReleaseOf(Alert alert, ZoneRisk book, DateTimeOffset now)
    {
        KindRules rules = book.Rules[(int)alert.Kind];
        if (alert.Risk.CorroboratedPressure < 1)
            return rules.Release == Release.Automatic ? Release.OnePerson : rules.Release;
        if (rules.Release == Release.Automatic || rules.HumanBudget == TimeSpan.Zero) return rules.Release;
        TimeSpan needed = rules.HumanBudget + TimeSpan.FromSeconds(book.Zone.SecondsToShelter);
        return alert.Arrival is { } arrival && arrival.Earliest - now <= needed ? Release.Automatic : rules.Release;
    }

    void Raise(Alert alert, ZoneRisk book, DateTimeOffset now, List<Decision> decisions)
    {
        alert.Arrival = book.Arrival(now);
        Release release = ReleaseOf(alert, book, now);
        if (alert.RaisedBy is null) alert.Reason = Words(alert);
        if (release == Release.Automatic)
            Change(alert, AlertState.Warning, release, ByRule(book, AlertState.Warning, alert.Kind), now, decisions);
        else if (alert.Question != Question.Release) AskRelease(alert, release, now, decisions);
    }

    /// <summary>The rule, and when it spoke for people who had no time, that too.</summary>
    static string ByRule(ZoneRisk book, AlertState state, ThreatKind kind) =>
        state == AlertState.Warning && book.Rules[(int)kind].Release != Release.Automatic ? "rule: no time to wait for people" : "rule";

    static void AskRelease(Alert alert, Release release, DateTimeOffset now, List<Decision> decisions)
    {
        alert.Ask(Question.Release, now);
        decisions.Add(new ReleaseRequested(alert.Id, alert.Zone, release, [.. alert.Released]));
    }

    void End(Alert alert, ZoneRisk book, in RiskNow risk, bool blind, DateTimeOffset now, List<Decision> decisions)
    {
        bool warning = alert.State == AlertState.Warning;
        bool calm = risk.Probability < policy.WatchProbability * policy.EndingShare
            || (warning && risk.Pressure < policy.EndingShare && risk.Probability < book.Rules[(int)alert.Kind].CostLossRatio * policy.EndingShare);
        if (!calm || risk.AnyLost || (blind && !warning) || alert.Addendum.Keeps(now))
        {
            alert.CalmSince = null;
            if (alert.Question == Question.AllClear) alert.Answered();
            return;
        }

        if (alert.Question == Question.Release) alert.Answered();
        alert.CalmSince ??= now;
        // Every repetition doubles the calm that is asked for: a danger that comes and goes must not make sirens flap.
        TimeSpan hold = policy.EndingHold * (1 << Math.Min(alert.Repeats, MostDoublings));
        if (now - alert.CalmSince < hold || alert.Tracks.Any(surroundings.IsInsideAfterCrossing)) return;
        if (warning && RaidGoesOn(alert.Place, now)) return;
        if (!warning || !policy.AllClearByPerson)
        {
            alert.Reason = "the risk has passed";
            Change(alert, AlertState.AllClear, Release.Automatic, "rule", now, decisions);
        }
        else if (alert.Question != Question.AllClear)
        {
            alert.Ask(Question.AllClear, now);
            decisions.Add(new AllClearProposed(alert.Id, alert.Zone,
                $"risk below {policy.EndingShare:0.00} of what warns since {alert.CalmSince:HH:mm:ss} UTC and no track inside"));
        }
    }

    /// <summary>
    /// Another that came in over a border, or for which a place was to be warned and that is still before the border, could turn here
    /// before the pause after an all-clear is over: the zone would be warned again at once. It need not be one of those that the
    /// alert was raised for. Nor is it over because it is not seen any more.
    /// </summary>
    bool RaidGoesOn(int zone, DateTimeOffset now)
    {
        if (risks.MayTurnUp(zone, policy.WatchPause, now)) return true;
        foreach (int track in risks.ThatReach(zone, policy.WatchPause))
        {
            if (surroundings.IsInsideAfterCrossing(track)) return true;
            if (risks.HasThreatened(track) && surroundings.HasNotCrossed(track)) return true;
        }

        return false;
    }

    /// <summary>No alarm of a drill outlasts it, and no person must remember to end it.</summary>
    void EndWithDrill(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        (alert.RaisedBy, alert.Remark, alert.Reason) = (null, null, "the drill is over");
        Change(alert, AlertState.AllClear, Release.Automatic, "rule", now, decisions);
    }

    void Escalate(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        if (alert.Question == Question.None || alert.Escalated >= policy.Escalation.Length) return;
        EscalationStep step = policy.Escalation[alert.Escalated];
        if (now - alert.AskedAt < step.After) return;
        alert.Escalated++;
        decisions.Add(new Escalated(alert.Id, alert.Zone, alert.Question, alert.Escalated, step.To));
    }

    void Change(Alert alert, AlertState state, Release release, string by, DateTimeOffset now, List<Decision> decisions)
    {
        if (state is not (AlertState.Watch or AlertState.Warning)) alert.Addendum = default;
        teller.Change(alert, state, release, by, now, decisions);
        if (state == AlertState.Warning) drills.OnWarning(alert.Id, decisions);
        if (state == AlertState.Warning && alert.AcknowledgedBy.Count == 0) alert.Ask(Question.Acknowledge, now);
        else alert.Answered();
    }

    void Close(Alert alert, DateTimeOffset now, List<Decision> decisions)
    {
        teller.Change(alert, AlertState.Closed, Release.Automatic, "rule", now, decisions);
        alerts.Close(alert);
    }

    string Words(Alert alert) => AlertTeller.Words(alert, SeenBy(alert));

    IEnumerable<string> SeenBy(Alert alert) => risks.SeenBy(alert.Tracks).Select(sensor => configuration.Sensors[sensor].Id);
}
