using System.Text;
using Nadhir.Simulation.FlatScenes;
using Nadhir.Simulation.Scoring;

namespace Nadhir.Tests.Tracking;

public sealed class FlatTrackingTests
{
    const string Meta = """
        {"sensors":[{"id":"R1","kind":"radar3d","pos":[0,0,50],"period":4,"rmin":2000,"rmax":150000,"elmin":0,"elmax":0.52,
        "pd":0.9,"fa_per_scan":20}],"eval_times":[0,4,8,12,16,20]}
        """;

    static FlatScene Scene => FlatScene.Parse(Encoding.UTF8.GetBytes(Meta));

    /// <summary>An aircraft flying east at 200 m/s, 30 km north of the radar, seen every 4 s.</summary>
    static string Flight()
    {
        StringBuilder lines = new();
        for (int k = 0; k <= 5; k++)
        {
            double x = 200 * 4 * k, r = Math.Sqrt((x * x) + (30_000.0 * 30_000) + (5950.0 * 5950));
            lines.Append($$"""{"i":{{k}},"t":{{4 * k}},"scan":{{k}},"sensor":"R1","r":{{r}},"az":{{Math.Atan2(x, 30_000)}},"el":{{Math.Asin(5950 / r)}},"sr":50,"saz":0.002,"sel":0.0026}""")
                .Append('\n');
        }

        return lines.ToString();
    }

    [Fact]
    public void A_flight_becomes_one_track_that_keeps_its_number()
    {
        FlatScans scans = FlatScans.Read(new MemoryStream(Encoding.UTF8.GetBytes(Flight())), Scene);
        FlatRun run = FlatRun.Track(Scene, scans);
        Assert.Single(run.Shown.SelectMany(shown => shown).Select(track => track.Id).Distinct());
        Assert.InRange(run.Shown[^1][0].X, 3900, 4100);
        Assert.InRange(run.Shown[^1][0].VelocityX, 150, 250);
        Assert.InRange(run.Shown[^1][0].Z, 5800, 6200);
    }

    [Fact]
    public void A_run_tells_what_a_scan_took_in_its_second_half()
    {
        FlatScans scans = FlatScans.Read(new MemoryStream(Encoding.UTF8.GetBytes(Flight())), Scene);
        FlatRun run = FlatRun.Track(Scene, scans);
        Assert.Equal((3, 3L), (run.Steady.Scans, run.Steady.Detections));
        Assert.InRange(run.Steady.MedianMilliseconds, double.Epsilon, run.Steady.P99Milliseconds);
        Assert.InRange(run.Steady.P99Milliseconds, 0, run.Steady.WorstMilliseconds);
    }

    [Fact]
    public void Damaged_lines_are_counted_and_passed_over()
    {
        string damaged = "{\"t\":1\n" + Flight() + "{\"t\":9,\"scan\":9,\"sensor\":\"nobody\"}\nnull\n";
        FlatScans scans = FlatScans.Read(new MemoryStream(Encoding.UTF8.GetBytes(damaged)), Scene);
        Assert.Equal((6, 3), (scans.Detections.Length, scans.UnusableLines));
        Assert.StartsWith("line 1:", scans.FirstFault, StringComparison.Ordinal);
    }

    [Fact]
    public void Tracks_are_the_same_however_often_they_are_made()
    {
        static string Once()
        {
            FlatScans scans = FlatScans.Read(new MemoryStream(Encoding.UTF8.GetBytes(Flight())), Scene);
            StringWriter text = new();
            FlatRun.Track(Scene, scans).Write(text, Scene);
            return text.ToString();
        }

        Assert.NotEmpty(Once());
        Assert.Equal(Once(), Once());
    }

    [Theory]
    [InlineData("a", 445)]
    [InlineData("d", 440)]
    [InlineData("w", 3.2)]
    public void On_the_bench_the_mean_gospa_of_three_seeds_stays_below_its_mark(string scenario, double mark)
    {
        string bench = TrackingBench.Folder();
        string folder = Directory.CreateTempSubdirectory("nadhir-bench-").FullName;
        try
        {
            double sum = 0;
            foreach (int seed in (int[])[101, 102, 103])
            {
                TrackingBench.Python(Path.Combine(bench, "gen_scenarios.py"),
                    "--out", folder, "--scenario", scenario, "--seed", $"{seed}");
                string truth = Path.Combine(folder, $"{scenario}-s{seed}"), tracks = Path.Combine(folder, "tracks.jsonl");
                FlatScene scene = FlatScene.Parse(File.ReadAllBytes(Path.Combine(truth, "meta.json")));
                using (FileStream detections = File.OpenRead(Path.Combine(truth, "detections.jsonl")))
                using (StreamWriter writer = new(tracks))
                    FlatRun.Track(scene, FlatScans.Read(detections, scene)).Write(writer, scene);
                sum += TrackScorer.Score(ScoringInput.Read(truth, tracks)).GospaMean;
            }

            Assert.InRange(sum / 3, 0, mark);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
