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
    static DamagedStream Damage(List<byte[]> blocks, int seed)
    {
        Random random = new(seed);
        // Never two neighbours: then each is lost by itself.
        SortedDictionary<int, Harm> harms = [];
        for (int i = 0; i < Damaged; i++)
            harms[(i * (blocks.Count / Damaged)) + random.Next(1, (blocks.Count / Damaged) - 1)] = (Harm)(i % 5);
        List<byte[]> sent = [.. blocks];
        foreach ((int i, Harm harm) in harms) sent[i] = Harmed(blocks[i], harm, random);
        return new(sent, [.. blocks.Where((_, i) => !harms.ContainsKey(i))], harms);
    }

    /// <summary>What was sent, block by block, and those of it that were not damaged.</summary>
    sealed record DamagedStream(List<byte[]> Sent, List<byte[]> Whole, SortedDictionary<int, Harm> Harms)
    {
        public byte[] Bytes { get; } = [.. Sent.SelectMany(block => block)];
        /// <summary>The last damage before a block, the block counted among the whole ones.</summary>
        public string HarmNear(int whole)
        {
            int original = Enumerable.Range(0, Sent.Count).Where(i => !Harms.ContainsKey(i)).ElementAt(Math.Min(whole, Whole.Count - 1));
            (int i, Harm harm) = Harms.LastOrDefault(pair => pair.Key < original + 1);
            return $"{harm} {original - i} blocks before: {Convert.ToHexString(Sent[i])}";
        }
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
        DamagedStream stream = Damage(blocks, seed);
        AsterixStreamFramer framer = new();
        Random random = new(seed);
        List<byte[]> pieces = [];
        int held = 0, start = 0;
        AsterixFeedDecoder decoder = Decoder(blocks);
        RecordingSink sink = new();
        while (start < stream.Bytes.Length)
        {
            held = Math.Min(stream.Bytes.Length, held + random.Next(1, 3000));
            bool ended = held == stream.Bytes.Length;
            while (framer.Next(stream.Bytes.AsSpan(start, held - start), ended, out bool _) is > 0 and int length)
            {
                int before = sink.Faults.Count;
                decoder.Decode(stream.Bytes.AsSpan(start, length), arrived, sink);
                if (sink.Faults.Count == before) pieces.Add(stream.Bytes[start..(start + length)]);
                start += length;
            }
        }

        AssertSame(stream.Whole, pieces, stream);
        AssertMeasured(blocks, pieces, sink);
        Assert.InRange(sink.Faults.Count, Damaged, 2 * Damaged);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_file_of_blocks_loses_no_more(int seed)
    {
        List<byte[]> blocks = Real();
        DamagedStream stream = Damage(blocks, seed);
        using MemoryStream lines = new();
        List<DamagedBlock> damage = [];
        EditionChooser editions = new();
        List<CaptureItem> items = [.. Capture.From(stream.Bytes, CaptureKind.Raw).Items()];
        Assert.Equal(stream.Bytes.Length, items.Sum(item => item.Bytes.Length));
        using (AsterixJsonWriter writer = new(lines, editions, damage.Add))
        {
            List<byte[]> read = [];
            foreach (CaptureItem item in items)
            {
                int before = damage.Count;
                writer.Write(item);
                if (damage.Count == before) read.Add(item.Bytes.ToArray());
            }

            AssertSame(stream.Whole, read, stream);
        }

        Assert.InRange(damage.Count, Damaged, 2 * Damaged);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Datagrams_of_many_blocks_lose_no_more(int seed)
    {
        List<byte[]> blocks = Real();
        DamagedStream stream = Damage(blocks, seed);
        AsterixFeedDecoder decoder = Decoder(blocks);
        RecordingSink sink = new();
        foreach (byte[][] datagram in stream.Sent.Chunk(20)) decoder.Decode([.. datagram.SelectMany(block => block)], arrived, sink);
        Assert.InRange(sink.Faults.Count, Damaged, 2 * Damaged);
        AssertMeasured(blocks, stream.Whole, sink);
    }

    /// <summary>What was measured is what the blocks say one by one, no more and no less.</summary>
    static void AssertMeasured(List<byte[]> blocks, List<byte[]> good, RecordingSink sink)
    {
        AsterixFeedDecoder clean = Decoder(blocks);
        RecordingSink expected = new();
        foreach (byte[] block in good) clean.Decode(block, arrived, expected);
        Assert.Equal(expected.Measurements, sink.Measurements);
        Assert.Equal(expected.Marks, sink.Marks);
    }

    /// <summary>Every block that was not damaged has come out, in order, and nothing else has.</summary>
    static void AssertSame(List<byte[]> whole, List<byte[]> found, DamagedStream stream)
    {
        for (int at = 0; at < found.Count; at++)
        {
            if (at < whole.Count && whole[at].AsSpan().SequenceEqual(found[at])) continue;
            Assert.Fail($"after block {at}, {stream.HarmNear(at)}: {Convert.ToHexString(found[at])}");
        }

        Assert.Equal(whole.Count, found.Count);
    }
}
