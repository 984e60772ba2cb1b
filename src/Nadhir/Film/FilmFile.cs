using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>
/// The file of a film, beside the journal: moments in reels, and marks. It is no evidence, is not sealed, and can be made
/// again from the journal at any time. One writer at a time holds <see cref="gate"/>; readers open their own connection.
/// </summary>
sealed partial class FilmFile : IDisposable
{
    public const string Name = "film.sqlite";
    public const int FormatVersion = 1;

    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS reels (
          id INTEGER PRIMARY KEY,
          follows INTEGER,             -- entries the moment stands for after which its first comes without a gap; -1: there is a gap
          first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
          first_us INTEGER NOT NULL, last_us INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          thinned INTEGER NOT NULL     -- 1: only its first moment is kept
        ) STRICT;
        CREATE INDEX IF NOT EXISTS reels_by_seq ON reels (first_seq);
        CREATE TABLE IF NOT EXISTS moments (
          seq INTEGER PRIMARY KEY,     -- entries of the journal it stands for
          time_us INTEGER NOT NULL,    -- the watch's own time, microseconds since 1970-01-01T00:00:00 UTC
          reel INTEGER NOT NULL,
          leaf BLOB NOT NULL,          -- leaf hash of the last of these entries: whose film this is
          hash BLOB NOT NULL,          -- SHA-256 of what follows
          packed BLOB NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS moments_by_time ON moments (time_us, seq);
        CREATE TABLE IF NOT EXISTS marks (
          at_us INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, known_us INTEGER NOT NULL, json BLOB NOT NULL,
          PRIMARY KEY (kind, id, state, known_us)
        ) STRICT;
        CREATE INDEX IF NOT EXISTS marks_by_time ON marks (at_us);
        """;

    readonly Lock gate = new();
    readonly HashSet<long> open = [];
    SqliteConnection connection;

    FilmFile(string path, SqliteConnection connection) => (Path, this.connection) = (path, connection);

    public string Path { get; }

    /// <summary>Rises whenever everything was thrown away.</summary>
    public int Generation { get; private set; }

    /// <summary>Opens the film in a folder, or begins an empty one; what cannot be opened is thrown away.</summary>
    public static FilmFile Open(string folder)
    {
        string path = System.IO.Path.Combine(folder, Name);
        Directory.CreateDirectory(folder);
        try
        {
            return new(path, Connect(path));
        }
        catch (FilmDamagedException) when (File.Exists(path))
        {
            Delete(path);
            return new(path, Connect(path));
        }
    }

    /// <summary>Throws everything away and begins anew, in the same place.</summary>
    public void Renew()
    {
        lock (gate)
        {
            connection.Dispose();
            Delete(Path);
            open.Clear();
            Generation++;
            connection = Connect(Path);
        }
    }

    public SqliteConnection OpenForReading() => Guard(() => JournalFile.Open(Path, SqliteOpenMode.ReadOnly));

    public string? Meta(string name) => Guard(() =>
    {
        lock (gate) return Ask("SELECT value FROM meta WHERE name = $a", name) as string;
    });

    public void SetMeta(string name, string value) => Guard(() =>
    {
        lock (gate) return Execute("INSERT INTO meta VALUES ($a, $b) ON CONFLICT (name) DO UPDATE SET value = $b", name, value);
    });

    /// <summary>Begins a reel; its number.</summary>
    public long BeginReel(long follows, FilmMoment first) => Guard(() =>
    {
        lock (gate)
        {
            Execute("INSERT INTO reels (follows, first_seq, last_seq, first_us, last_us, bytes, thinned) VALUES ($a, $b, $b, $c, $c, 0, 0)",
                follows, first.Sequence, Microseconds(first.Time));
            long reel = (long)Ask("SELECT last_insert_rowid()")!;
            open.Add(reel);
            return reel;
        }
    });

    /// <summary>Nothing more comes into this reel: it may be thinned.</summary>
    public void EndReel(long reel)
    {
        lock (gate) open.Remove(reel);
    }

    /// <summary>Adds a moment to a reel, with what it marks; false when the reel was thrown away meanwhile.</summary>
    public bool Add(long reel, FilmMoment moment, byte[] leaf, byte[] packed, IReadOnlyCollection<FilmMark> marks) => Guard(() =>
    {
        lock (gate)
        {
            if (!open.Contains(reel)) return false;
            Execute("BEGIN IMMEDIATE");
            try
            {
                Execute("INSERT INTO moments VALUES ($a, $b, $c, $d, $e, $f)",
                    moment.Sequence, Microseconds(moment.Time), reel, leaf, SHA256.HashData(packed), packed);
                Execute("UPDATE reels SET last_seq = $a, last_us = $b, bytes = bytes + $c WHERE id = $d",
                    moment.Sequence, Microseconds(moment.Time), packed.Length, reel);
                foreach (FilmMark mark in marks)
                {
                    Execute("INSERT OR IGNORE INTO marks VALUES ($a, $b, $c, $d, $e, $f)",
                        Microseconds(mark.At), (long)mark.Kind, mark.Id, mark.State, Microseconds(mark.KnownAt), FilmJson.Encode(mark));
                }

                Execute("COMMIT");
                return true;
            }
            catch
            {
                SQLitePCL.raw.sqlite3_exec(connection.Handle, "ROLLBACK");
                throw;
            }
        }
    });

    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    static SqliteConnection Connect(string path) => Guard(() =>
    {
        SqliteConnection database = JournalFile.Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            JournalFile.Execute(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096;" + Schema);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    });

    static void Delete(string path)
    {
        foreach (string file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
    }

    /// <summary>A full disk is a fault that passes; anything else SQLite says means that the film is damaged.</summary>
    static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_READONLY)
        {
            throw new IOException($"the film cannot be written: {fault.Message}", fault);
        }
        catch (SqliteException fault)
        {
            throw new FilmDamagedException($"the film is damaged: {fault.Message}", fault);
        }
    }

    long Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    object? Ask(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    SqliteCommand Command(string sql, params ReadOnlySpan<object> values) => Command(connection, sql, values);

    /// <summary>Values go by the names $a, $b, … in their order.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own constant texts only; nothing from outside reaches them.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command;
    }

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }
}
