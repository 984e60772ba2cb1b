using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Nadhir.Film;

/// <summary>Finds a moment of the film and goes on from it. One thread; its own connection.</summary>
/// <exception cref="FilmDamagedException">From any of its members: the film does not hold what was written.</exception>
sealed class FilmReader(FilmFile file) : IDisposable
{
    readonly SqliteConnection connection = file.OpenForReading();
    ReelReader reel = new();
    long number = -1, sequence = -1;

    /// <summary>The last moment at or before a time; the first of all when there is none before; null when there is no film.</summary>
    public FilmMoment? Seek(DateTimeOffset time) => Guard(() =>
    {
        long microseconds = FilmFile.Microseconds(time);
        (long Sequence, long Reel)? found =
            Find("SELECT seq, reel FROM moments WHERE time_us <= $a ORDER BY time_us DESC, seq DESC LIMIT 1", microseconds)
            ?? Find("SELECT seq, reel FROM moments WHERE time_us > $a ORDER BY time_us, seq LIMIT 1", microseconds);
        if (found is not { } wanted) return null;
        Begin(wanted.Reel);
        using SqliteCommand rows = FilmFile.Command(connection,
            "SELECT seq, hash, packed, reel, time_us FROM moments WHERE seq BETWEEN (SELECT first_seq FROM reels WHERE id = $a) AND $b ORDER BY seq",
            wanted.Reel, wanted.Sequence);
        using SqliteDataReader reader = rows.ExecuteReader();
        FilmMoment? moment = null;
        while (reader.Read()) moment = Unpack(reader);
        return moment ?? throw new FilmDamagedException("a reel has no moments");
    });

    /// <summary>
    /// The last moment at or before a time; where that is not after <paramref name="after"/>, the first one that is, so that
    /// a step always leads on. At the end of the film its last.
    /// </summary>
    public FilmMoment? Seek(DateTimeOffset time, DateTimeOffset? after)
    {
        FilmMoment? found = Seek(time);
        while (found is not null && found.Time <= after && Next() is { } next) found = next;
        return found;
    }

    /// <summary>The moment after the last one given; null at the end of the film.</summary>
    public FilmMoment? Next() => Guard(() =>
    {
        using SqliteCommand row = FilmFile.Command(connection,
            "SELECT seq, hash, packed, reel, time_us FROM moments WHERE seq > $a ORDER BY seq LIMIT 1", sequence);
        using SqliteDataReader reader = row.ExecuteReader();
        if (!reader.Read()) return null;
        if (reader.GetInt64(3) != number) Begin(reader.GetInt64(3));
        return Unpack(reader);
    });

    /// <summary>What happened between two times, in order; at most so much.</summary>
    public List<FilmMark> Marks(DateTimeOffset from, DateTimeOffset to, bool restricted, int most) => Guard(() =>
    {
        List<FilmMark> marks = [];
        using SqliteCommand rows = FilmFile.Command(connection,
            "SELECT json FROM marks WHERE at_us BETWEEN $a AND $b ORDER BY at_us", FilmFile.Microseconds(from), FilmFile.Microseconds(to));
        using SqliteDataReader reader = rows.ExecuteReader();
        while (marks.Count < most && reader.Read())
        {
            FilmMark mark = System.Text.Json.JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), FilmJson.Default.FilmMark)
                ?? throw new FilmDamagedException("a mark is empty");
            if (restricted || !mark.Restricted) marks.Add(mark);
        }

        return marks;
    });

    void Begin(long id)
    {
        reel.Dispose();
        reel = new();
        number = id;
    }

    FilmMoment Unpack(SqliteDataReader row)
    {
        byte[] packed = row.GetFieldValue<byte[]>(2);
        if (!SHA256.HashData(packed).AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(1))) throw new FilmDamagedException("a moment has been changed");
        FilmMoment moment = reel.Next(packed);
        sequence = row.GetInt64(0);
        if (moment.Sequence != sequence || FilmFile.Microseconds(moment.Time) != row.GetInt64(4)) throw new FilmDamagedException("a moment stands for another time or other entries than it says");
        return moment;
    }

    (long Sequence, long Reel)? Find(string sql, long microseconds)
    {
        using SqliteCommand command = FilmFile.Command(connection, sql, microseconds);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault)
        {
            throw new FilmDamagedException($"the film is damaged: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is InvalidCastException or System.Text.Json.JsonException)
        {
            throw new FilmDamagedException($"the film holds what it cannot hold: {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        reel.Dispose();
        connection.Dispose();
    }
}
