using System.Reflection;
using CsCheck;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>What the messages mean, against values set by hand.</summary>
public sealed class FeedDecoderTests
{
    static readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static RecordingSink Decode(ReadOnlySpan<byte> bytes, DateTimeOffset? arrived = null, params SpokenEdition[] editions)
    {
        RecordingSink sink = new();
        new AsterixFeedDecoder("radar", [TestSensors.At(1, 1), TestSensors.At(25, 2)], new() { Editions = [.. editions] })
            .Decode(bytes, arrived ?? noon, sink);
        return sink;
    }

    [Fact]
    public void A_plot_written_for_the_wire_comes_back_as_it_was() =>
        Gen.Select(Gen.Double[0, 470_000], Gen.Double[0, 2 * Math.PI], Gen.Double[-300, 60_000], Gen.Int[-1, 4095], Gen.Int[0, 0xFFFFFF])
            .Sample((range, azimuth, height, code, address) =>
            {
                PlotBlockWriter writer = new();
                writer.Add(new()
                {
                    Sac = 25, Sic = 2, TimeOfDaySeconds = 43_201.5, RangeMetres = range, AzimuthRadians = azimuth,
                    FlightLevelMetres = height, Mode3A = (short)code, ModeSAddress = (uint)address,
                    Callsign = Callsign.From("IAW123"), Primary = true, Secondary = true, Simulated = code % 2 == 0,
                });
                RecordingSink sink = Decode(writer.Finish());
                Assert.Empty(sink.Faults);
                Measurement plot = Assert.Single(sink.Measurements);
                Assert.Equal((MeasurementKind.Plot, 1), (plot.Kind, plot.Sensor));
                Assert.Equal(noon.AddSeconds(1.5), plot.Time);
                Assert.Equal(range, plot.RangeMetres, 1852 / 512.0 + 1e-6);
                Assert.Equal(0, Angles.WrapRadians(azimuth - plot.AzimuthRadians), Math.PI / 65536 + 1e-9);
                Assert.Equal(height, plot.HeightMetres, 3.81 + 1e-6);
                Assert.Equal(((short)code, (uint)address, "IAW123"), (plot.Mode3A, plot.ModeSAddress, plot.Callsign.ToString()));
                Assert.Equal((true, code % 2 == 0, false), (plot.Primary, plot.Simulated, plot.Ended));
            }, iter: 2000);

    [Fact]
    public void A_plot_of_a_primary_radar_has_no_code_and_no_height_unless_it_measures_in_three_dimensions()
    {
        PlotBlockWriter writer = new();
        PlotFields plot = new() { Sac = 25, Sic = 2, TimeOfDaySeconds = 43200, RangeMetres = 18_520, AzimuthRadians = 1, Primary = true };
        writer.Add(plot);
        writer.Add(plot with { Height3DMetres = 7620 });
        Assert.Equal(2, writer.Count);
        RecordingSink sink = Decode(writer.Finish());
        Assert.Equal(0, writer.Count);
        Assert.True(double.IsNaN(sink.Measurements[0].HeightMetres));
        Assert.Equal((-1, 0u, true), (sink.Measurements[0].Mode3A, sink.Measurements[0].ModeSAddress, sink.Measurements[0].Callsign.IsNone));
        Assert.Equal(7620, sink.Measurements[1].HeightMetres, 1e-9);
    }

    [Fact]
    public void Codes_and_levels_not_validated_or_garbled_are_not_believed()
    {
        foreach (string bit in new[] { "V", "G" })
        {
            AsterixWriter writer = NewPlot();
            writer.Set("070", (bit, 1), ("MODE3A", "4301"));
            writer.Set("090", (bit, 1), ("FL", 3048));
            Measurement plot = Assert.Single(Decode(writer.Finish().Span).Measurements);
            Assert.Equal(-1, plot.Mode3A);
            Assert.True(double.IsNaN(plot.HeightMetres));
        }

        AsterixWriter valid = NewPlot();
        valid.Set("070", ("MODE3A", "4301"));
        valid.Set("090", ("FL", 3048));
        Measurement believed = Assert.Single(Decode(valid.Finish().Span).Measurements);
        Assert.Equal(0x8C1, believed.Mode3A);
        Assert.Equal(3048, believed.HeightMetres, 1e-9);
    }

