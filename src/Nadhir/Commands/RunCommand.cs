using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nadhir.Hosting;
using Nadhir.Runs;
using Nadhir.Simulation.Scenarios;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir run SCENARIO --out DIR</c>: a scenario as fast as possible, deterministic; writes a record. With a folder or a
/// file of families instead: a set of runs and their scores.
/// </summary>
static class RunCommand
{
    public static Command Create()
    {
        Argument<string> scenario = new("SCENARIO") { Description = "Name of a scenario that comes with Nadhir, or a file; or a folder or file of families" };
        Option<string?> variant = new("--variant")
        {
            Description = "Azimuth from which the jets come, the scenario's first when absent; of families a variant's name, all when absent",
        };
        Option<ulong> seed = new("--seed") { Description = "Seed of all chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "Folder of the record; must not hold one yet", Required = true };
        Option<string[]> without = new("--without") { Description = "Sensors that fail without a word", AllowMultipleArgumentsPerToken = true };
        Option<double?> minutes = new("--recon-minutes") { Description = "Shortens the reconnaissance window" };
        Option<bool> asJson = new("--json") { Description = "Print what was written as JSON" };
        FamilyOptions ofFamilies = new();
        Command command = new("run", "A scenario, or families of them, as fast as possible; writes records")
        {
            scenario, variant, seed, output, without, minutes, asJson,
            ofFamilies.Family, ofFamilies.Seeds, ofFamilies.Jobs, ofFamilies.NoRecords,
        };
        command.SetAction(parsed =>
        {
            if (FamilyFiles.IsFamilies(parsed.GetRequiredValue(scenario)))
                return ofFamilies.Run(parsed, parsed.GetRequiredValue(scenario), parsed.GetValue(variant), parsed.GetValue(seed),
                    parsed.GetRequiredValue(output), parsed.GetValue(asJson));
            int? azimuth = null;
            if (parsed.GetValue(variant) is { } named)
            {
                if (!int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out int degrees))
                {
                    Console.Error.WriteLine($"nadhir run: --variant of a scenario is an azimuth in degrees, not {named}");
                    return 2;
                }

                azimuth = degrees;
            }

            PreparedScenario? prepared = ScenarioOpening.Open(parsed.GetRequiredValue(scenario), loaded => ScenarioOpening.Choose(
                loaded, azimuth, parsed.GetValue(seed), parsed.GetValue(without) ?? [], parsed.GetValue(minutes)));
            if (prepared is null) return 2;
            string folder = parsed.GetRequiredValue(output);
            try
            {
                string name = $"exercise/{prepared.Scenario.Id}";
                using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions { Salts = LeafSalts.OfExercise(name) });
                var recorder = new Recorder(journal, Engine.Build(prepared.Configuration, prepared.Start));
                var run = new ScenarioRun(prepared, recorder, []);
                using (var bar = new ProgressBar("running")) run.Play(bar);
                string root = Convert.ToHexStringLower(journal.Root());
                long entries = journal.Count;
                journal.Seal(SigningKey.ForExercise(name));
                File.WriteAllText(Path.Combine(folder, "truth.json"), JsonSerializer.Serialize(prepared.Truth, ReportCommand.Json));
                parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(asJson)
                    ? JsonSerializer.Serialize(new { folder, entries, root }, ReportCommand.Json)
                    : $"{entries} entries in {folder}, root {root}");
                return 0;
            }
            catch (IOException fault)
            {
                Console.Error.WriteLine($"nadhir run: {fault.Message}");
                return fault is JournalOpenException ? 2 : 1;
            }
        });
        return command;
    }
}
