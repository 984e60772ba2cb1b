using System.Buffers.Binary;
using System.Net;

namespace Nadhir.Formats.Pcap;

/// <summary>One UDP datagram of a capture.</summary>
/// <param name="Time">When it was captured, or null when the file does not say.</param>
/// <param name="Bytes">The payload.</param>
/// <param name="Offset">Of the payload in the file.</param>
public readonly record struct UdpPayload(
    DateTimeOffset? Time, ReadOnlyMemory<byte> Bytes, long Offset, IPEndPoint Source, IPEndPoint Destination);

/// <summary>What a packet turned out to be.</summary>
enum PacketKind : byte { Udp, Tcp, Fragment, Other, Truncated }

/// <summary>What of a TCP header orders the payload.</summary>
readonly record struct TcpOrder(uint Sequence, bool Begins);

/// <summary>Finds the payload of UDP or TCP in a captured packet.</summary>
static class Packets
{
    const int Udp = 17, Tcp = 6;

    /// <param name="linkType">Number of the link layer, as in the file (tcpdump.org/linktypes.html).</param>
    public static PacketKind TryFind(
        int linkType, ReadOnlySpan<byte> packet, out Range payload, out IPEndPoint source, out IPEndPoint destination,
        out TcpOrder order)
    {
        payload = default;
        order = default;
        source = destination = new(IPAddress.None, 0);
        int at = NetworkLayer(linkType, packet);
        if (at < 0) return PacketKind.Other;
        if (at >= packet.Length) return PacketKind.Truncated;
        return (packet[at] >> 4) switch
        {
            4 => FindInIPv4(packet, at, ref payload, ref source, ref destination, ref order),
            6 => FindInIPv6(packet, at, ref payload, ref source, ref destination, ref order),
            _ => PacketKind.Other,
        };
    }

    /// <summary>Where the IP header starts; −1 when it is another protocol; past the end when cut off.</summary>
    static int NetworkLayer(int linkType, ReadOnlySpan<byte> packet) => linkType switch
    {
        0 or 108 => 4,                                                     // loopback: address family in four octets
        1 => AfterEtherType(packet, 12),                                   // Ethernet
        113 => AfterEtherType(packet, 14),                                 // Linux cooked
        276 => packet.Length < 20 ? 20 : IsInternet(Word(packet, 0)) ? 20 : -1, // Linux cooked, version 2
        12 or 14 or 101 or 228 or 229 => 0,                                // raw IP
        _ => -1,
    };

    static int AfterEtherType(ReadOnlySpan<byte> packet, int at)
    {
        while (at + 2 <= packet.Length)
        {
            int type = Word(packet, at);
            if (IsInternet(type)) return at + 2;
            if (type is not (0x8100 or 0x88A8 or 0x9100)) return -1;       // VLAN tags, stacked or not
            at += 4;
        }

        return packet.Length;
    }

    static bool IsInternet(int etherType) => etherType is 0x0800 or 0x86DD;

    static PacketKind FindInIPv4(
        ReadOnlySpan<byte> packet, int at, ref Range payload, ref IPEndPoint source, ref IPEndPoint destination,
        ref TcpOrder order)
    {
        int header = (packet[at] & 0xF) * 4;
        if (header < 20) return PacketKind.Other;
        if (at + header > packet.Length) return PacketKind.Truncated;
        if (packet[at + 9] is not (Udp or Tcp)) return PacketKind.Other;
        // More fragments to come, or not the first: not put together again.
        if ((Word(packet, at + 6) & 0x3FFF) != 0) return PacketKind.Fragment;
        ReadOnlySpan<byte> from = packet.Slice(at + 12, 4), to = packet.Slice(at + 16, 4);
        return packet[at + 9] == Udp
            ? FindInUdp(packet, at + header, from, to, ref payload, ref source, ref destination)
            : FindInTcp(
                packet, at + header, at + Word(packet, at + 2), from, to, ref payload, ref source, ref destination, ref order);
    }

    static PacketKind FindInIPv6(
        ReadOnlySpan<byte> packet, int at, ref Range payload, ref IPEndPoint source, ref IPEndPoint destination,
        ref TcpOrder order)
    {
        if (at + 40 > packet.Length) return PacketKind.Truncated;
        int next = packet[at + 6], header = at + 40;
        while (next is 0 or 43 or 60 or 44)
        {
            if (header + 8 > packet.Length) return PacketKind.Truncated;
            if (next == 44 && (Word(packet, header + 2) & 0xFFF9) != 0) return PacketKind.Fragment;
            int length = next == 44 ? 8 : (packet[header + 1] + 1) * 8;
            next = packet[header];
            header += length;
        }

        ReadOnlySpan<byte> from = packet.Slice(at + 8, 16), to = packet.Slice(at + 24, 16);
        return next switch
        {
            Udp => FindInUdp(packet, header, from, to, ref payload, ref source, ref destination),
            Tcp => FindInTcp(
                packet, header, at + 40 + Word(packet, at + 4), from, to, ref payload, ref source, ref destination, ref order),
            _ => PacketKind.Other,
        };
    }

    static PacketKind FindInUdp(
        ReadOnlySpan<byte> packet, int at, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to,
        ref Range payload, ref IPEndPoint source, ref IPEndPoint destination)
    {
        if (at + 8 > packet.Length) return PacketKind.Truncated;
        int length = Word(packet, at + 4);
        if (length < 8) return PacketKind.Other;
        if (at + length > packet.Length) return PacketKind.Truncated;
        payload = (at + 8)..(at + length);
        source = new(new IPAddress(from), Word(packet, at));
        destination = new(new IPAddress(to), Word(packet, at + 2));
        return PacketKind.Udp;
    }

    /// <param name="end">Of the packet by its own word, which is none where the network card was to fill it in.</param>
    static PacketKind FindInTcp(
        ReadOnlySpan<byte> packet, int at, int end, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to,
        ref Range payload, ref IPEndPoint source, ref IPEndPoint destination, ref TcpOrder order)
    {
        if (at + 20 > packet.Length) return PacketKind.Truncated;
        int body = at + ((packet[at + 12] >> 4) * 4);
        if (body < at + 20) return PacketKind.Other;
        if (end <= at) end = packet.Length;
        if (end > packet.Length || body > end) return PacketKind.Truncated;
        payload = body..end;
        source = new(new IPAddress(from), Word(packet, at));
        destination = new(new IPAddress(to), Word(packet, at + 2));
        order = new(BinaryPrimitives.ReadUInt32BigEndian(packet[(at + 4)..]), (packet[at + 13] & 2) != 0);
        return PacketKind.Tcp;
    }

    static int Word(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
}
