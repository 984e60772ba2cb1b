using System.Security.Cryptography;

namespace Nadhir.Journal;

/// <summary>
/// The hashing of RFC 6962, section 2.1, with SHA-256: a leaf is hashed behind a zero byte, a node behind a one, so
/// that neither can pass for the other. Hashes are 32 bytes.
/// </summary>
public static class MerkleHash
{
    public const int Size = SHA256.HashSizeInBytes;
    public const byte LeafPrefix = 0x00;
    public const byte NodePrefix = 0x01;

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData(ReadOnlySpan<byte>.Empty);

    /// <summary>The hash of a leaf from bytes that already begin with <see cref="LeafPrefix"/>.</summary>
    public static byte[] PrefixedLeaf(ReadOnlySpan<byte> prefixed)
    {
        byte[] hash = new byte[Size];
        PrefixedLeaf(prefixed, hash);
        return hash;
    }

    public static void PrefixedLeaf(ReadOnlySpan<byte> prefixed, Span<byte> hash)
    {
        Invariant.Require(!prefixed.IsEmpty && prefixed[0] == LeafPrefix, "a leaf is hashed behind a zero byte");
        SHA256.HashData(prefixed, hash);
    }

    public static byte[] Leaf(ReadOnlySpan<byte> content)
    {
        byte[] prefixed = new byte[1 + content.Length];
        prefixed[0] = LeafPrefix;
        content.CopyTo(prefixed.AsSpan(1));
        return SHA256.HashData(prefixed);
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        byte[] hash = new byte[Size];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>The same into a place of the caller's, which may be that of a child.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Size)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Size)..]);
        SHA256.HashData(prefixed, hash);
    }
}
