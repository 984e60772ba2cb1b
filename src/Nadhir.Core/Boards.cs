using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>
/// Everything a person may look at, at one moment. Never changes; readers swap one reference. Every row says how old
/// its word is.
/// </summary>
public sealed record Boards
{
    /// <summary>The watch's own time: the arrival of the last input.</summary>
    public required DateTimeOffset Now { get; init; }
    /// <summary>Entries of the journal these boards stand for, inputs and decisions: they know entry n once this is above n.</summary>
    public required long Sequence { get; init; }
    public ImmutableArray<TrackRow> Tracks { get; init; } = [];
    public ImmutableArray<AlertRow> Alerts { get; init; } = [];
    public CoverageBoard Coverage { get; init; } = new(0, []);
    public ImmutableArray<DrillRow> Drills { get; init; } = [];
    public ImmutableArray<BorderCrossed> Crossings { get; init; } = [];
    public ImmutableArray<SiteRow> Sites { get; init; } = [];
    public ImmutableArray<SirenRow> Sirens { get; init; } = [];
    /// <summary>By zone with sirens in it: what became of the latest order.</summary>
    public ImmutableArray<SirenGroupRow> SirenGroups { get; init; } = [];
    /// <summary>Null until the sirens' outlet has spoken.</summary>
    public SirenOutletRow? SirenOutlet { get; init; }
    public ImmutableArray<SensorRow> Sensors { get; init; } = [];
    public ImmutableArray<FeedRow> Feeds { get; init; } = [];
    public ImmutableArray<DirectiveRow> Directives { get; init; } = [];
    /// <summary>Who has the watch, and what was handed over.</summary>
    public ShiftBoard Shift { get; init; } = ShiftBoard.Nobody;
    public ImmutableArray<IncidentRow> Incidents { get; init; } = [];
    public ImmutableArray<StatementRow> Statements { get; init; } = [];
    /// <summary>Claims of no incident, proposed ones among them.</summary>
    public ImmutableArray<ClaimRow> Claims { get; init; } = [];
    public ImmutableArray<DocumentRow> Documents { get; init; } = [];
    /// <summary>Flights across a border with no authorisation on file, as states report them.</summary>
    public ImmutableArray<IncursionRow> Incursions { get; init; } = [];
    public PaperBoard Papers { get; init; } = PaperBoard.Empty;
    public ImmutableArray<CaseRow> Cases { get; init; } = [];
    /// <summary>Observer reports, meetings, refused commands: newest last, the latest 200.</summary>
    public ImmutableArray<LogRow> Log { get; init; } = [];
}

/// <summary>Which zones are watched over.</summary>
/// <param name="Full">How many have all their sensors working.</param>
/// <param name="Others">Every zone that has not.</param>
public sealed record CoverageBoard(int Full, ImmutableArray<CoverageRow> Others)
{
    /// <summary>Zones that are watched over, but where no working sensor sees what flies lower than 150 m.</summary>
    public ImmutableArray<CoverageRow> Low { get; init; } = [];
}

public sealed record DrillRow(
    string Id, DrillState State, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Zones,
    ImmutableArray<MessageText> Texts, string By);

/// <param name="Since">When it became so; among <see cref="CoverageBoard.Low"/>, when low flyers were lost from sight.</param>
public sealed record CoverageRow(string Zone, Coverage State, DateTimeOffset? Since = null)
{
    /// <summary>Metres above smooth ground from which a working sensor sees over the zone's middle; null when none does.</summary>
    public double? SeenFromMetres { get; init; }
}

public sealed record TrackRow(Track Track, Identity Identity);

