using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Tests.Sensing;

public sealed class ScanAssemblerTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Sensor radar = new() { Id = "R", Kind = SensorKind.Radar, Feed = "f", Position = new GeoPosition(33, 44, 0) };

    [Fact]
    public void No_measurement_is_lost_or_doubled_whatever_the_order_of_plots_and_marks() =>
        Gen.Select(Gen.Int[0, 3], Gen.Double[0, 6.28]).Array[1, 200].Sample(steps =>
        {
            Collector collector = new();
            ScanAssembler assembler = new(radar, 0);
            int sent = 0;
            foreach (((int what, double azimuth), int i) in steps.Select((s, i) => (s, i)))
            {
                DateTimeOffset now = start.AddSeconds(i * 0.1);
                if (what <= 1) assembler.Add(Plot(azimuth, now, sent++), collector);
                else assembler.Mark(what == 2 ? ScanMark.SectorCrossing : ScanMark.NorthMarker, now, what == 2 ? azimuth : 0, collector);
            }

            assembler.FlushStale(start.AddHours(1), collector);
            Assert.Equal(Enumerable.Range(0, sent), collector.Numbers.Order());
        });

    [Fact]
    public void With_sector_marks_each_azimuth_is_swept_once_a_turn()
    {
        Collector collector = new();
        ScanAssembler assembler = new(radar, 0);
        for (int i = 0; i <= 32 * 5; i++)
        {
            DateTimeOffset now = start.AddSeconds(i * 10.0 / 32);
            if (i % 32 == 0) assembler.Mark(ScanMark.NorthMarker, now, 0, collector);
            assembler.Mark(ScanMark.SectorCrossing, now, i % 32 * Math.PI / 16, collector);
        }

        Assert.Equal(5 * 2 * Math.PI, collector.Swept, 1e-6);
    }

    [Fact]
    public void After_lost_marks_nothing_counts_as_missed()
    {
        Collector collector = new();
        ScanAssembler assembler = new(radar, 0);
        assembler.Mark(ScanMark.SectorCrossing, start, 0, collector);
        assembler.Mark(ScanMark.SectorCrossing, start.AddSeconds(7), 4.5, collector);
        Assert.Equal(0, collector.Swept);
    }

    [Fact]
    public void After_a_silence_of_turns_the_next_mark_sweeps_nothing()
    {
        Collector collector = new();
        ScanAssembler assembler = new(radar, 0);
        assembler.Mark(ScanMark.SectorCrossing, start, 0, collector);
        assembler.Mark(ScanMark.SectorCrossing, start.AddSeconds(42), 1, collector);
        assembler.Mark(ScanMark.SectorCrossing, start.AddSeconds(43), double.NaN, collector);
        Assert.Equal(0, collector.Swept);
        assembler.Mark(ScanMark.SectorCrossing, start.AddSeconds(43.6), 2, collector);
        Assert.Equal(1, collector.Swept, 1e-9);
    }

    [Fact]
    public void A_radar_without_marks_is_cut_by_the_azimuths_of_its_plots()
    {
        Collector collector = new();
        ScanAssembler assembler = new(radar, 0);
        for (int i = 0; i <= 320; i++)
            assembler.Add(Plot(i % 320 * 2 * Math.PI / 320, start.AddSeconds(i * 10.0 / 320), i), collector);
        Assert.InRange(collector.Swept, 2 * Math.PI * 0.95, (2 * Math.PI) + 0.01);
    }

    [Fact]
    public void A_sensor_that_does_not_turn_misses_nothing()
    {
        Collector collector = new();
        ScanAssembler assembler = new(radar with { Kind = SensorKind.Adsb }, 0);
        assembler.Add(Plot(1, start, 0), collector);
        assembler.FlushArrival(collector);
        Assert.Equal(0, collector.Swept);
        Assert.Single(collector.Numbers);
    }

    [Theory]
    [InlineData("IAW123")]
    [InlineData("ABCDEFGH")]
    [InlineData("")]
    public void A_callsign_comes_back_as_it_was(string text) => Assert.Equal(text, Callsign.From(text).ToString());

    static Measurement Plot(double azimuth, DateTimeOffset time, int number) => new()
    {
        Kind = MeasurementKind.Plot, Sensor = 0, Time = time, RangeMetres = 50_000, AzimuthRadians = azimuth, SourceTrack = number,
    };

    sealed class Collector : IScanSink
    {
        public List<int> Numbers { get; } = [];
        public double Swept { get; private set; }

        public void OnScan(in Scan scan)
        {
            Swept += scan.WidthRadians;
            foreach (Measurement measurement in scan.Measurements) Numbers.Add(measurement.SourceTrack);
        }
    }
}
