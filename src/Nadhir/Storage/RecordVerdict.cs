using System.Text.Json.Serialization;
using Nadhir.Journal;

namespace Nadhir.Storage;

public enum RecordPart
{
    /// <summary>One entry: its content, its hash or its place.</summary>
    Entry,
    /// <summary>The SQLite file apart from the entries.</summary>
    Journal,
    /// <summary>The signed root.</summary>
    Checkpoint,
    /// <summary>The public key that lies with the record.</summary>
    PublicKey,
    /// <summary>What a witness or a time stamp authority says of it.</summary>
    Attestation,
    /// <summary>The hashes over the files, written at a clean close.</summary>
    Seal,
    /// <summary>A decision that does not come out again.</summary>
    Decision,
    /// <summary>The record that this one follows.</summary>
    Earlier,
}

/// <summary>Something about a record that is not as it was written.</summary>
public sealed record RecordFault(RecordPart Part, long? Seq, string What);

/// <summary>What verification found. Decisions count as recomputed only when every entry went through.</summary>
public sealed record RecordVerdict
{
    public required IReadOnlyList<RecordFault> Faults { get; init; }

    /// <summary>Entries read.</summary>
    public required long Entries { get; init; }

    /// <summary>Entries the checkpoint signs; null without a checkpoint whose signature holds.</summary>
    public long? SignedEntries { get; init; }

    /// <summary>Entries after the last checkpoint: chained, but not signed yet.</summary>
    public long UnsignedTail => SignedEntries is { } signed && Entries > signed ? Entries - signed : 0;

    /// <summary>Received entries whose payload retention withholds: chained as ever, but not to be read or decided from.</summary>
    public long Withheld { get; init; }

    /// <summary>What witnesses and time stamp authorities are found to have attested, in sentences.</summary>
    public IReadOnlyList<string> Attested { get; init; } = [];

    /// <summary>Root over the entries read, base 64.</summary>
    public required string Root { get; init; }

    /// <summary>The key whose signature holds; null when none does.</summary>
    public string? SignedBy { get; init; }

    /// <summary>That key, which also signs what comes next; null when no signature holds.</summary>
    [JsonIgnore]
    public NoteKey? Key { get; init; }

    /// <summary>How often the key was changed since the trusted one, each time announced on record by the one before.</summary>
    public int KeyChanges { get; init; }

    /// <summary>The key was given by the person who verifies, rather than taken from the record itself.</summary>
    public bool KeyFromOutside { get; init; }

    /// <summary>The key is an exercise's, which anyone can make.</summary>
    public bool ExerciseKey { get; init; }

    /// <summary>The record was closed cleanly and carries hashes over its files.</summary>
    public bool Sealed { get; init; }

    public bool DecisionsRecomputed { get; init; }

    /// <summary>The record it says it follows; null for a first one.</summary>
    public RecordFollows? Follows { get; init; }

    /// <summary>That record lies here, and begins as it is said to.</summary>
    public bool EarlierFound { get; init; }

    /// <summary>What was found of the records before this one, the oldest first, where that was asked for.</summary>
    public IReadOnlyList<RecordVerdict> Earlier { get; init; } = [];

    public bool Intact => Faults.Count == 0;
}
