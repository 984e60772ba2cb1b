using System.Buffers.Binary;

namespace Nadhir.Tests.Replays;

/// <summary>Packet captures (pcap) of IPv4 without a link layer (LINKTYPE_RAW).</summary>
static class PacketFile
{
    public const int HeaderOctets = 24;
    const int IpOctets = 20;

    /// <summary>Datagrams to 10.0.0.1.</summary>
    public static byte[] Udp((double Time, int Port, byte[] Payload)[] datagrams) => Write(datagrams.Select(datagram =>
    {
        byte[] packet = Packet(17, 8 + datagram.Payload.Length, [0, 0, 0, 0], [10, 0, 0, 1]);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpOctets + 2), (ushort)datagram.Port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpOctets + 4), (ushort)(8 + datagram.Payload.Length));
        datagram.Payload.CopyTo(packet, IpOctets + 8);
        return (datagram.Time, packet);
    }));

    /// <summary>A stream from one host to another in segments of 50 bytes, evenly over the length of a flight.</summary>
    /// <param name="host">First octet of the sender's address, x.0.0.1.</param>
    public static byte[] Tcp(DateTimeOffset start, byte[] stream, int from, int to, byte host = 10)
    {
        byte[][] segments = [.. stream.Chunk(50)];
        return Write(segments.Select((segment, i) =>
        {
            byte[] packet = Packet(6, 20 + segment.Length, [host, 0, 0, 1], [10, 0, 0, 2]);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpOctets), (ushort)from);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(IpOctets + 2), (ushort)to);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(IpOctets + 4), (uint)(1000 + (i * 50)));
            packet[IpOctets + 12] = 0x50;
            packet[IpOctets + 13] = 0x10;
            segment.CopyTo(packet, IpOctets + 20);
            return (start.ToUnixTimeSeconds() + ((double)i * Flights.Seconds / segments.Length), packet);
        }));
    }

    static byte[] Packet(byte protocol, int octets, byte[] source, byte[] destination)
    {
        byte[] packet = new byte[IpOctets + octets];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[9] = protocol;
        source.CopyTo(packet, 12);
        destination.CopyTo(packet, 16);
        return packet;
    }

    static byte[] Write(IEnumerable<(double Time, byte[] Packet)> packets)
    {
        MemoryStream file = new();
        foreach (uint word in new uint[] { 0xA1B2C3D4, 0x00040002, 0, 0, 65535, 101 }) Put(word);
        foreach ((double time, byte[] packet) in packets)
        {
            double whole = Math.Floor(time);
            foreach (uint word in new[] { (uint)whole, (uint)((time - whole) * 1e6), (uint)packet.Length, (uint)packet.Length }) Put(word);
            file.Write(packet);
        }

        return file.ToArray();

        void Put(uint word)
        {
            Span<byte> octets = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(octets, word);
            file.Write(octets);
        }
    }
}
