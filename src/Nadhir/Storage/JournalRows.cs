using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>
/// Walks the rows of a journal in order, straight from SQLite's own buffers. A damaged page throws
/// <see cref="SqliteException"/>; a row that is merely wrong is handed out as it stands.
/// </summary>
sealed class JournalRows : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;

    /// <param name="hashesOnly">Leaves everything but the number and the leaf hash empty, and unread.</param>
    public JournalRows(SqliteConnection connection, long from, bool hashesOnly = false)
    {
        database = connection.Handle!;
        string columns = hashesOnly ? "seq, 0, 0, '', leaf_hash, x'', x''"
            : JournalFile.HasSalts(connection) ? "seq, kind, time_us, source, leaf_hash, payload, salt"
            : "seq, kind, time_us, source, leaf_hash, payload, x''";
        int code = raw.sqlite3_prepare_v2(database, $"SELECT {columns} FROM entries WHERE seq >= ? ORDER BY seq", out statement);
        if (code != raw.SQLITE_OK) throw JournalFile.Fault(database, code);
        raw.sqlite3_bind_int64(statement, 1, from);
    }

    public bool Next()
    {
        int code = raw.sqlite3_step(statement);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw JournalFile.Fault(database, code),
        };
    }

    public StoredEntry Current => new()
    {
        Seq = raw.sqlite3_column_int64(statement, 0),
        Kind = raw.sqlite3_column_int64(statement, 1),
        TimeMicroseconds = raw.sqlite3_column_int64(statement, 2),
        Source = raw.sqlite3_column_blob(statement, 3),
        LeafHash = raw.sqlite3_column_blob(statement, 4),
        Payload = raw.sqlite3_column_blob(statement, 5),
        Salt = raw.sqlite3_column_blob(statement, 6),
    };

    public void Dispose() => statement.Dispose();
}
