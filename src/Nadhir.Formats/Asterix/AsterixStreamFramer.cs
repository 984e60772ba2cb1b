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
    readonly BlockSearch search = new();

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
        if (length <= AsterixBlock.HeaderOctets) return Resynchronise(buffered, -1, atEnd, out isDamaged);
        if (length > buffered.Length)
        {
            // Waited for, unless the header is strange and a better start is already in sight.
            if (atEnd) return Resynchronise(buffered, -1, atEnd, out isDamaged);
            if (search.MayFollow(buffered)) return 0;
            int better = search.Find(buffered, 1, buffered.Length, atEnd: false);
            return better > 0 ? Damage(better, out isDamaged) : 0;
        }

        ReadOnlySpan<byte> rest = buffered;
        AsterixBlock.TryTake(ref rest, out AsterixBlock block);
        if (!BlockSearch.FitsAny(block))
        {
            // A category nobody knows, block after block: passed on as it is framed.
            bool unknownKind = BlockSearch.Held(block.Category).IsEmpty && rest.Length >= AsterixBlock.HeaderOctets &&
                rest[0] == block.Category && search.Find(buffered, 1, length, atEnd: atEnd) == BlockSearch.None;
            return unknownKind ? Damage(length, out isDamaged) : Resynchronise(buffered, length, atEnd, out isDamaged);
        }

        // It fits; but where what follows is strange it may have swallowed the start of the next.
        int within = search.MayFollow(rest) ? BlockSearch.None : search.Find(buffered, 1, length, atEnd: atEnd);
        if (within == BlockSearch.Undecided) return 0;
        if (within > 0) return Damage(within, out isDamaged);
        search.Know(block);
        return length;
    }

    int Resynchronise(ReadOnlySpan<byte> buffered, int told, bool atEnd, out bool isDamaged)
    {
        isDamaged = false;
        int next = search.Find(buffered, 1, buffered.Length, told, atEnd);
        if (next > 0) return Damage(next, out isDamaged);
        // Nothing fits, here or further on: a chain of headers is the best there is (a layout nobody holds).
        if (next == BlockSearch.None && told > 0 && BlockSearch.IsPlausibleStart(buffered[told..]))
            return Damage(told, out isDamaged);
        if (atEnd) return Damage(buffered.Length, out isDamaged);
        // The next block may not be whole yet: wait for twice what one needs, then let go of what cannot be its start.
        int keep = search.Doubtful;
        if (next == BlockSearch.Undecided || buffered.Length <= 2 * keep) return 0;
        return Damage(buffered.Length - keep, out isDamaged);
    }

    int Damage(int length, out bool isDamaged)
    {
        isDamaged = true;
        Damaged++;
        return length;
    }
}
