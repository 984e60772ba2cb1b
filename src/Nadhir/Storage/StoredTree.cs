using Microsoft.Data.Sqlite;
using Nadhir.Journal;
using SQLitePCL;

namespace Nadhir.Storage;

/// <summary>
/// The hashes of a journal's tree as they stand in the file: leaf hashes with the entries, those of full subtrees in a
/// table of their own. For one thread.
/// </summary>
sealed class StoredTree : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt leaves;
    readonly sqlite3_stmt? subtrees;

    public StoredTree(SqliteConnection connection)
    {
        database = connection.Handle!;
        leaves = Prepare("SELECT seq, leaf_hash FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?");
        HasSubtrees = JournalFile.Ask(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'subtrees'") is not null;
        if (HasSubtrees) subtrees = Prepare("SELECT number, hash FROM subtrees WHERE level = ?3 AND number >= ?1 ORDER BY number LIMIT ?2");
        Size = Number(connection, "SELECT max(seq) FROM entries") + 1;
        Subtrees = HasSubtrees ? Number(connection, "SELECT max(number) FROM subtrees WHERE level = 1") + 1 : 0;
    }

    /// <summary>False for a journal of an older build, which keeps leaf hashes only.</summary>
    public bool HasSubtrees { get; }

    /// <summary>Entries, when none is missing.</summary>
    public long Size { get; }

    /// <summary>Full subtrees of 256 entries that are kept.</summary>
    public long Subtrees { get; }

    /// <summary>Whether every full subtree is kept.</summary>
    public bool IsComplete => Subtrees == Tile.HashesAt(1, Size);

    /// <exception cref="JournalDamagedException">A hash is missing, or is none.</exception>
    /// <exception cref="SqliteException">A page is damaged.</exception>
    public ReadOnlyMemory<byte> Read(int level, long first, int count)
    {
        sqlite3_stmt statement = level == 0 ? leaves : subtrees ?? throw new JournalDamagedException(first, "the tree's subtrees are not kept");
        byte[] hashes = new byte[count * MerkleHash.Size];
        raw.sqlite3_bind_int64(statement, 1, first);
        raw.sqlite3_bind_int64(statement, 2, count);
        if (level > 0) raw.sqlite3_bind_int64(statement, 3, level);
        try
        {
            for (int at = 0; at < count; at++) Next(statement, level, first + at).CopyTo(hashes.AsSpan(at * MerkleHash.Size));
            return hashes;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    ReadOnlySpan<byte> Next(sqlite3_stmt statement, int level, long number)
    {
        string what = level == 0 ? "entry" : $"the subtree hash of level {level}, number";
        int code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_DONE) throw new JournalDamagedException(number, $"{what} {number} is missing");
        if (code != raw.SQLITE_ROW) throw JournalFile.Fault(database, code);
        long found = raw.sqlite3_column_int64(statement, 0);
        if (found != number) throw new JournalDamagedException(number, $"{what} {number} is missing; the next one is {found}");
        ReadOnlySpan<byte> hash = raw.sqlite3_column_blob(statement, 1);
        return hash.Length == MerkleHash.Size ? hash : throw new JournalDamagedException(number, $"{what} {number} has no hash of 32 bytes");
    }

    public void Dispose()
    {
        leaves.Dispose();
        subtrees?.Dispose();
    }

    sqlite3_stmt Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v2(database, sql, out sqlite3_stmt statement);
        return code == raw.SQLITE_OK ? statement : throw JournalFile.Fault(database, code);
    }

    static long Number(SqliteConnection connection, string sql) =>
        JournalFile.Ask(connection, sql) is { } number ? long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : -1;
}
