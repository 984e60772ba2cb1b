using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Warning;

namespace Nadhir.Reports;

/// <summary>What happened in a record. The names of the members are the stable keys of <c>nadhir report --json</c>.</summary>
sealed record RecordReport
{
    public required string Name { get; init; }
    public required bool Exercise { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required long Entries { get; init; }
    /// <summary>RFC 6962 root of all entries: equal roots mean equal records.</summary>
    public required string Root { get; init; }
    public required IReadOnlyList<TrackLine> Tracks { get; init; }
    public required IReadOnlyList<CrossingLine> Crossings { get; init; }
    public required IReadOnlyList<AlertLine> Alerts { get; init; }
    public required IReadOnlyList<SirenLine> Sirens { get; init; }
    public required IReadOnlyList<PhaseLine> Phases { get; init; }
    public required IReadOnlyList<MeasureLine> Measures { get; init; }
    public required IReadOnlyList<DirectiveRow> Directives { get; init; }
    public required IReadOnlyList<IncidentRow> Incidents { get; init; }
    public required IReadOnlyList<StatementRow> Statements { get; init; }
    /// <summary>Claims of no incident.</summary>
    public IReadOnlyList<ClaimRow> Claims { get; init; } = [];
    public IReadOnlyList<DocumentRow> Documents { get; init; } = [];
    public IReadOnlyList<Incidents.IncursionRow> Incursions { get; init; } = [];
    public PaperBoard Papers { get; init; } = PaperBoard.Empty;
    public IReadOnlyList<CaseRow> Cases { get; init; } = [];
    public required IReadOnlyList<MessageLine> Messages { get; init; }
    public required IReadOnlyList<FeedRow> Feeds { get; init; }
    public required IReadOnlyList<SensorRow> Sensors { get; init; }
    public required IReadOnlyList<FaultLine> Faults { get; init; }
    public required LatencyReport Latency { get; init; }
}

sealed record TrackLine(
    int Id, DateTimeOffset FirstSeen, DateTimeOffset ConfirmedAt, DateTimeOffset? DroppedAt, IdentityKind Identity,
    string? Authorisation, IReadOnlyList<string> Evidence);

sealed record CrossingLine(
    string Id, int Track, string Border, CrossingDirection Direction, double Probability, DateTimeOffset Time,
    TimeInterval Interval, GeoPoint Point, DateTimeOffset DecidedAt, IdentityKind Identity);

sealed record TimeInterval(DateTimeOffset Earliest, DateTimeOffset Latest);

sealed record AlertLine
{
    public required string Id { get; init; }
    public required string Zone { get; init; }
    public required AlertState State { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required ThreatKind Kind { get; init; }
    public required double Probability { get; init; }
    public TimeInterval? Arrival { get; init; }
    /// <summary>
    /// From this state to the true arrival where the truth stands beside the record, else to the moment the first track of
    /// the alert was inside the zone; absent when none ever was.
    /// </summary>
    public double? LeadSeconds { get; init; }
    /// <summary>Of a Warning, where the truth stands beside the record: lead given over lead possible.</summary>
    public double? LeadFraction { get; init; }
    /// <summary>From the first measurement of any of its tracks to this decision.</summary>
    public double? MeasurementToDecisionSeconds { get; init; }
    /// <summary>What the outlets did about it.</summary>
    public IReadOnlyList<OutletLine> Outlets { get; init; } = [];
    public required ReleaseLine Released { get; init; }
    public required string Reason { get; init; }
    public required IReadOnlyList<int> Tracks { get; init; }
}

sealed record ReleaseLine(Release Policy, string By);

sealed record SirenLine(
    string Site, string CommandId, string Action, DateTimeOffset Commanded, DateTimeOffset? Acknowledged, string State);

sealed record PhaseLine(string Site, string Phase, string Before, DateTimeOffset Time, string By, string Reason);

sealed record MeasureLine(
    string Site, string Kind, MeasureState State, string By, DateTimeOffset Time, string ReportedWhen, string Confidence,
    bool Restricted);

sealed record MessageLine(string Identifier, string Zone, AlertState State, DateTimeOffset Sent, IReadOnlyList<string> Outlets);

sealed record FaultLine(DateTimeOffset Time, string What, string Detail);

/// <summary>Milliseconds, from what the outlets reported.</summary>
sealed record LatencyReport(Spread IngestToDecision, Spread DecisionToOutlet, Spread IngestToOutlet);

sealed record Spread(int Count, double P50, double P99, double Max)
{
    public static Spread Of(List<double> values)
    {
        if (values.Count == 0) return new(0, 0, 0, 0);
        values.Sort();
        return new(values.Count, At(0.5), At(0.99), values[^1]);
        double At(double share) => Math.Round(values[Math.Min(values.Count - 1, (int)Math.Ceiling(share * values.Count) - 1)], 3);
    }
}
