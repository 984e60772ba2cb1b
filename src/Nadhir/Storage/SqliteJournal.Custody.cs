using System.Globalization;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <content>What is done to a record besides appending.</content>
public sealed partial class SqliteJournal
{
    internal IReadOnlyList<CustodyNote> CustodyNotes() => CustodyNote.ReadAll(connection);

    /// <summary>
    /// Received entries before a time that no hold covers and whose payload is still here, as ranges: a range may have
    /// other entries in it, but no received one that is to be kept.
    /// </summary>
    internal IReadOnlyList<EntryRange> RetentionRanges(DateTimeOffset before, IReadOnlyList<HoldPlaced> holds)
    {
        List<EntryRange> ranges = [];
        (long, long)[] held = [.. holds.Select(hold => (EntryEncoding.ToMicroseconds(hold.From), EntryEncoding.ToMicroseconds(hold.To)))];
        long limit = EntryEncoding.ToMicroseconds(before), first = -1, last = -1;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT seq, time_us, length(payload) FROM entries WHERE kind = 2 ORDER BY seq";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            (long seq, long time) = (rows.GetInt64(0), rows.GetInt64(1));
            bool goes = time < limit && rows.GetInt64(2) > 0 && !Array.Exists(held, hold => time >= hold.Item1 && time <= hold.Item2);
            if (goes) (first, last) = (first < 0 ? seq : first, seq);
            else Close();
        }
        Close();
        return ranges;

        void Close()
        {
            if (first >= 0) ranges.Add(new EntryRange(first, last));
            first = -1;
        }
    }

    internal long CountReceived(IReadOnlyList<EntryRange> ranges) => ranges.Sum(each => long.Parse(
        JournalFile.Ask(connection, $"SELECT count(*) FROM entries WHERE kind = 2 AND {Within(each)}")!, CultureInfo.InvariantCulture));

    /// <summary>
    /// Takes the payloads out of the file, overwriting them; all ranges or none. Their salts go too: what is gone cannot
    /// be guessed from its leaf hash.
    /// </summary>
    internal void Withhold(IReadOnlyList<EntryRange> ranges)
    {
        Invariant.Require(!inBatch, "nothing waits to be committed");
        string gone = JournalFile.HasSalts(connection) ? "payload = x'', salt = x''" : "payload = x''";
        JournalFile.Execute(connection, "PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
        try
        {
            foreach (EntryRange each in ranges)
            {
                JournalFile.Execute(connection, string.Create(CultureInfo.InvariantCulture,
                    $"UPDATE entries SET {gone} WHERE kind = 2 AND {Within(each)}; INSERT INTO withheld VALUES ({each.First}, {each.Last})"));
            }
            JournalFile.Execute(connection, "COMMIT");
        }
        catch (SqliteException fault)
        {
            JournalFile.Execute(connection, "ROLLBACK");
            throw new JournalWriteException($"payloads could not be withheld: {fault.Message}", fault);
        }
        JournalFile.Execute(connection, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"); // No copy stays in the log or in free pages.
    }

    static string Within(EntryRange each) =>
        string.Create(CultureInfo.InvariantCulture, $"seq BETWEEN {each.First} AND {each.Last}");
}
