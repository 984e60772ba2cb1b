using System.Buffers.Binary;
using CsCheck;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Pcap;

namespace Nadhir.Formats.Tests.Captures;

/// <summary>What was sent over TCP, out of packets that come twice, late, or never.</summary>
public sealed class TcpStreamTests
{
    [Fact]
    public void Segments_that_come_in_another_order_or_twice_give_what_was_sent() =>
        Gen.Select(Gen.Int[1, 200], Gen.UInt, Gen.Int[0, int.MaxValue]).Sample((segments, first, seed) =>
        {
            Random random = new(seed);
            byte[] sent = new byte[segments * 7];
            random.NextBytes(sent);
            List<(double Order, byte[] Packet)> packets = [(-100, Packet(first, [], syn: true))];
            for (int i = 0; i < segments; i++)
            {
                uint sequence = first + 1 + (uint)(i * 7);
                packets.Add((i + (random.NextDouble() * 20), Packet(sequence, sent[(i * 7)..((i * 7) + 7)])));
                // Sent again, cut otherwise.
                int from = random.Next(sent.Length), to = Math.Min(sent.Length, from + 20);
                if (random.Next(4) == 0) packets.Add((random.Next(segments), Packet(first + 1 + (uint)from, sent[from..to])));
            }

            TcpStream stream = Assert.Single(Read([.. packets.OrderBy(pair => pair.Order).Select(pair => pair.Packet)]));
            Assert.Equal(sent, stream.Bytes.ToArray());
            Assert.Equal(0, stream.Gaps);
        }, iter: 200);

    [Fact]
    public void What_was_never_captured_is_given_up_and_counted()
    {
        TcpStream stream = Assert.Single(Read(Packet(100, [1, 2]), Packet(104, [5, 6]), Packet(106, [7])));
        Assert.Equal([1, 2, 5, 6, 7], stream.Bytes.ToArray());
        Assert.Equal(1, stream.Gaps);
    }

    [Fact]
    public void A_connection_made_again_between_the_same_ends_goes_on_in_the_same_stream()
    {
        TcpStream stream = Assert.Single(
            Read(Packet(100, [1, 2]), Packet(7, [], syn: true), Packet(8, [3]), Packet(9, [4])));
        Assert.Equal([1, 2, 3, 4], stream.Bytes.ToArray());
    }

    [Fact]
    public void Every_byte_has_the_time_at_which_its_segment_was_captured()
    {
        TcpStream stream = Assert.Single(Read(Packet(1, [1, 2]), Packet(3, [3]), Packet(4, [4])));
        DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.Equal([0, 0, 1, 2], new[] { 1, 2, 3, 4 }.Select(end => (stream.TimeAt(end)!.Value - start).TotalSeconds));
    }

    [Fact]
    public void No_bytes_of_a_packet_make_the_reader_throw() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, 39], Gen.Byte).Sample((payload, at, value) =>
        {
            byte[] packet = Packet(1, payload);
            packet[at] = value;
            Assert.True(Read(packet).Sum(stream => stream.Bytes.Length) <= packet.Length);
        }, iter: 20_000);

    /// <summary>A second between packets.</summary>
    static IReadOnlyList<TcpStream> Read(params byte[][] packets)
    {
        List<byte> file = [];
        foreach (uint word in new uint[] { 0xA1B2C3D4, 0x00040002, 0, 0, 65535, 101 }) Put(word);
        for (int i = 0; i < packets.Length; i++)
        {
            foreach (uint word in new[] { 1_700_000_000 + (uint)i, 0u, (uint)packets[i].Length, (uint)packets[i].Length }) Put(word);
            file.AddRange(packets[i]);
        }

        Capture capture = Capture.From(file.ToArray());
        _ = capture.Items().ToList();
        return capture.Streams;

        void Put(uint word)
        {
            byte[] octets = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(octets, word);
            file.AddRange(octets);
        }
    }

    /// <summary>IPv4 without a link layer, from 10.0.0.1:30005 to 10.0.0.2:50000.</summary>
    static byte[] Packet(uint sequence, byte[] payload, bool syn = false)
    {
        byte[] packet = new byte[40 + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        packet[9] = 6;
        byte[] ends = [10, 0, 0, 1, 10, 0, 0, 2, 0x75, 0x35, 0xC3, 0x50];
        ends.CopyTo(packet, 12);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(24), sequence);
        packet[32] = 0x50;
        packet[33] = (byte)(syn ? 2 : 0x10);
        payload.CopyTo(packet, 40);
        return packet;
    }
}
