using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Identification;

namespace Nadhir.Incidents;

/// <summary>What JSON allows and the books of claims, statements, papers and cases do not.</summary>
static class IncidentCheck
{
    const int LongestHandle = 32;

    public static Cause? Fault(Command command) => command switch
    {
        RecordClaim c => Texts(("claim", c.Claim), ("kind", c.Kind), ("text", c.Text), ("attribution", c.Attribution),
            ("incident", c.Incident ?? ""), ("grading", c.Grading)) ?? (c.IsPlain ? null : Full(c)),
        AddSource c => Texts(("source", c.Source), ("title", c.Title), ("publisher", c.Publisher), ("obtained", c.Obtained))
            ?? Hash(c.Sha256) ?? (c.Text?.Length > CommandCheck.LongestDocument ? Cause.Of(CauseCode.FieldTooLong, "text", CommandCheck.LongestDocument) : null),
        ReviseClaim c => Texts(("claim", c.Claim), ("reason", c.Reason), ("text", c.Text ?? ""), ("attribution", c.Attribution ?? ""),
            ("grading", c.Grading ?? ""), ("place", c.Place ?? ""), ("subject", c.Subject ?? "")) ?? Time(c.Time) ?? Grading(c.Grading ?? "")
            ?? Casualties(c.Killed, c.Injured),
        AcceptClaim c => CommandCheck.Text("claim", c.Claim),
        RejectClaim c => Texts(("claim", c.Claim), ("reason", c.Reason)),
        DraftStatement c => Texts(("statement", c.Statement), ("speaker", c.Speaker), ("incident", c.Incident ?? "")) ?? Sentences(c.Sentences),
        ApproveStatement c => CommandCheck.Text("statement", c.Statement),
        PublishStatement c => CommandCheck.Text("statement", c.Statement),
        CorrectStatement c => Texts(("statement", c.Statement), ("reason", c.Reason)) ?? Sentences(c.Sentences),
        OpenCase c => Texts(("case", c.Case), ("title", c.Title), ("incident", c.Incident ?? "")) ?? CommandCheck.Known("track", c.Track),
        SetCaseDeadline c => Texts(("case", c.Case), ("deadline", c.Deadline), ("what", c.What), ("to", c.To ?? "")),
        MeetCaseDeadline c => Texts(("case", c.Case), ("deadline", c.Deadline), ("note", c.Note)),
        AddToCase c => Texts(("case", c.Case), ("text", c.Text), ("source", c.Source ?? "")) ?? CommandCheck.Known("kind", c.Kind),
        LookAtCase c => CommandCheck.Text("case", c.Case) ?? CommandCheck.Known("access", c.Access),
        RecordMandate c => Texts(("mandate", c.Mandate), ("text", c.Text), ("statedBy", c.StatedBy), ("source", c.Source ?? ""))
            ?? (c.ValidFrom > c.ValidTo ? Cause.Of(CauseCode.EndsBefore) : null),
        RecordAuthorisation c => CommandCheck.Text("reason", c.Reason) ?? Permission(c.Authorisation),
        AmendIncursion c => Texts(("incursion", c.Incursion), ("value", c.Value), ("basis", c.Basis)) ?? CommandCheck.Known("item", c.Item),
        _ => Cause.Of(CauseCode.Malformed, "there is no such command"),
    };

