using System.Buffers.Binary;

namespace Nadhir.Formats.Asterix;

/// <summary>Runs of bits, most significant first.</summary>
static class Bits
{
    /// <summary>Up to 64 bits.</summary>
    public static ulong Read(ReadOnlySpan<byte> bytes, int offset, int count)
    {
        int first = offset >> 3, before = offset & 7;
        // One load where eight octets are there and hold it all.
        if (before + count <= 64 && first + 8 <= bytes.Length)
            return (BinaryPrimitives.ReadUInt64BigEndian(bytes[first..]) << before) >> (64 - count);
        return ReadByOctets(bytes, offset, count);
    }

    /// <summary>The plain way: what <see cref="Read"/> must agree with.</summary>
    internal static ulong ReadByOctets(ReadOnlySpan<byte> bytes, int offset, int count)
    {
        ulong value = 0;
        int end = offset + count;
        while (offset < end)
        {
            int within = offset & 7, take = Math.Min(8 - within, end - offset);
            value = (value << take) | (uint)((bytes[offset >> 3] >> (8 - within - take)) & ((1 << take) - 1));
            offset += take;
        }

        return value;
    }

    public static void Write(Span<byte> bytes, int offset, int count, ulong value)
    {
        while (count > 0)
        {
            int within = offset & 7, take = Math.Min(8 - within, count), shift = 8 - within - take;
            int mask = ((1 << take) - 1) << shift;
            int part = (int)((value >> (count - take)) & ((1UL << take) - 1)) << shift;
            bytes[offset >> 3] = (byte)((bytes[offset >> 3] & ~mask) | part);
            offset += take;
            count -= take;
        }
    }

    public static long SignExtend(ulong value, int bits) => (long)(value << (64 - bits)) >> (64 - bits);
}
