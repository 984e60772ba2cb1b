using System.Numerics;

namespace Nadhir.Journal;

/// <summary>Roots and proofs (RFC 6962, section 2.1) over hashes kept elsewhere. As safe for many threads as its source is.</summary>
/// <param name="fullSubtree">Gives the 32-byte hash of the full subtree of 2^height leaves from a leaf on (height 0: the leaf's).</param>
public sealed class MerkleTree(Func<long, int, byte[]> fullSubtree)
{
    /// <summary>
    /// The tree over leaf hashes alone. Full subtrees of 256 leaves and more are remembered (32 bytes for each 128
    /// leaves), so that the second proof costs little. Not safe for many threads.
    /// </summary>
    public MerkleTree(Func<long, byte[]> leafHash)
        : this(new LeafSubtrees(leafHash).Hash)
    {
    }

    /// <summary>The root of the tree of the first <paramref name="size"/> leaves.</summary>
    public byte[] Root(long size) => size == 0 ? MerkleHash.EmptyRoot : Subtree(0, size);

    /// <summary>Proves that the leaf at <paramref name="index"/> is in the tree of <paramref name="size"/> leaves.</summary>
    public IReadOnlyList<byte[]> InclusionProof(long index, long size)
    {
        Invariant.Require(index >= 0 && index < size, "the leaf is in the tree");
        List<byte[]> proof = [];
        long start = 0, end = size;
        while (end - start > 1)
        {
            long middle = start + LeftHalf(end - start);
            bool left = index < middle;
            proof.Add(left ? Subtree(middle, end) : Subtree(start, middle));
            (start, end) = left ? (start, middle) : (middle, end);
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>Proves that the tree of <paramref name="size"/> leaves begins with the tree of <paramref name="older"/>.</summary>
    public IReadOnlyList<byte[]> ConsistencyProof(long older, long size)
    {
        Invariant.Require(older > 0 && older <= size, "a tree is consistent with a later one, and the empty one proves nothing");
        return SubtreeConsistencyProof(0, older, size);
    }

    /// <summary>
    /// Proves that the leaves from <paramref name="start"/> to <paramref name="end"/> (not included) stand there in the
    /// tree of <paramref name="size"/> leaves (draft-ietf-plants-merkle-tree-certs, section 4.4).
    /// </summary>
    public IReadOnlyList<byte[]> SubtreeConsistencyProof(long start, long end, long size)
    {
        Invariant.Require(start < end && end <= size, "the subtree has leaves and lies in the tree");
        Invariant.Require(MerkleProof.IsSubtree((ulong)start, (ulong)end), "the subtree is aligned");
        List<byte[]> proof = [];
        long low = 0, high = size;
        bool known = true; // Whether the verifier holds the hash of what is left to prove.
        while (!(low == start && high == end))
        {
            long middle = low + LeftHalf(high - low);
            if (end <= middle)
            {
                proof.Add(Subtree(middle, high));
                high = middle;
            }
            else
            {
                proof.Add(Subtree(low, middle));
                if (start < middle) (start, known) = (middle, false);
                low = middle;
            }
        }
        if (!known) proof.Add(Subtree(low, high));
        proof.Reverse();
        return proof;
    }

    byte[] Subtree(long start, long end)
    {
        long size = end - start;
        if (BitOperations.IsPow2(size)) return fullSubtree(start, BitOperations.Log2((ulong)size));
        long middle = start + LeftHalf(size);
        return MerkleHash.Node(Subtree(start, middle), Subtree(middle, end));
    }

    /// <summary>The largest power of two smaller than <paramref name="size"/>: where RFC 6962 splits a tree.</summary>
    static long LeftHalf(long size) => 1L << BitOperations.Log2((ulong)size - 1);

    sealed class LeafSubtrees(Func<long, byte[]> leafHash)
    {
        const int RememberFrom = 8;

        readonly Dictionary<(long Start, int Height), byte[]> remembered = [];

        public byte[] Hash(long start, int height)
        {
            if (height == 0) return leafHash(start);
            if (height >= RememberFrom && remembered.TryGetValue((start, height), out byte[]? known)) return known;
            byte[] hash = MerkleHash.Node(Hash(start, height - 1), Hash(start + (1L << (height - 1)), height - 1));
            if (height >= RememberFrom) remembered[(start, height)] = hash;
            return hash;
        }
    }
}
