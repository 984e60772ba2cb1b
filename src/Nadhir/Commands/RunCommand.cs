using System.CommandLine;
using System.Text.Json;
using Nadhir.Hosting;
using Nadhir.Runs;
using Nadhir.Simulation.Scenarios;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir run SCENARIO --out DIR</c>: a scenario as fast as possible, deterministic; writes a record.</summary>
static class RunCommand
{
    public static Command Create()
    {
        Argument<string> scenario = new("SCENARIO") { Description = "Name of a scenario that comes with Nadhir, or a file" };
        Option<int?> variant = new("--variant") { Description = "Azimuth from which the jets come; the scenario's first when absent" };
        Option<ulong> seed = new("--seed") { Description = "Seed of all chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "Folder of the record; must not hold one yet", Required = true };
        Option<string[]> without = new("--without") { Description = "Sensors that fail without a word", AllowMultipleArgumentsPerToken = true };
        Option<double?> minutes = new("--recon-minutes") { Description = "Shortens the reconnaissance window" };
        Option<bool> asJson = new("--json") { Description = "Print what was written as JSON" };
        Command command = new("run", "A scenario as fast as possible; writes a record")
        {
            scenario, variant, seed, output, without, minutes, asJson,
        };
        command.SetAction(parsed =>
        {
            PreparedScenario? prepared = ScenarioOpening.Open(parsed.GetRequiredValue(scenario), loaded => ScenarioOpening.Choose(
                loaded, parsed.GetValue(variant), parsed.GetValue(seed), parsed.GetValue(without) ?? [], parsed.GetValue(minutes)));
            if (prepared is null) return 2;
            string folder = parsed.GetRequiredValue(output);
            try
            {
                using SqliteJournal journal = SqliteJournal.Create(folder);
                var recorder = new Recorder(journal, Engine.Build(prepared.Configuration, prepared.Start));
                var run = new ScenarioRun(prepared, recorder, []);
                using (var bar = new ProgressBar("running")) run.Play(bar);
                string root = Convert.ToHexStringLower(journal.Root());
                long entries = journal.Count;
                journal.Seal(SigningKey.ForExercise($"exercise/{prepared.Scenario.Id}"));
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
