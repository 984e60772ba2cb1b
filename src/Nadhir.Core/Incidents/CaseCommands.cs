using Nadhir.Identification;

namespace Nadhir;

public enum CaseTrack : byte { Legal, Diplomatic }

public enum CaseItemKind : byte { Note, Addressee, Answer, Document }

public enum CaseAccess : byte { Viewed, Exported }

/// <summary>Opens a file on one track of an incident, or of none.</summary>
public sealed record OpenCase(string Case, CaseTrack Track, string Title) : Command
{
    public string? Incident { get; init; }
}

/// <summary>Sets what is due and when, or sets it anew.</summary>
public sealed record SetCaseDeadline(string Case, string Deadline, string What, DateTimeOffset Due) : Command
{
    /// <summary>To whom it is due.</summary>
    public string? To { get; init; }
}

public sealed record MeetCaseDeadline(string Case, string Deadline, string Note) : Command;

/// <summary>Adds a note, an addressee, an answer received, or a document by the id of its source.</summary>
public sealed record AddToCase(string Case, CaseItemKind Kind, string Text) : Command
{
    public string? Source { get; init; }
}

/// <summary>Somebody looked into the file, or took it out. Recorded before it is shown.</summary>
public sealed record LookAtCase(string Case, CaseAccess Access) : Command;

/// <summary>A version of an agreement as it became known to us. Earlier versions stay.</summary>
public sealed record RecordMandate(string Mandate, string Text) : Command
{
    public string StatedBy { get; init => field = value ?? ""; } = "";
    public bool TermsKnown { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public string? Source { get; init; }
}

/// <summary>A permission, or a new version of one: flights are compared with it from now on. Earlier versions stay.</summary>
public sealed record RecordAuthorisation(Authorisation Authorisation, string Reason) : Command;

/// <summary>What a person knows of one item of an incursion's record; it stands beside what was measured.</summary>
/// <param name="Item">An item of <c>IncursionItem</c>: radio contact, type, landing.</param>
/// <param name="Basis">Who says so, or what shows it.</param>
public sealed record AmendIncursion(string Incursion, Incidents.IncursionItem Item, string Value, string Basis) : Command;
