using System.Buffers.Binary;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>What a Beast frame carries.</summary>
public enum BeastKind : byte
{
    /// <summary>Two octets of a Mode A or C reply.</summary>
    ModeAC = (byte)'1',
    Short = (byte)'2',
    Long = (byte)'3',
    /// <summary>Status of the receiver, or its position: fourteen octets that are not Mode S.</summary>
    Status = (byte)'4',
    Position = (byte)'5',
}

/// <summary>One frame. The octets are good until the next one is taken.</summary>
public readonly ref struct BeastFrame
{
    public BeastKind Kind { get; init; }
    /// <summary>Counter of the receiver, 48 bits, 12 MHz unless the receiver is disciplined by GPS.</summary>
    public ulong Counter { get; init; }
    /// <summary>255 is full scale of the amplitude.</summary>
    public byte Signal { get; init; }
    public ReadOnlySpan<byte> Message { get; init; }
    /// <summary>Of the frame in the bytes given; 0 when it began in earlier ones.</summary>
    public int Offset { get; init; }
    public int End { get; init; }
}

/// <summary>
/// Takes a Beast stream apart, whatever the pieces it comes in: an escape (1A), a kind, 48 bits of counter, a signal
/// level and the message; an escape among these is doubled. Keeps at most one unfinished frame (22 octets). A frame
/// that a new one cuts off is damaged and the new one is read; octets that belong to no frame are passed over.
/// </summary>
public sealed class BeastFrames
{
    const byte Escape = 0x1A;
    const int Header = 7;

    readonly byte[] held = new byte[Header + ModeSMessage.LongOctets];
    State state;
    BeastKind kind;
    int count, length;
    /// <summary>Where the present frame, or the octets passed over, began; in the bytes given last.</summary>
    int begin;
    /// <summary>Octets passed over since the last frame.</summary>
    int lost;

    enum State : byte { Between, Begun, Inside, InsideEscaped, EndedInEscape }

    /// <summary>Octets of the unfinished frame that are kept.</summary>
    public int Held => state is State.Inside or State.InsideEscaped ? count : 0;

    /// <summary>Takes the next frame.</summary>
    /// <param name="bytes">Of one arrival, all of them each time.</param>
    /// <param name="at">Where to go on: 0 first, then as it was left.</param>
    /// <returns>False at the end of the bytes.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, IDecodeSink faults, out BeastFrame frame)
    {
        if (at == 0) begin = 0;
        while (at < bytes.Length)
        {
            if (state == State.Between && TryWhole(bytes, ref at, faults, out frame)) return true;
            byte octet = bytes[at++];
            switch (state)
            {
                case State.Between:
                    if (octet == Escape) state = State.Begun;
                    else Lose(1, at - 1);
                    break;
                case State.EndedInEscape:
                    // The octet before the last was damaged into an escape: the last one begins a frame.
                    state = State.Between;
                    if (LengthOf(octet) > 0) Begin(octet, at - 2, faults);
                    else at--;
                    break;
                case State.Begun:
                    if (LengthOf(octet) > 0)
                    {
                        Begin(octet, at - 2, faults);
                    }
                    else if (octet == Escape)
                    {
                        // The second of two may begin a frame; if it does not, the next frame cuts off what it begins.
                        Lose(1, at - 2);
                    }
                    else
                    {
                        Lose(2, at - 2);
                        state = State.Between;
                    }

                    break;
                case State.Inside:
                    if (octet == Escape) state = State.InsideEscaped;
                    else if (Put(octet)) return Finish(State.Between, at, out frame);
                    break;
                case State.InsideEscaped:
                    if (octet == Escape)
                    {
                        state = State.Inside;
                        if (Put(octet)) return Finish(State.EndedInEscape, at, out frame);
                    }
                    else
                    {
                        Fault(faults, DecodeFault.Truncated, begin, at - 1 - begin, "Beast frame cut off");
                        state = State.Begun;
                        at--;
                    }

                    break;
            }
        }

        if (lost > 0) Report(faults, bytes.Length);
        frame = default;
        return false;
    }

    /// <summary>The usual case: a whole frame without an escape in it, read where it lies.</summary>
    bool TryWhole(ReadOnlySpan<byte> bytes, ref int at, IDecodeSink faults, out BeastFrame frame)
    {
        frame = default;
        ReadOnlySpan<byte> rest = bytes[at..];
        if (rest.Length < 2 + Header || rest[0] != Escape) return false;
        int octets = LengthOf(rest[1]);
        if (octets == 0 || rest.Length < 2 + Header + octets) return false;
        ReadOnlySpan<byte> inside = rest.Slice(2, Header + octets);
        if (inside.Contains(Escape)) return false;
        if (lost > 0) Report(faults, at);
        begin = at;
        at += 2 + inside.Length;
        frame = Frame((BeastKind)rest[1], inside, at);
        return true;
    }

    void Begin(byte octet, int from, IDecodeSink faults)
    {
        if (lost > 0) Report(faults, Math.Max(from, 0));
        begin = from;
        kind = (BeastKind)octet;
        length = Header + LengthOf(octet);
        count = 0;
        state = State.Inside;
    }

    bool Put(byte octet)
    {
        held[count++] = octet;
        return count == length;
    }

    bool Finish(State next, int end, out BeastFrame frame)
    {
        state = next;
        frame = Frame(kind, held.AsSpan(0, length), end);
        return true;
    }

    BeastFrame Frame(BeastKind of, ReadOnlySpan<byte> inside, int end) => new()
    {
        Kind = of,
        Counter = BinaryPrimitives.ReadUInt64BigEndian(inside) >> 16,
        Signal = inside[6],
        Message = inside[Header..],
        Offset = begin,
        End = end,
    };

    void Lose(int octets, int from)
    {
        if (lost == 0) begin = from;
        lost += octets;
    }

    void Report(IDecodeSink faults, int end)
    {
        Fault(faults, DecodeFault.NotThisFormat, begin, end - begin, "bytes outside a Beast frame");
        lost = 0;
    }

    /// <summary>What began in earlier bytes is told from the first of these.</summary>
    static void Fault(IDecodeSink faults, DecodeFault fault, int offset, int length, string detail)
    {
        int from = Math.Max(offset, 0);
        faults.OnFault(fault, from, Math.Max(length - (from - offset), 1), detail);
    }

    static int LengthOf(byte octet) => (BeastKind)octet switch
    {
        BeastKind.ModeAC => 2,
        BeastKind.Short => ModeSMessage.ShortOctets,
        BeastKind.Long or BeastKind.Status or BeastKind.Position => ModeSMessage.LongOctets,
        _ => 0,
    };
}
