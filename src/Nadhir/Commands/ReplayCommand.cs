using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Feeds;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Replays;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir replay INPUT… --out DIR</c>: recordings through the whole chain, into a record. Exit code 0 when done,
/// damaged input included (it is counted); 1 when there was nothing to replay or the disk refused; 2 on bad usage.
/// </summary>
static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string[]> inputs = new("INPUT") { Description = "Recordings of any format a feed may speak, and packet captures", Arity = ArgumentArity.OneOrMore };
        Option<string?> configuration = new("--config") { Description = "Configuration of a host; without it, what the recordings tell is taken" };
        Option<string?> format = new("--as") { Description = $"Format of all files that are no packet captures, when what they hold does not tell it: {string.Join(", ", FeedFormats.Names)}" };
        Option<string?> at = new("--at") { Description = "LAT,LON[,HEIGHT] of radars, receivers and nodes that do not tell where they stand" };
        Option<string?> day = new("--day") { Description = "Day (yyyy-mm-dd), or moment (yyyy-mm-ddThh:mm:ssZ), of recordings that tell none; default 2000-01-01" };
        Option<double?> pace = new("--pace") { Description = "Messages a second of recordings that tell no time; default by format: beast, avr 250, sbs 100, aircraft-json 1, others 5" };
        Option<string> output = new("--out") { Description = "Folder of the record; must not hold one yet", Required = true };
        Option<bool> asJson = new("--json") { Description = "Print the counts as JSON" };
        Command command = new("replay", "Recordings of sensors through the whole chain; writes a record") { inputs, configuration, format, at, day, pace, output, asJson };
        command.SetAction(parsed =>
        {
            TextWriter errors = parsed.InvocationConfiguration.Error;
            if (!TryPosition(parsed.GetValue(at), out GeoPosition? position)) return Misused(errors, "--at is LAT,LON or LAT,LON,HEIGHT");
            if (!TryDay(parsed.GetValue(day), out DateTimeOffset first)) return Misused(errors, "--day is a day as 2024-04-13, or a moment as 2024-04-13T05:06:07Z");
            if (parsed.GetValue(pace) is { } told && !(told is > 0 and <= 100_000)) return Misused(errors, "--pace is a number of messages a second, up to 100000");
            if (parsed.GetValue(format) is { } spoken && FeedFormats.Find(spoken) is null)
                return Misused(errors, $"unknown format {spoken}; known: {string.Join(", ", FeedFormats.Names)}");
            ReplayOptions options = new() { Format = parsed.GetValue(format), Start = first, MessagesPerSecond = parsed.GetValue(pace) };
            try
            {
                return Run(parsed.GetRequiredValue(inputs), parsed.GetValue(configuration), position, options,
                    parsed.GetRequiredValue(output), parsed.GetValue(asJson), parsed.InvocationConfiguration.Output, errors);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"nadhir replay: {fault.Message}");
                return fault is JournalWriteException ? 1 : 2;
            }
        });
        return command;
    }

    internal static int Run(
        IReadOnlyList<string> paths, string? configurationPath, GeoPosition? at, ReplayOptions options, string folder, bool asJson,
        TextWriter output, TextWriter errors)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        List<string> notes = [];
        if (configurationPath is not null)
        {
            if (Load(configurationPath, errors) is not { } loaded) return 2;
            options = options with { Host = loaded };
        }

        IReadOnlyList<RecordedInput> inputs = RecordedInput.OpenAll(paths, options, notes);
        Survey survey = Survey.Of(inputs, options.Day, reports: options.Host is null);
        if (survey.Arrivals.Count == 0)
        {
            errors.WriteLine("nadhir replay: nothing arrives in these recordings");
            return 1;
        }

        IReadOnlyList<RecordedArrival> arrivals = survey.Arrivals;
        WatchConfiguration watch;
        if (options.Host is not { } host)
        {
            watch = FoundConfiguration.Build($"replay of {string.Join(", ", paths.Select(Path.GetFileName))}", survey, at, notes);
        }
        else
        {
            watch = host.Watch with { Exercise = true };
            arrivals = FeedMatch.Rename(host, survey, notes);
        }

        foreach (string note in notes) errors.WriteLine($"nadhir replay: {note}");
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions { Salts = LeafSalts.OfExercise("replay") });
        DateTimeOffset start = ReplayRun.Start(arrivals);
        ReplayRun run = new(watch, arrivals, new Recorder(journal, Engine.Build(watch, start)));
        using (ProgressBar bar = new("replaying")) run.Play(bar);
        string root = Convert.ToHexStringLower(journal.Root());
        long entries = journal.Count;
        journal.Seal(SigningKey.ForExercise("replay"));
        PassedOver passedOver = inputs.Aggregate(default(PassedOver), (sum, input) => sum + input.PassedOver);
        ReplaySummary summary = new()
        {
            Folder = folder,
            Root = root,
            Entries = entries,
            From = start,
            To = arrivals[^1].At!.Value,
            Feeds = [.. run.Feeds.Select(FeedSummary.Of)],
            Sensors = run.Sensors(),
            Tracks = TrackSummary.Of(run),
            PassedOver = passedOver.Unusable,
            OtherPackets = passedOver.Others,
            Notes = notes,
            WallSeconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            ProcessorSeconds = Math.Round((Environment.CpuUsage.TotalTime - processor).TotalSeconds, 3),
        };
        if (asJson) output.WriteLine(JsonSerializer.Serialize(summary, ReportCommand.Json));
        else summary.Print(output);
        return 0;
    }

    static HostConfiguration? Load(string path, TextWriter errors)
    {
        switch (ConfigurationLoader.Load(path, CountriesFile.Find()))
        {
            case ConfigurationReading.Loaded(HostConfiguration host):
                return host;
            case ConfigurationReading.Faulty faulty:
                foreach (DocumentFault fault in faulty.Faults) errors.WriteLine($"{path}:{fault.Line}:{fault.Column}: {fault.Message}");
                return null;
            default:
                throw new InvariantBrokenException("a configuration is loaded or faulty");
        }
    }

    static bool TryPosition(string? text, out GeoPosition? position)
    {
        position = null;
        if (text is null) return true;
        double[] numbers = [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        if (numbers.Length is not (2 or 3) || !numbers.All(double.IsFinite) || !new GeoPoint(numbers[0], numbers[1]).IsValid) return false;
        position = new(numbers[0], numbers[1], numbers.Length == 3 ? numbers[2] : 0);
        return true;
    }

    static bool TryDay(string? text, out DateTimeOffset day)
    {
        day = ReplayOptions.NominalDay;
        return text is null || DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out day);
    }

    static int Misused(TextWriter errors, string why)
    {
        errors.WriteLine($"nadhir replay: {why}");
        return 2;
    }
}
