using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Warning;

/// <summary>CAP msgType.</summary>
public enum MessageType : byte { Alert, Update, Cancel }

/// <summary>
/// What the public and partners are told, complete: every outlet renders it, none adds to it. Names follow CAP 1.2.
/// </summary>
public sealed record PublicMessage
{
    /// <summary>Unique with sender and sent; no spaces, commas or markup.</summary>
    public required string Identifier { get; init; }
    public required string Sender { get; init; }
    public required DateTimeOffset Sent { get; init; }
    public required bool Exercise { get; init; }
    public required MessageType Type { get; init; }
    public required string Alert { get; init; }
    public required AlertState State { get; init; }
    public required ThreatKind Kind { get; init; }
    /// <summary>Earlier messages of the same alert, oldest first.</summary>
    public ImmutableArray<MessageReference> References { get; init; } = [];
    public required string Urgency { get; init; }
    public required string Severity { get; init; }
    public required string Certainty { get; init; }
    /// <summary>CAP responseType: Prepare, Shelter, AllClear…</summary>
    public required string Response { get; init; }
    public required DateTimeOffset Effective { get; init; }
    public DateTimeOffset? Onset { get; init; }
    public required DateTimeOffset Expires { get; init; }
    public required ImmutableArray<MessageText> Texts { get; init; }
    /// <summary>How people know the sender; the sender itself when null.</summary>
    public string? SenderName { get; init; }
    public string? Web { get; init; }
    public string? Contact { get; init; }
    /// <summary>No area, no send.</summary>
    public required ImmutableArray<MessageArea> Areas { get; init; }
}

public sealed record MessageReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>The words in one language (BCP 47 tag).</summary>
public sealed record MessageText(string Language, string Event, string Headline, string Description, string Instruction);

public sealed record MessageArea(string Zone, ImmutableSortedDictionary<string, string> Names, Area Area)
{
    /// <summary>As of the zone.</summary>
    public ImmutableSortedDictionary<string, string>? Geocodes { get; init; }
}
