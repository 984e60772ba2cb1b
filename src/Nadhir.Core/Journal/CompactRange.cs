using System.Numerics;

namespace Nadhir.Journal;

/// <summary>
/// The right edge of a growing Merkle tree: one hash for each set bit of its size, which is all that is needed to
/// append and to give the root. A copy is cheap, so a failed batch can be taken back.
/// </summary>
public sealed class CompactRange
{
    /// <summary>At index h, the hash of the full subtree of 2^h leaves when that bit of the size is set.</summary>
    readonly byte[]?[] full = new byte[64][];

    public long Size { get; private set; }

    /// <summary>The edge of a tree whose full subtrees are kept elsewhere; nothing is hashed but them.</summary>
    /// <param name="fullSubtree">Gives the hash of the full subtree of 2^height leaves from a leaf on.</param>
    public static CompactRange At(long size, Func<long, int, byte[]> fullSubtree)
    {
        CompactRange range = new() { Size = size };
        for (int height = 0; size >> height != 0; height++)
            if ((size >> height & 1) == 1) range.full[height] = fullSubtree(size >> (height + 1) << (height + 1), height);
        return range;
    }

    /// <param name="completed">
    /// Told the hash of each subtree of 256^level leaves (level 1 and above) that this leaf makes full, and its index
    /// among those of its level.
    /// </param>
    public void Append(byte[] leafHash, Action<int, long, byte[]>? completed = null) => Append(leafHash, 0, completed);

    /// <summary>Appends 256 leaves at once, as the root over them; there are a multiple of 256 so far.</summary>
    public void AppendTile(byte[] root, Action<int, long, byte[]>? completed = null)
    {
        Invariant.Require(Size % Tile.FullWidth == 0, "a tile begins where one ends");
        completed?.Invoke(1, Size >> Tile.Height, root);
        Append(root, Tile.Height, completed);
    }

    void Append(byte[] hash, int from, Action<int, long, byte[]>? completed)
    {
        Invariant.Require(hash.Length == MerkleHash.Size, "a hash of the tree has 32 bytes");
        int height = from + BitOperations.TrailingZeroCount(~(Size >> from));
        for (int level = from; level < height; level++)
        {
            hash = MerkleHash.Node(full[level], hash);
            if ((level + 1) % Tile.Height == 0) completed?.Invoke((level + 1) / Tile.Height, Size >> (level + 1), hash);
        }
        full[height] = hash;
        Size += 1L << from;
    }

    /// <summary>The RFC 6962 root over everything appended.</summary>
    public byte[] Root()
    {
        if (Size == 0) return MerkleHash.EmptyRoot;
        int height = BitOperations.TrailingZeroCount(Size);
        byte[] root = full[height]!;
        for (int level = height + 1; Size >> level != 0; level++)
            if ((Size >> level & 1) == 1) root = MerkleHash.Node(full[level], root);
        return [.. root];
    }

    public CompactRange Copy()
    {
        CompactRange copy = new() { Size = Size };
        full.CopyTo(copy.full, 0);
        return copy;
    }
}
