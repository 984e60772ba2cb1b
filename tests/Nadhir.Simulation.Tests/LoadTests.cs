using Nadhir.Simulation.FlatScenes;
using Nadhir.Simulation.Load;
using Nadhir.Tracking;

namespace Nadhir.Simulation.Tests;

public sealed class LoadTests
{
    [Theory]
    [InlineData(1000, 1, 1)]
    [InlineData(10_000, 5, 2)]
    [InlineData(100_000, 10, 10)]
    [InlineData(12_345, 4, 3)]
    public void The_region_grows_with_its_targets_so_that_their_density_stays(int targets, int columns, int rows)
    {
        LoadRegion region = new(targets);
        Assert.Equal((columns, rows), (region.Columns, region.Rows));
        Assert.Equal(1000 / (120e3 * 120e3), targets / (region.Width * region.Height), 1e-15);
        Assert.Equal((columns * rows) + ((columns + 1) * (rows + 1)), region.Sensors.Length);
    }

    [Fact]
    public void Every_point_of_the_region_is_within_reach_of_a_radar_and_of_two_on_average()
    {
        LoadRegion region = new(20_000);
        Chance chance = new(1, "points");
        int looks = 0, fewest = int.MaxValue;
        for (int k = 0; k < 4000; k++)
        {
            double x = chance.Uniform(0, region.Width), y = chance.Uniform(0, region.Height);
            int seen = region.Sensors.Count(s => Math.Pow(s.X - x, 2) + Math.Pow(s.Y - y, 2) < s.Range * s.Range);
            looks += seen;
            fewest = Math.Min(fewest, seen);
        }

        Assert.Equal(1, fewest);
        Assert.InRange(looks / 4000.0, 1.9, 2.05);
    }

    [Fact]
    public void Traffic_stays_in_the_region_keeps_its_speeds_and_flies_a_third_in_formation()
    {
        LoadTraffic traffic = new(new(3000), 7);
        int near = Enumerable.Range(0, 3000).Count(i => Enumerable.Range(Math.Max(0, i - 3), 7).Any(j =>
            j != i && j < 3000 && Math.Pow(traffic.X[j] - traffic.X[i], 2) + Math.Pow(traffic.Y[j] - traffic.Y[i], 2) < 2000 * 2000));
        Assert.InRange(near / 3000.0, 0.25, 0.45);
        for (int k = 0; k < 60; k++) traffic.Step(1);
        LoadRegion region = new(3000);
        for (int i = 0; i < traffic.Count; i++)
        {
            Assert.True(region.Contains(traffic.X[i], traffic.Y[i]));
            Assert.InRange(Math.Sqrt(Math.Pow(traffic.VelocityX[i], 2) + Math.Pow(traffic.VelocityY[i], 2)), 80, 340);
        }
    }

    [Fact]
    public void A_target_flies_on_as_fast_as_its_velocity_says()
    {
        LoadRegion region = new(1000);
        LoadTraffic traffic = new(region, 3);
        double x = traffic.X[0], y = traffic.Y[0], expectedX = x, expectedY = y;
        for (int k = 0; k < 40; k++)
        {
            expectedX += 0.125 * traffic.VelocityX[0];
            expectedY += 0.125 * traffic.VelocityY[0];
            traffic.Step(0.25);
            expectedX += 0.125 * traffic.VelocityX[0];
            expectedY += 0.125 * traffic.VelocityY[0];
        }

        Assert.Equal(0, Math.IEEERemainder(traffic.X[0] - expectedX, region.Width), 5.0);
        Assert.Equal(0, Math.IEEERemainder(traffic.Y[0] - expectedY, region.Height), 5.0);
        Assert.True(Math.Abs(traffic.X[0] - x) + Math.Abs(traffic.Y[0] - y) > 500);
    }

