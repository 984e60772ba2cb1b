using Microsoft.Data.Sqlite;
using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>Leaf hashes of a journal's entries, one at a time, over a connection of its own.</summary>
sealed class JournalLeaves : IDisposable
{
    readonly SqliteConnection connection;
    readonly SqliteCommand one;

    public JournalLeaves(string folder)
    {
        connection = JournalFile.OpenForReading(folder);
        one = FilmFile.Command(connection, "SELECT leaf_hash FROM entries WHERE seq = $a", 0L);
    }

    /// <summary>Null when there is no such entry.</summary>
    public byte[]? Find(long entry)
    {
        one.Parameters[0].Value = entry;
        return one.ExecuteScalar() as byte[];
    }

    public byte[] this[long entry] => Find(entry) ?? throw new IOException($"the journal holds no entry {entry}");

    public long Count() => Convert.ToInt64(
        JournalFile.Ask(connection, "SELECT coalesce(max(seq) + 1, 0) FROM entries"), System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose()
    {
        one.Dispose();
        connection.Dispose();
    }
}
