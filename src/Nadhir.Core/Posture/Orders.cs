using System.Collections.Immutable;

namespace Nadhir.Posture;

/// <summary>
/// What is expected at a site, on whose word and until when. What is done there is its phase, which this alone does not
/// change; a rule may.
/// </summary>
public sealed record SetThreatLevel(
    string Site, string Level, string Source, string Reason, DateTimeOffset ValidUntil) : Command
{
    public bool Restricted { get; init; }
}

/// <summary>Answers a formation's word that a directive is not possible: by the issuer or a role that may.</summary>
public sealed record JudgeNotPossible(string Directive, string Formation, bool Accepted, string Reason) : Command;

/// <summary>Who has the watch offers it to another person, with the list of what is open.</summary>
public sealed record HandOver(string To) : Command;

/// <summary>
/// The incoming person has taken note of the items named, or of all when none is; after the last one the watch is theirs.
/// </summary>
public sealed record AcknowledgeHandOver(string HandOver) : Command
{
    public ImmutableArray<string> Items { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Takes a watch that nobody has, or, with a reason, that nobody hands over.</summary>
public sealed record TakeWatch(string Reason) : Command;
