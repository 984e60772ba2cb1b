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
    const int WorkPerOctet = 256;
    /// <summary>And so many in any case.</summary>
    const int LeastWork = 65_536;
    /// <summary>Lengths beyond twice the longest block heard, but at least this, are doubted.</summary>
    const int UsualLength = 1024;
    /// <summary>No block of one record is shorter: header, field specification, source.</summary>
    const int ShortestBlock = 6;

    static readonly ImmutableArray<CategoryDefinition>[] held = new ImmutableArray<CategoryDefinition>[256];
    readonly ulong[] sources = new ulong[65536 / 64];
    readonly bool[] categories = new bool[256];
    bool hasHeard;
    int longest = UsualLength / 2;

    /// <summary>Answers of <see cref="Find"/>.</summary>
    public const int None = -1, Undecided = -2;

    /// <summary>Twice the longest block heard: longer ones are doubted where the place is in doubt too.</summary>
    public int Doubtful => 2 * longest;

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

    /// <summary>Whether any edition held consumes the block to the last byte, every record telling its source.</summary>
    public static bool FitsAny(AsterixBlock block)
    {
        foreach (CategoryDefinition edition in held[block.Category])
        {
            if (Fits(block, edition)) return true;
        }

        return false;
    }

    /// <summary>Whether this edition does.</summary>
    public static bool Fits(AsterixBlock block, CategoryDefinition edition)
    {
        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        scoped ReadOnlySpan<byte> rest = block.Records;
        for (bool first = true; !rest.IsEmpty; first = false)
        {
            DecodeFault fault = AsterixRecord.TryTake(edition, ref rest, offsets, out AsterixRecord record);
            if (fault != DecodeFault.None) return false;
            if (!edition.HasSource(record, first)) return false;
        }

        return true;
    }

    /// <summary>A source that is known to speak here: its blocks are found more readily.</summary>
    public void Know(int sac, int sic) => sources[((sac << 8) | sic) >> 6] |= 1UL << (sic & 63);

    /// <summary>Learns from a block that was good: its source, its category, how long blocks are.</summary>
    public void Know(AsterixBlock block)
    {
        if (TryPeekSource(block.Records, out int sac, out int sic)) Know(sac, sic);
        categories[block.Category] = hasHeard = true;
        longest = Math.Max(longest, Math.Min(block.Whole.Length, 32_767));
    }

    /// <summary>Nothing new is to be learned from it, but perhaps its source.</summary>
    public bool IsUsual(AsterixBlock block) => categories[block.Category] && block.Whole.Length <= longest;

    bool IsKnown(int sac, int sic) => (sources[((sac << 8) | sic) >> 6] & (1UL << (sic & 63))) != 0;

    /// <summary>
    /// What stands behind a block looks like the start of another: a category heard before (held, when none was
    /// heard) and a length that is not out of the way. It need not be all there.
    /// </summary>
    public bool MayFollow(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || !(hasHeard ? categories[bytes[0]] : !held[bytes[0]].IsEmpty)) return false;
        if (bytes.Length < AsterixBlock.HeaderOctets) return true;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        return length > AsterixBlock.HeaderOctets && length <= 2 * longest;
    }

    /// <summary>The first start of a block at or after a place.</summary>
    /// <param name="end">Starts are looked for before it; what follows is looked at to bear them out.</param>
    /// <param name="told">Where a header says that a block starts: there it is enough that one fits.</param>
    /// <param name="atEnd">Nothing will follow the bytes.</param>
    /// <returns>
    /// Where; <see cref="None"/>; or <see cref="Undecided"/> when a block may start here that is not all there yet.
    /// </returns>
    public int Find(ReadOnlySpan<byte> bytes, int from, int end, int told = -1, bool atEnd = true)
    {
        long budget = Math.Max(LeastWork, (long)WorkPerOctet * Math.Max(0, end - from));
        for (int at = from; at < end; at++)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (!atEnd && MayBeCutOff(rest)) return Undecided;
            if (rest.Length < ShortestBlock) break;
            if (!IsPlausibleStart(rest)) continue;
            if (budget < 0) return None;
            if (IsStart(rest, at == told, ref budget)) return at;
        }

        return None;
    }

    bool IsStart(ReadOnlySpan<byte> bytes, bool told, ref long budget)
    {
        ReadOnlySpan<byte> rest = bytes;
        if (AsterixBlock.TryTake(ref rest, out AsterixBlock block) != DecodeFault.None) return false;
        if (block.Whole.Length < ShortestBlock || (hasHeard && !told && block.Whole.Length > Doubtful)) return false;
        bool known = told || (TryPeekSource(block.Records, out int sac, out int sic) && IsKnown(sac, sic));
        if (!known && (rest.Length < ShortestBlock || !MayFollow(rest))) return false;
        budget -= block.Whole.Length;
        if (!FitsAny(block)) return false;
        if (known && (told || rest.IsEmpty || MayFollow(rest))) return true;
        if (!IsPlausibleStart(rest)) return false;
        if (AsterixBlock.TryTake(ref rest, out AsterixBlock next) != DecodeFault.None) return false;
        budget -= next.Whole.Length;
        return next.Whole.Length >= ShortestBlock && FitsAny(next);
    }

    /// <summary>A header as heard before and a source known, of a block longer than what is there.</summary>
    bool MayBeCutOff(ReadOnlySpan<byte> bytes)
    {
        if (!MayFollow(bytes)) return false;
        if (bytes.Length < AsterixBlock.HeaderOctets) return true;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]) <= bytes.Length) return false;
        // Too little there to see the source counts for it.
        ReadOnlySpan<byte> records = bytes[AsterixBlock.HeaderOctets..];
        return TryPeekSource(records, out int sac, out int sic)
            ? IsKnown(sac, sic)
            : records.Length < 8 && (records.IsEmpty || records[0] >= 0x80);
    }

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
