using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Assessment;
using Nadhir.Identification;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>
/// The state of each site: its phase, measures, the threat level that people expect, and the reported readiness of
/// others' systems. Rules and people raise a phase; only people lower it, with a reason.
/// </summary>
sealed class PostureDesk
{
    static readonly TimeSpan standardStaleness = TimeSpan.FromDays(1);
    readonly SortedDictionary<string, SiteState> sites = new(StringComparer.Ordinal);
    /// <summary>By zone: how its latest alert stands.</summary>
    readonly Dictionary<string, (AlertState State, ThreatKind Kind)> standing = new(StringComparer.Ordinal);
    readonly ImmutableArray<SiteState> inOrder;

    public PostureDesk(WatchConfiguration configuration, DateTimeOffset start)
    {
        foreach (Site site in configuration.Sites) sites[site.Id] = new SiteState(site, configuration.LadderOf(site), start);
        inOrder = [.. configuration.Sites.Select(site => sites[site.Id])];
    }

    public ImmutableArray<SiteRow> Sites(DateTimeOffset now) => [.. sites.Values.Select(site => site.ToRow(now))];

    public void Handle(SetPhase order, DateTimeOffset now, List<Decision> decisions)
    {
        if (!sites.TryGetValue(order.Site, out SiteState? site)) decisions.Refuse("site.phase", Cause.Of(CauseCode.NoSuch, "site", order.Site));
        else if (site.RankOf(order.Phase) < 0) decisions.Refuse("site.phase", Cause.Of(CauseCode.NoPhase, order.Phase));
        else if (site.RankOf(order.Phase) < site.Rank && string.IsNullOrWhiteSpace(order.Reason))
            decisions.Refuse("site.phase", Cause.Of(CauseCode.LoweringNeedsReason));
        else site.Change(order.Phase, order.By, order.Reason, now, decisions);
    }

    public void Handle(SetThreatLevel order, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "site.threatLevel";
        if (!sites.TryGetValue(order.Site, out SiteState? site)) decisions.Refuse(command, Cause.Of(CauseCode.NoSuch, "site", order.Site));
        else if (!site.Ladder.ThreatLevels.Contains(order.Level, StringComparer.Ordinal))
            decisions.Refuse(command, Cause.Of(CauseCode.NoThreatLevel, order.Level, order.Site));
        else if (string.IsNullOrWhiteSpace(order.Source) || string.IsNullOrWhiteSpace(order.Reason))
            decisions.Refuse(command, Cause.Of(CauseCode.ThreatNeedsSource));
        else if (order.ValidUntil <= now) decisions.Refuse(command, Cause.Of(CauseCode.ExpiredAlready));
        else
        {
            decisions.Add(new ThreatLevelChanged(
                order.Site, order.Level, site.Threat?.Level, order.Source, order.By, order.ValidUntil));
            site.Threat = new(
                order.Level, order.Source, order.Reason, order.By, now, order.ValidUntil, Expired: false, order.Restricted);
            foreach (PhaseRule rule in site.Site.Rules)
                if (rule.ThreatLevel is not null && rule.Border is null && AlertStands(rule) && site.Expects(rule))
                    site.Raise(rule.Phase, Cause.Of(CauseCode.ThreatLevelIs, order.Level), now, decisions);
        }
    }

    /// <summary>Applies the rules of every site to an alert's new state; to a new kind alone, those that ask for kinds.</summary>
    public void OnAlert(
        string zone, AlertState state, ThreatKind kind, bool onlyKind, DateTimeOffset now, List<Decision> decisions)
    {
        standing[zone] = (state, kind);
        foreach (SiteState site in inOrder)
            foreach (PhaseRule rule in site.Site.Rules)
                if (rule.Zone == zone && rule.Border is null && !(onlyKind && rule.Kinds.IsEmpty)
                    && AlertStands(rule) && site.Expects(rule))
                    site.Raise(rule.Phase, Cause.Of(CauseCode.AlertIn, zone, state.ToString()), now, decisions);
    }

    /// <summary>Applies the rules of every site to a crossing; one that says who it is raises nothing.</summary>
    public void OnCrossing(BorderCrossed crossing, DateTimeOffset now, List<Decision> decisions)
    {
        if (crossing.Identity.Kind != IdentityKind.NonCooperative) return;
        foreach (SiteState site in inOrder)
            foreach (PhaseRule rule in site.Site.Rules)
                if (rule.Border == crossing.Border && (rule.Direction ?? crossing.Direction) == crossing.Direction
                    && AlertStands(rule) && site.Expects(rule))
                    site.Raise(rule.Phase, Cause.Of(CauseCode.TrackCrossed, crossing.Track.ToString(CultureInfo.InvariantCulture), crossing.Border, crossing.Direction.ToString()), now, decisions);
    }

    public void Handle(RecordMeasure report, DateTimeOffset now, List<Decision> decisions)
    {
        if (!sites.TryGetValue(report.Site, out SiteState? site)) decisions.Refuse("site.measure", Cause.Of(CauseCode.NoSuch, "site", report.Site));
        else site.Measures.Handle(report, now, decisions);
    }

    public void Handle(ReportReadiness report, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "readiness.report";
        if (!sites.TryGetValue(report.Site, out SiteState? site)) decisions.Refuse(command, Cause.Of(CauseCode.NoSuch, "site", report.Site));
        else if (report.AsOf > now) decisions.Refuse(command, Cause.Of(CauseCode.StatusToCome));
        else if (site.Readiness.Count >= CommandCheck.MostRows && !site.Readiness.ContainsKey(report.System))
            decisions.Refuse(command, Cause.Of(CauseCode.HasSoMany, site.Site.Id, CommandCheck.MostRows, "systems"));
        else
        {
            DateTimeOffset asOf = report.AsOf ?? now;
            TimeSpan stale = site.Site.ReadinessStaleAfter ?? standardStaleness;
            site.Readiness[report.System] = new(
                report.System, report.Status, report.By, now, report.ReportedWhen, report.Confidence, report.Restricted)
            {
                Reported = report.Status,
                AsOf = asOf,
                StaleAt = asOf < DateTimeOffset.MaxValue - stale ? asOf + stale : DateTimeOffset.MaxValue,
            };
            decisions.Add(new Recorded("readiness", $"{site.Site.Id}/{report.System}"));
        }
    }

    /// <summary>Tells what is overdue, what a threat level's time is over, and which phase cannot be kept up.</summary>
    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        foreach (SiteState site in sites.Values) site.Tick(now, decisions);
    }

    bool AlertStands(PhaseRule rule) => rule.Zone is null
        || (standing.TryGetValue(rule.Zone, out (AlertState State, ThreatKind Kind) alert)
            && alert.State == rule.At && (rule.Kinds.IsEmpty || rule.Kinds.Contains(alert.Kind)));
}