    [Fact]
    public void A_height_that_the_radar_reckoned_is_told_apart_from_one_that_was_replied()
    {
        AsterixWriter writer = NewPlot();
        writer.Set("070", ("MODE3A", "4301"));
        writer.Set("090", ("FL", 3048));
        Assert.False(Assert.Single(Decode(writer.Finish().Span).Measurements).HeightIsReckoned);
        AsterixWriter reckoned = NewPlot();
        reckoned.Set("070", ("MODE3A", "4301"));
        reckoned.Set("110", ("3DH", 3048));
        Assert.True(Assert.Single(Decode(reckoned.Finish().Span).Measurements).HeightIsReckoned);
    }

    [Fact]
    public void A_track_that_was_not_detected_is_no_plot()
    {
        AsterixWriter writer = NewPlot();
        writer.Set("020", ("TYP", 0));
        RecordingSink sink = Decode(writer.Finish().Span);
        Assert.Empty(sink.Measurements);
        Assert.Equal((1, noon), Assert.Single(sink.Alive));
    }

    [Fact]
    public void Targets_of_the_radar_itself_are_simulated()
    {
        foreach (string flag in new[] { "SIM", "RAB", "TST" })
        {
            AsterixWriter writer = NewPlot();
            writer.Set("020", (flag, 1));
            Assert.True(Assert.Single(Decode(writer.Finish().Span).Measurements).Simulated);
        }
    }

    [Fact]
    public void A_range_beyond_the_item_is_read_from_the_expansion_field()
    {
        AsterixWriter writer = NewPlot();
        writer.Set("020", ("ERR", 1));
        byte[] missing = writer.Finish().ToArray();
        AsterixWriter told = NewPlot();
        told.Set("020", ("ERR", 1));
        told.Set("RE/RE/ERR", 300 * 1852.0);
        Assert.Equal(300 * 1852.0, Assert.Single(Decode(told.Finish().Span).Measurements).RangeMetres, 1e-6);
        Assert.Equal(DecodeFault.BadValue, Assert.Single(Decode(missing).Faults).Fault);
    }

    [Fact]
    public void North_and_sectors_mark_the_turn_of_the_antenna()
    {
        byte[] bytes = [.. ServiceMessages.NorthMarker(25, 2, 43200, 4.8), .. ServiceMessages.SectorCrossing(25, 2, 43202.5, 64, 4.8)];
        RecordingSink sink = Decode(bytes);
        Assert.Empty(sink.Faults);
        Assert.Equal(
            [
                (1, ScanMark.NorthMarker, noon, 0.0, TimeSpan.FromSeconds(614 / 128.0)),
                (1, ScanMark.SectorCrossing, noon.AddSeconds(2.5), Math.PI / 2, TimeSpan.FromSeconds(614 / 128.0)),
            ],
            sink.Marks);
        Assert.Equal(2, sink.Alive.Count);
    }

    [Theory]
    [InlineData("2026-03-01T23:59:59Z", 86_399.5, "2026-03-01T23:59:59.5Z")]
    [InlineData("2026-03-02T00:00:01Z", 86_399.5, "2026-03-01T23:59:59.5Z")]
    [InlineData("2026-03-01T23:59:59Z", 0.5, "2026-03-02T00:00:00.5Z")]
    [InlineData("2026-03-01T15:00:00+03:00", 43_200, "2026-03-01T12:00:00Z")]
    public void The_day_is_the_one_nearest_to_arrival(string arrived, double timeOfDay, string expected)
    {
        byte[] bytes = ServiceMessages.NorthMarker(25, 2, timeOfDay, 5);
        Assert.Equal(DateTimeOffset.Parse(expected), Decode(bytes, DateTimeOffset.Parse(arrived)).Marks[0].Time);
    }

