using System.Text.Json;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Runs;

/// <summary>The acceptance scenario through the real program: run, report, verify.</summary>
public sealed class AcceptanceTests
{
    [Theory]
    [InlineData(45, 1)]
    [InlineData(225, 2)]
    public async Task The_scenario_is_seen_judged_warned_and_recorded(int variant, int seed)
    {
        await InFolder(async folder =>
        {
            (JsonElement report, JsonElement truth) = await Run(folder, variant, seed);
            JsonElement[] crossings = [.. report.GetProperty("crossings").EnumerateArray().Where(c => Text(c, "identity") == "NonCooperative")];
            Assert.Equal(2, crossings.Count(c => Text(c, "direction") == "Inbound"));
            Assert.Equal(2, crossings.Count(c => Text(c, "direction") == "Outbound"));

            JsonElement[] tracks = [.. report.GetProperty("tracks").EnumerateArray()];
            int parallel = Assert.Single(tracks, t => Evidence(t).Contains("NDX900", StringComparison.Ordinal)).GetProperty("id").GetInt32();
            Assert.DoesNotContain(report.GetProperty("crossings").EnumerateArray(), c => c.GetProperty("track").GetInt32() == parallel);
            Assert.Equal(2, tracks.Count(t => t.TryGetProperty("authorisation", out JsonElement id) && id.GetString() == "AUTH-001"));
            foreach (JsonElement jet in tracks.Where(t => crossings.Any(c => c.GetProperty("track").GetInt32() == t.GetProperty("id").GetInt32())))
            {
                Assert.False(jet.TryGetProperty("authorisation", out _));
                Assert.Contains("no authorisation on file", Evidence(jet), StringComparison.Ordinal);
            }

            Assert.Contains("Warning", StatesOf(report, "Z-JURF"));
            Assert.Contains("AllClear", StatesOf(report, "Z-JURF"));
            Assert.Contains("Warning", StatesOf(report, "Z-MUSAYYIB"));
            Assert.Contains("AllClear", StatesOf(report, "Z-MUSAYYIB"));
            Assert.DoesNotContain("Warning", StatesOf(report, "Z-ASAD"));
            Assert.Contains(report.GetProperty("phases").EnumerateArray(), p => Text(p, "phase") == "C");
            Assert.Single(report.GetProperty("directives").EnumerateArray());
            Assert.NotEmpty(report.GetProperty("sirens").EnumerateArray());

            double anchor = DateTimeOffset.Parse("2024-07-29T21:45:00Z", null).ToUnixTimeSeconds();
            double watch = report.GetProperty("alerts").EnumerateArray().First(a => Text(a, "zone") == "Z-JURF" && Text(a, "state") == "Watch")
                .GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds() / 1000.0;
            double lead = (anchor - watch) / truth.GetProperty("physicalLeadSeconds").GetDouble();
            Assert.True(lead >= 0.95, $"lead fraction {lead:0.000}");

            (int code, string output, string _) = await NadhirProcess.Run("verify", Path.Combine(folder, "record"));
            Assert.True(code == 0, output);
        });
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_tree_and_another_seed_another()
    {
        await InFolder(async folder =>
        {
            string[] roots = new string[3];
            foreach ((int i, int seed) in new[] { (0, 7), (1, 7), (2, 8) })
            {
                (int code, string output, string errors) = await NadhirProcess.Run("run", "babil-2024", "--variant", "90", "--seed", $"{seed}",
                    "--recon-minutes", "1", "--json", "--out", Path.Combine(folder, $"{i}"));
                Assert.True(code == 0, errors);
                roots[i] = JsonDocument.Parse(output).RootElement.GetProperty("root").GetString()!;
            }

            Assert.Equal(roots[0], roots[1]);
            Assert.NotEqual(roots[0], roots[2]);
        });
    }

    [Fact]
    public async Task With_a_radar_dead_from_the_start_the_picture_holds_and_the_radar_never_reads_working()
    {
        await InFolder(async folder =>
        {
            (JsonElement report, JsonElement _) = await Run(folder, 45, 1, "--without", "SIM-1");
            JsonElement[] crossings = [.. report.GetProperty("crossings").EnumerateArray().Where(c => Text(c, "identity") == "NonCooperative")];
            Assert.Equal(4, crossings.Length);
            Assert.Contains("Warning", StatesOf(report, "Z-JURF"));
            Assert.Contains("Warning", StatesOf(report, "Z-MUSAYYIB"));
            Assert.DoesNotContain("Warning", StatesOf(report, "Z-ASAD"));
            JsonElement dead = Assert.Single(report.GetProperty("sensors").EnumerateArray(), s => Text(s, "id") == "SIM-1");
            Assert.NotEqual("Working", Text(dead, "state"));
        });
    }

    [Fact]
    public async Task The_base_state_and_the_register_of_directives_are_as_reported_with_their_sources()
    {
        await InFolder(async folder =>
        {
            (JsonElement report, JsonElement _) = await Run(folder, 90, 3, "--recon-minutes", "1");
            // E13: the phase as reported, and by whom; what a rule raised before was lower.
            JsonElement[] phases = [.. report.GetProperty("phases").EnumerateArray()];
            JsonElement phase = phases[^1];
            Assert.All(phases[..^1], before => Assert.Equal(("A", "rule"), (Text(before, "phase"), Text(before, "by"))));
            Assert.Equal(("SITE-ASAD", "C", "security source, unnamed"), (Text(phase, "site"), Text(phase, "phase"), Text(phase, "by")));
            JsonElement[] rows = [.. report.GetProperty("measures").EnumerateArray().Where(row => Text(row, "site") == "SITE-ASAD")];
            string[] kinds = ["missile_defence_system_active", "perimeter_tightened", "sirens_activated", "trenches_dug"];
            Assert.Equal(kinds, rows.Select(row => Text(row, "kind")).Where(kind => !kind!.Contains(':', StringComparison.Ordinal)));
            Assert.All(rows, row =>
            {
                Assert.Equal(("Reported", "security source, unnamed", "single source"), (Text(row, "state"), Text(row, "by"), Text(row, "confidence")));
                Assert.True(row.GetProperty("restricted").GetBoolean());
                Assert.True(row.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.Parse("2024-07-30T03:00:00Z", null));
            });
            Assert.Equal("yesterday morning", Text(rows[0], "reportedWhen"));
            Assert.Contains(rows, row => Text(row, "kind") == "missile_defence_system: Active" && Text(row, "reportedWhen") == "yesterday morning");
            // Nothing became an order: what was reported stays a report.
            Assert.DoesNotContain(rows, row => Text(row, "state") is "Ordered" or "Done" or "Checked");

            // E14: one directive, its words not reported, and none made up.
            JsonElement directive = Assert.Single(report.GetProperty("directives").EnumerateArray());
            Assert.Equal("DIR-001", Text(directive, "id"));
            Assert.True(directive.GetProperty("contentNotReported").GetBoolean());
            Assert.False(directive.TryGetProperty("content", out JsonElement content) && content.ValueKind != JsonValueKind.Null);
            Assert.Equal(("a number of", "Iraqi government statement"), (Text(directive, "count"), Text(directive, "attribution")));
            JsonElement formation = Assert.Single(directive.GetProperty("formations").EnumerateArray());
            Assert.Equal(("various security and military formations", "Acknowledged"), (Text(formation, "formation"), Text(formation, "state")));
        });
    }

    static async Task<(JsonElement Report, JsonElement Truth)> Run(string folder, int variant, int seed, params string[] more)
    {
        string record = Path.Combine(folder, "record");
        (int code, string _, string errors) = await NadhirProcess.Run(
            ["run", "babil-2024", "--variant", $"{variant}", "--seed", $"{seed}", "--out", record,
                .. more.Contains("--recon-minutes", StringComparer.Ordinal) ? more : ["--recon-minutes", "25", .. more]]);
        Assert.True(code == 0, errors);
        (code, string report, errors) = await NadhirProcess.Run("report", record, "--json");
        Assert.True(code == 0, errors);
        return (JsonDocument.Parse(report).RootElement,
            JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(record, "truth.json"), TestContext.Current.CancellationToken)).RootElement);
    }

    static async Task InFolder(Func<string, Task> test)
    {
        if (global::Nadhir.Configuration.CountriesFile.Find() is null) Assert.Skip("the borders were not prepared (./nadhir builds them from npm packages)");
        string folder = Directory.CreateTempSubdirectory("nadhir-run-").FullName;
        try
        {
            await test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    static string Evidence(JsonElement track) => string.Join(';', track.GetProperty("evidence").EnumerateArray().Select(e => e.GetString()));

    static string?[] StatesOf(JsonElement report, string zone) =>
        [.. report.GetProperty("alerts").EnumerateArray().Where(a => Text(a, "zone") == zone).Select(a => Text(a, "state"))];
}
