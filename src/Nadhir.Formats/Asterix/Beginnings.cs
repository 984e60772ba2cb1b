namespace Nadhir.Formats.Asterix;

/// <summary>
/// How an item of one source has begun so far: with which first octets, and with which first two (four, where its length
/// varies), hashed. An item that begins differently each time says nothing by the latter.
/// </summary>
sealed class Beginnings
{
    const int Hashes = 4096, MostTold = Hashes / 8;

    readonly ulong[] firsts = new ulong[256 / 64], starts = new ulong[Hashes / 64];
    int told;

    public void Learn(ItemDefinition item, ReadOnlySpan<byte> bytes)
    {
        firsts[bytes[0] >> 6] |= 1UL << (bytes[0] & 63);
        int start = StartOf(item, bytes);
        ulong bit = 1UL << (start & 63);
        if ((starts[start >> 6] & bit) == 0) told++;
        starts[start >> 6] |= bit;
    }

    public int Unfamiliar(ItemDefinition item, ReadOnlySpan<byte> bytes)
    {
        int unfamiliar = (firsts[bytes[0] >> 6] & (1UL << (bytes[0] & 63))) == 0 ? 1 : 0;
        int start = StartOf(item, bytes);
        return told <= MostTold && (starts[start >> 6] & (1UL << (start & 63))) == 0 ? unfamiliar + 1 : unfamiliar;
    }

    static int StartOf(ItemDefinition item, ReadOnlySpan<byte> bytes)
    {
        int octets = Math.Min(bytes.Length, item.FixedOctets > 0 ? 2 : 4);
        uint start = (uint)bytes.Length;
        for (int i = 0; i < octets; i++) start = (start << 8) | bytes[i];
        return (int)((start * 0x9E3779B1u) >> 20);
    }
}
