using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Simulation.Families;

namespace Nadhir.Runs;

/// <summary>What of a set is to be played.</summary>
sealed record FamilySetOptions
{
    public string? Variant { get; init; }
    public ulong FirstSeed { get; init; } = 1;
    public ulong LastSeed { get; init; } = 1;
    public int Jobs { get; init; } = 1;
    public bool Records { get; init; } = true;
}

/// <summary>
/// Plays families: every variant with every seed, several at a time. The results stand in <see cref="ResultsFile"/>, a line
/// a run, in the same order whatever the jobs; the records beside it in folders <c>FAMILY/VARIANT-SEED</c>.
/// </summary>
sealed class FamilySet(IReadOnlyList<Family> families, FamilySetOptions options)
{
    public const string ResultsFile = "runs.jsonl";

    static readonly JsonSerializerOptions line = new(ReportCommand.Json) { WriteIndented = false };

    public IReadOnlyList<RunScore> Play(string folder, IProgress<double>? progress)
    {
        (Family Family, FamilyVariant Variant, ulong Seed)[] todo =
        [
            .. from family in families
               from variant in family.Variants
               where options.Variant is null || variant.Id == options.Variant
               from seed in Seeds()
               select (family, variant, seed),
        ];
        Directory.CreateDirectory(folder);
        RunScore[] scores = new RunScore[todo.Length];
        int done = 0;
        Parallel.For(0, todo.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Jobs }, i =>
        {
            (Family family, FamilyVariant variant, ulong seed) = todo[i];
            string? record = options.Records ? Path.Combine(folder, family.Id, $"{variant.Id}-{seed}") : null;
            scores[i] = new VariantRun(new PreparedVariant(family, variant, seed)).Play(record);
            progress?.Report((double)Interlocked.Increment(ref done) / todo.Length);
        });
        File.WriteAllLines(Path.Combine(folder, ResultsFile), scores.Select(score => JsonSerializer.Serialize(score, line)));
        return scores;
    }

    public static IReadOnlyList<RunScore> Results(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, ResultsFile))
            .Select(text => JsonSerializer.Deserialize<RunScore>(text, line)
                ?? throw new InvalidDataException($"{folder}/{ResultsFile} holds an empty line")),
    ];

    IEnumerable<ulong> Seeds()
    {
        for (ulong seed = options.FirstSeed; seed <= options.LastSeed; seed++) yield return seed;
    }
}
