using Nadhir.Journal;

namespace Nadhir.Transparency;

/// <summary>
/// A witness's own copy of a log's leaf hashes (32 bytes an entry), so that it can say not only that a log contradicts
/// itself but where and how. Consistency does not rest on it. For one thread.
/// </summary>
sealed class LeafMirror(string folder)
{
    readonly string path = Path.Combine(folder, "leaves");

    /// <summary>How many leaf hashes it holds.</summary>
    public long Size => new FileInfo(path) is { Exists: true } file ? file.Length / MerkleHash.Size : 0;

    /// <summary>Takes over the hashes up to a size that was just cosigned.</summary>
    public async Task Follow(ILogSource log, long size, CancellationToken stopping)
    {
        Directory.CreateDirectory(folder);
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        long have = Math.Min(file.Length / MerkleHash.Size, size);
        file.SetLength(have * MerkleHash.Size); // What a crash left half is fetched again.
        file.Position = file.Length;
        while (have < size)
        {
            Tile tile = Tile.Holding(0, have, size);
            byte[] hashes = await log.Hashes(tile, stopping);
            file.Write(hashes.AsSpan((int)(have - tile.First) * MerkleHash.Size));
            have = tile.First + tile.Width;
        }
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Holds a log's leaves against those mirrored: the first that differs (null when none does), and whether from there
    /// to the end of the shorter both have the same hashes in another order.
    /// </summary>
    public async Task<(long? First, bool SameInOtherOrder)> Compare(ILogSource log, long size, CancellationToken stopping)
    {
        if (!File.Exists(path)) return (null, false);
        using FileStream file = File.OpenRead(path);
        long common = Math.Min(Size, size);
        long? first = null;
        HashSum ours = new(), theirs = new();
        byte[] mirrored = new byte[Tile.FullWidth * MerkleHash.Size];
        for (long start = 0; start < common; start += Tile.FullWidth)
        {
            int width = (int)Math.Min(Tile.FullWidth, common - start);
            byte[] shown = await log.Hashes(Tile.Holding(0, start, size), stopping);
            file.ReadExactly(mirrored.AsSpan(0, width * MerkleHash.Size));
            for (int leaf = 0; leaf < width; leaf++)
            {
                ReadOnlySpan<byte> own = mirrored.AsSpan(leaf * MerkleHash.Size, MerkleHash.Size);
                ReadOnlySpan<byte> other = shown.AsSpan(leaf * MerkleHash.Size, MerkleHash.Size);
                if (first is null && own.SequenceEqual(other)) continue;
                first ??= start + leaf;
                ours.Add(own);
                theirs.Add(other);
            }
        }
        return (first, first is not null && ours.Equals(theirs));
    }

    /// <summary>A sum over hashes that does not depend on their order. A diagnosis for people, not a proof.</summary>
    struct HashSum : IEquatable<HashSum>
    {
        UInt128 high, low;

        public void Add(ReadOnlySpan<byte> hash)
        {
            high += System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
            low += System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
        }

        public readonly bool Equals(HashSum other) => high == other.high && low == other.low;

        public override readonly bool Equals(object? obj) => obj is HashSum other && Equals(other);

        public override readonly int GetHashCode() => HashCode.Combine(high, low);
    }
}
