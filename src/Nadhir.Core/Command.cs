using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Geodesy;
using Nadhir.Posture;

namespace Nadhir;

/// <summary>What a person or partner system orders or reports. Each is an input of the journal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SetPhase), "site.phase")]
[JsonDerivedType(typeof(RecordMeasure), "site.measure")]
[JsonDerivedType(typeof(ReportReadiness), "readiness.report")]
[JsonDerivedType(typeof(ReleaseAlert), "alert.release")]
[JsonDerivedType(typeof(EndAlert), "alert.allClear")]
[JsonDerivedType(typeof(CorrectAlert), "alert.correct")]
[JsonDerivedType(typeof(AcknowledgeAlert), "alert.acknowledge")]
[JsonDerivedType(typeof(IssueDirective), "directive.issue")]
[JsonDerivedType(typeof(ReportDirective), "directive.report")]
[JsonDerivedType(typeof(ReportObservation), "observer.report")]
[JsonDerivedType(typeof(OpenIncident), "incident.open")]
[JsonDerivedType(typeof(RecordClaim), "claim.record")]
[JsonDerivedType(typeof(RecordStatement), "statement.record")]
[JsonDerivedType(typeof(RecordEvent), "event.record")]
[JsonDerivedType(typeof(AnnounceOutage), "sensor.outage")]
[JsonDerivedType(typeof(TestSiren), "siren.test")]
public abstract record Command
{
    /// <summary>Who orders or reports: a person's role or a named source.</summary>
    public required string By { get; init; }
}

/// <summary>Sets a site's phase. Lowering needs a reason.</summary>
public sealed record SetPhase(string Site, string Phase, string Reason) : Command;

public sealed record RecordMeasure(string Site, string Kind, MeasureState State) : Command
{
    public string ReportedWhen { get; init; } = "";
    public string Confidence { get; init; } = "";
    public bool Restricted { get; init; }
}

/// <summary>Status of a third party's system as reported. Nadhir commands none.</summary>
public sealed record ReportReadiness(string Site, string System, ReadinessStatus Status) : Command
{
    public string ReportedWhen { get; init; } = "";
    public string Confidence { get; init; } = "";
    public bool Restricted { get; init; }
}

public sealed record ReleaseAlert(string Alert) : Command;

/// <summary>Gives the all-clear of an alert.</summary>
public sealed record EndAlert(string Alert) : Command;

/// <summary>Takes an alert back as a false alarm.</summary>
public sealed record CorrectAlert(string Alert, string Reason) : Command;

public sealed record AcknowledgeAlert(string Alert) : Command;

public sealed record IssueDirective(string Directive, ImmutableArray<string> To, string? Content = null) : Command
{
    /// <summary>The existence of the directive is reported, its text is not; no text is ever made up.</summary>
    public bool ContentNotReported { get; init; }
    public string Count { get; init; } = "";
    public string Attribution { get; init; } = "";
    public DateTimeOffset? Deadline { get; init; }
}

public sealed record ReportDirective(string Directive, string Formation, DirectiveState State, string Note) : Command;

public sealed record ReportObservation(string Text) : Command
{
    public string? Zone { get; init; }
    public GeoPoint? Position { get; init; }
}

public sealed record OpenIncident(string Incident, string Title, string Zone) : Command;

/// <summary>Who said what about what. Never upgraded to a fact.</summary>
public sealed record RecordClaim(string Claim, string Kind, string Text, string Attribution) : Command
{
    public string? Incident { get; init; }
    public int? Killed { get; init; }
    public int? Injured { get; init; }
    /// <summary>Reliability A–F and credibility 1–6 ("B2"), empty when not graded.</summary>
    public string Grading { get; init; } = "";
}

public sealed record RecordStatement(string Statement, string Speaker, ImmutableArray<string> Claims) : Command
{
    public string? Incident { get; init; }
}

/// <summary>Something worth keeping that has no form of its own: a meeting, a request.</summary>
public sealed record RecordEvent(string Kind, string Text) : Command
{
    public ImmutableArray<string> Who { get; init; } = [];
    public string Attribution { get; init; } = "";
}

/// <summary>Announces that a sensor is off on purpose. Its coverage is shown as lost all the same.</summary>
public sealed record AnnounceOutage(string Sensor, bool Off, string Reason) : Command;

/// <summary>Silent test of a siren's link.</summary>
public sealed record TestSiren(string Siren) : Command;
