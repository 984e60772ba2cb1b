using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>The one prepared statement that writes. Returns SQLite's code; what it means is the journal's to say.</summary>
sealed class EntryInsert : IDisposable
{
    readonly sqlite3_stmt statement;
    readonly bool salted;

    public EntryInsert(SqliteConnection connection, bool salted)
    {
        this.salted = salted;
        string sql = salted
            ? "INSERT INTO entries (seq, kind, time_us, source, leaf_hash, payload, salt) VALUES (?, ?, ?, ?, ?, ?, ?)"
            : "INSERT INTO entries (seq, kind, time_us, source, leaf_hash, payload) VALUES (?, ?, ?, ?, ?, ?)";
        int code = raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (code != raw.SQLITE_OK) throw JournalFile.Fault(connection.Handle!, code);
    }

    public int Run(
        long seq, byte kind, long timeMicroseconds, ReadOnlySpan<byte> source, ReadOnlySpan<byte> leafHash,
        ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        raw.sqlite3_bind_int64(statement, 1, seq);
        raw.sqlite3_bind_int64(statement, 2, kind);
        raw.sqlite3_bind_int64(statement, 3, timeMicroseconds);
        if (source.IsEmpty) raw.sqlite3_bind_text(statement, 4, ""); // An empty span would bind NULL.
        else raw.sqlite3_bind_text(statement, 4, source);
        raw.sqlite3_bind_blob(statement, 5, leafHash);
        if (payload.IsEmpty) raw.sqlite3_bind_zeroblob(statement, 6, 0);
        else raw.sqlite3_bind_blob(statement, 6, payload);
        if (salted) raw.sqlite3_bind_blob(statement, 7, salt);
        int code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement); // Reports the step's code again.
        raw.sqlite3_clear_bindings(statement);
        return code;
    }

    public void Dispose() => statement.Dispose();
}
