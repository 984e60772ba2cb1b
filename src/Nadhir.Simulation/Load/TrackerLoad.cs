using System.Runtime.CompilerServices;
using Nadhir.Simulation.FlatScenes;
using Nadhir.Tracking;

namespace Nadhir.Simulation.Load;

/// <summary>What a load of so many targets cost the flat tracker on one thread, in steady state.</summary>
public sealed record LoadRow
{
    public required int Targets { get; init; }
    public required int Radars { get; init; }
    public required int Scans { get; init; }
    public required long Detections { get; init; }
    public required double ProcessorSeconds { get; init; }
    public required double DetectionsPerProcessorSecond { get; init; }
    /// <summary>Processor seconds a second of flight: the part of one core that is busy when this is live.</summary>
    public required double ShareOfOneCore { get; init; }
    public required double ScanP50Milliseconds { get; init; }
    public required double ScanP99Milliseconds { get; init; }
    public required double ScanMaxMilliseconds { get; init; }
    public required double BytesAllocatedPerDetection { get; init; }
    /// <summary>Tracks shown at the end, and rows of the track table with the tentative ones.</summary>
    public required int LiveTracks { get; init; }
    public required int Rows { get; init; }
    /// <summary>Share of the targets with a shown track within 1 km.</summary>
    public required double Completeness { get; init; }
    public required double WorkingSetMegabytes { get; init; }
    /// <summary>
    /// By how much the working set or the managed heap grew with the tracker, the larger, over its live tracks.
    /// </summary>
    public required double BytesPerLiveTrack { get; init; }
}

/// <summary>Puts the flat tracker under loads of growing size at constant density.</summary>
public static class TrackerLoad
{
    /// <summary>Turns before anything is measured, and how long a turn of the slowest radars takes, seconds.</summary>
    const int WarmUpTurns = 5;
    const double Turn = 5;

    /// <param name="turns">Turns of 5 s that are measured, after the warm-up.</param>
    /// <param name="worthTiming">
    /// Smaller loads are over too soon to time: they are repeated with other seeds until so many targets were seen.
    /// </param>
    public static LoadRow Measure(int targets, int turns, ulong seed, int worthTiming = 20_000)
    {
        LoadRegion region = new(targets);
        int repeats = Math.Max(1, worthTiming / targets);
        ScanMeter meter = new(repeats * turns * 2 * region.Sensors.Length);
        TimeSpan taken = default;
        for (int repeat = 1; repeat < repeats; repeat++) Run(region, seed + (ulong)repeat, turns, meter, ref taken);
        Flown last = Run(region, seed, turns, meter, ref taken);
        return Describe(region, last, meter.CostAfter(0), taken, repeats * turns * Turn);
    }

    /// <summary>A method of its own, so that nothing of a run is alive when the next one reckons its memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Flown Run(LoadRegion region, ulong seed, int turns, ScanMeter meter, ref TimeSpan taken)
    {
        LoadTraffic traffic = new(region, seed);
        LoadRadars radars = new(region, traffic, seed);
        radars.Sweep(Turn); // unseen: the buffers grow to their size first
        long heap = GC.GetTotalMemory(forceFullCollection: true), resident = Environment.WorkingSet;
        FlatTracker tracker = new(region.Sensors, capacity: 1024 + (region.Targets * 3 / 2));
        for (int turn = 0; turn < WarmUpTurns; turn++) Follow(tracker, radars, null);
        for (int turn = 0; turn < turns; turn++) taken += Follow(tracker, radars, meter);
        long workingSet = Environment.WorkingSet;
        List<FlatTrack> shown = [];
        tracker.Report(traffic.Time, shown);
        long grown = Math.Max(workingSet - resident, GC.GetTotalMemory(forceFullCollection: true) - heap);
        return new(shown.Count, tracker.Count, Completeness.Of(traffic, shown), workingSet, grown);
    }

    static TimeSpan Follow(FlatTracker tracker, LoadRadars radars, ScanMeter? meter)
    {
        radars.Sweep(Turn);
        TimeSpan began = Environment.CpuUsage.TotalTime;
        foreach (FlatScan scan in radars.Scans)
        {
            meter?.Begin();
            tracker.Process(scan.Sensor, scan.Time, radars.Detections.Slice(scan.From, scan.Count));
            meter?.End(scan.Count);
        }

        return Environment.CpuUsage.TotalTime - began;
    }

    static LoadRow Describe(LoadRegion region, in Flown last, ScanCost cost, TimeSpan taken, double flown)
    {
        double seconds = Math.Max(1e-6, taken.TotalSeconds);
        return new()
        {
            Targets = region.Targets,
            Radars = region.Sensors.Length,
            Scans = cost.Scans,
            Detections = cost.Detections,
            ProcessorSeconds = Math.Round(seconds, 4),
            DetectionsPerProcessorSecond = Math.Round(cost.Detections / seconds),
            ShareOfOneCore = Math.Round(seconds / flown, 6),
            ScanP50Milliseconds = Math.Round(cost.MedianMilliseconds, 4),
            ScanP99Milliseconds = Math.Round(cost.P99Milliseconds, 4),
            ScanMaxMilliseconds = Math.Round(cost.WorstMilliseconds, 4),
            BytesAllocatedPerDetection = Math.Round(cost.BytesPerDetection, 2),
            LiveTracks = last.Shown,
            Rows = last.Rows,
            Completeness = Math.Round(last.Completeness, 4),
            WorkingSetMegabytes = Math.Round(last.WorkingSet / 1e6, 1),
            BytesPerLiveTrack = Math.Round(Math.Max(0, last.Grown) / (double)Math.Max(1, last.Shown)),
        };
    }

    /// <summary>How a run ended: tracks, and memory in bytes.</summary>
    readonly record struct Flown(int Shown, int Rows, double Completeness, long WorkingSet, long Grown);
}
