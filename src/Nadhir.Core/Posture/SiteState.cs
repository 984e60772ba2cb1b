using Nadhir.Warning;

namespace Nadhir.Posture;

/// <summary>One site as the desk keeps it.</summary>
sealed class SiteState(Site site, PhaseLadder ladder, DateTimeOffset start)
{
    string phase = ladder.Phases[0], by = "configuration", reason = Cause.Of(CauseCode.AtStart).Words;
    Cause? cause = Cause.Of(CauseCode.AtStart);
    DateTimeOffset since = start;
    PhaseSpan? lasting = SpanOf(ladder, ladder.Phases[0]);
    PhaseStanding standing;

    public Site Site { get; } = site;
    public PhaseLadder Ladder { get; } = ladder;
    public MeasureBook Measures { get; } = new(site.Id, ladder);
    public SortedDictionary<string, ReadinessRow> Readiness { get; } = new(StringComparer.Ordinal);
    public ThreatRow? Threat { get; set; }
    public int Rank => RankOf(phase);

    public int RankOf(string name) => Ladder.Phases.IndexOf(name);

    /// <summary>What is expected here is at least what the rule asks for.</summary>
    public bool Expects(PhaseRule rule) => rule.ThreatLevel is not { } least
        || (Threat is { Expired: false } threat && Ladder.ThreatLevels.IndexOf(least) is >= 0 and var rank
            && Ladder.ThreatLevels.IndexOf(threat.Level) >= rank);

    /// <summary>By rule: never down.</summary>
    public void Raise(string to, Cause why, DateTimeOffset now, List<Decision> decisions)
    {
        if (RankOf(to) > Rank) Change(to, "rule", why.Words, now, decisions, why);
    }

    public void Change(string to, string who, string why, DateTimeOffset now, List<Decision> decisions, Cause? because = null)
    {
        if (phase == to) return;
        string before = phase;
        bool lowered = RankOf(to) < Rank;
        (phase, since, by, reason, cause) = (to, now, who, why, because);
        (lasting, standing) = (SpanOf(Ladder, to), PhaseStanding.Sustained);
        decisions.Add(new PhaseChanged(Site.Id, to, before, who, why));
        Measures.OnPhase(to, lowered, who, now, decisions);
    }

    public void Tick(DateTimeOffset now, List<Decision> decisions)
    {
        Measures.Tick(now, decisions);
        if (Threat is { Expired: false } threat && now >= threat.ValidUntil)
        {
            Threat = threat with { Expired = true };
            decisions.Add(new ThreatLevelExpired(Site.Id, threat.Level, threat.ValidUntil));
        }

        if (lasting is null) return;
        PhaseStanding reached = now >= since + lasting.For ? PhaseStanding.Exceeded
            : now >= since + lasting.For - lasting.WarnBefore ? PhaseStanding.Ending : PhaseStanding.Sustained;
        if (reached == standing) return;
        standing = reached;
        decisions.Add(new PhaseWearing(Site.Id, phase, standing, since + lasting.For));
    }

    public SiteRow ToRow(DateTimeOffset now) => new()
    {
        Id = Site.Id,
        Phase = phase,
        Since = since,
        By = by,
        Reason = reason,
        Cause = cause,
        Ladder = Ladder.Id,
        Threat = Threat,
        SustainableUntil = since + lasting?.For,
        Standing = standing,
        Measures = Measures.Rows,
        // Never as ready: what is too old is unknown, and what it last was stands beside.
        Readiness =
        [
            .. Readiness.Values.Select(row => now < row.StaleAt
                ? row : row with { Status = ReadinessStatus.Unknown, Stale = true }),
        ],
    };

    static PhaseSpan? SpanOf(PhaseLadder ladder, string phase) => ladder.Lasting.FirstOrDefault(span => span.Phase == phase);
}
