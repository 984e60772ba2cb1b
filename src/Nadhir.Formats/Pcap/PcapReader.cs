using System.Buffers.Binary;

namespace Nadhir.Formats.Pcap;

/// <summary>
/// Reads pcap and pcapng captures: both byte orders, micro- and nanoseconds. A capture cut off in the middle gives what
/// is whole. Datagrams of UDP come one by one, TCP as the streams it carried; other packets are counted.
/// </summary>
public sealed class PcapReader(ReadOnlyMemory<byte> file)
{
    const uint Micro = 0xA1B2C3D4, Nano = 0xA1B23C4D, SectionHeader = 0x0A0D0D0A, ByteOrder = 0x1A2B3C4D;

    /// <summary>An interface of a pcapng section.</summary>
    sealed record Interface(int LinkType, ulong UnitsPerSecond, long OffsetSeconds);

    readonly List<Interface> interfaces = [];
    readonly TcpStreams streams = new();
    bool bigEndian;

    /// <summary>Fragments of datagrams: counted, not put together.</summary>
    public int Fragments { get; private set; }
    /// <summary>Packets of other protocols.</summary>
    public int Others { get; private set; }
    /// <summary>Packets that were captured only in part, and a capture that ends within one.</summary>
    public int Truncated { get; private set; }

    /// <summary>What was sent over TCP; known once all is read.</summary>
    public IEnumerable<TcpStream> Streams => streams.Finish();

    /// <summary>Whether the file says of itself that it is a capture of this kind.</summary>
    public static bool IsCapture(ReadOnlySpan<byte> start) => start.Length >= 4 &&
        (BinaryPrimitives.ReadUInt32BigEndian(start) is Micro or Nano or SectionHeader ||
        BinaryPrimitives.ReadUInt32LittleEndian(start) is Micro or Nano);

    /// <summary>The UDP datagrams in the order of the file.</summary>
    public IEnumerable<UdpPayload> ReadUdp()
    {
        if (file.Length < 4) return [];
        return BinaryPrimitives.ReadUInt32BigEndian(file.Span) == SectionHeader ? ReadBlocks() : ReadPackets();
    }

    IEnumerable<UdpPayload> ReadPackets()
    {
        bigEndian = BinaryPrimitives.ReadUInt32BigEndian(file.Span) is Micro or Nano;
        double unit = Word32(0) == Nano ? 1e-9 : 1e-6;
        if (file.Length < 24) yield break;
        int linkType = (int)(Word32(20) & 0xFFFFFFF);
        for (int at = 24; at < file.Length;)
        {
            if (at + 16 > file.Length || Word32(at + 8) > (uint)(file.Length - at - 16))
            {
                Truncated++;
                yield break;
            }

            int captured = (int)Word32(at + 8);
            DateTimeOffset time = TimeOf(Word32(at), Word32(at + 4) * unit);
            if (TryTake(linkType, at + 16, captured, time, out UdpPayload payload)) yield return payload;
            at += 16 + captured;
        }
    }

    IEnumerable<UdpPayload> ReadBlocks()
    {
        for (int at = 0; at < file.Length;)
        {
            if (at + 12 > file.Length)
            {
                Truncated++;
                yield break;
            }

            // The section header reads the same in both orders; what follows it tells which one holds.
            if (BinaryPrimitives.ReadUInt32BigEndian(file.Span[at..]) == SectionHeader)
            {
                bigEndian = BinaryPrimitives.ReadUInt32BigEndian(file.Span[(at + 8)..]) == ByteOrder;
                interfaces.Clear();
            }

            uint type = Word32(at), length = Word32(at + 4);
            if (length < 12 || length > (uint)(file.Length - at))
            {
                Truncated++;
                yield break;
            }

            int body = at + 8, bodyLength = (int)length - 12;
            at += (int)((length + 3) & ~3u);
            if (type == 1 && bodyLength >= 8) interfaces.Add(ReadInterface(body, bodyLength));
            else if (type is 6 or 2 && bodyLength >= 20 && TryTakeEnhanced(type, body, bodyLength, out UdpPayload payload))
                yield return payload;
            else if (type == 3 && bodyLength >= 4 && interfaces.Count > 0 &&
                TryTake(interfaces[0].LinkType, body + 4, (int)Math.Min(Word32(body), (uint)bodyLength - 4), null, out payload))
                yield return payload;
        }
    }

