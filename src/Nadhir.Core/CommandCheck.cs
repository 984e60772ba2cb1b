using System.Collections.Immutable;
using Nadhir.Posture;

namespace Nadhir;

/// <summary>
/// What JSON allows and the desks do not: members left out, nulls, values no enum has, texts and lists without end. The
/// limits also bound what one watch keeps in memory; all that was accepted stays in the journal.
/// </summary>
static class CommandCheck
{
    public const int LongestText = 10_000;
    /// <summary>Formations of a directive, claims of a statement, persons of an event.</summary>
    public const int LongestList = 1000;
    public const int MostIncidents = 10_000;
    public const int MostClaims = 1000;
    public const int MostStatements = 10_000;
    /// <summary>The text of a document, characters; of all documents of a watch together.</summary>
    public const int LongestDocument = AddSource.LongestText;
    public const int MostDocumentText = 20_000_000;
    public const int MostDocuments = 2000;
    /// <summary>Claims of no incident that the board keeps.</summary>
    public const int MostLooseClaims = 10_000;
    public const int MostRevisions = 100;
    /// <summary>Sentences of a statement, and its versions.</summary>
    public const int MostSentences = 500;
    public const int MostVersions = 100;
    /// <summary>Versions of all mandates, and of all authorisations, that are recorded while the watch runs.</summary>
    public const int MostPapers = 5000;
    public const int MostCases = 1000;
    /// <summary>Deadlines, and other items, of one case file.</summary>
    public const int MostCaseItems = 2000;
    public const int MostAmendments = 200;
    public const int MostDirectives = 10_000;
    /// <summary>Kinds of measures, and systems with a reported readiness, of one site.</summary>
    public const int MostRows = 1000;
    public const int MostAcknowledgements = 1000;
    /// <summary>Formations of all directives together; a directive beyond it is refused.</summary>
    public const int MostAddressed = 100_000;
    /// <summary>Items of a hand-over; of those beyond it the number is told.</summary>
    public const int MostHandOverItems = 1000;
    /// <summary>Periods of who had the watch, on the board; the oldest goes. All of them are in the journal.</summary>
    public const int MostWatchPeriods = 200;
    /// <summary>Of the id that a phone makes up for a report, characters.</summary>
    public const int LongestReportId = 64;
    const int LongestReason = 300;
    /// <summary>Of a measure or an acknowledgement, seconds: a year.</summary>
    const double LongestTerm = 86_400 * 366;

    /// <summary>An alert is kept in force by one order for a day at most, seconds.</summary>
    const double LongestKeeping = 86_400;

    /// <summary>Why the command cannot be used, or null.</summary>
    public static Cause? Fault(Command command) => Text("by", command.By) ?? command switch
    {
        SetPhase c => Texts(("site", c.Site), ("phase", c.Phase), ("reason", c.Reason)),
        RecordMeasure c => Texts(("site", c.Site), ("kind", c.Kind), ("reportedWhen", c.ReportedWhen), ("confidence", c.Confidence), ("note", c.Note))
            ?? Known("state", c.State) ?? Within("withinSeconds", c.WithinSeconds, 1, LongestTerm),
        SetThreatLevel c => Texts(("site", c.Site), ("level", c.Level), ("source", c.Source), ("reason", c.Reason)),
        ReportReadiness c => Texts(("site", c.Site), ("system", c.System), ("reportedWhen", c.ReportedWhen), ("confidence", c.Confidence))
            ?? Known("status", c.Status),
        RaiseAlert c => Texts(("zone", c.Zone), ("reason", c.Reason)) ?? Known("kind", c.Kind)
            ?? (c.State is Warning.AlertState.Watch or Warning.AlertState.Warning ? null : Cause.Of(CauseCode.Malformed, "state is Watch or Warning")),
        ReleaseAlert c => Text("alert", c.Alert),
        UpdateAlert c => Text("alert", c.Alert) ?? Within("keepForSeconds", c.KeepForSeconds, 60, LongestKeeping)
            ?? (c.Advice is { } advice ? Known("advice", advice) : null),
        EndAlert c => Text("alert", c.Alert),
        CorrectAlert c => Texts(("alert", c.Alert), ("reason", c.Reason)),
        AcknowledgeAlert c => Text("alert", c.Alert),
        IssueDirective c => Texts(("directive", c.Directive), ("content", c.Content ?? ""), ("count", c.Count), ("attribution", c.Attribution))
            ?? List("to", c.To) ?? Within("renewAfterSeconds", c.RenewAfterSeconds, 60, LongestTerm),
        JudgeNotPossible c => Texts(("directive", c.Directive), ("formation", c.Formation), ("reason", c.Reason)),
        HandOver c => Text("to", c.To),
        AcknowledgeHandOver c => Text("handOver", c.HandOver) ?? List("items", c.Items),
        TakeWatch c => Text("reason", c.Reason),
        ReportDirective c => Texts(("directive", c.Directive), ("formation", c.Formation), ("note", c.Note)) ?? Known("state", c.State),
        ReportObservation c => Texts(("text", c.Text), ("zone", c.Zone ?? "")) ?? Observation(c),
        OpenIncident c => Texts(("incident", c.Incident), ("title", c.Title), ("zone", c.Zone)),
        RecordStatement c => Texts(("statement", c.Statement), ("speaker", c.Speaker), ("incident", c.Incident ?? "")) ?? List("claims", c.Claims),
        RecordEvent c => Texts(("kind", c.Kind), ("text", c.Text), ("attribution", c.Attribution)) ?? List("who", c.Who) ?? Fault(c.Cause)
            ?? (c.Cause is { } told && told.Words != c.Text ? Cause.Of(CauseCode.NotItsText) : null),
        AnnounceOutage c => Texts(("sensor", c.Sensor), ("reason", c.Reason)),
        CallOffDrill c => Texts(("drill", c.Drill), ("reason", c.Reason)),
        TestSiren c => Text("siren", c.Siren),
        _ => Incidents.IncidentCheck.Fault(command),
    };

