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
            FlatScene scene = FlatScene.Parse(File.ReadAllBytes(Path.Combine(truth, "meta.json")));
            using (FileStream detections = File.OpenRead(Path.Combine(truth, "detections.jsonl")))
            using (StreamWriter writer = new(tracks))
                FlatRun.Track(scene, FlatScans.Read(detections, scene)).Write(writer, scene);
            string expected = Path.Combine(folder, "score.json");
            TrackingBench.Python(Path.Combine(bench, "score_tracks.py"), truth, tracks, "--json", expected);
            JsonElement ours = JsonSerializer.SerializeToElement(TrackScorer.Score(ScoringInput.Read(truth, tracks)), SnakeCase);
            using JsonDocument theirs = JsonDocument.Parse(File.ReadAllBytes(expected));
            foreach (JsonProperty row in theirs.RootElement.EnumerateObject())
            {
                JsonElement own = ours.GetProperty(row.Name);
                if (row.Value.ValueKind == JsonValueKind.Number)
                    Assert.Equal(row.Value.GetDouble(), own.GetDouble(), 1e-9 * (1 + Math.Abs(row.Value.GetDouble())));
                else
                    Assert.Equal(row.Value.ToString(), own.ToString());
            }
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
