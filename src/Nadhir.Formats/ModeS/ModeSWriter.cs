using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nadhir.Formats.ModeS;

/// <summary>Extended squitters as octets with their parity, and how Beast and AVR wrap messages.</summary>
public static class ModeSWriter
{
    const byte Escape = 0x1A;

    /// <summary>Fourteen octets of a DF 17.</summary>
    /// <param name="field">As the <c>Write</c> of an identification, position or velocity makes it.</param>
    /// <param name="capability">5: airborne, with more than the least transponder can.</param>
    public static byte[] Squitter(uint address, ulong field, int capability = 5) =>
        Announce(17, capability, address, field);

    /// <summary>Fourteen octets of a DF 18: TIS-B, ADS-R, or of a vehicle without a transponder.</summary>
    /// <param name="control">CF of DO-260B table 2-12.</param>
    public static byte[] NonTransponderSquitter(uint address, ulong field, int control) =>
        Announce(18, control, address, field);

    /// <summary>Seven octets of an acquisition squitter (DF 11).</summary>
    public static byte[] AllCall(uint address, int capability = 5, int interrogator = 0)
    {
        byte[] octets = new byte[ModeSMessage.ShortOctets];
        BinaryPrimitives.WriteUInt32BigEndian(octets, (11u << 27) | ((uint)capability << 24) | (address & 0xFFFFFF));
        return WithParity(octets, (uint)interrogator);
    }

    /// <summary>
    /// Seven octets of a surveillance reply: altitude (DF 4) or identity (DF 5) code, the address laid over.
    /// </summary>
    public static byte[] Reply(int format, uint address, int code, int flightStatus = 0)
    {
        byte[] octets = new byte[ModeSMessage.ShortOctets];
        BinaryPrimitives.WriteUInt32BigEndian(octets,
            ((uint)format << 27) | ((uint)flightStatus << 24) | ((uint)code & 0x1FFF));
        return WithParity(octets, address);
    }

    /// <summary>Appends a message as a Beast frame.</summary>
    /// <param name="counter">48 bits, 12 MHz.</param>
    /// <param name="signal">255 is full scale.</param>
    public static void AppendBeast(List<byte> stream, ReadOnlySpan<byte> message, ulong counter, byte signal = 128)
    {
        stream.Add(Escape);
        stream.Add(message.Length switch
        {
            2 => (byte)'1',
            ModeSMessage.ShortOctets => (byte)'2',
            _ => (byte)'3',
        });
        for (int shift = 40; shift >= 0; shift -= 8) Put((byte)(counter >> shift));
        Put(signal);
        foreach (byte octet in message) Put(octet);

        void Put(byte octet)
        {
            stream.Add(octet);
            if (octet == Escape) stream.Add(Escape);
        }
    }

    /// <summary>Appends a message as a line of AVR text.</summary>
    /// <param name="counter">Null: without one.</param>
    public static void AppendAvr(StringBuilder text, ReadOnlySpan<byte> message, ulong? counter = null)
    {
        text.Append(counter is null ? '*' : '@');
        if (counter is { } ticks) text.Append(ticks.ToString("X12", CultureInfo.InvariantCulture));
        text.Append(Convert.ToHexString(message)).Append(";\n");
    }

    static byte[] Announce(int format, int capability, uint address, ulong field)
    {
        byte[] octets = new byte[ModeSMessage.LongOctets];
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(4), field << 8);
        BinaryPrimitives.WriteUInt32BigEndian(octets,
            ((uint)format << 27) | ((uint)capability << 24) | (address & 0xFFFFFF));
        return WithParity(octets, 0);
    }

    static byte[] WithParity(byte[] octets, uint overlay)
    {
        octets.AsSpan(octets.Length - 3).Clear();
        uint parity = ModeSMessage.Read(octets).Residual ^ overlay;
        octets[^3] = (byte)(parity >> 16);
        octets[^2] = (byte)(parity >> 8);
        octets[^1] = (byte)parity;
        return octets;
    }
}
