using System.Collections.Immutable;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>ASTERIX has no checksum; what a source is used to send stands in for one.</summary>
public sealed class HabitTests
{
    static readonly DateTimeOffset day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Recordings =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(SharedData.Find("asterix/jade/final_frame_062_30min.ff"))!)
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(SharedData.Find("asterix/croatia/cat048.raw"))!))
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(SharedData.Find("asterix/jasterix/cat004ed1.4.bin"))!))
            .Concat(Directory.EnumerateFiles(Path.GetDirectoryName(SharedData.Find("asterix/fixmpts/test_data_cat048_1.raw"))!))
            .Where(file => !file.EndsWith(".gps", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Of a recording: the blocks, when each was captured, and a decoder that knows all who speak in it.</summary>
    static (List<(byte[] Bytes, DateTimeOffset Time)> Arrivals, ImmutableArray<Sensor> Sensors) Read(string file)
    {
        List<(byte[], DateTimeOffset)> arrivals = [];
        SortedSet<(int, int)> sources = [];
        foreach (CaptureItem item in Capture.Open(file).Items())
        {
            arrivals.Add((item.Bytes.ToArray(), item.Time ?? day + (item.TimeOfDay ?? TimeSpan.FromHours(12))));
            ReadOnlySpan<byte> rest = item.Bytes.Span;
            while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None)
                if (BlockSearch.TryPeekSource(block.Records, out int sac, out int sic)) sources.Add((sac, sic));
        }

        return (arrivals, [.. sources.Select(source => TestSensors.At(source.Item1, source.Item2, SensorKind.System))]);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void No_good_block_of_a_real_recording_is_refused(string file)
    {
        (List<(byte[] Bytes, DateTimeOffset Time)> arrivals, ImmutableArray<Sensor> sensors) = Read(file);
        AsterixFeedDecoder decoder = new("radar", sensors);
        RecordingSink sink = new();
        foreach ((byte[] bytes, DateTimeOffset time) in arrivals) decoder.Decode(bytes, time, sink);
        Assert.DoesNotContain(sink.Faults, fault => fault.Fault == DecodeFault.Implausible);
    }

    /// <summary>Any bit of the first octet, in any block, among good ones as a source sends them: none is believed.</summary>
    [Theory]
    [InlineData("jade/final_frame_062_30min.ff", 100)]
    [InlineData("jade/final_frame_062_065_large_packet_30min.ff", 20)]
    [InlineData("croatia/cat_034_048.pcap", 50)]
    public void A_flipped_bit_that_leaves_a_block_that_fits_is_no_record(string recording, int least)
    {
        (List<(byte[] Bytes, DateTimeOffset Time)> arrivals, ImmutableArray<Sensor> sensors) =
            Read(SharedData.Find($"asterix/{recording}"));
        AsterixFeedDecoder decoder = new("radar", sensors);
        RecordingSink sink = new();
        foreach ((byte[] bytes, DateTimeOffset time) in arrivals) decoder.Decode(bytes, time, sink);
        Random random = new(4);
        int fitting = 0, turns = 1 + (40_000 / arrivals.Count);
        for (int turn = 0; turn < turns; turn++)
        {
            foreach ((byte[] bytes, DateTimeOffset time) in arrivals)
            {
                decoder.Decode(bytes, time, new RecordingSink());
                if (random.Next(20) != 0) continue;
                ReadOnlySpan<byte> rest = bytes;
                AsterixBlock.TryTake(ref rest, out AsterixBlock block);
                byte[] flipped = block.Whole.ToArray();
                flipped[3] ^= (byte)(1 << random.Next(8));
                ReadOnlySpan<byte> input = flipped;
                AsterixBlock.TryTake(ref input, out AsterixBlock harmed);
                if (!BlockSearch.FitsAny(harmed)) continue;
                fitting++;
                RecordingSink heard = new();
                decoder.Decode(flipped, time, heard);
                Assert.Empty(heard.Measurements);
                Assert.NotEmpty(heard.Faults);
            }
        }

        Assert.True(fitting >= least, $"only {fitting} fitted: the test says nothing");
    }

    [Fact]
    public void A_source_that_leaves_out_what_it_sent_and_must_send_is_believed_the_third_time()
    {
        // CAT 048 with I010, I140, I020 and I040; and the same without I020.
        byte[] usual = [48, 0, 14, 0b1111_0000, 25, 2, 0x54, 0x60, 0x00, 0x20, 0x32, 0x00, 0x40, 0x00];
        byte[] block = [48, 0, 13, 0b1101_0000, 25, 2, 0x54, 0x60, 0x00, 0x32, 0x00, 0x40, 0x00];
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(25, 2)]);
        RecordingSink before = new();
        decoder.Decode(usual, day.AddHours(12), before);
        Assert.Single(before.Measurements);
        List<int> measured = [];
        for (int i = 0; i < 4; i++)
        {
            RecordingSink sink = new();
            decoder.Decode(block, day.AddHours(12), sink);
            measured.Add(sink.Measurements.Count);
            if (sink.Measurements.Count > 0) continue;
            Assert.Equal(DecodeFault.Implausible, Assert.Single(sink.Faults).Fault);
            Assert.Contains("I020 is missing", sink.Faults[0].Detail, StringComparison.Ordinal);
        }

        Assert.Equal([0, 0, 1, 1], measured);
    }
}
