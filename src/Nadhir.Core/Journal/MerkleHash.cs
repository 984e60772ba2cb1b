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
        Invariant.Require(!prefixed.IsEmpty && prefixed[0] == LeafPrefix, "a leaf is hashed behind a zero byte");
        return SHA256.HashData(prefixed);
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
        Span<byte> prefixed = stackalloc byte[1 + (2 * Size)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Size)..]);
        return SHA256.HashData(prefixed);
    }
}