    [Fact]
    public void A_scan_sees_nine_targets_in_ten_where_they_are_and_two_hundred_that_are_not()
    {
        LoadRegion region = new(9000);
        LoadTraffic traffic = new(region, 5);
        LoadRadars radars = new(region, traffic, 5);
        int middle = region.Sensors.IndexOf(region.Sensors.Single(s => s.Id == "R4-1-1"));
        int scans = 0;
        double detections = 0;
        for (int k = 0; k < 4; k++)
        {
            radars.Sweep(4);
            foreach (FlatScan scan in radars.Scans.Where(s => s.Sensor == middle))
            {
                scans++;
                detections += scan.Count;
                foreach (FlatDetection seen in radars.Detections.Slice(scan.From, scan.Count))
                {
                    Assert.Equal(scan.Time, seen.Time);
                    Assert.InRange(seen.First, 0, region.Sensors[middle].Range + 300);
                }
            }
        }

        Assert.Equal(4, scans);
        Assert.InRange(detections / scans, 950, 1250); // 0.9 · 1000, less a few in the cone of silence, and 200
    }

    [Fact]
    public void The_same_seed_makes_the_same_scans_and_another_one_others()
    {
        static FlatDetection[] Made(ulong seed)
        {
            LoadRegion region = new(1000);
            LoadRadars radars = new(region, new(region, seed), seed);
            radars.Sweep(10);
            return radars.Detections.ToArray();
        }

        FlatDetection[] once = Made(1);
        Assert.NotEmpty(once);
        Assert.Equal(once, Made(1));
        Assert.NotEqual(once, Made(2));
    }

    [Fact]
    public void The_tracker_keeps_up_with_a_thousand_targets_and_its_cost_is_told()
    {
        LoadRow row = TrackerLoad.Measure(1000, 2, 1, worthTiming: 1000);
        Assert.InRange(row.LiveTracks, 850, 1050);
        Assert.True(row.Completeness > 0.9, $"{row.Completeness:P1} of the targets are tracked");
        Assert.True(row.Detections > 4000, $"{row.Detections} detections in 10 s");
        Assert.True(row.ProcessorSeconds > 0 && row.ShareOfOneCore > 0 && row.DetectionsPerProcessorSecond > 0);
        Assert.InRange(row.ScanP99Milliseconds, row.ScanP50Milliseconds, row.ScanMaxMilliseconds);
    }

    [Fact]
    public void The_law_through_points_of_a_power_is_that_power()
    {
        static (double, double) At(double size) => (size, 3 * Math.Pow(size, 1.2));
        ScalingLaw law = ScalingLaw.Through([At(1000), At(5000), At(70_000)]);
        Assert.Equal(1.2, law.Exponent, 1e-9);
        Assert.Equal(3, law.Factor, 1e-6);
    }

    [Fact]
    public void The_meter_ranks_times_and_counts_only_what_comes_after_the_warm_up()
    {
        ScanMeter meter = new(4);
        byte[][] kept = new byte[4][];
        for (int k = 0; k < 4; k++)
        {
            meter.Begin();
            kept[k] = new byte[k < 2 ? 100_000 : 1000];
            meter.End(10);
        }

        ScanCost cost = meter.CostAfter(2);
        Assert.Equal((2, 20), (cost.Scans, cost.Detections));
        Assert.InRange(cost.BytesPerDetection, 100, 110);
        Assert.True(cost.MedianMilliseconds <= cost.P99Milliseconds && cost.P99Milliseconds == cost.WorstMilliseconds);
        Assert.Equal(0, meter.CostAfter(4).Scans);
    }

    [Fact]
    public void The_plot_shows_every_size_and_is_well_formed()
    {
        LoadRow Row(int targets) => new()
        {
            Targets = targets, Radars = 2, Scans = 1, Detections = 10, ProcessorSeconds = 1,
            DetectionsPerProcessorSecond = 1e6, ShareOfOneCore = targets / 1e6, ScanP50Milliseconds = 1, ScanP99Milliseconds = 1, ScanMaxMilliseconds = 1,
            BytesAllocatedPerDetection = 0, LiveTracks = targets, Rows = targets, Completeness = 1,
            WorkingSetMegabytes = 1, BytesPerLiveTrack = 1,
        };
        System.Xml.Linq.XDocument plot = System.Xml.Linq.XDocument.Parse(
            ScalingPlot.Draw([Row(1000), Row(10_000), Row(100_000)], new(1, 1e-6)));
        Assert.Equal(3, plot.Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.All(plot.Descendants().Where(e => e.Name.LocalName == "circle"), e =>
            Assert.InRange(double.Parse(e.Attribute("cx")!.Value), 0, 640));
    }
}