    static Cause? Full(RecordClaim c)
    {
        if (c.Time is { } time && Time(time) is { } fault) return fault;
        foreach (ClaimFigure? figure in c.Figures)
            if (figure?.What is null || figure.What.Length > CommandCheck.LongestText || !double.IsFinite(figure.Value)) return Cause.Of(CauseCode.Malformed, "a figure is what it counts and a number");
        if (c.ProtectedSource is { } handle)
        {
            if (handle.Length is 0 or > LongestHandle || !handle.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
                return Cause.Of(CauseCode.ProtectedHandle, LongestHandle);
            if (c.Speaker is not null) return Cause.Of(CauseCode.ProtectedSpeaker);
        }

        if (c.From is null != c.To is null || c.From < 0 || c.To < c.From || (c.From is not null && c.Source is null))
            return Cause.Of(CauseCode.Malformed, "from and to are a range of characters of the source");
        return Texts(("speaker", c.Speaker ?? ""), ("place", c.Place ?? ""), ("subject", c.Subject ?? ""), ("source", c.Source ?? ""))
            ?? CommandCheck.List("chain", c.Chain) ?? Grading(c.Grading) ?? Casualties(c.Killed, c.Injured)
            ?? (c.Figures.Length > CommandCheck.LongestList ? Cause.Of(CauseCode.TooManyRows, "figures", CommandCheck.LongestList) : null);
    }

    static Cause? Casualties(int? killed, int? injured) => killed < 0 || injured < 0 ? Cause.Of(CauseCode.BelowNought) : null;

    static Cause? Time(ToldTime? time) => time is null ? null
        : CommandCheck.Text("time.words", time.Words) ?? (time.Earliest > time.Latest ? Cause.Of(CauseCode.TimeEndsBefore) : null);

    static Cause? Grading(string grading) =>
        grading.Length == 0 || (grading.Length == 2 && grading[0] is >= 'A' and <= 'F' && grading[1] is >= '1' and <= '6')
            ? null : Cause.Of(CauseCode.NoGrading, "A1–F6", "B2");

    static Cause? Hash(string? hash) =>
        hash is { Length: 64 } && hash.All(char.IsAsciiHexDigit) ? null : Cause.Of(CauseCode.NotSha256);

    static Cause? Sentences(ImmutableArray<StatementSentence> sentences)
    {
        if (sentences.IsDefaultOrEmpty) return Cause.Of(CauseCode.FieldMissing, "sentences");
        if (sentences.Length > CommandCheck.MostSentences) return Cause.Of(CauseCode.TooManyRows, "sentences", CommandCheck.MostSentences);
        foreach (StatementSentence? sentence in sentences)
        {
            if (sentence is null) return Cause.Of(CauseCode.Malformed, "a sentence is missing");
            Cause? fault = CommandCheck.Text("text", sentence.Text) ?? CommandCheck.List("claims", sentence.Claims)
                ?? CommandCheck.List("evidence", sentence.Evidence);
            if (fault is not null) return fault;
        }

        return null;
    }

    static Cause? Permission(Authorisation? a)
    {
        if (a is null) return Cause.Of(CauseCode.FieldMissing, "authorisation");
        if (a.ValidFrom > a.ValidTo) return Cause.Of(CauseCode.EndsBefore);
        if (Texts(("id", a.Id), ("holder", a.Holder), ("basis", a.Basis), ("activity", a.Activity), ("mandate", a.Mandate ?? "")) is { } fault) return fault;
        Cause? list = CommandCheck.List("mode3A", a.Mode3A) ?? CommandCheck.List("addresses", a.Addresses)
            ?? CommandCheck.List("callsigns", a.Callsigns);
        if (list is not null) return list;
        if (a.Mode3A.Any(code => code.Length > 4 || !code.All(digit => digit is >= '0' and <= '7'))) return Cause.Of(CauseCode.NotOctal);
        if (a.Area is not { } area) return null;
        if (area.Centre is { } centre)
            return centre.IsValid && area.RadiusMetres is > 0 and < 5_000_000 ? null : Cause.Of(CauseCode.NoCircle);
        if (area.Rings.IsDefaultOrEmpty || area.Rings.Any(ring => ring.IsDefault || ring.Length < 3) || area.Rings.Sum(ring => ring.Length) > 100_000)
            return Cause.Of(CauseCode.Malformed, "the area has neither a centre nor rings of three corners and more");
        return area.Rings.SelectMany(ring => ring).All((GeoPoint point) => point.IsValid) ? null : Cause.Of(CauseCode.Malformed, "a corner of the area is no place");
    }

    static Cause? Texts(params ReadOnlySpan<(string Name, string? Value)> texts) => CommandCheck.Texts(texts);
}
