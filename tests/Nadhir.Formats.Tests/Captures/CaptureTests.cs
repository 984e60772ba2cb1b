using System.Buffers.Binary;
using CsCheck;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Pcap;

namespace Nadhir.Formats.Tests.Captures;

/// <summary>Captures made by hand, one wrapping at a time.</summary>
public sealed class CaptureTests
{
    static readonly byte[] payload = [34, 0, 5, 1, 2];

    static byte[] Udp() => [0x21, 0x34, 0x21, 0x35, 0, (byte)(8 + payload.Length), 0, 0, .. payload];

    static byte[] IPv4(byte flags = 0) =>
        [0x45, 0, 0, (byte)(20 + Udp().Length), 0, 1, flags, 0, 64, 17, 0, 0, 10, 0, 0, 1, 239, 1, 2, 3, .. Udp()];

    static byte[] IPv6() => [0x60, 0, 0, 0, 0, (byte)Udp().Length, 17, 64, .. new byte[15], 1, .. new byte[15], 2, .. Udp()];

    static byte[] Ethernet(byte[] network, int etherType = 0x0800, bool tagged = false) =>
    [
        .. new byte[12], .. tagged ? new byte[] { 0x81, 0, 0, 7 } : [], (byte)(etherType >> 8), (byte)etherType, .. network,
    ];

    static byte[] Pcap(int linkType, bool bigEndian, bool nano, params byte[][] packets)
    {
        List<byte> file = [];
        Put(nano ? 0xA1B23C4D : 0xA1B2C3D4);
        Put(0x00020004);
        Put(0);
        Put(0);
        Put(65535);
        Put((uint)linkType);
        foreach (byte[] packet in packets)
        {
            Put(1_700_000_000);
            Put(nano ? 250_000_000u : 250_000u);
            Put((uint)packet.Length);
            Put((uint)packet.Length);
            file.AddRange(packet);
        }

        return [.. file];

        void Put(uint value)
        {
            byte[] four = new byte[4];
            if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(four, value);
            else BinaryPrimitives.WriteUInt32LittleEndian(four, value);
            file.AddRange(four);
        }
    }

    static void HoldsThePayload(byte[] file)
    {
        UdpPayload udp = Assert.Single(new PcapReader(file).ReadUdp());
        Assert.Equal(payload, udp.Bytes.ToArray());
        Assert.Equal(payload, file.AsSpan((int)udp.Offset, payload.Length).ToArray());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250), udp.Time);
        Assert.Equal((0x2134, 0x2135), (udp.Source.Port, udp.Destination.Port));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Both_byte_orders_and_both_clocks_are_read(bool bigEndian, bool nano) =>
        HoldsThePayload(Pcap(1, bigEndian, nano, Ethernet(IPv4())));

    [Fact]
    public void Every_link_layer_of_a_surveillance_network_is_read()
    {
        HoldsThePayload(Pcap(1, false, false, Ethernet(IPv4(), tagged: true)));
        HoldsThePayload(Pcap(1, false, false, Ethernet(IPv6(), 0x86DD)));
        HoldsThePayload(Pcap(101, false, false, IPv4()));
        HoldsThePayload(Pcap(101, false, false, IPv6()));
        HoldsThePayload(Pcap(0, false, false, [2, 0, 0, 0, .. IPv4()]));
        HoldsThePayload(Pcap(113, false, false, [.. new byte[14], 8, 0, .. IPv4()]));
        HoldsThePayload(Pcap(276, false, false, [8, 0, .. new byte[18], .. IPv4()]));
    }

    [Fact]
    public void Fragments_and_other_protocols_are_counted()
    {
        byte[] other = IPv4();
        other[9] = 1;
        PcapReader reader = new(Pcap(1, false, false, Ethernet(IPv4(flags: 0x20)), Ethernet(other), Ethernet(IPv4()), Ethernet(IPv4())[..30]));
        Assert.Single(reader.ReadUdp());
        Assert.Equal((1, 1, 1), (reader.Fragments, reader.Others, reader.Truncated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_next_generation_format_is_read_in_both_byte_orders(bool bigEndian)
    {
        byte[] packet = Ethernet(IPv4());
        int padded = (packet.Length + 3) & ~3;
        List<byte> file = [];
        Put32(0x0A0D0D0A, 28, 0x1A2B3C4D);
        Put16(1, 0);
        Put32(uint.MaxValue, uint.MaxValue, 28);
        Put32(1, 32);
        Put16(1, 0);
        Put32(0);
        Put16(9, 1);
        file.AddRange([9, 0, 0, 0]);                                      // nanoseconds
        Put32(0, 32);
        ulong nanoseconds = 1_700_000_000_250_000_000;
        Put32(6, (uint)(32 + padded), 0, (uint)(nanoseconds >> 32), (uint)nanoseconds, (uint)packet.Length, (uint)packet.Length);
        file.AddRange(packet);
        file.AddRange(new byte[padded - packet.Length]);
        Put32((uint)(32 + padded));
        HoldsThePayload([.. file]);

        void Put32(params uint[] values)
        {
            foreach (uint value in values)
            {
                byte[] four = BitConverter.GetBytes(bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
                file.AddRange(four);
            }
        }

        void Put16(params ushort[] values)
        {
            foreach (ushort value in values)
                file.AddRange(BitConverter.GetBytes(bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value));
        }
    }

    [Fact]
    public void No_bytes_make_a_capture_throw() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 5]).Sample(
            (bytes, start) =>
            {
                byte[] file = start switch
                {
                    0 => bytes,
                    1 => [0xD4, 0xC3, 0xB2, 0xA1, .. bytes],
                    2 => [.. Pcap(1, true, false), .. bytes],
                    3 => [0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 12, 0x1A, 0x2B, 0x3C, 0x4D, .. bytes],
                    4 => [0, 13, 0, 0, 0, 0, 0, 1, 48, 0xA5, 0xA5, 0xA5, 0xA5, .. bytes],
                    _ => Pcap(bytes.Length % 2 == 0 ? 1 : 101, false, false, bytes),
                };
                foreach (CaptureKind kind in Enum.GetValues<CaptureKind>())
                {
                    long length = file.Length;
                    Assert.All(Capture.From(file, kind).Items(), item => Assert.InRange(item.Offset + item.Bytes.Length, 0, length));
                }

                Capture.From(file).Items().Count();
            },
            iter: 5_000);

    [Fact]
    public void A_damaged_frame_is_handed_on_and_the_next_is_found()
    {
        byte[] frame = [0, 17, 0, 0, 0, 0, 0, 100, .. payload, 0xA5, 0xA5, 0xA5, 0xA5];
        CaptureItem[] items = [.. Capture.From((byte[])[.. frame, 0xFF, 0xFF, .. frame]).Items()];
        Assert.Equal([payload.Length, 2, payload.Length], items.Select(item => item.Bytes.Length));
        Assert.Equal(TimeSpan.FromSeconds(1), items[0].TimeOfDay);
        Assert.Equal(CaptureKind.Final, Capture.From(frame).Kind);
    }

    [Fact]
    public void Hexadecimal_text_and_bare_blocks_are_told_apart()
    {
        Assert.Equal(CaptureKind.HexText, Capture.From("22 00 05\n0102\n"u8.ToArray()).Kind);
        Assert.Equal(payload, Assert.Single(Capture.From("22 00 05\n0102\n"u8.ToArray()).Items()).Bytes.ToArray());
        Assert.Equal([0L, 5L], Capture.From((byte[])[.. payload, .. payload]).Items().Select(item => item.Offset));
    }
}
