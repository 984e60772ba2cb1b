using System.Text.Json;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>Recordings of real systems, against what other decoders made of them.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("final_frame_062_065_large_packet_30min.ff", 34_225)]
    [InlineData("final_frame_062_30min.ff", 34_957)]
    [InlineData("NATS_CAT048_119bytes_TCAS.ff", 2)]
    [InlineData("final_frame_062_one_packet_sample2.FF", 4)]
    public void Half_an_hour_of_a_real_system_is_read_to_the_last_byte(string file, int records)
    {
        Capture capture = Capture.Open(SharedData.Find($"asterix/jade/{file}"));
        Assert.Equal(CaptureKind.Final, capture.Kind);
        int read = 0;
        foreach (CaptureItem item in capture.Items())
        {
            ReadOnlySpan<byte> rest = item.Bytes.Span;
            Assert.NotNull(item.TimeOfDay);
            while (!rest.IsEmpty)
            {
                Assert.Equal(DecodeFault.None, AsterixBlock.TryTake(ref rest, out AsterixBlock block));
                Assert.Equal(DecodeFault.None, block.Check(AsterixCatalogue.Newest(block.Category)!, out _, out int inBlock));
                read += inBlock;
            }
        }

        Assert.Equal(records, read);
    }

    /// <summary>File, records, blocks that cannot be read (editions nobody published a layout of that we hold).</summary>
    [Theory]
    [InlineData("jasterix/cat001ed1.1.bin", 1)]
    [InlineData("jasterix/cat001ed1.1_sacsic_propagation.bin", 3)]
    [InlineData("jasterix/cat002ed1.0.bin", 1)]
    [InlineData("jasterix/cat004ed1.4.bin", 3)]
    [InlineData("jasterix/cat010ed0.31.bin", 1)]
    [InlineData("jasterix/cat019ed1.3.bin", 1)]
    [InlineData("jasterix/cat020ed1.5.bin", 1)]
    [InlineData("jasterix/cat021ed0.26.bin", 1)] // 2.7 would read two, of which one has no source
    [InlineData("jasterix/cat021ed2.1.bin", 1)]
    [InlineData("jasterix/cat034ed1.26.bin", 1)]
    [InlineData("jasterix/cat048ed1.15.bin", 1)]
    [InlineData("jasterix/cat048ed1.23.bin", 1)]
    [InlineData("jasterix/cat062ed1.12.bin", 1)]
    [InlineData("jasterix/cat062ed1.16.bin", 1)]
    [InlineData("jasterix/cat063ed1.0.bin", 1)]
    [InlineData("jasterix/cat065ed1.3.bin", 1)]
    [InlineData("jasterix/cat247ed1.2.bin", 1)]
    [InlineData("fixmpts/test_data_cat010Report.raw", 1)]
    [InlineData("fixmpts/test_data_cat020_1.raw", 1)]
    [InlineData("fixmpts/test_data_cat023_GSStatus.raw", 1)]
    [InlineData("fixmpts/test_data_cat025Status.raw", 1)]
    [InlineData("fixmpts/test_data_cat048_1.raw", 1)]
    [InlineData("fixmpts/test_data_cat063.raw", 1)]
    [InlineData("fixmpts/test_data_cat065.raw", 1)]
    [InlineData("croatia/cat034.raw", 1)]
    [InlineData("croatia/cat048.raw", 1)]
    [InlineData("croatia/cat062cat065.raw", 3)]
    [InlineData("croatia/cat21_re.ast", 2)]
    [InlineData("croatia/cat_001_002.pcap", 8)]
    [InlineData("croatia/cat_034_048.pcap", 162)]
    [InlineData("croatia/cat_062_065.pcap", 3)]
    public void Samples_of_every_category_are_read_to_the_last_byte(string file, int records)
    {
        Decoded decoded = Decoded.From(Capture.Open(SharedData.Find($"asterix/{file}")));
        Assert.Empty(decoded.Damage);
        Assert.Equal(records, decoded.Records.Count);
    }

    [Theory]
    [InlineData("cat_034_048")]
    [InlineData("cat_001_002")]
    public void Another_decoder_finds_the_same_items_with_the_same_bytes(string name)
    {
        List<ExpectedRecord> expected = ExpectedRecord.Read(SharedData.Find($"asterix/croatia/expected/{name}.txt"));
        int at = 0;
        foreach (CaptureItem item in Capture.Open(SharedData.Find($"asterix/croatia/{name}.pcap")).Items())
        {
            ReadOnlySpan<byte> rest = item.Bytes.Span;
            while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None)
            {
                ReadOnlySpan<byte> records = block.Records;
                ushort[] offsets = new ushort[AsterixRecord.MostItems];
                while (AsterixRecord.TryTake(AsterixCatalogue.Newest(block.Category)!, ref records, offsets, out AsterixRecord record) == DecodeFault.None)
                    CheckItems(expected[at++], block.Category, record);
            }
        }

        Assert.Equal(expected.Count, at);
        Assert.True(at > 5);
    }

    static void CheckItems(ExpectedRecord expected, int category, AsterixRecord record)
    {
        Assert.Equal(expected.Category, category);
        Assert.Equal(expected.Hex, Convert.ToHexString(record.Bytes));
        List<(string, string)> items = [];
        for (int place = record.NextPlace(0); place >= 0; place = record.NextPlace(place + 1))
            items.Add((record.Profile.Items[place]!.Id, Convert.ToHexString(record.Item(place))));
        Assert.Equal(expected.Items.Select(item => (item.Id, item.Hex)), items);
    }

    [Fact]
    public void Another_decoder_reads_the_same_values_of_radar_plots()
    {
        List<ExpectedRecord> expected = ExpectedRecord.Read(SharedData.Find("asterix/croatia/expected/cat_034_048.txt"));
        Decoded decoded = Decoded.From(Capture.Open(SharedData.Find("asterix/croatia/cat_034_048.pcap")));
        Assert.Equal(expected.Count, decoded.Records.Count);
        int compared = 0;
        foreach ((ExpectedRecord theirs, JsonElement ours) in expected.Zip(decoded.Records))
        {
            JsonElement items = ours.GetProperty("items");
            Compare(theirs.Scaled("040", "RHO") * 1852, items, "040", "RHO", 1e-3);
            Compare(theirs.Scaled("040", "THETA"), items, "040", "THETA", 1e-6);
            Compare(theirs.Scaled("090", "FlightLevel") * 30.48, items, "090", "FL", 1e-3);
            Compare(theirs.Scaled("140", "Time Of Day"), items, "140", "", 1e-6);
            Compare(theirs.Scaled("041", "Antenna Rotation Speed"), items, "041", "", 1e-6);
            if (theirs.Value("070", "Mode-3/A reply code") is { } code)
                Assert.Equal(code, items.GetProperty("070").GetProperty("MODE3A").GetString());
            if (theirs.Value("220", "AircraftAddress") is { } address)
                Assert.Equal(address, items.GetProperty("220").GetString());
            if (theirs.Value("240", "Characters 1-8 (coded on 6 bits each) defining target identification") is { } name)
                Assert.Equal(name.TrimEnd(), items.GetProperty("240").GetString());
        }

        Assert.True(compared > 400, $"{compared} values compared");

        void Compare(double? theirs, JsonElement items, string item, string element, double tolerance)
        {
            if (theirs is not { } value) return;
            JsonElement found = items.GetProperty(item);
            Assert.Equal(value, (element.Length > 0 ? found.GetProperty(element) : found).GetDouble(), tolerance);
            compared++;
        }
    }

    [Fact]
    public void Another_decoder_reads_the_same_values_of_system_tracks()
    {
        string[] lines = [.. File.ReadLines(SharedData.Find("asterix/croatia/expected/cat_062_065_json.txt")).Where(line => line.Contains("\"cat\"", StringComparison.Ordinal))];
        Decoded decoded = Decoded.From(Capture.Open(SharedData.Find("asterix/croatia/cat_062_065.pcap")));
        Assert.Equal(lines.Length, decoded.Records.Count);
        Assert.Equal((2, 1), (decoded.Count(62), decoded.Count(65)));
        foreach ((string line, JsonElement ours) in lines.Zip(decoded.Records))
        {
            JsonElement theirs = JsonDocument.Parse(line.Trim().TrimEnd(',')).RootElement;
            if (theirs.GetProperty("cat").GetInt32() != 62) continue;
            JsonElement track = theirs.GetProperty("CAT062"), items = ours.GetProperty("items");
            Assert.Equal(track.GetProperty("I070").GetProperty("ToT").GetDouble(), items.GetProperty("070").GetDouble(), 1e-6);
            Assert.Equal(track.GetProperty("I105").GetProperty("Lat").GetDouble(), items.GetProperty("105").GetProperty("LAT").GetDouble(), 1e-6);
            Assert.Equal(track.GetProperty("I105").GetProperty("Lon").GetDouble(), items.GetProperty("105").GetProperty("LON").GetDouble(), 1e-6);
            Assert.Equal(track.GetProperty("I185").GetProperty("Vx").GetDouble(), items.GetProperty("185").GetProperty("VX").GetDouble(), 1e-6);
            Assert.Equal(track.GetProperty("I060").GetProperty("Mode3A").GetString(), items.GetProperty("060").GetProperty("MODE3A").GetString());
            Assert.Equal(track.GetProperty("I130").GetProperty("Alt").GetDouble() * 0.3048, items.GetProperty("130").GetDouble(), 1e-3);
            Assert.Equal(track.GetProperty("I040").GetProperty("TrkN").GetDouble(), items.GetProperty("040").GetDouble());
            Assert.Equal(track.GetProperty("I380").GetProperty("ADR").GetProperty("ADR").GetString(), items.GetProperty("380").GetProperty("ADR").GetString());
            Assert.Equal(track.GetProperty("I340").GetProperty("POS").GetProperty("RHO").GetDouble() * 1852, items.GetProperty("340").GetProperty("POS").GetProperty("RHO").GetDouble(), 1e-3);
        }
    }

    [Fact]
    public void Half_an_hour_of_system_tracks_becomes_measurements_without_a_fault()
    {
        Capture capture = Capture.Open(SharedData.Find("asterix/jade/final_frame_062_30min.ff"));
        RecordingSink sink = new();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(0x46, 0x10, SensorKind.System), TestSensors.At(0x02, 0x46, SensorKind.System)]);
        foreach (CaptureItem item in capture.Items())
            decoder.Decode(item.Bytes.Span, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + item.TimeOfDay!.Value, sink);
        Assert.Equal(34_957, sink.Measurements.Count + decoder.TracksWithoutPosition + sink.Faults.Count);
        Assert.Empty(sink.Faults);
        Assert.All(sink.Measurements.Where(track => !track.Ended), track => Assert.InRange(track.LatitudeDegrees, -90, 90));
    }
}
