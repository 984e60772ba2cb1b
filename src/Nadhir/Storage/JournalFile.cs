using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>Opening the SQLite file of a journal, and what its tables are.</summary>
static class JournalFile
{
    /// <summary>Since 2 the entries have salts; journals of format 1 are read and gone on with as they are.</summary>
    public const int Format = 2, UnsaltedFormat = 1;

    /// <summary>"Nadh" in ASCII: <c>PRAGMA application_id</c>, so that <c>file</c> and people can tell what it is.</summary>
    public const int ApplicationId = 0x4E616468;

    // The leaf hash stands before the payload so that reading only hashes does not touch a long payload's pages.
    public static string Schema(int format) =>
        $"""
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE entries (
          seq INTEGER PRIMARY KEY,     -- from 0, no gaps
          kind INTEGER NOT NULL,       -- 1 configuration, 2 received, 3 tick, 4 command, 5 receipt, 6 decision
          time_us INTEGER NOT NULL,    -- microseconds since 1970-01-01T00:00:00 UTC
          source TEXT NOT NULL,        -- feed, operator or outlet
          leaf_hash BLOB NOT NULL,     -- SHA-256(0x00, version, salt, kind, time, source, payload), see docs/journal.md
        {(format == UnsaltedFormat ? "" : SaltColumn)}  payload BLOB NOT NULL
        ) STRICT;
        {TreeSchema}
        """;

    const string SaltColumn =
        """
          salt BLOB NOT NULL,          -- 16 bytes, shown only with its entry; empty where retention withholds that

        """;

    /// <summary>Added to a journal of an older build when it is opened to be written; nothing else of it changes.</summary>
    public const string TreeSchema =
        """
        CREATE TABLE IF NOT EXISTS subtrees (
          level INTEGER NOT NULL,      -- 1 and above: a subtree of 256^level entries that is full
          number INTEGER NOT NULL,     -- from 0 within its level
          hash BLOB NOT NULL,          -- its RFC 6962 root
          PRIMARY KEY (level, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS withheld (
          first INTEGER PRIMARY KEY,   -- the payloads of received entries from this one
          last INTEGER NOT NULL        -- to this one are withheld by retention; their leaf hashes stand
        ) STRICT;
        """;

    /// <summary>How long to wait for a reader or a recovery that holds SQLite's own lock.</summary>
    const int BusySeconds = 2;

    public static SqliteConnection Open(string file, SqliteOpenMode mode, bool immutable = false)
    {
        // A sealed file is opened as what it is, unchanging: no locks, no side files, whatever its header claims.
        string source = immutable ? $"file:{Uri.EscapeDataString(Path.GetFullPath(file)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1" : file;
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, BusySeconds * 1000);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens for reading whatever state the folder is in: sealed, being written, left by a crash, or on a disk that
    /// cannot be written (where SQLite would fail to make the side files a WAL file wants).
    /// </summary>
    /// <param name="live">Never takes a sealed file for one that nobody will write again.</param>
    public static SqliteConnection OpenForReading(string folder, bool live = false)
    {
        string file = Path.Combine(folder, RecordFiles.Journal);
        if (!File.Exists(file)) throw new JournalOpenException($"{folder} holds no {RecordFiles.Journal}");
        bool hasLog = new FileInfo(file + "-wal") is { Exists: true, Length: > 0 };
        if (!live && !hasLog && File.Exists(Path.Combine(folder, RecordFiles.Seal))) return OpenOurs(file, immutable: true);
        try
        {
            return OpenOurs(file, immutable: false);
        }
        catch (JournalOpenException unopened)
            when (!hasLog && unopened.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY })
        {
            return OpenOurs(file, immutable: true);
        }
    }

    static SqliteConnection OpenOurs(string file, bool immutable)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Open(file, SqliteOpenMode.ReadOnly, immutable);
            RequireOurs(connection, file);
            return connection;
        }
        catch (SqliteException unopened)
        {
            throw new JournalOpenException($"{file} cannot be opened: {unopened.Message}", unopened);
        }
        catch (JournalOpenException)
        {
            connection?.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        int code = raw.sqlite3_exec(connection.Handle, sql);
        if (code != raw.SQLITE_OK) throw Fault(connection.Handle!, code);
    }

    /// <summary>The first column of the first row as text; null when there is no row or it is NULL.</summary>
    public static string? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own constant texts only; nothing from outside reaches them.
        command.CommandText = sql;
#pragma warning restore CA2100
        object? value = command.ExecuteScalar();
        return value is null or DBNull ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    /// <summary>Says clearly when the file is not a journal of ours.</summary>
    public static void RequireOurs(SqliteConnection connection, string file)
    {
        try
        {
            if (Ask(connection, "PRAGMA application_id") != ApplicationId.ToString(CultureInfo.InvariantCulture))
                throw new JournalOpenException($"{file} is not a journal of Nadhir (or its first page is damaged)");
            string? version = Ask(connection, "SELECT value FROM meta WHERE name = 'format'");
            if (version is not ("1" or "2"))
                throw new JournalOpenException($"{file} has format '{version}'; this build reads formats {UnsaltedFormat} and {Format}");
        }
        catch (SqliteException damaged)
        {
            throw new JournalOpenException($"{file} cannot be read as a journal: {CutShort(file) ?? damaged.Message}", damaged);
        }
    }

    /// <summary>Whether the entries of this journal have salts.</summary>
    public static bool HasSalts(SqliteConnection connection) =>
        Ask(connection, "SELECT 1 FROM pragma_table_info('entries') WHERE name = 'salt'") is not null;

    /// <summary>Compares the file's length with the page size and count in its header (SQLite file format, section 1.3).</summary>
    static string? CutShort(string file)
    {
        Span<byte> header = stackalloc byte[32];
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return "it is cut short before its header ends";
        long expected = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) * (long)BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        return stream.Length < expected ? $"it is cut short: {stream.Length} bytes of {expected}" : null;
    }

    public static SqliteException Fault(sqlite3 database, int code)
    {
        int extended = raw.sqlite3_extended_errcode(database);
        return new SqliteException($"{raw.sqlite3_errmsg(database).utf8_to_string()} (SQLite {extended})", code & 0xFF, extended);
    }
}
