using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Streams entries over a connection of its own, so that a reader never stands in the writer's way.</summary>
static class JournalReading
{
    /// <param name="live">Somebody may go on writing it, though it be sealed now.</param>
    public static IEnumerable<(long Seq, Entry Entry)> Read(string folder, long from, bool live = false)
    {
        using SqliteConnection connection = JournalFile.OpenForReading(folder, live);
        using JournalRows rows = new(connection, from);
        long expected = from;
        while (Next(rows, expected) is { } entry)
        {
            yield return (expected, entry);
            expected++;
        }
    }

    /// <summary>The leaf hash of the first entry, which tells one record from another; null while there is none.</summary>
    public static byte[]? FirstLeaf(string folder)
    {
        using SqliteConnection connection = JournalFile.OpenForReading(folder, live: true);
        using JournalRows rows = new(connection, from: 0, hashesOnly: true);
        return rows.Next() && rows.Current.Seq == 0 ? rows.Current.LeafHash.ToArray() : null;
    }

    static Entry? Next(JournalRows rows, long expected)
    {
        try
        {
            if (!rows.Next()) return null;
            StoredEntry row = rows.Current;
            if (row.Seq != expected) throw new JournalDamagedException(expected, $"entry {expected} is missing; the next one is {row.Seq}");
            EntryFault fault = row.TryRead(out Entry? entry);
            return entry ?? throw new JournalDamagedException(expected, $"entry {expected} cannot be read: {fault}");
        }
        catch (SqliteException damaged)
        {
            throw new JournalDamagedException(expected, $"the file is damaged: {damaged.Message}", damaged);
        }
    }
}
