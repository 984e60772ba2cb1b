using System.CommandLine;
using System.Text;
using Nadhir.Simulation.FlatScenes;
using Nadhir.Simulation.Load;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir track</c>: the tracker alone, detections in, tracks out.</summary>
static class TrackCommand
{
    /// <summary>The best of several runs is told: the first ones pay for compilation.</summary>
    const int TimedRuns = 8;

    public static Command Create()
    {
        Option<FileInfo> scenario = new("--scenario")
        {
            Description = "The scenario's meta.json; only its sensors and eval_times are read.",
            Required = true,
        };
        Option<bool> timing = new("--timing") { Description = "Tell on standard error how fast it went." };
        Option<FileInfo?> impacts = new("--impacts") { Description = "Write predicted impacts to this file (JSON lines)." };
        Command command = new("track", "Runs the tracker over detections (JSON lines, standard input) and writes tracks.")
        {
            scenario, timing, impacts,
        };
        command.SetAction(parsed => Run(parsed.GetValue(scenario)!, parsed.GetValue(timing), parsed.GetValue(impacts)));
        return command;
    }

    static int Run(FileInfo scenario, bool timing, FileInfo? impacts)
    {
        foreach (string kv in (Environment.GetEnvironmentVariable("TUNE") ?? "").Split(",", StringSplitOptions.RemoveEmptyEntries)) { string[] p = kv.Split("="); Nadhir.Tracking.Engine.Tune.V[int.Parse(p[0])] = double.Parse(p[1]); }
        FlatScene scene;
        try
        {
            scene = FlatScene.Parse(File.ReadAllBytes(scenario.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine($"{scenario}: {e.Message}");
            return 2;
        }

        using Stream input = Console.OpenStandardInput();
        FlatScans scans = FlatScans.Read(input, scene);
        FlatRun run = FlatRun.Track(scene, scans, impacts is not null);
        for (int again = 1; timing && again < TimedRuns; again++)
            if (FlatRun.Track(scene, scans, impacts is not null) is { } next && next.Taken < run.Taken) run = next;
        using (StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16))
            run.Write(output, scene);
        if (impacts is not null && !TryWriteImpacts(run, scene, impacts)) return 2;
        if (timing)
        { Console.Error.WriteLine(string.Join(' ', Nadhir.Tracking.Engine.Tune.C));
            Console.Error.WriteLine($"{run.Detections} detections in {run.Taken.TotalSeconds:F4} s of processor time: "
                + $"{run.Detections / Math.Max(1e-9, run.Taken.TotalSeconds):F0} a second");
            ScanCost steady = run.Steady;
            Console.Error.WriteLine($"a scan took {steady.MedianMilliseconds:F3} ms (p50), "
                + $"{steady.P99Milliseconds:F3} ms (p99), {steady.WorstMilliseconds:F3} ms (max); "
                + $"{steady.BytesPerDetection:F1} bytes allocated a detection; "
                + $"{steady.Scans} scans, the second half");
        }

        if (scans.UnusableLines == 0) return 0;
        Console.Error.WriteLine($"{scans.UnusableLines} lines could not be used; {scans.FirstFault}");
        return 1;
    }

    static bool TryWriteImpacts(FlatRun run, FlatScene scene, FileInfo to)
    {
        try
        {
            using StreamWriter output = new(to.FullName, append: false, new UTF8Encoding(false));
            run.WriteImpacts(output, scene);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{to}: {e.Message}");
            return false;
        }
    }
}
