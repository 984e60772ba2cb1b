using System.Diagnostics;
using System.Text.Json;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>One row of the measurement: how fast entries become durable when so many share a commit.</summary>
public sealed record JournalBenchRow(
    int EntriesPerCommit, int PayloadBytes, long Entries, double AppendsPerSecond, double CommitP50Milliseconds, double CommitP99Milliseconds);

/// <summary>Measures appending to a journal on the disk of a folder (the temporary folder by default).</summary>
public static class JournalBench
{
    static readonly int[] groups = [1, 64, 1024];
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Prints the measurement as JSON.</summary>
    public static void Run(TextWriter output, string? parent = null, double secondsEach = 3) =>
        output.WriteLine(JsonSerializer.Serialize(Measure(parent ?? Path.GetTempPath(), TimeSpan.FromSeconds(secondsEach)), json));

    /// <param name="parent">A folder on the disk to measure; what is written there is removed again.</param>
    public static IReadOnlyList<JournalBenchRow> Measure(string parent, TimeSpan each)
    {
        List<JournalBenchRow> rows = [];
        foreach (int perCommit in groups)
        {
            string folder = Path.Combine(parent, $"nadhir-bench-{Environment.ProcessId}-{perCommit}");
            try
            {
                rows.Add(Measure(folder, perCommit, each));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        return rows;
    }

    static JournalBenchRow Measure(string folder, int perCommit, TimeSpan length)
    {
        const int payloadBytes = 256; // About a block of plots.
        using SqliteJournal journal = SqliteJournal.Create(folder);
        byte[] payload = new byte[payloadBytes];
        List<double> commits = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            long batch = Stopwatch.GetTimestamp();
            for (int entry = 0; entry < perCommit; entry++)
            {
                BitConverter.TryWriteBytes(payload, journal.Count);
                journal.Append(new Entry(EntryKind.Received, DateTimeOffset.UnixEpoch.AddMicroseconds(journal.Count), "radar-1", payload));
            }
            journal.Commit();
            commits.Add(Stopwatch.GetElapsedTime(batch).TotalMilliseconds);
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        commits.Sort();
        return new JournalBenchRow(
            perCommit, payloadBytes, journal.Count, Math.Round(journal.Count / seconds),
            Math.Round(commits[commits.Count / 2], 3), Math.Round(commits[commits.Count * 99 / 100], 3));
    }
}
