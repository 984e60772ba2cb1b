using System.Text.Json;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Runs;

/// <summary>Families through the real program: run, report, verify.</summary>
public sealed class FamilyRunTests
{
    [Fact]
    public async Task A_family_is_played_scored_and_recorded_and_the_records_verify()
    {
        await InFolder(async folder =>
        {
            string set = Path.Combine(folder, "set");
            (int code, string _, string errors) = await NadhirProcess.Run(
                "run", Families, "--family", "rockets-40", "--variant", "few", "--seeds", "1..2", "--jobs", "2", "--out", set);
            Assert.True(code == 0, errors);
            (code, string output, errors) = await NadhirProcess.Run("report", set, "--json");
            Assert.True(code == 0, errors);
            JsonElement total = JsonDocument.Parse(output).RootElement.GetProperty("total");
            Assert.Equal(2, total.GetProperty("runs").GetInt32());
            int events = total.GetProperty("events").GetInt32(), warned = total.GetProperty("warned").GetInt32();
            Assert.InRange(events, 2, 10);
            Assert.InRange(warned, 1, events);
            (code, string markdown, errors) = await NadhirProcess.Run("report", set, "--markdown");
            Assert.True(code == 0, errors);
            Assert.Contains("| rockets-40 | 2 |", markdown, StringComparison.Ordinal);

            string record = Path.Combine(set, "rockets-40", "few-1");
            (code, output, errors) = await NadhirProcess.Run("verify", record);
            Assert.True(code == 0, output);
            (code, output, errors) = await NadhirProcess.Run("report", record, "--json");
            Assert.True(code == 0, errors);
            JsonElement warning = JsonDocument.Parse(output).RootElement.GetProperty("alerts").EnumerateArray().First(
                alert => alert.GetProperty("state").GetString() == "Warning" && alert.TryGetProperty("leadFraction", out _));
            Assert.InRange(warning.GetProperty("leadFraction").GetDouble(), 0.1, 1);
            Assert.InRange(warning.GetProperty("measurementToDecisionSeconds").GetDouble(), 0.1, 200);
        });
    }

    [Fact]
    public async Task The_same_seeds_give_the_same_results_whatever_the_jobs_and_with_or_without_records()
    {
        await InFolder(async folder =>
        {
            string[] one = await Results(Path.Combine(folder, "one"), "--jobs", "1");
            string[] two = await Results(Path.Combine(folder, "two"), "--jobs", "2", "--no-records");
            Assert.Equal(2, one.Length);
            Assert.Equal(one, two);
            Assert.NotEqual(one[0], one[1]);
            Assert.Empty(Directory.GetDirectories(Path.Combine(folder, "two")));
        });

        static async Task<string[]> Results(string folder, params string[] more)
        {
            (int code, string _, string errors) = await NadhirProcess.Run(
                ["run", Families, "--family", "rockets-20", "--variant", "few", "--seeds", "5..6", "--out", folder, .. more]);
            Assert.True(code == 0, errors);
            // What the runs took is of the machine; all else must be the same.
            return [.. File.ReadLines(Path.Combine(folder, "runs.jsonl")).Select(line =>
                System.Text.RegularExpressions.Regex.Replace(line, "\"tookSeconds\":[^,]*,", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))];
        }
    }

    [Fact]
    public async Task A_family_with_a_mistake_is_refused_with_its_line_and_bad_options_with_a_reason()
    {
        await InFolder(async folder =>
        {
            File.Copy(Path.Combine(Families, "country.yaml"), Path.Combine(folder, "country.yaml"));
            string broken = Path.Combine(folder, "broken.yaml");
            string text = await File.ReadAllTextAsync(Path.Combine(Families, "drone-slow.yaml"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(broken, text.Replace("threat: low_slow", "threat: balloon", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
            (int code, string _, string errors) = await NadhirProcess.Run("run", broken, "--out", Path.Combine(folder, "out"));
            Assert.Equal(2, code);
            int line = 1 + text[..text.IndexOf("threat: low_slow", StringComparison.Ordinal)].Count(c => c == '\n');
            Assert.Contains($"broken.yaml:{line}:", errors, StringComparison.Ordinal);
            foreach (string[] wrong in (string[][])[["--seeds", "3..1"], ["--jobs", "0"], ["--family", "none"], ["--variant", "none"]])
            {
                (code, _, errors) = await NadhirProcess.Run(["run", Families, "--out", Path.Combine(folder, "out"), .. wrong]);
                Assert.Equal(2, code);
                Assert.NotEmpty(errors);
            }
        });
    }

    static string Families => Path.Combine(Conventions.Repository.Root, "scenarios", "families");

    static async Task InFolder(Func<string, Task> test)
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-families-").FullName;
        try
        {
            await test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
