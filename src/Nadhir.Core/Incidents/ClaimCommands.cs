using System.Collections.Immutable;

namespace Nadhir;

/// <summary>A document that claims are taken from. Its text is kept once, in this command; rows name it by its id.</summary>
/// <param name="Source">Our id of the document.</param>
/// <param name="Obtained">How we came by it: "read on the publisher's site", "handed over by ...".</param>
/// <param name="Sha256">Of the bytes as obtained, 64 hexadecimal digits.</param>
public sealed record AddSource(string Source, string Title, string Publisher, string Obtained, string Sha256) : Command
{
    public const int LongestText = 50_000;

    public DateTimeOffset? Published { get; init; }
    /// <summary>At most <see cref="LongestText"/> characters; absent when only the hash is kept.</summary>
    public string? Text { get; init; }
}

/// <summary>When something is said to have been: the words as said, and the interval they mean, if any.</summary>
public sealed record ToldTime(string Words)
{
    public DateTimeOffset? Earliest { get; init; }
    public DateTimeOffset? Latest { get; init; }
}

/// <summary>A number that a claim gives, with what it counts ("aircraft").</summary>
public sealed record ClaimFigure(string What, double Value);

/// <summary>
/// Who said what about what, word for word. Never upgraded to a fact. With none of the members after
/// <see cref="Grading"/> it is what it has always been.
/// </summary>
public sealed record RecordClaim(string Claim, string Kind, string Text, string Attribution) : Command
{
    public string? Incident { get; init; }
    public int? Killed { get; init; }
    public int? Injured { get; init; }
    /// <summary>
    /// Reliability of the source A–F and credibility of what it says 1–6 ("B2"), as in NATO's AJP-2.1; empty when nobody
    /// graded it.
    /// </summary>
    public string Grading { get; init => field = value ?? ""; } = "";
    /// <summary>Whose words they are; absent when that is not said, or protected.</summary>
    public string? Speaker { get; init; }
    /// <summary>From us towards the speaker: the newspaper, whom it quotes, whom that one quotes.</summary>
    public ImmutableArray<string> Chain { get; init => field = value.IsDefault ? [] : value; } = [];
    public ToldTime? Time { get; init; }
    public string? Place { get; init; }
    /// <summary>Claims of one subject are compared with each other.</summary>
    public string? Subject { get; init; }
    /// <summary>The document, and where in its text the words stand: [<see cref="From"/>, <see cref="To"/>), characters.</summary>
    public string? Source { get; init; }
    public int? From { get; init; }
    public int? To { get; init; }
    /// <summary>
    /// An opaque handle of somebody who must not be known. Whose it is never enters the journal: whoever promised the
    /// protection keeps that elsewhere.
    /// </summary>
    public string? ProtectedSource { get; init; }
    public ImmutableArray<ClaimFigure> Figures { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>Found by a program: it counts for nothing until a person accepts it.</summary>
    public bool Proposed { get; init; }

    internal bool IsPlain => Speaker is null && Chain.IsEmpty && Time is null && Place is null && Subject is null && Source is null
        && From is null && To is null && ProtectedSource is null && Figures.IsEmpty && !Proposed;
}

/// <summary>A claim as it is told now. What is absent stays as it was; the earlier wording stays on record.</summary>
public sealed record ReviseClaim(string Claim, string Reason) : Command
{
    public string? Text { get; init; }
    public string? Attribution { get; init; }
    public string? Grading { get; init; }
    public int? Killed { get; init; }
    public int? Injured { get; init; }
    public ToldTime? Time { get; init; }
    public string? Place { get; init; }
    public string? Subject { get; init; }
}

/// <summary>A person takes a proposed claim into the books: it was said, by the one it is attributed to. Not that it is so.</summary>
public sealed record AcceptClaim(string Claim) : Command;

public sealed record RejectClaim(string Claim, string Reason) : Command;
