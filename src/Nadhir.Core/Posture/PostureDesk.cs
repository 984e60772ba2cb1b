using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>
/// The state of each site: its phase, measures and the reported readiness of others' systems. Rules and people raise a
/// phase; only people lower it, with a reason.
/// </summary>
sealed class PostureDesk
{
    readonly WatchConfiguration configuration;
    readonly SortedDictionary<string, SiteRow> sites = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, DirectiveRow> directives = new(StringComparer.Ordinal);

    public PostureDesk(WatchConfiguration configuration, DateTimeOffset start)
    {
        this.configuration = configuration;
        foreach (Site site in configuration.Sites)
        {
            sites[site.Id] = new SiteRow
            {
                Id = site.Id, Phase = configuration.Ladder.Phases[0], Since = start, By = "configuration", Reason = "at start",
            };
        }
    }

    public ImmutableArray<SiteRow> Sites => [.. sites.Values];
    public ImmutableArray<DirectiveRow> Directives => [.. directives.Values];

    public void Handle(SetPhase order, DateTimeOffset now, List<Decision> decisions)
    {
        int target = configuration.Ladder.Phases.IndexOf(order.Phase);
        if (!sites.TryGetValue(order.Site, out SiteRow? site)) Refuse("site.phase", $"no site {order.Site}", decisions);
        else if (target < 0) Refuse("site.phase", $"no phase {order.Phase} on the ladder", decisions);
        else if (target < configuration.Ladder.Phases.IndexOf(site.Phase) && string.IsNullOrWhiteSpace(order.Reason))
            Refuse("site.phase", "lowering a phase needs a reason", decisions);
        else Change(site, order.Phase, order.By, order.Reason, now, decisions);
    }

    /// <summary>Applies the rules of every site to an alert's new state.</summary>
    public void OnAlert(string zone, AlertState state, DateTimeOffset now, List<Decision> decisions)
    {
        foreach (Site site in configuration.Sites)
            foreach (PhaseRule rule in site.Rules)
            {
                if (rule.Zone != zone || rule.At != state) continue;
                SiteRow row = sites[site.Id];
                ImmutableArray<string> ladder = configuration.Ladder.Phases;
                if (ladder.IndexOf(rule.Phase) <= ladder.IndexOf(row.Phase)) continue;
                Change(row, rule.Phase, "rule", $"{zone} is in {state}", now, decisions);
            }
    }

    public void Handle(RecordMeasure report, DateTimeOffset now, List<Decision> decisions)
    {
        if (!sites.TryGetValue(report.Site, out SiteRow? site))
        {
            Refuse("site.measure", $"no site {report.Site}", decisions);
            return;
        }

        if (site.Measures.Length >= CommandCheck.MostRows && site.Measures.All(m => m.Kind != report.Kind))
        {
            Refuse("site.measure", $"{site.Id} has {CommandCheck.MostRows} kinds of measures", decisions);
            return;
        }

        MeasureRow row = new(report.Kind, report.State, report.By, now, report.ReportedWhen, report.Confidence, report.Restricted);
        sites[site.Id] = site with { Measures = [.. site.Measures.Where(m => m.Kind != report.Kind), row] };
        decisions.Add(new Recorded("measure", $"{site.Id}/{report.Kind}"));
    }

    public void Handle(ReportReadiness report, DateTimeOffset now, List<Decision> decisions)
    {
        if (!sites.TryGetValue(report.Site, out SiteRow? site))
        {
            Refuse("readiness.report", $"no site {report.Site}", decisions);
            return;
        }

        if (site.Readiness.Length >= CommandCheck.MostRows && site.Readiness.All(r => r.System != report.System))
        {
            Refuse("readiness.report", $"{site.Id} has {CommandCheck.MostRows} systems", decisions);
            return;
        }

        ReadinessRow row = new(
            report.System, report.Status, report.By, now, report.ReportedWhen, report.Confidence, report.Restricted);
        sites[site.Id] = site with { Readiness = [.. site.Readiness.Where(r => r.System != report.System), row] };
        decisions.Add(new Recorded("readiness", $"{site.Id}/{report.System}"));
    }

    public void Handle(IssueDirective order, DateTimeOffset now, List<Decision> decisions)
    {
        if (directives.ContainsKey(order.Directive)) Refuse("directive.issue", $"{order.Directive} exists", decisions);
        else if (directives.Count >= CommandCheck.MostDirectives)
            Refuse("directive.issue", $"there are {CommandCheck.MostDirectives} directives", decisions);
        else if (order.ContentNotReported == (order.Content is not null))
            Refuse("directive.issue", "give the content, or say that it is not reported", decisions);
        else
        {
            directives[order.Directive] = new DirectiveRow
            {
                Id = order.Directive,
                Content = order.Content,
                ContentNotReported = order.ContentNotReported,
                Count = order.Count,
                Attribution = order.Attribution,
                IssuedAt = now,
                Deadline = order.Deadline,
                Formations = [.. order.To.Select(to => new FormationRow(to, DirectiveState.Issued, now, ""))],
            };
            decisions.Add(new Recorded("directive", order.Directive));
        }
    }

    public void Handle(ReportDirective report, DateTimeOffset now, List<Decision> decisions)
    {
        if (!directives.TryGetValue(report.Directive, out DirectiveRow? directive)
            || directive.Formations.All(f => f.Formation != report.Formation))
        {
            Refuse("directive.report", $"no directive {report.Directive} for {report.Formation}", decisions);
            return;
        }

        directives[directive.Id] = directive with
        {
            Formations =
            [
                .. directive.Formations.Select(f => f.Formation == report.Formation
                    ? new FormationRow(f.Formation, report.State, now, report.Note) : f),
            ],
        };
        decisions.Add(new Recorded("directive", $"{directive.Id}/{report.Formation}/{report.State}"));
    }

    /// <summary>Directives whose deadline passed without an acknowledgement become overdue.</summary>
    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        foreach (DirectiveRow directive in directives.Values.ToArray())
        {
            if (directive.Deadline is not { } deadline || now < deadline) continue;
            foreach (FormationRow formation in directive.Formations)
            {
                if (formation.State is not (DirectiveState.Issued or DirectiveState.Delivered)) continue;
                Handle(new ReportDirective(directive.Id, formation.Formation, DirectiveState.Overdue, "deadline passed")
                    { By = "rule" }, now, decisions);
            }
        }
    }

    void Change(SiteRow site, string phase, string by, string reason, DateTimeOffset now, List<Decision> decisions)
    {
        if (site.Phase == phase) return;
        sites[site.Id] = site with { Phase = phase, Since = now, By = by, Reason = reason };
        decisions.Add(new PhaseChanged(site.Id, phase, site.Phase, by, reason));
    }

    static void Refuse(string command, string reason, List<Decision> decisions) =>
        decisions.Add(new CommandRefused(command, reason));
}
