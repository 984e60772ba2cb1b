using Microsoft.Data.Sqlite;

namespace Nadhir.Film;

/// <summary>Which part of the journal the film stands for, and keeping it within its limit.</summary>
sealed partial class FilmFile
{
    /// <summary>A reel as the file lists it.</summary>
    public readonly record struct Reel(long Id, long Follows, long FirstSequence, long LastSequence, DateTimeOffset First, DateTimeOffset Last, bool IsThinned);

    /// <summary>Bytes of all moments together.</summary>
    public long Bytes() => Guard(() =>
    {
        lock (gate) return (long)(Ask("SELECT coalesce(sum(bytes), 0) FROM reels") ?? 0L);
    });

    /// <summary>All reels in the order of the journal.</summary>
    public List<Reel> Reels() => Guard(() =>
    {
        List<Reel> reels = [];
        lock (gate)
        {
            using SqliteCommand command = Command("SELECT id, follows, first_seq, last_seq, first_us, last_us, thinned FROM reels ORDER BY first_seq");
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                reels.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3),
                    Time(rows.GetInt64(4)), Time(rows.GetInt64(5)), rows.GetInt64(6) != 0));
            }
        }

        return reels;
    });

    /// <summary>Entries and leaf hash of the last moment of each reel: what ties the film to its journal.</summary>
    public List<(long Sequence, byte[] Leaf)> Ties() => Guard(() =>
    {
        List<(long, byte[])> ties = [];
        lock (gate)
        {
            using SqliteCommand command = Command("SELECT max(seq), leaf FROM moments GROUP BY reel");
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read()) ties.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        return ties;
    });

    /// <summary>
    /// Stretches of the first <paramref name="entries"/> entries that the film does not show: after the moment of one number
    /// of entries, before that of another. What the limit has dropped is not missing.
    /// </summary>
    public List<(long After, long Before)> Missing(long entries)
    {
        List<(long, long)> missing = [];
        long shown = Dropped?.Sequence ?? 0;
        foreach (Reel reel in Reels())
        {
            if (reel.Follows != shown && reel.FirstSequence > shown) missing.Add((shown, reel.FirstSequence));
            shown = Math.Max(shown, reel.LastSequence);
        }

        if (shown < entries) missing.Add((shown, entries + 1));
        return missing;
    }

    /// <summary>What was missing before a reel has been made: it follows the moment of so many entries.</summary>
    public void Join(long follows, long firstSequence) => Guard(() =>
    {
        lock (gate) return Execute("UPDATE reels SET follows = $a WHERE first_seq = $b", follows, firstSequence);
    });

    /// <summary>How far the limit has taken moments away for good; null when it has not.</summary>
    public (long Sequence, DateTimeOffset Time)? Dropped =>
        Meta("dropped")?.Split(' ') is [var sequence, var time] ? (Number(sequence), Time(Number(time))) : null;

    /// <summary>Until when only one moment of each reel is kept; null when all of them are.</summary>
    public DateTimeOffset? ThinnedUntil => Meta("thinned") is { } time ? Time(Number(time)) : null;

    /// <summary>Thins and drops the oldest reels until what is kept is within the limit.</summary>
    public void Keep(FilmOptions options) => Guard(() =>
    {
        lock (gate)
        {
            string closed = $"id NOT IN ({string.Join(',', open)})"; // what is being written stays whole
            while ((long)(Ask("SELECT coalesce(sum(bytes), 0) FROM reels") ?? 0L) > options.MostBytes)
            {
                bool many = (long)(Ask("SELECT coalesce(sum(bytes), 0) FROM reels WHERE thinned = 1") ?? 0L) > options.MostBytes / 4;
                object? whole = many ? null : Ask($"SELECT id FROM reels WHERE thinned = 0 AND {closed} ORDER BY first_seq LIMIT 1");
                if (whole is long thin) Thin(thin);
                else if (Ask($"SELECT id FROM reels WHERE {closed} ORDER BY first_seq LIMIT 1") is long drop) Drop(drop);
                else break;
            }

            return Execute("DELETE FROM marks WHERE rowid IN (SELECT rowid FROM marks ORDER BY at_us DESC LIMIT -1 OFFSET $a)", (long)options.MostMarks);
        }
    });

    void Thin(long reel)
    {
        Execute("DELETE FROM moments WHERE reel = $a AND seq > (SELECT first_seq FROM reels WHERE id = $a)", reel);
        Execute("UPDATE reels SET thinned = 1, bytes = (SELECT coalesce(sum(length(packed)), 0) FROM moments WHERE reel = $a) WHERE id = $a", reel);
        string until = Text(Ask("SELECT last_us FROM reels WHERE id = $a", reel));
        Execute("INSERT INTO meta VALUES ('thinned', $a) ON CONFLICT (name) DO UPDATE SET value = $a", until);
    }

    void Drop(long reel)
    {
        string until = $"{Text(Ask("SELECT last_seq FROM reels WHERE id = $a", reel))} {Text(Ask("SELECT last_us FROM reels WHERE id = $a", reel))}";
        Execute("DELETE FROM moments WHERE reel = $a", reel);
        Execute("DELETE FROM reels WHERE id = $a", reel);
        Execute("INSERT INTO meta VALUES ('dropped', $a) ON CONFLICT (name) DO UPDATE SET value = $a", until);
    }

    static string Text(object? number) => Convert.ToString(number, System.Globalization.CultureInfo.InvariantCulture) ?? "0";

    static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
