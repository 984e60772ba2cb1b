using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// A Mode S reply or squitter of 56 or 112 bits, as a plain value: fields are read from its bits when asked for
/// (ICAO Annex 10 Vol. IV, 3.1.2). A field that the format does not have reads as other bits: ask the format first.
/// </summary>
public readonly struct ModeSMessage
{
    public const int ShortOctets = 7, LongOctets = 14;

    readonly ulong head;
    /// <summary>The last 48 bits of a long message.</summary>
    readonly ulong tail;
    readonly sbyte repaired;

    ModeSMessage(ulong head, ulong tail, bool isLong, int repaired)
    {
        this.head = head;
        this.tail = tail;
        IsLong = isLong;
        this.repaired = (sbyte)repaired;
        Residual = isLong ? ModeSParity.ResidualOfLong(head, tail) : ModeSParity.ResidualOfShort(head);
    }

    /// <summary>Reads 7 or 14 octets; others are a mistake of the caller.</summary>
    public static ModeSMessage Read(ReadOnlySpan<byte> octets)
    {
        if (octets.Length == LongOctets)
            return new(
                BinaryPrimitives.ReadUInt64BigEndian(octets),
                BinaryPrimitives.ReadUInt64BigEndian(octets[6..]) & 0xFFFF_FFFF_FFFF,
                isLong: true,
                repaired: -1);
        Invariant.Require(octets.Length == ShortOctets, "a Mode S message has 7 or 14 octets");
        ulong first = BinaryPrimitives.ReadUInt32BigEndian(octets);
        ulong second = BinaryPrimitives.ReadUInt32BigEndian(octets[3..]);
        return new((first << 32) | ((second & 0xFFFFFF) << 8), 0, isLong: false, repaired: -1);
    }

    public bool IsLong { get; }

    /// <summary>
    /// What is left of the parity: zero, the address (formats with address/parity), or the interrogator (DF 11).
    /// </summary>
    public uint Residual { get; }

    /// <summary>Downlink format 0–23, or 24 for the extended length message, whose format has two bits.</summary>
    public int Format => Math.Min((int)(head >> 59), 24);

    /// <summary>Formats from 16 on have 112 bits, the others 56.</summary>
    public bool HasLengthOfItsFormat => IsLong == (head >> 63 != 0);

    /// <summary>The bit that was wrong, 0 the first on air, or −1 when none was repaired.</summary>
    public int RepairedBit => repaired;

    /// <summary>Bits 6–8: capability (DF 11, 17), control field (DF 18), application (DF 19), flight status.</summary>
    public int Capability => (int)(head >> 56) & 7;
    public int FlightStatus => Capability;
    /// <summary>Bit 6 of DF 0 and 16: on the ground.</summary>
    public bool VerticalStatus => (head >> 58 & 1) != 0;
    /// <summary>Bit 7 of DF 0: supports the crosslink.</summary>
    public bool Crosslink => (head >> 57 & 1) != 0;
    /// <summary>Bits 9–11 of DF 0 and 16: sensitivity level of ACAS.</summary>
    public int SensitivityLevel => (int)(head >> 53) & 7;
    /// <summary>Bits 14–17 of DF 0 and 16: reply information.</summary>
    public int ReplyInformation => (int)(head >> 47) & 15;
    /// <summary>Bits 9–13 of DF 4, 5, 20, 21: downlink request.</summary>
    public int DownlinkRequest => (int)(head >> 51) & 31;
    /// <summary>Bits 14–19 of the same: utility message.</summary>
    public int UtilityMessage => (int)(head >> 45) & 63;
    /// <summary>Bits 20–32: altitude or identity code.</summary>
    public int Code => (int)(head >> 32) & 0x1FFF;
    /// <summary>Bits 9–32 of DF 11, 17, 18: the announced address.</summary>
    public uint AnnouncedAddress => (uint)(head >> 32) & 0xFFFFFF;
    /// <summary>Bits 33–88 of a long message: ME, MV or MB.</summary>
    public ulong Field => ((head & 0xFFFF_FFFF) << 24) | (tail >> 24);
    /// <summary>DF 11: the interrogator that was answered, 0 for a squitter; 7 bits.</summary>
    public int Interrogator => (int)Residual & 0x7F;

    /// <summary>Address laid over the parity rather than told: DF 0, 4, 5, 16, 20, 21 and 24.</summary>
    public bool HasAddressParity => (0x1310031 >> Format & 1) != 0;

    /// <summary>Pressure altitude, feet, of DF 0, 4, 16, 20; null when not told.</summary>
    public int? AltitudeFeet => AltitudeCode.Feet(Code);

    /// <summary>Mode A code of DF 5 and 21, its twelve bits.</summary>
    public short Identity => IdentityCode.Mode3A(Code);

    /// <summary>
    /// The message with the one wrong bit put right that its remainder names, if there is such a bit.
    /// </summary>
    internal bool TryRepair(out ModeSMessage whole)
    {
        int bit = IsLong ? WrongBit.Find(Residual) : -1;
        whole = bit switch
        {
            < 0 => this,
            < 64 => new(head ^ (1UL << (63 - bit)), tail, isLong: true, bit),
            _ => new(head, tail ^ (1UL << (111 - bit)), isLong: true, bit),
        };
        return bit >= 0;
    }

    /// <summary>Writes the octets as they were on air, or as repaired.</summary>
    /// <returns>7 or 14.</returns>
    public int CopyTo(Span<byte> octets)
    {
        Span<byte> all = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(all, head);
        if (IsLong) BinaryPrimitives.WriteUInt64BigEndian(all[8..], tail << 16);
        int count = IsLong ? LongOctets : ShortOctets;
        all[..count].CopyTo(octets);
        return count;
    }

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[LongOctets];
        return Convert.ToHexStringLower(octets[..CopyTo(octets)]);
    }
}

/// <summary>Bits of a 56-bit field by their numbers in the standard, 1 the first.</summary>
static class FieldBits
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(this ulong field, int first, int count) =>
        (int)(field >> (57 - first - count)) & ((1 << count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Bit(this ulong field, int number) => (field >> (56 - number) & 1) != 0;

    /// <summary>The same field with a value written into some of its bits.</summary>
    public static ulong With(this ulong field, int first, int count, int value)
    {
        Invariant.Require(value >= 0 && value < 1 << count, "a value fits its bits");
        ulong mask = ((1UL << count) - 1) << (57 - first - count);
        return (field & ~mask) | ((ulong)value << (57 - first - count));
    }
}
