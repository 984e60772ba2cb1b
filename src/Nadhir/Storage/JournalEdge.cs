using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// The right edge of a journal's tree when it is opened. Reads some hundred hashes however long the journal is; entries
/// whose subtrees are not kept yet (a journal of an older build) are gone through once.
/// </summary>
static class JournalEdge
{
    /// <exception cref="JournalOpenException">
    /// A gap or a missing hash where it was looked, a damaged page, or less or other than the last checkpoint signed:
    /// going on would sign a history that contradicts one already signed.
    /// </exception>
    public static CompactRange Open(SqliteConnection connection, string folder, bool write)
    {
        Checkpoint? signed = LastCheckpoint(folder);
        try
        {
            using StoredTree tree = new(connection);
            if (signed is not null && signed.Size > tree.Size)
                throw new JournalOpenException($"{folder}: the checkpoint signed {signed.Size} entries, but only {tree.Size} are here");
            if (tree.Subtrees > Tile.HashesAt(1, tree.Size))
                throw new JournalOpenException($"{folder}: entries are missing at the end; the tree's own hashes go further");
            Func<long, int, byte[]> kept = TileSubtrees.Over(tree.Read);
            long from = tree.Subtrees * Tile.FullWidth;
            // What stood before the last kept subtree is taken from it; what comes after is gone through.
            CompactRange range = CompactRange.At(tree.IsComplete ? tree.Size : from, kept);
            bool agrees = signed is null || (signed.Size <= range.Size && Agrees(signed, CompactRange.At(signed.Size, kept)));
            if (range.Size < tree.Size) agrees |= Extend(connection, range, signed, write);
            if (agrees) return range;
        }
        catch (JournalDamagedException missing)
        {
            throw new JournalOpenException($"{folder}: {missing.Message}", missing);
        }
        catch (SqliteException damaged)
        {
            throw new JournalOpenException($"{folder}: damaged: {damaged.Message}", damaged);
        }
        throw new JournalOpenException($"{folder}: the first {signed!.Size} entries are not those the checkpoint signed");
    }

    /// <summary>Goes through the entries after the edge, keeping their subtrees where that is allowed; whether it met what was signed.</summary>
    static bool Extend(SqliteConnection connection, CompactRange range, Checkpoint? signed, bool write)
    {
        bool agrees = signed is null;
        if (write) JournalFile.Execute(connection, "BEGIN IMMEDIATE");
        using SubtreeInsert? insert = write ? new SubtreeInsert(connection) : null;
        using (JournalRows rows = new(connection, range.Size, hashesOnly: true))
        {
            while (rows.Next())
            {
                StoredEntry entry = rows.Current;
                if (entry.Seq != range.Size)
                    throw new JournalDamagedException(range.Size, $"entry {range.Size} is missing; the next one is {entry.Seq}");
                if (entry.LeafHash.Length != MerkleHash.Size)
                    throw new JournalDamagedException(range.Size, $"entry {entry.Seq} has no leaf hash of 32 bytes");
                range.Append(entry.LeafHash.ToArray(), insert is null ? null : insert.Run);
                if (insert?.TakeFault() is { } fault) throw JournalFile.Fault(connection.Handle!, fault);
                if (signed?.Size == range.Size) agrees = Agrees(signed, range);
            }
        }
        if (write) JournalFile.Execute(connection, "COMMIT");
        return agrees;
    }

    static bool Agrees(Checkpoint signed, CompactRange range) => signed.Root.Span.SequenceEqual(range.Root());

    static Checkpoint? LastCheckpoint(string folder)
    {
        string path = Path.Combine(folder, RecordFiles.Checkpoint);
        if (!File.Exists(path)) return null;
        SignedNote? note = SignedNote.Read(File.ReadAllBytes(path), out string? fault);
        Checkpoint? checkpoint = note is null ? null : Checkpoint.Read(note.Text, out fault);
        return checkpoint ?? throw new JournalOpenException($"{path} is not a checkpoint: {fault}");
    }
}
