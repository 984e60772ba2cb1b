using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nadhir.Reports;
using Nadhir.Runs;
using Nadhir.Simulation.Families;

namespace Nadhir.Commands;

/// <summary>The part of <c>nadhir run</c> that plays families.</summary>
sealed class FamilyOptions
{
    const int MostJobs = 64;
    const ulong MostSeeds = 100_000;

    public Option<string?> Family { get; } = new("--family") { Description = "Of families: only this one" };
    public Option<string?> Seeds { get; } = new("--seeds") { Description = "Of families: seeds A..B, each a run of its own" };
    public Option<int> Jobs { get; } = new("--jobs") { Description = "Of families: runs at a time", DefaultValueFactory = _ => 1 };
    public Option<bool> NoRecords { get; } = new("--no-records") { Description = "Of families: only the results, no record a run" };

    public int Run(ParseResult parsed, string path, string? variant, ulong seed, string folder, bool asJson)
    {
        ulong first = seed, last = seed;
        if (parsed.GetValue(Seeds) is { } range && !TryRange(range, out first, out last))
            return Refuse($"--seeds is A..B, like 1..20, and at most {MostSeeds} of them; not {range}");
        int jobs = parsed.GetValue(Jobs);
        if (jobs is < 1 or > MostJobs) return Refuse($"--jobs is between 1 and {MostJobs}");
        if (File.Exists(Path.Combine(folder, FamilySet.ResultsFile))) return Refuse($"{folder} holds the results of a set already");
        if (FamilyFiles.Read(path, parsed.GetValue(Family)) is not { } families) return 2;
        if (variant is not null && families.All(family => family.Variants.All(each => each.Id != variant)))
            return Refuse($"no family of {path} has a variant {variant}");
        FamilySet set = new(families, new()
        {
            Variant = variant,
            FirstSeed = first,
            LastSeed = last,
            Jobs = jobs,
            Records = !parsed.GetValue(NoRecords),
        });
        IReadOnlyList<RunScore> scores;
        using (var bar = new ProgressBar("running")) scores = set.Play(folder, bar);
        TextWriter output = parsed.InvocationConfiguration.Output;
        SetReport report = SetReport.Of(scores);
        if (asJson) output.WriteLine(JsonSerializer.Serialize(report, ReportCommand.Json));
        else SetReportPrinter.Print(output, report, markdown: false);
        return 0;
    }

    static bool TryRange(string text, out ulong first, out ulong last)
    {
        last = 0;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        string from = dots < 0 ? text : text[..dots], until = dots < 0 ? text : text[(dots + 2)..];
        return ulong.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && ulong.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && last >= first && last - first < MostSeeds;
    }

    static int Refuse(string message)
    {
        Console.Error.WriteLine($"nadhir run: {message}");
        return 2;
    }
}
