using System.Buffers.Binary;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// Cuts a stream of data blocks (TCP, a bare file) into its blocks, and finds the next block when one is damaged: each byte
/// belongs to exactly one piece, a piece is one block or one damaged stretch. The lengths in the headers are believed as
/// long as what they lead to bears them out. Keeps nothing but which sources spoke and how long blocks have been; the caller
/// keeps the bytes. Not thread safe.
/// </summary>
public sealed class AsterixStreamFramer
{
    /// <summary>A caller that can hold this much is always given a piece.</summary>
    public const int MostBuffered = 2 * 65_535;
    /// <summary>Lengths beyond twice the longest block so far, but at least this, are doubted.</summary>
    const int UsualLength = 1024;

    readonly BlockSearch search = new();
    int longest = UsualLength / 2;

    /// <summary>Damaged stretches passed over.</summary>
    public long Damaged { get; private set; }

    /// <summary>Length of the piece that the bytes begin with.</summary>
    /// <param name="buffered">From the end of the last piece on.</param>
    /// <param name="atEnd">Nothing will follow.</param>
    /// <param name="isDamaged">The piece is no block that an edition held can read.</param>
    /// <returns>0 when it cannot be told until more bytes have come.</returns>
    public int Next(ReadOnlySpan<byte> buffered, bool atEnd, out bool isDamaged)
    {
        isDamaged = false;
        atEnd |= buffered.Length >= MostBuffered;
        if (buffered.Length < AsterixBlock.HeaderOctets) return atEnd ? Damage(buffered.Length, out isDamaged) : 0;
        int length = BinaryPrimitives.ReadUInt16BigEndian(buffered[1..]);
        if (length < AsterixBlock.HeaderOctets + 1) return Resynchronise(buffered, atEnd, out isDamaged);
        if (length > buffered.Length)
        {
            // Waited for, unless the category or the length is strange and a better start is already in sight.
            if (atEnd) return Resynchronise(buffered, atEnd, out isDamaged);
            if (length <= 2 * longest && !BlockSearch.Held(buffered[0]).IsEmpty) return 0;
            int better = search.Find(buffered, 1, buffered.Length);
            return better > 0 ? Damage(better, out isDamaged) : 0;
        }

        ReadOnlySpan<byte> rest = buffered;
        AsterixBlock.TryTake(ref rest, out AsterixBlock block);
        bool held = !BlockSearch.Held(block.Category).IsEmpty, fits = held && BlockSearch.FitsAny(block);
        if (IsBorneOut(rest, block.Category) || (rest.IsEmpty && (fits || atEnd)))
        {
            if (!fits) return Damage(length, out isDamaged);
            Learn(block);
            return length;
        }

        if (!fits) return Resynchronise(buffered, atEnd, out isDamaged);
        // It fits, but what follows is strange: it may have swallowed the start of the next.
        int within = search.Find(buffered, 1, length);
        if (within > 0) return Damage(within, out isDamaged);
        Learn(block);
        return length;
    }

    /// <summary>What follows a block may be the start of another, of a category held or of the same one.</summary>
    static bool IsBorneOut(ReadOnlySpan<byte> rest, int category)
    {
        if (rest.IsEmpty || (BlockSearch.Held(rest[0]).IsEmpty && rest[0] != category)) return false;
        return rest.Length < AsterixBlock.HeaderOctets ||
            BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) > AsterixBlock.HeaderOctets;
    }

    int Resynchronise(ReadOnlySpan<byte> buffered, bool atEnd, out bool isDamaged)
    {
        isDamaged = false;
        int next = search.Find(buffered, 1, buffered.Length);
        if (next > 0) return Damage(next, out isDamaged);
        // The next block may not be whole yet: wait for twice what one needs, then let go of what cannot be its start.
        int wait = Math.Min(4 * longest, MostBuffered - 1);
        if (atEnd) return Damage(buffered.Length, out isDamaged);
        return buffered.Length > wait ? Damage(buffered.Length - (2 * longest), out isDamaged) : 0;
    }

    int Damage(int length, out bool isDamaged)
    {
        isDamaged = true;
        Damaged++;
        return length;
    }

    void Learn(AsterixBlock block)
    {
        search.Know(block);
        longest = Math.Max(longest, Math.Min(block.Whole.Length, 32_767));
    }
}
