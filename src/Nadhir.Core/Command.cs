using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>
/// What a person or partner system orders or reports. Each is an input of the journal. A text left out of the JSON is
/// read as null, past its initialiser: those that may be left out become empty.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SetPhase), "site.phase")]
[JsonDerivedType(typeof(SetThreatLevel), "site.threatLevel")]
[JsonDerivedType(typeof(RecordMeasure), "site.measure")]
[JsonDerivedType(typeof(ReportReadiness), "readiness.report")]
[JsonDerivedType(typeof(RaiseAlert), "alert.raise")]
[JsonDerivedType(typeof(ReleaseAlert), "alert.release")]
[JsonDerivedType(typeof(UpdateAlert), "alert.update")]
[JsonDerivedType(typeof(EndAlert), "alert.allClear")]
[JsonDerivedType(typeof(CorrectAlert), "alert.correct")]
[JsonDerivedType(typeof(AcknowledgeAlert), "alert.acknowledge")]
[JsonDerivedType(typeof(IssueDirective), "directive.issue")]
[JsonDerivedType(typeof(ReportDirective), "directive.report")]
[JsonDerivedType(typeof(JudgeNotPossible), "directive.judge")]
[JsonDerivedType(typeof(HandOver), "shift.handOver")]
[JsonDerivedType(typeof(AcknowledgeHandOver), "shift.acknowledge")]
[JsonDerivedType(typeof(TakeWatch), "shift.take")]
[JsonDerivedType(typeof(ReportObservation), "observer.report")]
[JsonDerivedType(typeof(OpenIncident), "incident.open")]
[JsonDerivedType(typeof(RecordClaim), "claim.record")]
[JsonDerivedType(typeof(RecordStatement), "statement.record")]
[JsonDerivedType(typeof(AddSource), "source.add")]
[JsonDerivedType(typeof(ReviseClaim), "claim.revise")]
[JsonDerivedType(typeof(AcceptClaim), "claim.accept")]
[JsonDerivedType(typeof(RejectClaim), "claim.reject")]
[JsonDerivedType(typeof(DraftStatement), "statement.draft")]
[JsonDerivedType(typeof(ApproveStatement), "statement.approve")]
[JsonDerivedType(typeof(PublishStatement), "statement.publish")]
[JsonDerivedType(typeof(CorrectStatement), "statement.correct")]
[JsonDerivedType(typeof(RecordMandate), "mandate.record")]
[JsonDerivedType(typeof(RecordAuthorisation), "authorisation.record")]
[JsonDerivedType(typeof(AmendIncursion), "incursion.amend")]
[JsonDerivedType(typeof(OpenCase), "case.open")]
[JsonDerivedType(typeof(SetCaseDeadline), "case.deadline")]
[JsonDerivedType(typeof(MeetCaseDeadline), "case.met")]
[JsonDerivedType(typeof(AddToCase), "case.add")]
[JsonDerivedType(typeof(LookAtCase), "case.look")]
[JsonDerivedType(typeof(RecordEvent), "event.record")]
[JsonDerivedType(typeof(AnnounceOutage), "sensor.outage")]
[JsonDerivedType(typeof(CallOffDrill), "drill.callOff")]
[JsonDerivedType(typeof(TestSiren), "siren.test")]
public abstract record Command
{
    /// <summary>Who orders or reports: a person's role or a named source.</summary>
    public required string By { get; init; }
}

/// <summary>Sets a site's phase. Lowering needs a reason.</summary>
public sealed record SetPhase(string Site, string Phase, string Reason) : Command;

/// <summary>Orders a measure, whatever the phase, or says how far it is.</summary>
public sealed record RecordMeasure(string Site, string Kind, MeasureState State) : Command
{
    public string ReportedWhen { get; init => field = value ?? ""; } = "";
    public string Confidence { get; init => field = value ?? ""; } = "";
    public bool Restricted { get; init; }
    /// <summary>Of an order: the time it may take; as the ladder says when null.</summary>
    public double? WithinSeconds { get; init; }
    public string Note { get; init => field = value ?? ""; } = "";
}

/// <summary>Status of a third party's system as reported. Nadhir commands none.</summary>
public sealed record ReportReadiness(string Site, string System, ReadinessStatus Status) : Command
{
    /// <summary>Of when the status is; now when null. Its age counts from here.</summary>
    public DateTimeOffset? AsOf { get; init; }
    public string ReportedWhen { get; init => field = value ?? ""; } = "";
    public string Confidence { get; init => field = value ?? ""; } = "";
    public bool Restricted { get; init; }
}

