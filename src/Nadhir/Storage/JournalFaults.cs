namespace Nadhir.Storage;

/// <summary>
/// The disk would not take the batch (full, failing, gone). Nothing of the batch is in the journal: append it again
/// when the disk is well.
/// </summary>
public sealed class JournalWriteException(string what, Exception? cause = null) : IOException(what, cause);

/// <summary>A journal cannot be opened as it stands: not one, in use by another writer, or damaged.</summary>
public sealed class JournalOpenException(string what, Exception? cause = null) : IOException(what, cause);

/// <summary>What was read back is not what a journal can hold.</summary>
public sealed class JournalDamagedException(long afterEntries, string what, Exception? cause = null)
    : IOException($"{what} (after {afterEntries} entries)", cause)
{
    public long AfterEntries { get; } = afterEntries;
}
