using System.Globalization;
using Nadhir.Simulation.Load;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Simulation.FlatScenes;

/// <summary>
/// Runs the tracker over a flat scenario: at each evaluation time it reports what it would show from the scans that were
/// complete by then.
/// </summary>
public sealed class FlatRun
{
    /// <summary>Tracks at each evaluation time.</summary>
    public List<FlatTrack>[] Shown { get; }
    /// <summary>Processor time the tracker took; reading and writing files not counted.</summary>
    public TimeSpan Taken { get; private set; }
    public int Detections { get; }
    /// <summary>What a scan took in the second half, when the tables have grown; reports not counted.</summary>
    public ScanCost Steady { get; private set; } = new(0, 0, 0, 0, 0, 0);

    FlatRun(FlatScene scene, FlatScans scans)
    {
        Shown = [.. scene.EvaluationTimes.Select(_ => new List<FlatTrack>())];
        Detections = scans.Detections.Length;
    }

    /// <param name="impacts">Whether impacts are predicted, for <see cref="WriteImpacts"/>.</param>
    public static FlatRun Track(FlatScene scene, FlatScans scans, bool impacts = false)
    {
        FlatRun run = new(scene, scans);
        FlatTracker tracker = new(scene.Sensors, predictsImpacts: impacts);
        ScanMeter meter = new(scans.Scans.Count);
        TimeSpan began = Environment.CpuUsage.TotalTime;
        int next = 0;
        foreach (FlatScan scan in scans.Scans)
        {
            for (; next < run.Shown.Length && scene.EvaluationTimes[next] < scan.Time - 1e-9; next++)
                tracker.Report(scene.EvaluationTimes[next], run.Shown[next]);
            meter.Begin();
            tracker.Process(scan.Sensor, scan.Time, scans.Detections.AsSpan(scan.From, scan.Count));
            meter.End(scan.Count);
        }

        for (; next < run.Shown.Length; next++) tracker.Report(scene.EvaluationTimes[next], run.Shown[next]);
        run.Taken = Environment.CpuUsage.TotalTime - began;
        run.Steady = meter.CostAfter(meter.Scans / 2);
        return run;
    }

    /// <summary>Writes the tracks as JSON lines.</summary>
    public void Write(TextWriter to, FlatScene scene)
    {
        for (int k = 0; k < Shown.Length; k++)
            foreach (FlatTrack s in Shown[k])
                to.Write(string.Create(CultureInfo.InvariantCulture,
                    $$"""{"t":{{scene.EvaluationTimes[k]}},"id":{{s.Id}},"x":{{s.X:F3}},"y":{{s.Y:F3}},"z":{{s.Z:F3}},"vx":{{s.VelocityX:F4}},"vy":{{s.VelocityY:F4}},"vz":{{s.VelocityZ:F4}},"pp":[{{s.Xx:G9}},{{s.Xy:G9}},{{s.Xz:G9}},{{s.Yy:G9}},{{s.Yz:G9}},{{s.Zz:G9}}]}""")
                    + "\n");
    }

    /// <summary>
    /// Writes the predicted impacts as JSON lines: place and time, the covariance whose 95 % ellipse holds 95 %, and
    /// the 5–95 % interval of the time.
    /// </summary>
    public void WriteImpacts(TextWriter to, FlatScene scene)
    {
        for (int k = 0; k < Shown.Length; k++)
            foreach (FlatTrack s in Shown[k])
                if (s.Impact is { } f) to.Write(Row(scene.EvaluationTimes[k], s.Id, f));
    }

    static string Row(double time, int id, in FlatImpact f) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"t":{{time}},"id":{{id}},"ix":{{f.X:F3}},"iy":{{f.Y:F3}},"it":{{f.Time:F4}},"""
        + $$""" "pp":[{{f.Xx:G9}},{{f.Xy:G9}},{{f.Yy:G9}}],"t05":{{f.Earliest:F4}},"t95":{{f.Latest:F4}}}""") + "\n";
}