/// <summary>
/// A person warns a zone and all that lies in it. Where the policy asks for two persons the first one's order is a Watch
/// that waits for the second. Such an alert ends by people only.
/// </summary>
public sealed record RaiseAlert(string Zone, AlertState State, ThreatKind Kind, string Reason) : Command;

public sealed record ReleaseAlert(string Alert) : Command;

/// <summary>
/// Tells everyone who was told of an alert something more of it; what is null stays as it is. Its state does not change.
/// </summary>
public sealed record UpdateAlert(string Alert) : Command
{
    /// <summary>So long from now it holds at least: no rule ends it earlier, a person may.</summary>
    public double? KeepForSeconds { get; init; }
    /// <summary>A sentence added to what people are to do; <see cref="Warning.Advice.None"/> takes it back.</summary>
    public Advice? Advice { get; init; }
    /// <summary>The sirens of a Warning sound once more.</summary>
    public bool SoundAgain { get; init; }
}

/// <summary>Gives the all-clear of an alert.</summary>
public sealed record EndAlert(string Alert) : Command;

/// <summary>Takes an alert back as a false alarm.</summary>
public sealed record CorrectAlert(string Alert, string Reason) : Command;

public sealed record AcknowledgeAlert(string Alert) : Command;

public sealed record IssueDirective(string Directive, ImmutableArray<string> To, string? Content = null) : Command
{
    /// <summary>The existence of the directive is reported, its text is not; no text is ever made up.</summary>
    public bool ContentNotReported { get; init; }
    public string Count { get; init => field = value ?? ""; } = "";
    public string Attribution { get; init => field = value ?? ""; } = "";
    /// <summary>By when it is to be acknowledged, and by when to be done.</summary>
    public DateTimeOffset? Deadline { get; init; }
    public DateTimeOffset? CompleteBy { get; init; }
    /// <summary>An acknowledgement has to be renewed after so long; as the configuration says when null.</summary>
    public double? RenewAfterSeconds { get; init; }
}

public sealed record ReportDirective(string Directive, string Formation, DirectiveState State, string Note) : Command;

/// <summary>What somebody saw or heard. With a place and a direction it is a measurement, see docs/feeds/observers.md.</summary>
public sealed record ReportObservation(string Text) : Command
{
    public string? Zone { get; init; }
    /// <summary>Where the person is, and how well that is known (one sigma).</summary>
    public GeoPoint? Position { get; init; }
    public double? PositionSigmaMetres { get; init; }
    /// <summary>Made up by the phone, the same each time it sends this report: it is taken once.</summary>
    public string? Report { get; init; }
    /// <summary>By the phone's clock. What counts is <see cref="SecondsAgo"/>, which needs no right clock.</summary>
    public DateTimeOffset? SeenAt { get; init; }
    /// <summary>Between seeing and sending; a report may have waited for a connection.</summary>
    public double? SecondsAgo { get; init; }
    public ObservedKind? What { get; init; }
    public int? Count { get; init; }
    public ObservedDistance? Distance { get; init; }
    /// <summary>Where it was seen, from true north, clockwise; one sigma, half a point of sixteen when absent.</summary>
    public double? DirectionDegrees { get; init; }
    public double? DirectionSigmaDegrees { get; init; }
    /// <summary>Where it moves to.</summary>
    public double? MovingDegrees { get; init; }
}

public sealed record OpenIncident(string Incident, string Title, string Zone) : Command;

/// <summary>A statement of somebody else's as it was published.</summary>
public sealed record RecordStatement(string Statement, string Speaker, ImmutableArray<string> Claims) : Command
{
    public string? Incident { get; init; }
}

/// <summary>Something worth keeping that has no form of its own: a meeting, a request.</summary>
public sealed record RecordEvent(string Kind, string Text) : Command
{
    public ImmutableArray<string> Who { get; init => field = value.IsDefault ? [] : value; } = [];
    public string Attribution { get; init => field = value ?? ""; } = "";
    /// <summary>The text as a code, where a program of ours wrote it and not a person.</summary>
    public Cause? Cause { get; init; }
}

/// <summary>Announces that a sensor is off on purpose. Its coverage is shown as lost all the same.</summary>
public sealed record AnnounceOutage(string Sensor, bool Off, string Reason) : Command;

/// <summary>A planned drill does not take place, or ends now.</summary>
public sealed record CallOffDrill(string Drill, string Reason) : Command;

/// <summary>Silent test of a siren's link.</summary>
public sealed record TestSiren(string Siren) : Command;
