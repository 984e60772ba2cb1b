using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Streams entries over a connection of its own, so that a reader never stands in the writer's way.</summary>
static class JournalReading
{
    public static IEnumerable<(long Seq, Entry Entry)> Read(string folder, long from)
    {
        using SqliteConnection connection = JournalFile.OpenForReading(folder);
        using JournalRows rows = new(connection, from);
        long expected = from;
        while (Next(rows, expected) is { } entry)
        {
            yield return (expected, entry);
            expected++;
        }
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
