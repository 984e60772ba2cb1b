using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Proofs, tiles and entries of a journal as others ask for them: over a connection of its own, so that nobody who asks
/// stands in the writer's way. Sees what was committed when it was opened. For one thread.
/// </summary>
public sealed class JournalTree : IDisposable
{
    readonly SqliteConnection connection;
    readonly StoredTree stored;
    readonly MerkleTree tree;
    readonly Func<long, int, byte[]> subtrees;

    /// <exception cref="JournalOpenException">There is no journal, or it cannot be read.</exception>
    public JournalTree(string folder)
    {
        connection = JournalFile.OpenForReading(folder);
        try
        {
            JournalFile.Execute(connection, "BEGIN"); // One state of the file, whatever is written meanwhile.
            stored = new StoredTree(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        subtrees = stored.IsComplete ? TileSubtrees.Over(stored.Read) : TileSubtrees.Over(ReadOrMake);
        tree = new MerkleTree(subtrees);
    }

    public long Size => stored.Size;

    public byte[] Root(long size) => tree.Root(size);

    public IReadOnlyList<byte[]> InclusionProof(long index, long size) => tree.InclusionProof(index, size);

    public IReadOnlyList<byte[]> ConsistencyProof(long older, long size) => tree.ConsistencyProof(older, size);

    public byte[] LeafHash(long index) => stored.Read(0, index, 1).ToArray();

    /// <summary>The hashes of a tile, 32 bytes each; null when the tree does not hold all of it.</summary>
    public ReadOnlyMemory<byte>? Hashes(Tile tile) =>
        tile.Level >= 0 && tile.IsIn(Size)
            ? stored.IsComplete ? stored.Read(tile.Level, tile.First, tile.Width) : ReadOrMake(tile.Level, tile.First, tile.Width)
            : default(ReadOnlyMemory<byte>?);

    /// <summary>An entry as it was hashed; null when there is none, or retention withholds its payload.</summary>
    public byte[]? Encoded(long index)
    {
        using JournalRows rows = new(connection, index);
        return rows.Next() && rows.Current.Seq == index ? Encode(rows.Current) : null;
    }

    /// <summary>The salt of an entry, to be shown with it only; empty when the journal has none, or it is withheld.</summary>
    public byte[] Salt(long index)
    {
        using JournalRows rows = new(connection, index);
        return rows.Next() && rows.Current.Seq == index ? rows.Current.Salt.ToArray() : [];
    }

    /// <summary>
    /// A bundle of entries, each behind its length in two bytes (C2SP tlog-tiles); null when one of them is not here, is
    /// withheld, or is longer than the two bytes can say (then it is had alone).
    /// </summary>
    public byte[]? Bundle(Tile tile)
    {
        if (!(tile with { Level = 0 }).IsIn(Size)) return null;
        using MemoryStream bundle = new();
        using JournalRows rows = new(connection, tile.First);
        for (int entry = 0; entry < tile.Width; entry++)
        {
            if (!rows.Next() || rows.Current.Seq != tile.First + entry) return null;
            if (Encode(rows.Current) is not { Length: <= ushort.MaxValue } encoded) return null;
            bundle.WriteByte((byte)(encoded.Length >> 8));
            bundle.WriteByte((byte)encoded.Length);
            bundle.Write(encoded);
        }
        return bundle.ToArray();
    }

    /// <summary>Only what hashes to the leaf is given out.</summary>
    static byte[]? Encode(StoredEntry row)
    {
        if (row.Check() != EntryFault.None || row.TryRead(out Entry? entry) != EntryFault.None) return null;
        byte[] encoded = EntryEncoding.Encode(entry!, row.Salt);
        return row.LeafHash.SequenceEqual(MerkleHash.Leaf(encoded)) ? encoded : null;
    }

    /// <summary>For a journal of an older build: what is not kept is made from the leaf hashes, each time.</summary>
    ReadOnlyMemory<byte> ReadOrMake(int level, long first, int count)
    {
        if (level == 0) return stored.Read(level, first, count);
        byte[] hashes = new byte[count * MerkleHash.Size];
        for (int at = 0; at < count; at++)
        {
            ReadOnlyMemory<byte> below = ReadOrMake(level - 1, (first + at) * Tile.FullWidth, Tile.FullWidth);
            TileSubtrees.Combine(below.Span).CopyTo(hashes, at * MerkleHash.Size);
        }
        return hashes;
    }

    public void Dispose()
    {
        stored.Dispose();
        connection.Dispose();
    }
}
