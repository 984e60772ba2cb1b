using System.Text.Json;
using Nadhir.Simulation.Load;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench tracker</c>: cost of the flat tracker against size, at constant density, on one thread.
/// </summary>
static class TrackerBench
{
    /// <summary>
    /// What is asked of a live system of two cores: so many tracks, in so much of one core and of memory.
    /// </summary>
    const int DemandedTracks = 100_000;
    const double DemandedShare = 1.0, DemandedMegabytes = 1000;

    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <summary>Prints a row a size, then the law and the demand.</summary>
    /// <returns>0; 1 when the demand was measured and is not met; 2 when sizes or the plot's file cannot be used.</returns>
    public static int Run(TextWriter output, string targets, int turns, ulong seed, bool asJson, string? plot,
        int worthTiming = 20_000)
    {
        if (Sizes(targets) is not { } sizes || turns is < 1 or > 10_000)
        {
            Console.Error.WriteLine(
                $"nadhir bench tracker: sizes are {LoadRegion.LeastTargets} to {LoadRegion.MostTargets}, separated by commas; "
                + "scans are 1 to 10000");
            return 2;
        }

        TrackerLoad.Measure(LoadRegion.LeastTargets, 1, seed, worthTiming); // pays for compilation
        List<LoadRow> rows = [];
        foreach (int size in sizes)
        {
            LoadRow row = TrackerLoad.Measure(size, turns, seed, worthTiming);
            rows.Add(row);
            if (asJson) output.WriteLine(JsonSerializer.Serialize(row, json));
            else Write(output, row, heading: rows.Count == 1);
        }

        bool met = TellDemand(output, rows, asJson);
        return TellLaw(output, rows, asJson, plot) ? met ? 0 : 1 : 2;
    }

    static int[]? Sizes(string text)
    {
        List<int> sizes = [];
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, out int size)) return null;
            if (size is < LoadRegion.LeastTargets or > LoadRegion.MostTargets) return null;
            sizes.Add(size);
        }

        return [.. sizes.Distinct().Order()];
    }

    static void Write(TextWriter output, LoadRow row, bool heading)
    {
        if (heading)
        {
            output.WriteLine($"{"targets",9} {"radars",6} {"detections",10} {"cpu s",8} {"det/cpu s",9} {"core",7} "
                + $"{"p50 ms",8} {"p99 ms",8} {"max ms",8} {"B/det",7} {"live",7} {"rows",7} {"near",6} {"MB",6} {"B/track",7}");
        }

        output.WriteLine($"{row.Targets,9} {row.Radars,6} {row.Detections,10} {row.ProcessorSeconds,8:F3} "
            + $"{row.DetectionsPerProcessorSecond,9:F0} {row.ShareOfOneCore,7:P1} {row.ScanP50Milliseconds,8:F3} "
            + $"{row.ScanP99Milliseconds,8:F3} {row.ScanMaxMilliseconds,8:F3} {row.BytesAllocatedPerDetection,7:F1} "
            + $"{row.LiveTracks,7} {row.Rows,7} {row.Completeness,6:F3} {row.WorkingSetMegabytes,6:F0} "
            + $"{row.BytesPerLiveTrack,7:F0}");
    }

    /// <summary>
    /// The smallest load that holds what is demanded. Its radars turn in 4 s and 5 s, so a track is seen every 2.2
    /// s.
    /// </summary>
    static bool TellDemand(TextWriter output, List<LoadRow> rows, bool asJson)
    {
        if (rows.Find(r => r.Targets >= DemandedTracks) is not { } row) return true;
        bool met = row.ShareOfOneCore < DemandedShare && row.WorkingSetMegabytes < DemandedMegabytes;
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                demand = $"{DemandedTracks} targets, seen by radars that turn in 4 s and 5 s",
                row.LiveTracks, row.ShareOfOneCore, atMostShareOfOneCore = DemandedShare,
                row.WorkingSetMegabytes, atMostMegabytes = DemandedMegabytes, met,
            }, json));
        }
        else
        {
            output.WriteLine($"{row.LiveTracks} live tracks, scans every 4 s and 5 s: "
                + $"{row.ShareOfOneCore:P0} of one core (at most {DemandedShare:P0}), "
                + $"{row.WorkingSetMegabytes:F0} MB (at most {DemandedMegabytes:F0}): {(met ? "met" : "NOT MET")}");
        }

        return met;
    }

    static bool TellLaw(TextWriter output, List<LoadRow> rows, bool asJson, string? plot)
    {
        if (rows.Count < 2) return true;
        ScalingLaw law = ScalingLaw.Through([.. rows.Select(r => ((double)r.Targets, r.ShareOfOneCore))]);
        output.WriteLine(asJson
            ? JsonSerializer.Serialize(
                new { law = "processor seconds ~ targets^exponent", exponent = Math.Round(law.Exponent, 4) }, json)
            : $"cost grows with targets to the power of {law.Exponent:F3}");
        if (plot is null) return true;
        try
        {
            File.WriteAllText(plot, ScalingPlot.Draw(rows, law));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"nadhir bench tracker: {plot}: {e.Message}");
            return false;
        }
    }
}
