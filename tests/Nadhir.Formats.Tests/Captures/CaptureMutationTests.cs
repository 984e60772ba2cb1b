using System.Buffers.Binary;
using System.Globalization;
using Nadhir.Formats.Captures;

namespace Nadhir.Formats.Tests.Captures;

/// <summary>Files of captures gone bad, of all kinds; NADHIR_FUZZ says how many.</summary>
[Collection(Alone.Name)]
public sealed class CaptureMutationTests
{
    static readonly CaptureKind?[] kinds = [null, .. Enum.GetValues<CaptureKind>().Select(kind => (CaptureKind?)kind)];

    [Fact]
    public void A_capture_gone_bad_ends_tells_no_more_bytes_than_it_has_and_throws_nothing()
    {
        long inputs = long.TryParse(Environment.GetEnvironmentVariable("NADHIR_FUZZ"), CultureInfo.InvariantCulture, out long told)
            ? told : 20_000;
        byte[][] good =
        [
            File.ReadAllBytes(SharedData.Find("asterix/croatia/cat_062_065.pcap")),
            File.ReadAllBytes(SharedData.Find("asterix/jade/final_frame_062_one_packet_sample2.FF")),
            File.ReadAllBytes(SharedData.Find("asterix/croatia/cat048.raw")),
            NextGeneration(bigEndian: false), NextGeneration(bigEndian: true),
        ];
        Random random = new(240);
        for (long i = 0; i < inputs; i++)
        {
            byte[] bytes = [.. good[random.Next(good.Length)]];
            for (int harms = random.Next(1, 6); harms > 0; harms--)
            {
                int at = random.Next(bytes.Length);
                switch (random.Next(5))
                {
                    case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                    case 1: bytes[at] = (byte)random.Next(256); break;
                    case 2: bytes[at] = 0xFF; break;
                    case 3: bytes = bytes[..Math.Max(1, at)]; break;
                    case 4 when at + 4 <= bytes.Length: BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)random.Next(-2, 40)); break;
                }
            }

            long total = 0;
            int items = 0;
            foreach (CaptureItem item in Capture.From(bytes, kinds[random.Next(kinds.Length)]).Items())
            {
                total += item.Bytes.Length;
                if (++items > bytes.Length || total > bytes.Length)
                    Assert.Fail($"input {i}: {items} items of {total} bytes out of {bytes.Length}");
            }
        }
    }

    /// <summary>Section, interface, three packets.</summary>
    static byte[] NextGeneration(bool bigEndian)
    {
        byte[] datagram = [0x21, 0x34, 0x21, 0x35, 0, 13, 0, 0, 34, 0, 5, 1, 2];
        byte[] packet = [.. new byte[12], 8, 0, 0x45, 0, 0, 33, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 239, 1, 2, 3, .. datagram];
        int padded = (packet.Length + 3) & ~3;
        List<byte> file = [];
        Put(0x0A0D0D0A, 28, 0x1A2B3C4D, bigEndian ? 0x00010000u : 1u, uint.MaxValue, uint.MaxValue, 28);
        Put(1, 20, bigEndian ? 0x00010000u : 1u, 0, 20);
        for (int i = 0; i < 3; i++)
        {
            Put(6, (uint)(32 + padded), 0, 0x60000, (uint)i, (uint)packet.Length, (uint)packet.Length);
            file.AddRange(packet);
            file.AddRange(new byte[padded - packet.Length]);
            Put((uint)(32 + padded));
        }

        return [.. file];

        void Put(params uint[] values)
        {
            foreach (uint value in values)
                file.AddRange(BitConverter.GetBytes(bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value));
        }
    }
}
