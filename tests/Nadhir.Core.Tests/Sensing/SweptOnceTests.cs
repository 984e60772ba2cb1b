using CsCheck;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Tests.Sensing;

public class SweptOnceTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Sensor Radar = new()
    {
        Id = "R", Kind = SensorKind.Radar, Feed = "f", Position = new GeoPosition(32, 44, 0), Period = TimeSpan.FromSeconds(8),
    };

    static double Rad(double degrees) => degrees * Math.PI / 180;
    static Measurement Plot(double degrees, double seconds, int id = 0) => new()
    {
        Kind = MeasurementKind.Plot, Sensor = 0, Time = Start.AddSeconds(seconds), AzimuthRadians = Rad(degrees), SourceTrack = id,
    };

    sealed class Sweeps : IScanSink
    {
        public List<(double From, double Width, int[] Ids)> All { get; } = [];
        public IEnumerable<int> Ids => All.SelectMany(s => s.Ids);
        public void OnScan(in Scan scan) =>
            All.Add((scan.FromAzimuthRadians, scan.WidthRadians, [.. scan.Measurements.ToArray().Select(m => m.SourceTrack)]));

        /// <summary>Sweeps that say "looked there and did not see plot id": a false miss.</summary>
        public int FalseMisses(double azimuth) => All.Count(s => s.Width > 0
            && ((azimuth - s.From + (4 * Math.PI)) % (2 * Math.PI)) < s.Width && s.Ids.Length == 0);
    }

    [Fact]
    public void In_a_sparse_sky_without_marks_a_plot_that_was_passed_on_is_not_missed_later()
    {
        var assembler = new ScanAssembler(Radar, 0);
        var sweeps = new Sweeps();
        for (int turn = 0; turn < 3; turn++)
        {
            assembler.Add(Plot(15, turn * 8), sweeps);
            assembler.FlushStale(Start.AddSeconds((turn * 8) + 1.5), sweeps);
            assembler.Add(Plot(105, (turn * 8) + 2), sweeps);
            assembler.FlushStale(Start.AddSeconds((turn * 8) + 4), sweeps);
        }

        Assert.Equal(0, sweeps.FalseMisses(Rad(15)));
        Assert.Equal(6, sweeps.Ids.Count());
    }

    [Fact]
    public void Plots_passed_on_before_a_late_mark_are_not_missed_by_its_sector()
    {
        var assembler = new ScanAssembler(Radar, 0);
        var sweeps = new Sweeps();
        assembler.Mark(ScanMark.SectorCrossing, Start, 0, sweeps);
        assembler.Add(Plot(10, 0.2), sweeps);
        assembler.FlushStale(Start.AddSeconds(1.5), sweeps);
        assembler.Mark(ScanMark.SectorCrossing, Start.AddSeconds(2), Rad(90), sweeps);
        Assert.Equal(0, sweeps.FalseMisses(Rad(10)));
    }

    [Fact]
    public void A_mark_that_comes_out_of_order_does_not_sweep_a_sector_twice()
    {
        var assembler = new ScanAssembler(Radar, 0);
        var sweeps = new Sweeps();
        foreach ((double degrees, double at) in new[] { (0.0, 0.0), (10, 0.22), (30, 0.67), (20, 0.44), (40, 0.89) })
            assembler.Mark(ScanMark.SectorCrossing, Start.AddSeconds(at), Rad(degrees), sweeps);
        Assert.Equal(Rad(40), sweeps.All.Sum(s => s.Width), 1e-9);
    }

    [Fact]
    public void A_mark_without_an_azimuth_says_nothing()
    {
        var assembler = new ScanAssembler(Radar, 0);
        var sweeps = new Sweeps();
        assembler.Mark(ScanMark.SectorCrossing, Start, 0, sweeps);
        assembler.Add(Plot(5, 0.1), sweeps);
        assembler.Mark(ScanMark.SectorCrossing, Start.AddSeconds(0.2), double.NaN, sweeps);
        assembler.Mark(ScanMark.SectorCrossing, Start.AddSeconds(0.3), Rad(11.25), sweeps);
        Assert.Equal(Rad(11.25), Assert.Single(sweeps.All).Width, 1e-9);
    }

    [Fact]
    public void No_plot_is_lost_or_passed_on_twice_whatever_the_marks_do() =>
        Gen.Select(Gen.Int[0, 9], Gen.Double[-0.1, 6.4], Gen.Double[-2, 3]).Array[1, 200].Sample(steps =>
        {
            var assembler = new ScanAssembler(Radar, 0);
            var sweeps = new Sweeps();
            int id = 0;
            double at = 0;
            foreach ((int what, double azimuth, double wait) in steps)
            {
                at = Math.Max(0, at + wait);
                if (what < 6) assembler.Add(Plot(azimuth * 180 / Math.PI, at, id++), sweeps);
                else if (what < 8) assembler.Mark(ScanMark.SectorCrossing, Start.AddSeconds(at), azimuth, sweeps);
                else if (what == 8) assembler.Mark(ScanMark.NorthMarker, Start.AddSeconds(at), 0, sweeps);
                else assembler.FlushStale(Start.AddSeconds(at), sweeps);
            }

            assembler.FlushStale(Start.AddSeconds(at + 1000), sweeps);
            Assert.Equal(Enumerable.Range(0, id), sweeps.Ids);
            Assert.All(sweeps.All, s => Assert.InRange(s.Width, 0, 2 * Math.PI));
        });
}
