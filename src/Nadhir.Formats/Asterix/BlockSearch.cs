using System.Buffers.Binary;
using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Finds where blocks begin when their lengths cannot be trusted. A place is the start of a block when its category is
/// held, its length fits, some edition consumes it to the last byte, and it is borne out by what it stands among: a
/// source heard before and a plausible header (or the end) behind it, or another block behind it that fits as well.
/// </summary>
/// <remarks>
/// Work is bounded: one search walks at most <see cref="WorkPerOctet"/> octets for every octet it searches, then takes all
/// of it for damage. Memory is one bit a source.
/// </remarks>
sealed class BlockSearch
{
    /// <summary>Octets that a search may walk for each octet it looks through.</summary>
    const int WorkPerOctet = 64;
    /// <summary>No block of one record is shorter: header, field specification, source.</summary>
    const int ShortestBlock = 6;

    static readonly ImmutableArray<CategoryDefinition>[] held = new ImmutableArray<CategoryDefinition>[256];
    readonly ulong[] heard = new ulong[65536 / 64];

    static BlockSearch()
    {
        for (int category = 0; category < 256; category++)
        {
            held[category] = AsterixCatalogue.Editions.TryGetValue(category, out ImmutableArray<string> editions)
                ? [.. editions.Reverse().Select(edition => AsterixCatalogue.Find(category, edition)!)]
                : [];
        }
    }

    /// <summary>The editions held of a category, the newest first.</summary>
    public static ImmutableArray<CategoryDefinition> Held(int category) => held[category];

    /// <summary>A header that a block we know could have, and room for all of it.</summary>
    public static bool IsPlausibleStart(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < AsterixBlock.HeaderOctets || held[bytes[0]].IsEmpty) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        return length >= AsterixBlock.HeaderOctets + 1 && length <= bytes.Length;
    }

    /// <summary>Whether any edition held consumes the block to the last byte.</summary>
    public static bool FitsAny(AsterixBlock block)
    {
        foreach (CategoryDefinition edition in held[block.Category])
        {
            if (block.Check(edition, out _, out _) == DecodeFault.None) return true;
        }

        return false;
    }

    /// <summary>A source that is known to speak here: its blocks are found more readily.</summary>
    public void Know(int sac, int sic) => heard[((sac << 8) | sic) >> 6] |= 1UL << (sic & 63);

    /// <summary>The same, from a block that was good.</summary>
    public void Know(AsterixBlock block)
    {
        if (TryPeekSource(block.Records, out int sac, out int sic)) Know(sac, sic);
    }

    bool IsKnown(int sac, int sic) => (heard[((sac << 8) | sic) >> 6] & (1UL << (sic & 63))) != 0;

    /// <summary>The first start of a block at or after a place.</summary>
    /// <param name="end">Starts are looked for before it; what follows is looked at to bear them out.</param>
    /// <returns>Where, or −1 when there is none.</returns>
    public int Find(ReadOnlySpan<byte> bytes, int from, int end)
    {
        long budget = (long)WorkPerOctet * Math.Max(0, end - from);
        for (int at = from; at < end; at++)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (rest.Length < ShortestBlock) return -1;
            if (!IsPlausibleStart(rest)) continue;
            if (budget < 0) return -1;
            if (IsStart(rest, ref budget)) return at;
        }

        return -1;
    }

    bool IsStart(ReadOnlySpan<byte> bytes, ref long budget)
    {
        ReadOnlySpan<byte> rest = bytes;
        if (AsterixBlock.TryTake(ref rest, out AsterixBlock block) != DecodeFault.None) return false;
        if (block.Whole.Length < ShortestBlock) return false;
        bool known = TryPeekSource(block.Records, out int sac, out int sic) && IsKnown(sac, sic);
        if (!known && rest.Length < ShortestBlock) return false;
        budget -= block.Whole.Length;
        if (!FitsAny(block)) return false;
        if (known && (rest.Length < AsterixBlock.HeaderOctets || IsPlausibleStart(rest))) return true;
        if (!IsPlausibleStart(rest) || AsterixBlock.TryTake(ref rest, out AsterixBlock next) != DecodeFault.None) return known && IsCutOff(rest);
        budget -= next.Whole.Length;
        return next.Whole.Length >= ShortestBlock && FitsAny(next);
    }

    /// <summary>A header of a category held whose block is longer than what is there.</summary>
    static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes.Length >= AsterixBlock.HeaderOctets && !held[bytes[0]].IsEmpty &&
        BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) > bytes.Length;

    /// <summary>The source of the first record, where I010 comes first, as it does in all categories but CAT 032.</summary>
    public static bool TryPeekSource(ReadOnlySpan<byte> records, out int sac, out int sic)
    {
        sac = sic = -1;
        if (records.IsEmpty || (records[0] & 0x80) == 0) return false;
        int at = 0;
        while (at < records.Length && (records[at] & 1) != 0) at++;
        if (at + 2 >= records.Length) return false;
        sac = records[at + 1];
        sic = records[at + 2];
        return true;
    }
}