    /// <summary>Why the receipt cannot be used, or null.</summary>
    public static Cause? Fault(Receipt receipt) => receipt switch
    {
        SirenReceipt r => Texts(("siren", r.Siren), ("commandId", r.CommandId), ("detail", r.Detail)) ?? Known("step", r.Step) ?? Fault(r.Cause),
        MessageReceipt r => Texts(("message", r.Message), ("outlet", r.Outlet), ("detail", r.Detail), ("finding", r.Finding ?? "")) ?? Fault(r.Cause),
        SirenLinkReceipt r => Texts(("siren", r.Siren), ("detail", r.Detail)) ?? Known("guard", r.Guard) ?? Fault(r.Cause),
        SirenDoubtReceipt r => Texts(("siren", r.Siren), ("detail", r.Detail), ("figure", r.Figure ?? "")) ?? Known("doubt", r.Doubt),
        SirenOutletReceipt r => Text("detail", r.Detail) ?? Within("lease", r.Lease.TotalSeconds, 0.1, 86_400),
        FeedLossReceipt r => Texts(("feed", r.Feed), ("detail", r.Detail)) ?? (r.Lost > 0 ? null : Cause.Of(CauseCode.Malformed, "nothing was lost")),
        _ => Cause.Of(CauseCode.Malformed, "there is no such receipt"),
    };

    static Cause? Fault(Cause? cause) =>
        cause is null ? null : Known("cause", cause.Code) ?? List("cause", cause.Figures) ?? Parts(cause.Parts ?? []);

    static Cause? Parts(ImmutableArray<Cause> parts) =>
        parts.Length > LongestList ? Cause.Of(CauseCode.TooManyRows, "cause", LongestList)
        : parts.Any(part => part is null) ? Cause.Of(CauseCode.Malformed, "a part of a cause is missing")
        : parts.Select(Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>A fault's text may repeat what it complains of: its beginning says enough.</summary>
    public static string Shortened(string text) =>
        text.Length <= LongestReason ? text : text[..(char.IsHighSurrogate(text[LongestReason - 1]) ? LongestReason - 1 : LongestReason)];

    static Cause? Observation(ReportObservation c)
    {
        if (c.Report is { Length: > LongestReportId }) return Cause.Of(CauseCode.FieldTooLong, "report", LongestReportId);
        if (c.Position is { IsValid: false }) return Cause.Of(CauseCode.NoPlace);
        if (c.What is { } what && Known("what", what) is { } unknown) return unknown;
        if (c.Distance is { } distance && Known("distance", distance) is { } far) return far;
        return Within("positionSigmaMetres", c.PositionSigmaMetres, 0, 100_000) ?? Within("count", c.Count, 1, 10_000)
            ?? Within("secondsAgo", c.SecondsAgo, 0, 86_400 * 30) ?? Within("directionDegrees", c.DirectionDegrees, 0, 360)
            ?? Within("directionSigmaDegrees", c.DirectionSigmaDegrees, 0.1, 90) ?? Within("movingDegrees", c.MovingDegrees, 0, 360);
    }

    internal static Cause? Within(string name, double? value, double least, double most) =>
        value is null || (value >= least && value <= most) ? null : Cause.Of(CauseCode.FieldNotBetween, name, least, most);

    internal static Cause? Texts(params ReadOnlySpan<(string Name, string? Value)> texts)
    {
        foreach ((string name, string? value) in texts)
            if (Text(name, value) is { } fault) return fault;
        return null;
    }

    internal static Cause? Text(string name, string? value) =>
        value is null ? Cause.Of(CauseCode.FieldMissing, name) : value.Length > LongestText ? Cause.Of(CauseCode.FieldTooLong, name, LongestText) : null;

    internal static Cause? List(string name, ImmutableArray<string> values)
    {
        if (values.IsDefault) return Cause.Of(CauseCode.FieldMissing, name);
        if (values.Length > LongestList) return Cause.Of(CauseCode.TooManyRows, name, LongestList);
        foreach (string? value in values)
            if (Text(name, value) is { } fault) return fault;
        return null;
    }

    internal static Cause? Known<T>(string name, T value)
        where T : struct, Enum => Enum.IsDefined(value) ? null : Cause.Of(CauseCode.FieldUnknown, name);
}
