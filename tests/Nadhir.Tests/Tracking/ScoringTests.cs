using System.Diagnostics;
using System.Text.Json;
using Nadhir.Simulation.FlatScenes;
using Nadhir.Simulation.Scoring;

namespace Nadhir.Tests.Tracking;

public sealed class ScoringTests
{
    static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    static ScoringInput Scene(double[] times, List<ScoredState>[] truth, List<ScoredState>[] tracks) => new()
    {
        Scenario = "made", Seed = 0, CutOff = 10, Order = 2, Times = times, Truth = truth, Tracks = tracks,
    };

    static ScoredState At(string id, double x, double y = 0) => new(id, x, y, 0, 0, 0, 0);

    [Fact]
    public void Gospa_adds_distance_missed_and_false()
    {
        TrackScore score = TrackScorer.Score(Scene([0],
            [[At("A", 0), At("B", 100)]], [[At("1", 3), At("2", 500), At("3", 900)]]));
        Assert.Equal(Math.Sqrt(9 + (3 * 50)), score.GospaMean, 1e-12);
        Assert.Equal((1.0, 2.0, 1), (score.MissedPerTime, score.FalsePerTime, score.Never));
    }

    [Fact]
    public void The_pairing_is_the_least_in_sum_and_not_the_greedy_one()
    {
        TrackScore score = TrackScorer.Score(Scene([0],
            [[At("A", 0), At("B", 4)]], [[At("1", 3), At("2", 9)]]));
        Assert.Equal(Math.Sqrt(9 + 25), score.GospaMean, 1e-12); // greedy would pair B with 1 and lose A: 1 + 81
    }

    [Fact]
    public void A_truth_whose_track_changes_counts_a_switch_and_a_swap_when_the_new_one_was_another_s()
    {
        TrackScore score = TrackScorer.Score(Scene([0, 1],
            [[At("A", 0), At("B", 50)], [At("A", 0), At("B", 50)]],
            [[At("1", 0), At("2", 50)], [At("2", 0), At("1", 50)]]));
        Assert.Equal((2, 2), (score.IdSwitches, score.Swaps));
    }

    [Fact]
    public void Consistency_is_one_when_errors_are_as_large_as_their_covariance_says()
    {
        ScoredState track = At("1", 2) with { Covariance = [4.0 / 3, 0, 0, 1, 0, 1] };
        Assert.Equal(1, TrackScorer.Score(Scene([0], [[At("A", 0)]], [[track]])).Anees!.Value, 1e-12);
    }

