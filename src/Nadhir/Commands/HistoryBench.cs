using System.Globalization;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets.Cap;
using Nadhir.Runs;
using Nadhir.Simulation.Histories;
using Nadhir.Storage;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench histories</c>: the alerts of real years as orders of people, through watch, journal, sirens and
/// messages; counts what was issued, merged, delivered and ended.
/// </summary>
static class HistoryBench
{
    /// <param name="day">Only the alerts of this day (UTC), with files written for every message; all days when null.</param>
    public static int Run(TextWriter output, TextWriter errors, string? file, string? folder, string? day)
    {
        if (file is null)
        {
            errors.WriteLine("nadhir bench histories needs --file: a history of alerts as CSV");
            return 2;
        }

        DateTimeOffset? only = null;
        if (day is not null)
        {
            if (!DateTimeOffset.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed))
            {
                errors.WriteLine($"--day is a date like 2024-10-01, not {day}");
                return 2;
            }

            only = parsed;
        }

        string record = Path.Combine(folder ?? Path.GetTempPath(), $"nadhir-history-{Environment.ProcessId}");
        try
        {
            using StreamReader reader = new(file);
            (IReadOnlyList<HistoricAlert> alerts, int unreadable) = AlertHistory.Read(reader);
            if (only is { } date) alerts = [.. alerts.Where(alert => alert.From >= date && alert.From < date.AddDays(1))];
            if (alerts.Count == 0)
            {
                errors.WriteLine($"{file}: no alerts to play");
                return 2;
            }

            HistoryResult result = Play(alerts, record, only is not null);
            Print(output, result, unreadable);
            return result.NothingLost ? 0 : 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            errors.WriteLine($"{file}: {fault.Message}");
            return 2;
        }
        finally
        {
            if (Directory.Exists(record)) Directory.Delete(record, recursive: true);
        }
    }

    static HistoryResult Play(IReadOnlyList<HistoricAlert> alerts, string record, bool writes)
    {
        WatchConfiguration configuration = HistoryRun.ConfigurationOf(alerts);
        DateTimeOffset start = alerts[0].From.AddSeconds(-10);
        using SqliteJournal journal = SqliteJournal.Create(record, new JournalOptions());
        Recorder recorder = new(journal, Engine.Build(configuration, start));
        recorder.Apply(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        CapStore? store = writes ? new CapStore(Path.Combine(record, "cap"), configuration.Exercise, configuration.Sender) : null;
        using ProgressBar progress = new("history");
        return new HistoryRun(alerts, configuration, recorder, store, TimeSpan.FromSeconds(writes ? 1 : 30)).Play(start, progress);
    }

    static void Print(TextWriter output, HistoryResult r, int unreadable)
    {
        output.WriteLine($"{r.Alerts} alerts of {r.Places} places ({unreadable} lines not readable); at most {r.MostAtOnce} at once, {r.MostStartsAMinute} starts in a minute");
        output.WriteLine($"{r.Issued} issued, {r.Merged} merged into one in force, {r.Repeated} repeated within 5 minutes; {r.Ended} ended, {r.Refused} refused");
        output.WriteLine($"{r.Messages} messages, {r.Undelivered} not delivered; {r.SirenCommands} siren commands, {r.SirensSounded} sounded, {r.SirensOvertaken} overtaken by a newer one");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{r.Inputs} inputs, {r.Inputs / Math.Max(1e-3, r.TotalMilliseconds) * 1000:0} a second; the slowest order took {r.SlowestMilliseconds:0.0} ms"));
        output.WriteLine(r.NothingLost ? "nothing lost" : "NOT everything was issued, delivered and ended");
    }
}