    [Fact]
    public void A_system_track_carries_position_velocity_and_identity()
    {
        AsterixWriter writer = new(62);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 1), ("SIC", 1));
        writer.Set("070", 43200);
        writer.Set("105", ("LAT", 33.25), ("LON", -44.5));
        writer.Set("185", ("VX", 200), ("VY", -50.25));
        writer.Set("060", ("MODE3A", "7700"));
        writer.Set("245", ("CHR", "OTHER"));
        writer.Set("380/ADR", "70C0DE");
        writer.Set("380/ID", "IAW7");
        writer.Set("040", 1234);
        writer.Set("080", ("SIM", 1), ("TSE", 1));
        writer.Set("136", 30.48 * 100);
        writer.Set("130", 1000 * 0.3048 * 6.25);
        writer.Set("220", -6.25 * 0.3048 / 60 * 8);
        writer.Set("500/APC", ("X", 30), ("Y", 42));
        Measurement track = Assert.Single(Decode(writer.Finish().Span).Measurements);
        Assert.Equal((MeasurementKind.SystemTrack, 0, noon), (track.Kind, track.Sensor, track.Time));
        Assert.Equal(33.25, track.LatitudeDegrees, 3e-6);
        Assert.Equal(-44.5, track.LongitudeDegrees, 3e-6);
        Assert.Equal((200, -50.25), (track.VelocityEast, track.VelocityNorth));
        Assert.Equal(1905, track.HeightMetres, 1e-9);
        Assert.Equal(-0.254, track.ClimbRate, 1e-9);
        Assert.Equal((0xFC0, 0x70C0DEu, "IAW7", 1234), (track.Mode3A, track.ModeSAddress, track.Callsign.ToString(), track.SourceTrack));
        Assert.Equal((true, true, 42.0), (track.Ended, track.Simulated, track.SigmaHorizontalMetres));
    }

    [Fact]
    public void A_system_track_without_a_position_is_counted_and_no_fault()
    {
        AsterixWriter writer = new(62);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 1), ("SIC", 1));
        writer.Set("040", 7);
        RecordingSink sink = new();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(1, 1)]);
        decoder.Decode(writer.Finish().Span, noon, sink);
        Assert.Empty(sink.Measurements);
        Assert.Empty(sink.Faults);
        Assert.Single(sink.Alive);
        Assert.Equal((1, 0), (decoder.TracksWithoutPosition, decoder.TracksPlacedOnPlane));
    }

    [Fact]
    public void A_system_track_told_on_a_plane_is_placed_from_where_its_sensor_stands()
    {
        AsterixWriter writer = new(62);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 1), ("SIC", 1));
        writer.Set("100", ("X", 30_000), ("Y", -40_000));
        RecordingSink sink = new();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(1, 1)]);
        decoder.Decode(writer.Finish().Span, noon, sink);
        Measurement track = Assert.Single(sink.Measurements);
        (double metres, double azimuth) =
            Geodesic.Inverse(new(33, 44), new(track.LatitudeDegrees, track.LongitudeDegrees));
        Assert.Equal(50_000, metres, 5.0);
        Assert.Equal(180 - 36.8699, azimuth, 1e-3);
        Assert.Equal((0, 1), (decoder.TracksWithoutPosition, decoder.TracksPlacedOnPlane));
    }

    [Fact]
    public void A_position_report_carries_what_the_aircraft_says()
    {
        AsterixWriter writer = new(21);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        writer.Set("040", ("ATP", 0));
        writer.Set("073", 43199);
        writer.Set("130", ("LAT", 1), ("LON", 1));
        writer.Set("131", ("LAT", 33.5), ("LON", 44.25));
        writer.Set("080", "70C0DE");
        writer.Set("140", 6.25 * 0.3048 * 320);
        writer.Set("145", 3000);
        writer.Set("090", ("NUCPNIC", 7), ("NACP", 8));
        writer.Set("160", ("GS", 1852.0 / 16384 * 1600), ("TA", 90));
        writer.Set("155", ("BVR", 6.25 * 0.3048 / 60 * 100));
        writer.Set("170", "IAW123");
        writer.Set("070", ("MODE3A", "2000"));
        Measurement report = Assert.Single(Decode(writer.Finish().Span).Measurements);
        Assert.Equal((MeasurementKind.PositionReport, 1, noon.AddSeconds(-1)), (report.Kind, report.Sensor, report.Time));
        Assert.Equal(33.5, report.LatitudeDegrees, 1e-7);
        Assert.Equal(44.25, report.LongitudeDegrees, 1e-7);
        Assert.Equal((0x70C0DEu, "IAW123", 0x400), (report.ModeSAddress, report.Callsign.ToString(), report.Mode3A));
        Assert.Equal(609.6, report.HeightMetres, 1e-9);
        Assert.Equal(180.859375, report.VelocityEast, 1e-6);
        Assert.Equal(0, report.VelocityNorth, 1e-6);
        Assert.Equal(3.175, report.ClimbRate, 1e-9);
        Assert.Equal(92.6 / 2.4477, report.SigmaHorizontalMetres, 1e-3);
    }

    [Fact]
    public void The_edition_told_for_a_source_is_the_one_it_is_read_by()
    {
        AsterixWriter writer = new(AsterixCatalogue.Find(21, "0.26")!);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        writer.Set("040", ("TST", 1));
        writer.Set("030", 43198);
        writer.Set("130", ("LAT", 33.5), ("LON", 44.25));
        writer.Set("080", "70C0DE");
        byte[] block = writer.Finish().ToArray();
        Measurement report = Assert.Single(Decode(block, null, new SpokenEdition(21, "0.26", 25, 2)).Measurements);
        Assert.Equal(33.5, report.LatitudeDegrees, 3e-6);
        Assert.Equal(44.25, report.LongitudeDegrees, 3e-6);
        Assert.Equal(0x70C0DEu, report.ModeSAddress);
        Assert.Equal((noon.AddSeconds(-2), true), (report.Time, report.Simulated));
        SpokenEdition[] others = [new(21, "2.6"), new(21, "0.26", 99, 1)];
        Assert.DoesNotContain(report, Decode(block, null, others).Measurements);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(65)]
    public void Status_messages_say_that_the_source_is_alive(int category)
    {
        AsterixWriter writer = new(category);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        writer.Set("030", 43201);
        RecordingSink sink = Decode(writer.Finish().Span);
        Assert.Equal((1, noon.AddSeconds(1)), Assert.Single(sink.Alive));
        Assert.Empty(sink.Faults);
    }

    [Fact]
    public void Decoding_plots_takes_no_memory()
    {
        PlotBlockWriter writer = new();
        for (int i = 0; i < 30; i++)
        {
            writer.Add(new()
            {
                Sac = 25, Sic = 2, TimeOfDaySeconds = 43200, RangeMetres = 1000 * i, AzimuthRadians = 1, Mode3A = 1,
                FlightLevelMetres = 3000, ModeSAddress = 7, Callsign = Callsign.From("IAW1"), Secondary = true,
            });
        }

        byte[] block = writer.Finish();
        AsterixFeedDecoder decoder = new("radar", [TestSensors.At(25, 2)]);
        CountingSink sink = new();
        decoder.Decode(block, noon, sink);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) decoder.Decode(block, noon, sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101 * 30, sink.Measurements);
    }

    sealed class CountingSink : IDecodeSink
    {
        public int Measurements { get; private set; }
        public void OnMeasurement(in Measurement measurement) => Measurements++;
        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) { }
        public void OnAlive(int sensor, DateTimeOffset time) { }
        public void OnFault(DecodeFault fault, int offset, int length, string detail) => Assert.Fail(detail);
    }

    [Fact]
    public void Every_field_the_decoders_look_for_is_in_the_newest_edition()
    {
        foreach (int category in new[] { 1, 2, 10, 15, 20, 21, 34, 48, 62, 63, 65 })
        {
            RecordDecoder decoder = RecordDecoder.For(AsterixCatalogue.Newest(category)!, [], new(0))!;
            foreach (FieldInfo field in decoder.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            {
                bool lacks = (category, field.Name) is (10, "geometricHeight") or (20, "messageType" or "range" or "azimuth")
                    or (2, "rotation");
                if (field.GetValue(decoder) is AsterixField found && !lacks)
                    Assert.True(found.Exists, $"CAT {category:000} {field.Name}");
            }
        }
    }

    static AsterixWriter NewPlot()
    {
        AsterixWriter writer = new(48);
        writer.BeginRecord();
        writer.Set("010", ("SAC", 25), ("SIC", 2));
        writer.Set("140", 43200);
        writer.Set("020", ("TYP", 1));
        writer.Set("040", ("RHO", 18520), ("THETA", 90));
        return writer;
    }
}