    [Theory]
    [InlineData("a", 207)]
    [InlineData("w", 207)]
    [InlineData("d", 207)]
    public void Every_number_agrees_with_the_bench_s_own_scorer(string scenario, int seed)
    {
        string bench = TrackingBench.Folder();
        string folder = Directory.CreateTempSubdirectory("nadhir-score-").FullName;
        try
        {
            TrackingBench.Python(Path.Combine(bench, "gen_scenarios.py"),
                "--out", folder, "--scenario", scenario, "--seed", $"{seed}");
            string truth = Path.Combine(folder, $"{scenario}-s{seed}"), tracks = Path.Combine(folder, "tracks.jsonl");
            string? impacts = File.Exists(Path.Combine(truth, "impacts.jsonl")) ? Path.Combine(folder, "told.jsonl") : null;
            FlatScene scene = FlatScene.Parse(File.ReadAllBytes(Path.Combine(truth, "meta.json")));
            using (FileStream detections = File.OpenRead(Path.Combine(truth, "detections.jsonl")))
            {
                FlatRun run = FlatRun.Track(scene, FlatScans.Read(detections, scene), impacts: true);
                using StreamWriter writer = new(tracks);
                run.Write(writer, scene);
                using StreamWriter told = new(impacts ?? Path.Combine(folder, "none.jsonl"));
                run.WriteImpacts(told, scene);
            }

            string expected = Path.Combine(folder, "score.json");
            string[] told95 = impacts is null ? [] : ["--impacts", impacts];
            TrackingBench.Python([Path.Combine(bench, "score_tracks.py"), truth, tracks, "--json", expected, .. told95]);
            JsonElement ours = JsonSerializer.SerializeToElement(
                TrackScorer.Score(ScoringInput.Read(truth, tracks, impacts)), SnakeCase);
            using JsonDocument theirs = JsonDocument.Parse(File.ReadAllBytes(expected));
            Assert.Equal(impacts is not null, theirs.RootElement.TryGetProperty("impact", out _));
            AgreesWith(theirs.RootElement, ours);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Everything in theirs is the same in ours, which may have more.</summary>
    static void AgreesWith(JsonElement theirs, JsonElement ours)
    {
        foreach (JsonProperty row in theirs.EnumerateObject())
        {
            JsonElement own = ours.GetProperty(row.Name);
            if (row.Value.ValueKind == JsonValueKind.Object)
                AgreesWith(row.Value, own);
            else if (row.Value.ValueKind == JsonValueKind.Number)
                Assert.Equal(row.Value.GetDouble(), own.GetDouble(), 1e-9 * (1 + Math.Abs(row.Value.GetDouble())));
            else
                Assert.Equal(row.Value.ToString(), own.ToString());
        }
    }

    [Fact]
    public void An_impact_counts_as_covered_when_it_lies_in_the_told_ellipse_and_time()
    {
        static Impact Told(double x, double sigma, double latest) => new("1", 0, x, 0, 30)
        {
            Told = new(x, 0, 30, sigma * sigma, 0, sigma * sigma, 29, latest),
        };
        ScoringInput scene = Scene([0], [[At("A", 0)]], [[At("1", 3)]]) with
        {
            TrueImpacts = [new("A", 0, 1000, 0, 31)],
            PredictedImpacts = [Told(990, 10, 32), Told(970, 10, 30), Told(980, 10, 30.5), Told(1000, 10, 31.5)],
            LeastImpactArea = (truth, time) => truth == "A" && time == 0 ? Math.PI * 100 : null,
        };
        ImpactScore score = TrackScorer.Score(scene).Impact!["20-40 s"];
        Assert.Equal((4, 0.75, 0.5), (score.Rows, score.Coverage!.Value, score.TimeCoverage!.Value));
        Assert.Equal(-2 * Math.Log(0.05), score.AreaRatio!.Value, 1e-9);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("dd")]
    public void On_the_bench_impact_ellipses_hold_their_95_percent_and_stay_near_the_least_area(string scenario)
    {
        string bench = TrackingBench.Folder();
        string folder = Directory.CreateTempSubdirectory("nadhir-impacts-").FullName;
        try
        {
            double rows = 0, inside = 0, ratio = 0;
            foreach (int seed in (int[])[101, 102, 103])
            {
                TrackingBench.Python(Path.Combine(bench, "gen_scenarios.py"),
                    "--out", folder, "--scenario", scenario, "--seed", $"{seed}");
                string truth = Path.Combine(folder, $"{scenario}-s{seed}"), tracks = Path.Combine(folder, "tracks.jsonl");
                string impacts = Path.Combine(folder, "told.jsonl");
                FlatScene scene = FlatScene.Parse(File.ReadAllBytes(Path.Combine(truth, "meta.json")));
                using (FileStream detections = File.OpenRead(Path.Combine(truth, "detections.jsonl")))
                using (StreamWriter writer = new(tracks))
                using (StreamWriter told = new(impacts))
                {
                    FlatRun run = FlatRun.Track(scene, FlatScans.Read(detections, scene), impacts: true);
                    run.Write(writer, scene);
                    run.WriteImpacts(told, scene);
                }

                ImpactScore all = TrackScorer.Score(ScoringInput.Read(truth, tracks, impacts)).Impact!["all"];
                rows += all.Rows;
                inside += all.Rows * all.Coverage!.Value;
                ratio += all.AreaRatio!.Value / 3;
            }

            Assert.InRange(rows / 3, 1700, 2300);
            Assert.InRange(inside / rows, 0.93, 0.97);
            Assert.InRange(ratio, 0.95, 1.5);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>The tracking bench beside the repository, where it is present; tests that need it skip without it.</summary>
static class TrackingBench
{
    public static string Folder()
    {
        string? named = Environment.GetEnvironmentVariable("NADHIR_SHARED");
        if (named is not null && Directory.Exists(Path.Combine(named, "tracking"))) return Path.Combine(named, "tracking");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string beside = Path.Combine(at.FullName, "shared", "tracking");
            if (File.Exists(Path.Combine(beside, "score_tracks.py"))) return beside;
        }

        Assert.Skip("shared data not present: tracking/score_tracks.py");
        return "";
    }

    public static void Python(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not present");
        }
    }
}
