using System.Collections.Immutable;
using Nadhir.Journal;

namespace Nadhir.Transparency;

/// <summary>Who may look at the journal as a log, and who vouches for it.</summary>
sealed record LogOptions
{
    /// <summary>
    /// Whether anyone who reaches the console's port may have checkpoint, hashes and proofs. They give away how much
    /// happens, and nothing of what. Entries are never public.
    /// </summary>
    public bool HashesArePublic { get; init; }

    /// <summary>Secret of those who may read hashes and entries without being operators: witnesses, auditors.</summary>
    public string? ReaderToken { get; init; }

    public ImmutableArray<(NoteKey Key, Uri Address)> Witnesses { get; init; } = [];

    /// <summary>How often witnesses are asked.</summary>
    public TimeSpan WitnessEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A time stamp authority (RFC 3161 over HTTP); null: none.</summary>
    public Uri? TimestampAuthority { get; init; }

    /// <summary>How often it is asked; each answer is kept (some kilobytes).</summary>
    public TimeSpan TimestampEvery { get; init; } = TimeSpan.FromHours(1);
}
