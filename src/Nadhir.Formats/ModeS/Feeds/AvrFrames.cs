using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>One AVR frame. The octets are good until the next one is taken.</summary>
public readonly ref struct AvrFrame
{
    /// <summary>Counter of the receiver, 48 bits; 0 when the frame has none.</summary>
    public ulong Counter { get; init; }
    /// <summary>255 is full scale; −1 when the frame does not tell.</summary>
    public int Signal { get; init; }
    /// <summary>2, 7 or 14 octets.</summary>
    public ReadOnlySpan<byte> Message { get; init; }
    public int Offset { get; init; }
    public int End { get; init; }
}

/// <summary>
/// Takes AVR text apart, whatever the pieces it comes in: <c>*</c> or <c>:</c>, the message in hexadecimal, <c>;</c>.
/// <c>@</c> and <c>%</c> put twelve digits of counter before the message, <c>&lt;</c> also two of signal level. Blanks
/// and line ends between frames mean nothing. Keeps at most one unfinished frame (21 octets).
/// </summary>
public sealed class AvrFrames
{
    const int CounterOctets = 6, MostOctets = 7 + ModeSMessage.LongOctets;

    readonly byte[] held = new byte[MostOctets];
    char opened;
    int digits, begin, lost, lostFrom;
    bool inside;

    /// <summary>Octets of the unfinished frame that are kept.</summary>
    public int Held => inside ? (digits + 1) / 2 : 0;

    /// <summary>Takes the next frame.</summary>
    /// <param name="at">Where to go on: 0 first, then as it was left.</param>
    /// <returns>False at the end of the bytes.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, IDecodeSink faults, out AvrFrame frame)
    {
        if (at == 0) begin = 0;
        while (at < bytes.Length)
        {
            byte octet = bytes[at++];
            if (IsOpening(octet))
            {
                if (inside) Damaged(faults, at - 1, "AVR frame cut off");
                TellLost(faults, at - 1);
                (inside, opened, digits, begin) = (true, (char)octet, 0, at - 1);
            }
            else if (!inside)
            {
                if (octet is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') continue;
                if (lost++ == 0) lostFrom = at - 1;
            }
            else if (octet == ';')
            {
                inside = false;
                if (TryFinish(at, out frame)) return true;
                Damaged(faults, at, "AVR frame of a wrong length");
            }
            else if (DigitOf(octet) is var digit && digit >= 0 && digits < 2 * MostOctets)
            {
                int place = digits++ / 2;
                held[place] = (byte)((held[place] << 4) | digit);
            }
            else
            {
                inside = false;
                Damaged(faults, at, "AVR frame with a character that is no digit");
            }
        }

        TellLost(faults, bytes.Length);
        frame = default;
        return false;
    }

    bool TryFinish(int end, out AvrFrame frame)
    {
        frame = default;
        int octets = digits / 2;
        int header = opened switch { '@' or '%' => CounterOctets, '<' => CounterOctets + 1, _ => 0 };
        if (digits % 2 != 0 || octets - header is not (2 or ModeSMessage.ShortOctets or ModeSMessage.LongOctets))
            return false;
        ulong counter = 0;
        for (int i = 0; i < Math.Min(header, CounterOctets); i++) counter = (counter << 8) | held[i];
        frame = new()
        {
            Counter = counter,
            Signal = header > CounterOctets ? held[CounterOctets] : -1,
            Message = held.AsSpan(header, octets - header),
            Offset = begin,
            End = end,
        };
        return true;
    }

    void Damaged(IDecodeSink faults, int end, string detail) =>
        faults.OnFault(DecodeFault.BadValue, begin, Math.Max(end - begin, 1), detail);

    void TellLost(IDecodeSink faults, int end)
    {
        if (lost == 0) return;
        faults.OnFault(DecodeFault.NotThisFormat, lostFrom, Math.Max(end - lostFrom, 1), "bytes outside an AVR frame");
        lost = 0;
    }

    static bool IsOpening(byte octet) =>
        octet is (byte)'*' or (byte)':' or (byte)'@' or (byte)'%' or (byte)'<';

    static int DigitOf(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        _ => -1,
    };
}
