using System.Collections.Immutable;

namespace Nadhir;

/// <summary>A sentence with what it rests on.</summary>
public sealed record StatementSentence(string Text)
{
    /// <summary>Accepted claims.</summary>
    public ImmutableArray<string> Claims { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>Documents, crossings, incursions and alerts on record.</summary>
    public ImmutableArray<string> Evidence { get; init => field = value.IsDefault ? [] : value; } = [];
    /// <summary>What the speaker holds, not what is on record: it needs no link, and is shown as a position.</summary>
    public bool Position { get; init; }
}

/// <summary>Writes a statement, or writes one that is not published yet anew: approvals begin again.</summary>
public sealed record DraftStatement(string Statement, string Speaker, ImmutableArray<StatementSentence> Sentences) : Command
{
    public string? Incident { get; init; }
    /// <summary>Not to be published before.</summary>
    public DateTimeOffset? Embargo { get; init; }
}

/// <summary>By somebody other than who wrote it.</summary>
public sealed record ApproveStatement(string Statement) : Command;

public sealed record PublishStatement(string Statement) : Command;

/// <summary>A new text for a published statement, to be approved and published in its turn. The earlier text stays.</summary>
public sealed record CorrectStatement(string Statement, string Reason, ImmutableArray<StatementSentence> Sentences) : Command
{
    public DateTimeOffset? Embargo { get; init; }
}
