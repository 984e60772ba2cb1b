using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>Which received entries have had their payload withheld by retention, as ranges in order.</summary>
sealed class WithheldEntries
{
    readonly List<(long First, long Last)> ranges = [];
    int at;

    public static WithheldEntries None => new();

    public static WithheldEntries Read(SqliteConnection connection)
    {
        WithheldEntries read = new();
        if (JournalFile.Ask(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'withheld'") is null) return read;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT first, last FROM withheld ORDER BY first";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read()) read.ranges.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return read;
    }

    /// <summary>The first range that no note on record speaks of; null when all are accounted for.</summary>
    public EntryRange? Unannounced(IEnumerable<PayloadsWithheld> notes)
    {
        HashSet<(long, long)> announced = [.. notes.SelectMany(note => note.Ranges).Select(range => (range.First, range.Last))];
        int missing = ranges.FindIndex(range => !announced.Contains(range));
        return missing < 0 ? null : new EntryRange(ranges[missing].First, ranges[missing].Last);
    }

    /// <summary>Whether this row's payload is withheld; rows are asked for in order.</summary>
    public bool Holds(in StoredEntry row)
    {
        while (at < ranges.Count && ranges[at].Last < row.Seq) at++;
        return at < ranges.Count && ranges[at].First <= row.Seq && row.Kind == (long)EntryKind.Received
            && row.Payload.IsEmpty && row.Salt.IsEmpty;
    }
}
