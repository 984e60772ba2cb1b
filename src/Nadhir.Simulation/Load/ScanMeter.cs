using System.Diagnostics;

namespace Nadhir.Simulation.Load;

/// <summary>
/// What one scan after another cost a tracker: wall-clock milliseconds, and bytes allocated by the calling thread.
/// It allocates nothing itself between <see cref="Begin"/> and <see cref="End"/>.
/// </summary>
public sealed class ScanMeter
{
    readonly List<Reading> readings;
    long startedAt, startedWith;

    /// <param name="expectedScans">So many scans are kept without growing.</param>
    public ScanMeter(int expectedScans) => readings = new(expectedScans);

    public int Scans => readings.Count;

    public void Begin()
    {
        startedWith = GC.GetAllocatedBytesForCurrentThread();
        startedAt = Stopwatch.GetTimestamp();
    }

    public void End(int detections)
    {
        double milliseconds = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        readings.Add(new(milliseconds, GC.GetAllocatedBytesForCurrentThread() - startedWith, detections));
    }

    /// <summary>The cost of all scans but the first so many, which pay for growing and for compilation.</summary>
    public ScanCost CostAfter(int skipped)
    {
        if (readings.Count <= skipped) return new(0, 0, 0, 0, 0, 0);
        List<Reading> steady = readings[skipped..];
        double[] times = [.. steady.Select(r => r.Milliseconds).Order()];
        long detections = steady.Sum(r => (long)r.Detections);
        double bytes = steady.Sum(r => r.Bytes);
        return new(times.Length, detections, At(0.5), At(0.99), times[^1], bytes / Math.Max(1, detections));

        // The nearest rank: of few scans the 99th percentile is the slowest one.
        double At(double share) => times[Math.Clamp((int)Math.Ceiling(share * times.Length) - 1, 0, times.Length - 1)];
    }

    readonly record struct Reading(double Milliseconds, long Bytes, int Detections);
}

/// <summary>
/// Time a scan took at the median, the 99th percentile and the worst, and bytes allocated a detection.
/// </summary>
public sealed record ScanCost(int Scans, long Detections, double MedianMilliseconds, double P99Milliseconds,
    double WorstMilliseconds, double BytesPerDetection);