public sealed record AlertRow
{
    public required string Id { get; init; }
    public required string Zone { get; init; }
    public required AlertState State { get; init; }
    public required ThreatKind Kind { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Updated { get; init; }
    public required double Probability { get; init; }
    public ArrivalInterval? Arrival { get; init; }
    public ImmutableArray<int> Tracks { get; init; } = [];
    /// <summary>Sensors that have seen any of the tracks within the last minute.</summary>
    public ImmutableArray<string> SeenBy { get; init; } = [];
    public required string Reason { get; init; }
    /// <summary>The person who raised it; null when the rule did.</summary>
    public string? RaisedBy { get; init; }
    /// <summary>Why a person raised it or took it back, in that person's words; null when no person gave a reason.</summary>
    public string? Remark { get; init; }
    /// <summary>What people have added to it while it lasts, and who did so last.</summary>
    public string? UpdatedBy { get; init; }
    public Advice? Advice { get; init; }
    public DateTimeOffset? KeptUntil { get; init; }
    /// <summary>Who has released it so far.</summary>
    public ImmutableArray<string> Released { get; init; } = [];
    /// <summary>How many people have been called because nobody answered.</summary>
    public int Escalated { get; init; }
    /// <summary>How often it was raised again after its all-clear.</summary>
    public int Repeats { get; init; }
    /// <summary>Watches that the pause after its all-clear held back.</summary>
    public int HeldBack { get; init; }
    /// <summary>A person is asked for: the release of a warning, or the all-clear.</summary>
    public bool AwaitsRelease { get; init; }
    public bool AwaitsAllClear { get; init; }
    public ImmutableArray<string> AcknowledgedBy { get; init; } = [];
    public ImmutableArray<string> Messages { get; init; } = [];
    /// <summary>The latest word of every outlet.</summary>
    public ImmutableArray<Delivery> Deliveries { get; init; } = [];
}

/// <summary>What an outlet said of a message.</summary>
public sealed record Delivery(string Outlet, string Message, bool Ok, string Detail, DateTimeOffset At)
{
    /// <summary>The detail as a code; null where the outlet gave none.</summary>
    public Cause? Cause { get; init; }
}

public sealed record SiteRow
{
    public required string Id { get; init; }
    public required string Phase { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required string By { get; init; }
    public required string Reason { get; init; }
    /// <summary>The reason, where a rule gave it.</summary>
    public Cause? Cause { get; init; }
    /// <summary>Its ladder; empty for the common one.</summary>
    public string Ladder { get; init; } = "";
    /// <summary>What is expected, apart from the phase, which is what is done. Null: nobody has said.</summary>
    public ThreatRow? Threat { get; init; }
    /// <summary>Until when the phase can be kept up; null: without a time.</summary>
    public DateTimeOffset? SustainableUntil { get; init; }
    public PhaseStanding Standing { get; init; }
    public ImmutableArray<MeasureRow> Measures { get; init; } = [];
    public ImmutableArray<ReadinessRow> Readiness { get; init; } = [];
}

public sealed record MeasureRow(
    string Kind, MeasureState State, string By, DateTimeOffset At, string ReportedWhen, string Confidence, bool Restricted)
{
    /// <summary>Who is to do it; empty when the ladder does not say.</summary>
    public string Role { get; init; } = "";
    /// <summary>The phase that ordered it; null when a person did, or nobody.</summary>
    public string? Phase { get; init; }
    public string? OrderedBy { get; init; }
    public DateTimeOffset? OrderedAt { get; init; }
    /// <summary>By when it is to be reported done.</summary>
    public DateTimeOffset? Due { get; init; }
    public string? DoneBy { get; init; }
    /// <summary>Who looks whether it was done; null when nobody is asked to.</summary>
    public string? CheckRole { get; init; }
    public DateTimeOffset? CheckDue { get; init; }
    /// <summary>Since when it, or once done its check, has been overdue.</summary>
    public DateTimeOffset? OverdueSince { get; init; }
    /// <summary>How many people have been called about it.</summary>
    public int Escalated { get; init; }
    public string Note { get; init; } = "";
}

public sealed record ReadinessRow(
    string System, ReadinessStatus Status, string By, DateTimeOffset At, string ReportedWhen, string Confidence,
    bool Restricted)
{
    /// <summary>As it was reported, however long ago; <see cref="Status"/> is Unknown once that is too old.</summary>
    public ReadinessStatus Reported { get; init; }
    /// <summary>Of when the report is, by its source.</summary>
    public DateTimeOffset? AsOf { get; init; }
    public DateTimeOffset? StaleAt { get; init; }
    public bool Stale { get; init; }
}

public sealed record SensorRow(string Id, SensorState State, DateTimeOffset? LastSeen, long Plots, string Reason)
{
    /// <summary>The reason, where it is ours to say; null when a person or the sensor gave it.</summary>
    public Cause? Cause { get; init; }
    /// <summary>What it measured, over the last five to ten seconds.</summary>
    public double PlotsPerSecond { get; init; }
    /// <summary>What it says of its own state; absent for sensors that say nothing of it.</summary>
    public SensorWord? Word { get; init; }
    public ClockRow? Clock { get; init; }
    /// <summary>Absent while the sensor has been compared with no other.</summary>
    public BiasRow? Bias { get; init; }
}

/// <summary>
/// A sensor's clock by the times of arrival: how far ahead it is as corrected (behind: negative), and what came too
/// late or too early.
/// </summary>
public sealed record ClockRow(ClockState State, double AheadSeconds, long Late, long Ahead, int Leaps, string Reason);

/// <summary>A sensor's systematic errors by common tracks, told minus true, each with one sigma.</summary>
public sealed record BiasRow
{
    public required double RangeMetres { get; init; }
    public required double SigmaRangeMetres { get; init; }
    public required double AzimuthDegrees { get; init; }
    public required double SigmaAzimuthDegrees { get; init; }
    public required double ClockSeconds { get; init; }
    public required double SigmaClockSeconds { get; init; }
    /// <summary>Measurements compared.</summary>
    public required long Samples { get; init; }
    public required bool Settled { get; init; }
    /// <summary>The tracker corrects the sensor's measurements by these.</summary>
    public required bool Corrected { get; init; }
    /// <summary>In plain words; empty when there is nothing to tell.</summary>
    public required string Fault { get; init; }
}

public sealed record FeedRow(string Id, DateTimeOffset? LastSeen, long Bytes, long Arrivals, ImmutableArray<FaultCount> Faults)
{
    /// <summary>Over the last five to ten seconds.</summary>
    public double ArrivalsPerSecond { get; init; }
    /// <summary>Arrivals that were lost before they were on record, because more came than could be held.</summary>
    public long Lost { get; init; }
    /// <summary>What its decoder has found out that the configuration does not say.</summary>
    public ImmutableArray<FeedFinding> Findings { get; init; } = [];
}

public sealed record FaultCount(string Fault, long Count, string LastDetail)
{
    /// <summary>The detail as a code.</summary>
    public Cause? LastCause { get; init; }
}

public sealed record DirectiveRow
{
    public required string Id { get; init; }
    public string? Content { get; init; }
    public required bool ContentNotReported { get; init; }
    public string Count { get; init; } = "";
    public required string Attribution { get; init; }
    /// <summary>Who issued or recorded it.</summary>
    public string By { get; init; } = "";
    public required DateTimeOffset IssuedAt { get; init; }
    /// <summary>By when it is to be acknowledged.</summary>
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? CompleteBy { get; init; }
    /// <summary>Acknowledgements hold so long.</summary>
    public TimeSpan? RenewAfter { get; init; }
    public required ImmutableArray<FormationRow> Formations { get; init; }
}

public sealed record FormationRow(string Formation, DirectiveState State, DateTimeOffset At, string Note)
{
    /// <summary>Something is still to come: it is not done, and nobody has accepted that it is not possible.</summary>
    [JsonIgnore]
    public bool IsOpen => State != DirectiveState.Done && this is not { State: DirectiveState.NotPossible, AwaitsApproval: false };
    public string By { get; init; } = "";
    /// <summary>The formation above it that was addressed; null when it was itself.</summary>
    public string? Through { get; init; }
    public ImmutableArray<AcknowledgementRow> Acknowledgements { get; init; } = [];
    /// <summary>Named persons whose acknowledgement is missing, or too old.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];
    public DirectiveDuty? Overdue { get; init; }
    public DateTimeOffset? OverdueSince { get; init; }
    /// <summary>How many people have been called about it.</summary>
    public int Escalated { get; init; }
    /// <summary>It says that it is not possible, and nobody has answered that.</summary>
    public bool AwaitsApproval { get; init; }
    public string? ApprovedBy { get; init; }
    /// <summary>How it stood before it said that it is not possible.</summary>
    public DirectiveState? Before { get; init; }
}

public sealed record IncidentRow
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Zone { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>All of them, in order of arrival; a later one does not remove an earlier one.</summary>
    public ImmutableArray<ClaimRow> Claims { get; init; } = [];
    public ImmutableArray<int> Tracks { get; init; } = [];
    /// <summary>What is said of casualties; null while nothing is.</summary>
    public CasualtyRow? Casualties { get; init; }
}

public sealed record LogRow(DateTimeOffset At, string Kind, string By, string Text)
{
    /// <summary>The text as a code, such as why an order was refused; null where a person wrote it.</summary>
    public Cause? Cause { get; init; }
    /// <summary>The order that was refused.</summary>
    public string? Command { get; init; }
}
