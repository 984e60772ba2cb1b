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
enum PacketKind : byte { Udp, Fragment, Other, Truncated }

/// <summary>Finds the UDP payload in a captured packet.</summary>
static class UdpPackets
{
    const int Udp = 17;

    /// <param name="linkType">Number of the link layer, as in the file (tcpdump.org/linktypes.html).</param>
    public static PacketKind TryFind(
        int linkType, ReadOnlySpan<byte> packet, out Range payload, out IPEndPoint source, out IPEndPoint destination)
    {
        payload = default;
        source = destination = new(IPAddress.None, 0);
        int at = NetworkLayer(linkType, packet);
        if (at < 0) return PacketKind.Other;
        if (at >= packet.Length) return PacketKind.Truncated;
        return (packet[at] >> 4) switch
        {
            4 => FindInIPv4(packet, at, ref payload, ref source, ref destination),
            6 => FindInIPv6(packet, at, ref payload, ref source, ref destination),
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
        ReadOnlySpan<byte> packet, int at, ref Range payload, ref IPEndPoint source, ref IPEndPoint destination)
    {
        int header = (packet[at] & 0xF) * 4;
        if (header < 20) return PacketKind.Other;
        if (at + header > packet.Length) return PacketKind.Truncated;
        if (packet[at + 9] != Udp) return PacketKind.Other;
        // More fragments to come, or not the first: not put together again.
        if ((Word(packet, at + 6) & 0x3FFF) != 0) return PacketKind.Fragment;
        return FindInUdp(
            packet, at + header, packet.Slice(at + 12, 4), packet.Slice(at + 16, 4), ref payload, ref source, ref destination);
    }

    static PacketKind FindInIPv6(
        ReadOnlySpan<byte> packet, int at, ref Range payload, ref IPEndPoint source, ref IPEndPoint destination)
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

        if (next != Udp) return PacketKind.Other;
        return FindInUdp(
            packet, header, packet.Slice(at + 8, 16), packet.Slice(at + 24, 16), ref payload, ref source, ref destination);
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

    static int Word(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
}
