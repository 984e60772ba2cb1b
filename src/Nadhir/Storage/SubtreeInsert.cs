using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>
/// Keeps the hash of each full subtree of 256, 65,536, … entries, in the commit of the entry that fills it: one row for
/// 255 entries, and nothing of the tree is ever hashed again.
/// </summary>
sealed class SubtreeInsert : IDisposable
{
    readonly sqlite3_stmt statement;
    int? fault;

    public SubtreeInsert(SqliteConnection connection)
    {
        int code = raw.sqlite3_prepare_v3(
            connection.Handle, "INSERT INTO subtrees (level, number, hash) VALUES (?, ?, ?)", raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (code != raw.SQLITE_OK) throw JournalFile.Fault(connection.Handle!, code);
    }

    /// <summary>A code that is not success stays until <see cref="TakeFault"/>.</summary>
    public void Run(int level, long number, byte[] hash)
    {
        raw.sqlite3_bind_int64(statement, 1, level);
        raw.sqlite3_bind_int64(statement, 2, number);
        raw.sqlite3_bind_blob(statement, 3, hash);
        int code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE) fault ??= code;
    }

    public int? TakeFault()
    {
        int? taken = fault;
        fault = null;
        return taken;
    }

    public void Dispose() => statement.Dispose();
}
