using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nadhir;

public enum ClaimState : byte { Accepted, Proposed, Rejected }

/// <summary>A claim as it is told now, with all it was before.</summary>
public sealed record ClaimRow(
    string Id, string Kind, string Text, string Attribution, string By, DateTimeOffset At, int? Killed, int? Injured,
    string Grading)
{
    public string? Incident { get; init; }
    public string? Speaker { get; init; }
    public ImmutableArray<string> Chain { get; init; } = [];
    public ToldTime? Time { get; init; }
    public string? Place { get; init; }
    public string? Subject { get; init; }
    public string? Source { get; init; }
    public int? From { get; init; }
    public int? To { get; init; }
    public string? ProtectedSource { get; init; }
    public ImmutableArray<ClaimFigure> Figures { get; init; } = [];
    public ClaimState State { get; init; }
    /// <summary>Who accepted or rejected it, when, and why.</summary>
    public ClaimDecision? Decided { get; init; }
    /// <summary>How it was told before, oldest first.</summary>
    public ImmutableArray<ClaimRevision> Revisions { get; init; } = [];
    /// <summary>Other claims of the same subject that say something else; the first twenty.</summary>
    public ImmutableArray<ClaimConflict> Conflicts { get; init; } = [];
}

public sealed record ClaimDecision(string By, DateTimeOffset At, string Reason);

/// <summary>How a claim was told until <see cref="At"/>, when <see cref="By"/> told it anew.</summary>
public sealed record ClaimRevision(
    DateTimeOffset At, string By, string Reason, string Text, string Attribution, int? Killed, int? Injured, string Grading,
    ToldTime? Time, string? Place);

/// <summary>What two claims disagree about: "killed", "injured", "time", "place", or what a figure counts.</summary>
public sealed record ClaimConflict(string With, string About, string Here, string There);

/// <summary>Casualties as claimed: the newest figures, and everything claimed before and since. Never a fact.</summary>
public sealed record CasualtyRow(int? Killed, int? Injured, string Claim, string Attribution)
{
    /// <summary>Always: the system counts nobody.</summary>
    public string Status { get; } = "REPORTED";
    public ImmutableArray<CasualtyFigure> Revisions { get; init; } = [];

    /// <summary>By these claims; null when none is of casualties and accepted.</summary>
    public static CasualtyRow? Of(ImmutableArray<ClaimRow> claims) => Incidents.ClaimConflicts.Casualties(claims);
}

public sealed record CasualtyFigure(DateTimeOffset At, string Claim, string Text, string Attribution, int? Killed, int? Injured, string Grading);

/// <summary>A document on file.</summary>
public sealed record DocumentRow(string Id, string Title, string Publisher, string Obtained, string Sha256, string By, DateTimeOffset At)
{
    public DateTimeOffset? Published { get; init; }
    /// <summary>Whether the text kept is, byte for byte in UTF-8, the document of the hash; null when none is kept.</summary>
    public bool? TextIsDocument { get; init; }
    public int Characters { get; init; }
    [JsonIgnore]
    public string? Text { get; init; }
}

/// <summary>Recorded: somebody else's, as published. The others: our own on its way.</summary>
public enum StatementState : byte { Recorded, Draft, Approved, Published }

/// <summary>A statement; the members of the newest version, with the earlier ones beside.</summary>
public sealed record StatementRow(string Id, string Speaker, DateTimeOffset At, ImmutableArray<string> Claims)
{
    public StatementState State { get; init; }
    public string? Incident { get; init; }
    public int Version { get; init; } = 1;
    public ImmutableArray<SentenceRow> Sentences { get; init; } = [];
    public DateTimeOffset? Embargo { get; init; }
    public ImmutableArray<string> DraftedBy { get; init; } = [];
    public ClaimDecision? Approved { get; init; }
    public ClaimDecision? Published { get; init; }
    /// <summary>Why it corrects the version before; null when it does not.</summary>
    public string? CorrectionReason { get; init; }
    /// <summary>How many sentences rest on nothing and are no position; nothing is published while there are any.</summary>
    public int Unlinked { get; init; }
    /// <summary>Versions that were published, oldest first.</summary>
    public ImmutableArray<StatementVersion> Earlier { get; init; } = [];
    /// <summary>The system holds none, whatever a statement says.</summary>
    public string SystemPosition { get; } = "none";
}

/// <param name="HasEvidence">Some of its evidence was on record when it was written.</param>
/// <param name="Linked">It rests on an accepted claim or on evidence.</param>
public sealed record SentenceRow(
    string Text, ImmutableArray<string> Claims, ImmutableArray<string> Evidence, bool Position, bool HasEvidence, bool Linked);

public sealed record StatementVersion(
    int Version, ImmutableArray<SentenceRow> Sentences, ImmutableArray<string> DraftedBy, ClaimDecision? Approved,
    ClaimDecision? Published, string? CorrectionReason);
