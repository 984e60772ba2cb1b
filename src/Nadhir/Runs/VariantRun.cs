using System.Diagnostics;
using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Hosting;
using Nadhir.Simulation.Families;
using Nadhir.Storage;

namespace Nadhir.Runs;

/// <summary>One variant of a family with one seed, played and scored; with a record or without.</summary>
sealed class VariantRun(PreparedVariant variant) : IRunObserver
{
    public const string TruthFile = "truth.json", SightingsFile = "sightings.jsonl";

    static readonly JsonSerializerOptions line = new(ReportCommand.Json) { WriteIndented = false };

    readonly WarningLog log = new(variant.Start);
    double endSeconds;

    /// <param name="folder">Of the record; null for none.</param>
    public RunScore Play(string? folder)
    {
        long began = Stopwatch.GetTimestamp();
        Watch watch = Engine.Build(variant.Configuration, variant.Start);
        if (folder is null) new ScenarioRun(variant, new UnwrittenBook(watch), [], this).Play(null);
        else Record(watch, folder);
        Dictionary<string, double> measured =
            variant.FirstSeen.ToDictionary(seen => seen.Key.Id, seen => seen.Value, StringComparer.Ordinal);
        RunScore score = new RunScorer(variant.Truth, log, variant.Configuration.Warning, measured, endSeconds)
            .Score(variant.Movers.Length) with { TookSeconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3) };
        if (folder is not null)
            File.WriteAllText(Path.Combine(folder, "score.json"), JsonSerializer.Serialize(score with { TookSeconds = 0 }, ReportCommand.Json));
        return score;
    }

    void Record(Watch watch, string folder)
    {
        string name = $"exercise/{variant.Family.Id}";
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions { Salts = LeafSalts.OfExercise(name) });
        new ScenarioRun(variant, new Recorder(journal, watch), [], this).Play(null);
        journal.Seal(SigningKey.ForExercise(name));
        File.WriteAllText(Path.Combine(folder, TruthFile), JsonSerializer.Serialize(variant.Truth, ReportCommand.Json));
        File.WriteAllLines(Path.Combine(folder, SightingsFile), log.Sightings.Select(each => JsonSerializer.Serialize(each, line)));
    }

    void IRunObserver.OnDecision(DateTimeOffset time, Decision decision) => log.Take(time, decision);

    /// <summary>Ends when all movers are gone and no alert is left, or a quarter of an hour after the last mover.</summary>
    bool IRunObserver.OnTick(DateTimeOffset time, IWatch watch)
    {
        log.Look(time, watch);
        endSeconds = variant.SecondsOf(time);
        return endSeconds < variant.LastSeconds + PreparedVariant.ShortestTailSeconds || log.IsAnyAlive;
    }
}
