namespace Nadhir.Formats.ModeS;

/// <summary>Which damaged messages are repaired.</summary>
public enum BitRepair : byte
{
    /// <summary>None: a message whose parity is wrong is reported and passed over.</summary>
    Never,
    /// <summary>
    /// One wrong bit of DF 17 and DF 18, and of nothing else: there the parity is laid over with nothing, so that the
    /// remainder names the bit. In every other format it also carries an address or an interrogator, and a "repair"
    /// would make up one of them.
    /// </summary>
    ExtendedSquitter,
}

/// <summary>The single wrong bit that leaves a given remainder in a message of 112 bits.</summary>
static class WrongBit
{
    /// <summary>
    /// The five bits of the format are never taken for wrong: the choice of the repair rests on them.
    /// </summary>
    const int First = 5, Bits = 112;

    static readonly (uint[] Remainders, int[] Places) known = Known();

    /// <returns>Place of the bit, 0 the first on air, or −1.</returns>
    public static int Find(uint residual)
    {
        int at = Array.BinarySearch(known.Remainders, residual);
        return at < 0 ? -1 : known.Places[at];
    }

    static (uint[] Remainders, int[] Places) Known()
    {
        uint[] remainders = new uint[Bits - First];
        int[] places = new int[Bits - First];
        for (int bit = First; bit < Bits; bit++)
        {
            (ulong head, ulong tail) = bit < 64 ? (1UL << (63 - bit), 0UL) : (0UL, 1UL << (111 - bit));
            remainders[bit - First] = ModeSParity.ResidualOfLong(head, tail);
            places[bit - First] = bit;
        }

        Array.Sort(remainders, places);
        return (remainders, places);
    }
}
