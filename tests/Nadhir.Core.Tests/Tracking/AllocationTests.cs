using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Tracking;

public sealed class AllocationTests
{
    /// <summary>
    /// Forty objects in pairs 400 m apart, so that hypotheses come and go, under a radar with clutter. The work arrays grow
    /// with the picture and the clutter map with the ground it has seen; then nothing more is allocated, once the code is
    /// compiled to its end (until then the compiler leaves objects on the heap that it later keeps off it): that comes when
    /// the machine has time for it, so what is asked is one stretch of many.
    /// </summary>
    [Fact]
    public void When_the_picture_has_stopped_growing_a_scan_allocates_nothing()
    {
        FlatSensor radar = new()
        {
            Id = "R", Kind = FlatSensorKind.Radar3D, Period = 4, Range = 40_000, LeastRange = 500, FalsePerScan = 30,
            LeastElevation = 0, MostElevation = 0.6, DetectionProbability = 0.9,
        };
        FlatTracker tracker = new([radar], 1024);
        Random random = new(7);
        List<FlatDetection> scan = [];
        const int Steady = 700, Stretch = 100, MostScans = 4000;
        long measurements = 0, allocated = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < MostScans && least > MostBytes; k++)
        {
            scan.Clear();
            for (int i = 0; i < 40; i++)
            {
                if (random.NextDouble() > 0.9) continue;
                double turn = (0.02 * 4 * k / 8) + (i / 2), radius = 12_000 + (600 * (i / 2)) + (400 * (i % 2));
                scan.Add(See(radius * Math.Sin(turn), radius * Math.Cos(turn), 4000 + (50 * (i % 2)), 4.0 * k, random));
            }

            for (int i = 0; i < 30; i++)
                scan.Add(new(4.0 * k, 500 + (39_500 * random.NextDouble()), 6.28 * random.NextDouble(), 0.6 * random.NextDouble(),
                    30, 0.002, 0.002));
            FlatDetection[] seen = [.. scan];
            long own = GC.GetAllocatedBytesForCurrentThread();
            tracker.Process(0, 4.0 * k, seen);
            allocated += GC.GetAllocatedBytesForCurrentThread() - own;
            measurements += seen.Length;
            if (k % Stretch != 0) continue;
            if (k >= Steady) least = Math.Min(least, (double)allocated / measurements);
            measurements = allocated = 0;
        }

        Assert.InRange(tracker.Count, 30, 400);
        Assert.InRange(least, 0, MostBytes);
    }

    /// <summary>A measurement: a table may still double once.</summary>
    const double MostBytes = 0.5;

    static FlatDetection See(double x, double y, double z, double time, Random random)
    {
        double range = Math.Sqrt((x * x) + (y * y) + (z * z));
        return new(time, range + (30 * random.Normal()), Math.Atan2(x, y) + (0.002 * random.Normal()),
            Math.Asin(z / range) + (0.002 * random.Normal()), 30, 0.002, 0.002);
    }
}
