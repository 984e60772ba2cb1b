using CsCheck;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>Bytes from outside can be anything.</summary>
[Collection(Alone.Name)]
public sealed class RobustnessTests
{
    static readonly DateTimeOffset arrived = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly int[] categories = [21, 34, 48, 62, 63, 65];
    static readonly Gen<int> anyCategory = Gen.Int[0, categories.Length - 1].Select(i => categories[i]);

    static AsterixFeedDecoder Decoder(int trailingBytes = 0) =>
        new("radar", [TestSensors.At(25, 2)], new() { TrailingBytes = trailingBytes });

    [Fact]
    public void No_bytes_make_the_decoder_throw_or_go_by_in_silence() =>
        Gen.Byte.Array[0, 400].Sample(
            bytes =>
            {
                RecordingSink sink = new();
                Decoder().Decode(bytes, arrived, sink);
                Assert.All(sink.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 1, bytes.Length));
                if (bytes.Length > 0) Assert.NotEqual(0, sink.Faults.Count + sink.Alive.Count + sink.Measurements.Count);
            },
            iter: 20_000);

    [Fact]
    public void Well_framed_nonsense_never_makes_the_decoder_throw() =>
        Gen.Select(anyCategory, Gen.Byte.Array[1, 300]).Sample(
            (category, records) =>
            {
                byte[] block = Framed(category, records);
                RecordingSink sink = new();
                Decoder().Decode(block, arrived, sink);
                Assert.All(sink.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 1, block.Length));
            },
            iter: 20_000);

    [Fact]
    public void A_real_block_with_flipped_bytes_never_makes_the_decoder_throw() =>
        Gen.Select(anyCategory, Gen.UInt, Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[1, 6]).Sample(
            (category, seed, flips) =>
            {
                byte[] block = new AnyRecord(new((int)seed)).Block(AsterixCatalogue.Newest(category)!, 4);
                foreach ((int at, byte value) in flips) block[at % block.Length] ^= value;
                RecordingSink sink = new();
                Decoder().Decode(block, arrived, sink);
                Assert.All(sink.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 1, block.Length));
            },
            iter: 5_000);

    [Fact]
    public void A_block_without_a_record_does_not_go_by_in_silence()
    {
        CountingSink sink = new() { Length = 3 };
        Decoder().Decode([0x3F, 0x00, 0x03], arrived, sink);
        Assert.Equal(1, sink.Events);
    }

    /// <summary>Real and made-up blocks, several in an arrival, bent in all ways; what is asked for scales by NADHIR_FUZZ.</summary>
    [Fact]
    public void Mutated_arrivals_never_throw_never_go_by_in_silence_and_take_no_memory_that_grows()
    {
        int inputs = int.TryParse(Environment.GetEnvironmentVariable("NADHIR_FUZZ"), out int told) ? told : 200_000;
        Random random = new(48);
        int[] all = [.. AsterixCatalogue.Editions.Keys];
        byte[][] seeds = [.. Enumerable.Range(0, 400).Select(i =>
            new AnyRecord(new(i)).Block(AsterixCatalogue.Newest(all[i % all.Length])!, 1 + (i % 3)))];
        AsterixFeedDecoder decoder = Decoder();
        AsterixStreamFramer framer = new();
        CountingSink sink = new();
        List<byte> bytes = [];
        for (int i = 0; i < inputs; i++)
        {
            bytes.Clear();
            for (int blocks = random.Next(1, 4); blocks > 0; blocks--) bytes.AddRange(seeds[random.Next(seeds.Length)]);
            for (int harms = random.Next(4); harms > 0 && bytes.Count > 1; harms--) Bend(bytes, random);
            byte[] input = [.. bytes];
            sink.Length = input.Length;
            int before = sink.Events;
            decoder.Decode(input, arrived, sink);
            if (input.Length > 0) Assert.True(before != sink.Events, $"passed over in silence: {Convert.ToHexString(input)}");
            int at = 0;
            while (at < input.Length)
            {
                int piece = framer.Next(input.AsSpan(at), atEnd: true, out _);
                Assert.InRange(piece, 1, input.Length - at);
                at += piece;
            }
        }

        GC.Collect();
        long held = GC.GetTotalMemory(true);
        Assert.InRange(decoder.EditionProposals.Length, 0, 1024);
        Assert.InRange(held, 0, 400_000_000);
        GC.KeepAlive(framer);
    }

    static void Bend(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        switch (random.Next(6))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.RemoveAt(at); break;
            case 3: bytes.Insert(at, (byte)random.Next(256)); break;
            case 4: bytes.RemoveRange(at, bytes.Count - at); break;
            case 5: bytes[at] = 0xFF; break;
        }
    }

    sealed class CountingSink : IDecodeSink
    {
        public int Length { get; set; }
        public int Events { get; private set; }
        public void OnMeasurement(in Measurement measurement) => Events++;
        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) => Events++;
        public void OnAlive(int sensor, DateTimeOffset time) => Events++;

        public void OnFault(DecodeFault fault, int offset, int length, string detail)
        {
            Events++;
            Assert.InRange(offset, 0, Length - 1);
            Assert.InRange(offset + length, 1, Length);
        }
    }

    [Fact]
    public void A_record_cut_off_anywhere_is_truncated_and_nothing_is_taken() =>
        Gen.Select(anyCategory, Gen.UInt, Gen.Double[0, 0.9999]).Sample(
            (number, seed, where) =>
            {
                CategoryDefinition category = AsterixCatalogue.Newest(number)!;
                byte[] record = new AnyRecord(new((int)seed)).Of(category, category.Profiles[0]);
                ReadOnlySpan<byte> cut = record.AsSpan(0, (int)(where * record.Length));
                int before = cut.Length;
                DecodeFault fault = AsterixRecord.TryTake(category, ref cut, new ushort[AsterixRecord.MostItems], out _);
                Assert.Equal(DecodeFault.Truncated, fault);
                Assert.Equal(before, cut.Length);
            },
            iter: 5_000);

    [Fact]
    public void Bits_read_in_one_load_are_the_bits_read_one_octet_at_a_time() =>
        Gen.Select(Gen.Byte.Array[1, 24], Gen.Int[0, 200], Gen.Int[1, 64]).Sample(
            (bytes, start, count) =>
            {
                int offset = start % (bytes.Length * 8);
                if (offset + count > bytes.Length * 8) count = (bytes.Length * 8) - offset;
                Assert.Equal(Bits.ReadByOctets(bytes, offset, count), Bits.Read(bytes, offset, count));
            },
            iter: 20_000);

    [Fact]
    public void A_damaged_block_loses_only_itself()
    {
        byte[] good = OnePlot(), damaged = OnePlot();
        damaged[3] = 0xFF; // The first record now claims items that are not there.
        RecordingSink sink = new();
        Decoder().Decode([.. good, .. damaged, .. good], arrived, sink);
        Assert.Equal(2, sink.Measurements.Count);
        var fault = Assert.Single(sink.Faults);
        Assert.Equal((good.Length, damaged.Length), (fault.Offset, fault.Length));
        Assert.Contains("CAT 048", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_block_leaves_what_came_before_it()
    {
        byte[] good = OnePlot();
        RecordingSink sink = new();
        Decoder().Decode([.. good, .. good.AsSpan(0, good.Length - 1)], arrived, sink);
        Assert.Single(sink.Measurements);
        Assert.Equal((DecodeFault.Truncated, good.Length, good.Length - 1), (sink.Faults[0].Fault, sink.Faults[0].Offset, sink.Faults[0].Length));
    }

    [Fact]
    public void Bytes_after_the_last_block_are_a_fault_unless_the_feed_is_told_of_them()
    {
        byte[] datagram = [.. OnePlot(), 0xEE, 0xFF, 0xFF, 0, 0, 0, 0, 0];
        RecordingSink strict = new(), told = new();
        Decoder().Decode(datagram, arrived, strict);
        Decoder(trailingBytes: 8).Decode(datagram, arrived, told);
        Assert.Equal(DecodeFault.TrailingBytes, Assert.Single(strict.Faults).Fault);
        Assert.Empty(told.Faults);
        Assert.Single(told.Measurements);
    }

    [Fact]
    public void An_unknown_category_is_told_and_passed_over()
    {
        RecordingSink sink = new();
        Decoder().Decode([.. Framed(253, [1, 2, 3]), .. OnePlot()], arrived, sink);
        Assert.Equal(DecodeFault.UnknownCategory, Assert.Single(sink.Faults).Fault);
        Assert.Single(sink.Measurements);
    }

    [Fact]
    public void An_unknown_source_is_told_once_a_record_and_costs_the_others_nothing()
    {
        PlotBlockWriter writer = new();
        foreach ((int sac, int sic) in new[] { (25, 2), (25, 9), (25, 2) })
            writer.Add(new() { Sac = sac, Sic = sic, TimeOfDaySeconds = 43200, RangeMetres = 1000, AzimuthRadians = 1, Primary = true });
        RecordingSink sink = new();
        Decoder().Decode(writer.Finish(), arrived, sink);
        Assert.Equal(2, sink.Measurements.Count);
        var fault = Assert.Single(sink.Faults);
        Assert.Equal(DecodeFault.UnknownSensor, fault.Fault);
        Assert.Equal("SAC/SIC 25/9", fault.Detail);
    }

    [Fact]
    public void A_time_beyond_midnight_is_a_bad_value()
    {
        byte[] block = OnePlot();
        block[6] = 0xFF; // High octet of I048/140, after field specification and source.
        RecordingSink sink = new();
        Decoder().Decode(block, arrived, sink);
        Assert.Equal(DecodeFault.BadValue, Assert.Single(sink.Faults).Fault);
        Assert.Empty(sink.Measurements);
    }

    static byte[] OnePlot()
    {
        PlotBlockWriter writer = new();
        writer.Add(new() { Sac = 25, Sic = 2, TimeOfDaySeconds = 43200, RangeMetres = 1000, AzimuthRadians = 1, Primary = true });
        return writer.Finish();
    }

    static byte[] Framed(int category, byte[] records) =>
        [(byte)category, (byte)((records.Length + 3) >> 8), (byte)(records.Length + 3), .. records];
}

/// <summary>Sensors on the feed "radar".</summary>
static class TestSensors
{
    public static Sensor At(int sac, int sic, SensorKind kind = SensorKind.Radar) => new()
    {
        Id = $"{sac}-{sic}",
        Kind = kind,
        Feed = "radar",
        Sac = sac,
        Sic = sic,
        Position = new GeoPosition(33, 44, 0),
    };
}
