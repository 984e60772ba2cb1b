using System.Collections.Immutable;

namespace Nadhir.Posture;

/// <summary>
/// The register of directives: to whom, who has answered what, what is overdue. A directive whose words are not reported
/// stands without words; none are ever made up.
/// </summary>
sealed class DirectiveDesk(WatchConfiguration configuration)
{
    readonly FormationTree tree = new(configuration.Formations);
    readonly SortedDictionary<string, Directive> directives = new(StringComparer.Ordinal);
    int formations;

    public ImmutableArray<DirectiveRow> Rows => [.. directives.Values.Select(directive => directive.Row)];

    public void Handle(IssueDirective order, DateTimeOffset now, List<Decision> decisions)
    {
        const string command = "directive.issue";
        if (directives.ContainsKey(order.Directive)) decisions.Refuse(command, Cause.Of(CauseCode.Exists, order.Directive));
        else if (directives.Count >= CommandCheck.MostDirectives)
            decisions.Refuse(command, Cause.Of(CauseCode.ThereAre, CommandCheck.MostDirectives, "directives"));
        else if (order.ContentNotReported == (order.Content is not null))
            decisions.Refuse(command, Cause.Of(CauseCode.GiveContent));
        else if (order.To.FirstOrDefault(to => !tree.Knows(to)) is { } unknown)
            decisions.Refuse(command, Cause.Of(CauseCode.NoSuch, "formation", unknown));
        else
        {
            // Without formations in the configuration a name stands for itself, even twice, as it always did.
            IEnumerable<(string, string)> reached = tree.IsOpen ? order.To.Select(to => (to, to)) : tree.Reach(order.To);
            Directive directive = new(order, reached, tree, configuration.Directives, now);
            if (formations + directive.Count > CommandCheck.MostAddressed)
            {
                decisions.Refuse(command, Cause.Of(CauseCode.AddresseesFull, CommandCheck.MostAddressed));
                return;
            }

            formations += directive.Count;
            directives[order.Directive] = directive;
            decisions.Add(new Recorded("directive", order.Directive));
        }
    }

    public void Handle(ReportDirective report, DateTimeOffset now, List<Decision> decisions)
    {
        Cause? refusal = directives.TryGetValue(report.Directive, out Directive? directive)
            ? directive.Take(report, now) : Cause.Of(CauseCode.NoDirectiveFor, report.Directive, report.Formation);
        if (refusal is not null) decisions.Refuse("directive.report", refusal);
        else decisions.Add(new Recorded("directive", $"{report.Directive}/{report.Formation}/{report.State}"));
    }

    public void Handle(JudgeNotPossible judgement, DateTimeOffset now, List<Decision> decisions)
    {
        Cause? refusal = directives.TryGetValue(judgement.Directive, out Directive? directive)
            ? directive.Take(judgement, now) : Cause.Of(CauseCode.NoDirectiveFor, judgement.Directive, judgement.Formation);
        if (refusal is not null) decisions.Refuse("directive.judge", refusal);
        else
        {
            string outcome = judgement.Accepted ? "accepted" : "refused";
            decisions.Add(new Recorded("directive", $"{judgement.Directive}/{judgement.Formation}/NotPossible/{outcome}"));
        }
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        foreach (Directive directive in directives.Values) directive.Tick(now, decisions);
    }
}
