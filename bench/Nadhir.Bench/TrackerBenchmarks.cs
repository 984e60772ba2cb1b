using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Nadhir.Bench.Baseline;
using Nadhir.Simulation.FlatScenes;
using Nadhir.Simulation.Load;
using Nadhir.Tracking;

namespace Nadhir.Bench;

/// <summary>
/// The flat tracker in steady state under a thousand targets at the density of scenario c, in ratio to a plain
/// nearest-neighbour Kalman tracker over the same scans; time and memory are per detection, one thread.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 6, iterationCount: 15, invocationCount: 1)]
public class TrackerBenchmarks
{
    const int Detections = 80_000, Targets = 1000;
    const double WarmUpSeconds = 25, Seconds = 200;

    readonly LoadRegion region = new(Targets);
    (FlatScan[] Scans, FlatDetection[] Detections) before, measured;
    FlatTracker tracker = null!;
    NearestNeighbourTracker baseline = null!;

    [GlobalSetup]
    public void Fly()
    {
        LoadTraffic traffic = new(region, 1);
        LoadRadars radars = new(region, traffic, 1);
        radars.Sweep(WarmUpSeconds);
        before = ([.. radars.Scans], radars.Detections.ToArray());
        radars.Sweep(Seconds);
        int made = radars.Detections.Length;
        if (made < Detections) throw new InvalidOperationException($"{made} detections");
        // The last scan is cut, so that every invocation uses exactly as many detections as it says.
        FlatScan[] scans = [.. radars.Scans.Where(s => s.From < Detections)];
        scans[^1] = scans[^1] with { Count = Math.Min(scans[^1].Count, Detections - scans[^1].From) };
        measured = (scans, radars.Detections[..Detections].ToArray());
    }

    /// <summary>
    /// Both trackers have followed the traffic for 25 s before anything is measured, and follow it still.
    /// </summary>
    [IterationSetup]
    public void WarmUp()
    {
        tracker = new(region.Sensors);
        baseline = new(region.Sensors);
        foreach (FlatScan scan in before.Scans)
        {
            ReadOnlySpan<FlatDetection> seen = before.Detections.AsSpan(scan.From, scan.Count);
            tracker.Process(scan.Sensor, scan.Time, seen);
            baseline.Process(scan.Sensor, scan.Time, seen);
        }

        Require(baseline.ConfirmedCount);
        List<FlatTrack> shown = [];
        tracker.Report(WarmUpSeconds, shown);
        Require(shown.Count);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Detections)]
    public int NearestNeighbour()
    {
        foreach (FlatScan scan in measured.Scans)
            baseline.Process(scan.Sensor, scan.Time, measured.Detections.AsSpan(scan.From, scan.Count));
        return Require(baseline.ConfirmedCount);
    }

    [Benchmark(OperationsPerInvoke = Detections)]
    public int Nadhir()
    {
        foreach (FlatScan scan in measured.Scans)
            tracker.Process(scan.Sensor, scan.Time, measured.Detections.AsSpan(scan.From, scan.Count));
        return Require(tracker.Count);
    }

    /// <summary>A tracker that has lost its tracks is no measure of anything.</summary>
    static int Require(int tracks) =>
        tracks is > (int)(0.8 * Targets) and < (int)(1.3 * Targets) ? tracks
            : throw new InvalidOperationException($"{tracks} tracks");
}
