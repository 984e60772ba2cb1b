using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Rebuilds the right edge of the tree from the stored leaf hashes, without hashing the entries again.</summary>
static class JournalEdge
{
    /// <exception cref="JournalOpenException">
    /// A gap, a missing hash, a damaged page, or less or other than the last checkpoint signed: going on would sign a
    /// history that contradicts one already signed.
    /// </exception>
    public static CompactRange Rebuild(SqliteConnection connection, string folder)
    {
        Checkpoint? signed = LastCheckpoint(folder);
        CompactRange range = new();
        bool agrees = signed is null || RootAgrees(signed, range);
        try
        {
            using JournalRows rows = new(connection, from: 0, hashesOnly: true);
            while (rows.Next())
            {
                StoredEntry entry = rows.Current;
                if (entry.Seq != range.Size)
                    throw new JournalOpenException($"{folder}: entry {range.Size} is missing; the next one is {entry.Seq}");
                if (entry.LeafHash.Length != MerkleHash.Size)
                    throw new JournalOpenException($"{folder}: entry {entry.Seq} has no leaf hash of 32 bytes");
                range.Append(entry.LeafHash.ToArray());
                if (signed is not null && range.Size == signed.Size) agrees = RootAgrees(signed, range);
            }
        }
        catch (SqliteException damaged)
        {
            throw new JournalOpenException($"{folder}: damaged after {range.Size} entries: {damaged.Message}", damaged);
        }
        if (signed is not null && signed.Size > range.Size)
            throw new JournalOpenException($"{folder}: the checkpoint signed {signed.Size} entries, but only {range.Size} are here");
        if (!agrees)
            throw new JournalOpenException($"{folder}: the first {signed!.Size} entries are not those the checkpoint signed");
        return range;
    }

    static bool RootAgrees(Checkpoint signed, CompactRange range) =>
        signed.Size == range.Size && signed.Root.Span.SequenceEqual(range.Root());

    static Checkpoint? LastCheckpoint(string folder)
    {
        string path = Path.Combine(folder, RecordFiles.Checkpoint);
        if (!File.Exists(path)) return null;
        SignedNote? note = SignedNote.Read(File.ReadAllBytes(path), out string? fault);
        Checkpoint? checkpoint = note is null ? null : Checkpoint.Read(note.Text, out fault);
        return checkpoint ?? throw new JournalOpenException($"{path} is not a checkpoint: {fault}");
    }
}
