using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// The 24-bit parity of Mode S (ICAO Annex 10 Vol. IV, 3.1.2.3.3): remainder by the generator 1FFF409 (hexadecimal).
/// A table for each place of a data octet, so that the octets are looked up independently of each other.
/// </summary>
public static class ModeSParity
{
    const uint Generator = 0xFFF409;
    const int Places = 11;

    /// <summary>What an octet contributes: place 0 is the last one before the parity field.</summary>
    static readonly uint[] contributions = Contributions();

    /// <summary>
    /// Remainder of a reply of 56 bits, parity field included: zero, or what was laid over the parity.
    /// </summary>
    /// <param name="head">The 56 bits, in the high end.</param>
    public static uint ResidualOfShort(ulong head)
    {
        ref uint table = ref MemoryMarshal.GetArrayDataReference(contributions);
        return At(ref table, 3, head >> 56) ^ At(ref table, 2, head >> 48)
            ^ At(ref table, 1, head >> 40) ^ At(ref table, 0, head >> 32)
            ^ ((uint)(head >> 8) & 0xFFFFFF);
    }

    /// <summary>The same of 112 bits.</summary>
    /// <param name="head">The first 64 bits.</param>
    /// <param name="tail">The last 48 bits.</param>
    public static uint ResidualOfLong(ulong head, ulong tail)
    {
        ref uint table = ref MemoryMarshal.GetArrayDataReference(contributions);
        uint first = At(ref table, 10, head >> 56) ^ At(ref table, 9, head >> 48)
            ^ At(ref table, 8, head >> 40) ^ At(ref table, 7, head >> 32);
        uint second = At(ref table, 6, head >> 24) ^ At(ref table, 5, head >> 16)
            ^ At(ref table, 4, head >> 8) ^ At(ref table, 3, head);
        uint third = At(ref table, 2, tail >> 40) ^ At(ref table, 1, tail >> 32) ^ At(ref table, 0, tail >> 24);
        return first ^ second ^ third ^ ((uint)tail & 0xFFFFFF);
    }

    /// <summary>Remainder of any octets, bit by bit as the standard tells it: the measure for the tables.</summary>
    public static uint ResidualByBits(ReadOnlySpan<byte> message)
    {
        if (message.Length < 3) return 0;
        uint remainder = 0;
        foreach (byte octet in message[..^3])
        {
            remainder ^= (uint)octet << 16;
            for (int bit = 0; bit < 8; bit++)
                remainder = ((remainder << 1) ^ ((remainder & 0x800000) != 0 ? Generator : 0)) & 0xFFFFFF;
        }

        return remainder ^ (uint)((message[^3] << 16) | (message[^2] << 8) | message[^1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint At(ref uint table, int place, ulong octet) => Unsafe.Add(ref table, (place << 8) | (byte)octet);

    static uint[] Contributions()
    {
        uint[] table = new uint[Places * 256];
        for (int octet = 0; octet < 256; octet++)
        {
            uint remainder = (uint)octet << 16;
            for (int place = 0; place < Places; place++)
            {
                for (int bit = 0; bit < 8; bit++)
                    remainder = ((remainder << 1) ^ ((remainder & 0x800000) != 0 ? Generator : 0)) & 0xFFFFFF;
                table[(place << 8) | octet] = remainder;
            }
        }

        return table;
    }
}
