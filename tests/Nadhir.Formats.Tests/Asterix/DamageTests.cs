using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>
/// The experiment: forty thousand real blocks in one stream, a hundred of them damaged. All others must come out, in order, and
/// nothing that was not sent.
/// </summary>
public sealed class DamageTests
{
    const int Blocks = 40_000, Damaged = 100;
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 15, 0, 0, TimeSpan.Zero);
    static readonly string[] recordings =
    [
        "jade/final_frame_062_065_large_packet_30min.ff", "jade/final_frame_062_30min.ff", "croatia/cat_034_048.pcap",
        "croatia/cat_001_002.pcap",
    ];

    enum Harm { LongerByOne, LengthZero, DroppedByte, FlippedSpecification, CutOff }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 10)];

    /// <summary>Blocks of all recordings, those of each radar picture among the system tracks, as a network mixes them.</summary>
    static List<byte[]> Real()
    {
        List<byte[]> tracks = [], radar = [], all = [];
        foreach (string recording in recordings)
        {
            foreach (CaptureItem item in Capture.Open(SharedData.Find($"asterix/{recording}")).Items())
            {
                ReadOnlySpan<byte> rest = item.Bytes.Span;
                while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None)
                    (block.Category >= 62 ? tracks : radar).Add(block.Whole.ToArray());
            }
        }

        for (int i = 0; all.Count < Blocks; i++)
        {
            all.Add(tracks[i % tracks.Count]);
            if (i % 4 == 0) all.Add(radar[i / 4 % radar.Count]);
        }

        return all;
    }

    /// <summary>A stream with every four hundredth block or so damaged, and the blocks that were not.</summary>
    static (byte[] Stream, List<byte[]> Whole, SortedDictionary<int, Harm> Harms) Damage(List<byte[]> blocks, int seed)
    {
        Random random = new(seed);
        // Never two neighbours: then each is lost by itself.
        SortedDictionary<int, Harm> harms = [];
        for (int i = 0; i < Damaged; i++)
            harms[(i * (blocks.Count / Damaged)) + random.Next(1, (blocks.Count / Damaged) - 1)] = (Harm)(i % 5);
        List<byte> stream = [];
        List<byte[]> whole = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            if (harms.TryGetValue(i, out Harm harm)) stream.AddRange(Harmed(blocks[i], harm, random));
            else
            {
                stream.AddRange(blocks[i]);
                whole.Add(blocks[i]);
            }
        }

        return ([.. stream], whole, harms);
    }

    static byte[] Harmed(byte[] block, Harm harm, Random random)
    {
        byte[] harmed = [.. block];
        int length = block.Length + 1, at = random.Next(3, block.Length);
        switch (harm)
        {
            case Harm.LongerByOne:
                (harmed[1], harmed[2]) = ((byte)(length >> 8), (byte)length);
                break;
            case Harm.LengthZero:
                harmed[1] = harmed[2] = 0;
                break;
            case Harm.DroppedByte:
                return [.. block[..at], .. block[(at + 1)..]];
            case Harm.FlippedSpecification:
                harmed[3] ^= (byte)(1 << random.Next(8));
                break;
            case Harm.CutOff:
                return block[..at];
        }

        return harmed;
    }

    static AsterixFeedDecoder Decoder(IEnumerable<byte[]> blocks)
    {
        HashSet<(int, int)> sources = [];
        foreach (byte[] block in blocks)
        {
            BlockSearch.TryPeekSource(block.AsSpan(3), out int sac, out int sic);
            sources.Add((sac, sic));
        }

        return new("radar", [.. sources.Order().Select(source => TestSensors.At(source.Item1, source.Item2))]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_hundred_damaged_blocks_of_forty_thousand_cost_a_hundred_blocks(int seed)
    {
        List<byte[]> blocks = Real();
        (byte[] stream, List<byte[]> whole, SortedDictionary<int, Harm> harms) = Damage(blocks, seed);
        AsterixStreamFramer framer = new();
        Random random = new(seed);
        List<byte[]> pieces = [];
        int held = 0, start = 0;
        AsterixFeedDecoder decoder = Decoder(blocks);
        RecordingSink sink = new(), expected = new();
        while (start < stream.Length)
        {
            held = Math.Min(stream.Length, held + random.Next(1, 3000));
            while (framer.Next(stream.AsSpan(start, held - start), held == stream.Length, out bool damaged) is > 0 and int length)
            {
                if (!damaged) pieces.Add(stream[start..(start + length)]);
                decoder.Decode(stream.AsSpan(start, length), arrived, sink);
                start += length;
            }
        }

        AssertSame(whole, pieces, harms);
        AsterixFeedDecoder clean = Decoder(blocks);
        foreach (byte[] block in whole) clean.Decode(block, arrived, expected);
        Assert.Empty(expected.Faults);
        Assert.Equal(expected.Measurements, sink.Measurements);
        Assert.Equal(expected.Marks, sink.Marks);
        Assert.InRange(sink.Faults.Count, Damaged, 2 * Damaged);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_as_a_file_and_as_datagrams_of_many_blocks(int seed)
    {
        List<byte[]> blocks = Real();
        (byte[] stream, List<byte[]> whole, SortedDictionary<int, Harm> harms) = Damage(blocks, seed);
        List<byte[]> found = [];
        foreach (CaptureItem item in Capture.From(stream, CaptureKind.Raw).Items()) found.Add(item.Bytes.ToArray());
        Assert.Equal(stream.Length, found.Sum(piece => piece.Length));
        HashSet<string> sent = [.. whole.Select(Convert.ToHexString)];
        if (seed == 1) { int k=0; string prev=""; foreach (var f in found) { if (f.Length>200 && !sent.Contains(Convert.ToHexString(f))) System.IO.File.AppendAllText("/tmp/w/ast-dbg.txt", "0 PREV "+prev+"\n"); prev=Convert.ToHexString(f); if (!sent.Contains(Convert.ToHexString(f))) { string h=Convert.ToHexString(f); System.IO.File.AppendAllText("/tmp/w/ast-dbg.txt", f.Length+" "+h[..Math.Min(100,h.Length)]+"\n"); if(++k>130) break; } } }
        Assert.Equal(whole.Count, found.Count(piece => sent.Contains(Convert.ToHexString(piece))));

        // As datagrams of twenty blocks or so: cut where blocks began before the damage was done.
        AsterixFeedDecoder decoder = Decoder(blocks), clean = Decoder(blocks);
        RecordingSink sink = new(), expected = new();
        Random random = new(seed);
        List<byte> datagram = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            datagram.AddRange(harms.TryGetValue(i, out Harm harm) ? Harmed(blocks[i], harm, random) : blocks[i]);
            if (i % 20 == 19)
            {
                decoder.Decode([.. datagram], arrived, sink);
                datagram.Clear();
            }
        }

        foreach (byte[] block in whole) clean.Decode(block, arrived, expected);
        Assert.Equal(expected.Measurements, sink.Measurements);
        Assert.Equal(expected.Marks, sink.Marks);
    }

    static void AssertSame(List<byte[]> expected, List<byte[]> found, SortedDictionary<int, Harm> harms)
    {
        for (int i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            if (expected[i].AsSpan().SequenceEqual(found[i])) continue;
            int near = harms.Keys.TakeWhile((key, lost) => key - lost <= i + 1).LastOrDefault();
            Assert.Fail($"block {i}: expected {Convert.ToHexString(expected[i])}, found {Convert.ToHexString(found[i])}, after {harms.GetValueOrDefault(near)}");
        }

        Assert.Equal(expected.Count, found.Count);
    }
}
