using System.Numerics;

namespace Nadhir.Journal;

/// <summary>
/// Checks proofs made by anyone. Never throws on what it is given: a proof holds or it does not. The algorithms are
/// those of RFC 9162, sections 2.1.3.2 and 2.1.4.2, and of draft-ietf-plants-merkle-tree-certs, section 4, for subtrees.
/// </summary>
public static class MerkleProof
{
    /// <summary>Whether the leaf stands at <paramref name="index"/> in the tree of that size and root.</summary>
    public static bool Includes(
        ulong index, ulong size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index >= size || leafHash.Length != MerkleHash.Size || !AreHashes(proof)) return false;
        ulong position = index, last = size - 1;
        byte[] hash = leafHash.ToArray();
        foreach (byte[] sibling in proof)
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                int alone = BitOperations.TrailingZeroCount(position);
                position >>= alone;
                last >>= alone;
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the leaf stands at <paramref name="index"/> of the whole tree, inside the subtree with that root.</summary>
    public static bool SubtreeIncludes(
        ulong index, ulong start, ulong end, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root) =>
        IsSubtree(start, end) && index >= start && index < end
        && Includes(index - start, end - start, leafHash, proof, root);

    /// <summary>Whether the later tree begins with the older one.</summary>
    public static bool IsConsistent(
        ulong older, ulong size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> olderRoot, ReadOnlySpan<byte> root)
    {
        if (older == 0 && size != 0) return false; // Every tree begins with nothing: such a proof says nothing.
        return SubtreeIsConsistent(0, older, size, proof, olderRoot, root)
            && (size != 0 || root.SequenceEqual(MerkleHash.EmptyRoot));
    }

    /// <summary>Whether the subtree of leaves from <paramref name="start"/> to <paramref name="end"/> stands in the tree.</summary>
    public static bool SubtreeIsConsistent(
        ulong start, ulong end, ulong size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> subtreeRoot, ReadOnlySpan<byte> root)
    {
        if (!IsSubtree(start, end) || end > size || !AreHashes(proof)) return false;
        if (start == end) return proof.Count == 0 && subtreeRoot.SequenceEqual(MerkleHash.EmptyRoot);
        if (start == 0 && end == size) return proof.Count == 0 && subtreeRoot.SequenceEqual(root);

        ulong first = start, last = end - 1, treeLast = size - 1;
        while (first != last && (last == treeLast || (last & 1) == 1)) Up(ref first, ref last, ref treeLast, 1);
        int next = 0;
        if (first != last && proof.Count == 0) return false;
        byte[] subtreeHash = first == last ? subtreeRoot.ToArray() : proof[next++];
        if (subtreeHash.Length != MerkleHash.Size) return false;
        byte[] hash = subtreeHash;
        for (; next < proof.Count; next++)
        {
            byte[] sibling = proof[next];
            if (treeLast == 0) return false;
            if ((last & 1) == 1 || last == treeLast)
            {
                if (first < last) subtreeHash = MerkleHash.Node(sibling, subtreeHash);
                hash = MerkleHash.Node(sibling, hash);
                Up(ref first, ref last, ref treeLast, BitOperations.TrailingZeroCount(last));
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }
            Up(ref first, ref last, ref treeLast, 1);
        }
        return treeLast == 0 && subtreeRoot.SequenceEqual(subtreeHash) && root.SequenceEqual(hash);
    }

    /// <summary>A subtree starts at a multiple of its size rounded up to a power of two.</summary>
    internal static bool IsSubtree(ulong start, ulong end)
    {
        if (start > end) return false;
        if (start == 0 || start == end) return true;
        ulong rounded = BitOperations.RoundUpToPowerOf2(end - start); // Zero when it does not fit in 64 bits.
        return rounded != 0 && start % rounded == 0;
    }

    static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.All(hash => hash.Length == MerkleHash.Size);

    static void Up(ref ulong first, ref ulong last, ref ulong treeLast, int levels)
    {
        first >>= levels;
        last >>= levels;
        treeLast >>= levels;
    }
}