    Interface ReadInterface(int body, int length)
    {
        ulong unitsPerSecond = 1_000_000;
        long offset = 0;
        for (int at = body + 8; at + 4 <= body + length;)
        {
            int code = Word16(at), size = Word16(at + 2);
            if (code == 0 || at + 4 + size > body + length) break;
            if (code == 9 && size >= 1)
            {
                int resolution = file.Span[at + 4];
                int exponent = resolution & 0x7F;
                if ((resolution & 0x80) != 0 && exponent < 64) unitsPerSecond = 1UL << exponent;
                else if ((resolution & 0x80) == 0 && exponent < 20) unitsPerSecond = (ulong)Math.Pow(10, exponent);
            }
            else if (code == 14 && size >= 8)
            {
                offset = bigEndian
                    ? BinaryPrimitives.ReadInt64BigEndian(file.Span[(at + 4)..])
                    : BinaryPrimitives.ReadInt64LittleEndian(file.Span[(at + 4)..]);
            }

            at += 4 + ((size + 3) & ~3);
        }

        return new(Word16(body), unitsPerSecond, offset);
    }

    /// <summary>Enhanced packet block (6) and its forerunner (2).</summary>
    bool TryTakeEnhanced(uint type, int body, int length, out UdpPayload payload)
    {
        payload = default;
        uint index = type == 6 ? Word32(body) : (uint)Word16(body);
        uint captured = Word32(body + 12);
        if (index >= interfaces.Count || captured > (uint)length - 20)
        {
            Truncated++;
            return false;
        }

        Interface source = interfaces[(int)index];
        ulong units = ((ulong)Word32(body + 4) << 32) | Word32(body + 8);
        DateTimeOffset time = TimeOf(
            (units / source.UnitsPerSecond) + (double)source.OffsetSeconds,
            (double)(units % source.UnitsPerSecond) / source.UnitsPerSecond);
        return TryTake(source.LinkType, body + 20, (int)captured, time, out payload);
    }

    bool TryTake(int linkType, int at, int length, DateTimeOffset? time, out UdpPayload payload)
    {
        ReadOnlyMemory<byte> packet = file.Slice(at, length);
        PacketKind kind = Packets.TryFind(
            linkType, packet.Span, out Range range, out var source, out var destination, out TcpOrder order);
        if (kind == PacketKind.Tcp
            && !streams.TryTake(new(time, packet[range], order.Sequence, order.Begins, source, destination)))
            kind = PacketKind.Other;
        payload = kind == PacketKind.Udp
            ? new(time, packet[range], at + range.Start.Value, source, destination)
            : default;
        if (kind == PacketKind.Fragment) Fragments++;
        else if (kind == PacketKind.Other) Others++;
        else if (kind == PacketKind.Truncated) Truncated++;
        return kind == PacketKind.Udp;
    }

    static DateTimeOffset TimeOf(double seconds, double fraction)
    {
        const double beyond = 253402300800; // The year 10000.
        if (!(seconds is >= 0 and < beyond - 1)) return DateTimeOffset.UnixEpoch;
        return DateTimeOffset.UnixEpoch.AddTicks(
            ((long)seconds * TimeSpan.TicksPerSecond) + (long)Math.Round(Math.Clamp(fraction, 0, 1) * TimeSpan.TicksPerSecond));
    }

    /// <summary>Four octets in the order of the file.</summary>
    uint Word32(int at) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(file.Span[at..])
        : BinaryPrimitives.ReadUInt32LittleEndian(file.Span[at..]);

    int Word16(int at) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(file.Span[at..])
        : BinaryPrimitives.ReadUInt16LittleEndian(file.Span[at..]);
}
