using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>How fast entries become durable when so many share a commit.</summary>
public sealed record JournalBenchRow(
    int EntriesPerCommit, int PayloadBytes, long Entries, double AppendsPerSecond, double CommitP50Milliseconds, double CommitP99Milliseconds);

/// <summary>How fast a record is gone through again, how long it takes to open, and to prove something of it.</summary>
/// <param name="VerifyMicroseconds">Of all processors together, for an entry: what is left of the machine's load.</param>
public sealed record JournalProofRow(
    long Entries, int PayloadBytes, double FileGigabytes, double? VerifiedPerSecond, double? VerifyMicroseconds, double OpenMilliseconds,
    double InclusionProofMilliseconds, double ConsistencyProofMilliseconds, double ProofP99Milliseconds);

public sealed record JournalBenchReport(IReadOnlyList<JournalBenchRow> Appending, IReadOnlyList<JournalProofRow> Proving);

/// <summary>Measures a journal on the disk of a folder (the temporary folder by default).</summary>
public static class JournalBench
{
    static readonly int[] groups = [1, 64, 1024];
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Prints the measurement as JSON.</summary>
    /// <param name="entries">
    /// Also a journal of so many ticks (entries without payload), written without waiting for the disk: what proofs cost
    /// depends on their number only.
    /// </param>
    public static void Run(TextWriter output, string? parent = null, double secondsEach = 3, long entries = 0)
    {
        parent ??= Path.GetTempPath();
        List<JournalProofRow> proving = [];
        List<JournalBenchRow> appending = [];
        TimeSpan each = TimeSpan.FromSeconds(secondsEach);
        foreach (int perCommit in groups)
        {
            InFolder(parent, folder =>
            {
                appending.Add(Append(folder, perCommit, each));
                if (perCommit == groups[^1]) proving.Add(Prove(folder, payload: 256, verify: true));
            });
        }
        if (entries > 0)
        {
            InFolder(parent, folder =>
            {
                WriteTicks(folder, entries);
                proving.Add(Prove(folder, payload: 0, verify: entries <= 20_000_000));
            });
        }
        output.WriteLine(JsonSerializer.Serialize(new JournalBenchReport(appending, proving), json));
    }

    static void InFolder(string parent, Action<string> measure)
    {
        string folder = Path.Combine(parent, $"nadhir-bench-{Environment.ProcessId}");
        try
        {
            measure(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static JournalBenchRow Append(string folder, int perCommit, TimeSpan length)
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
        journal.WriteCheckpoint(SigningKey.ForExercise("bench"));
        commits.Sort();
        return new JournalBenchRow(
            perCommit, payloadBytes, journal.Count, Math.Round(journal.Count / seconds),
            Math.Round(commits[commits.Count / 2], 3), Math.Round(commits[commits.Count * 99 / 100], 3));
    }

    /// <summary>A journal as <see cref="SqliteJournal"/> writes it, in commits of a million and without flushing.</summary>
    static void WriteTicks(string folder, long entries)
    {
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions { FlushEachCommit = false });
        Entry tick = new(EntryKind.Tick, DateTimeOffset.UnixEpoch, "", default);
        for (long entry = 0; entry < entries; entry++)
        {
            journal.Append(tick with { Time = DateTimeOffset.UnixEpoch.AddMicroseconds(entry) });
            if (entry % 1_000_000 == 999_999) journal.Commit();
        }
        journal.WriteCheckpoint(SigningKey.ForExercise("bench"));
    }

    static JournalProofRow Prove(string folder, int payload, bool verify)
    {
        const int proofs = 1000;
        double? verified = null, verifyMicroseconds = null;
        long start = Stopwatch.GetTimestamp();
        long entries;
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder)) entries = journal.Count;
        double open = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (verify)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            start = Stopwatch.GetTimestamp();
            RecordVerdict verdict = RecordVerifier.Verify(folder);
            Invariant.Require(verdict.Intact, "what was measured is a whole record");
            verified = entries / Stopwatch.GetElapsedTime(start).TotalSeconds;
            verifyMicroseconds = Math.Round((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / entries, 2);
        }

        using JournalTree tree = new(folder);
        byte[] root = tree.Root(entries);
        List<double> inclusion = [], consistency = [];
        for (long proof = 0; proof < proofs; proof++)
        {
            long at = (long)((ulong)proof * 0x9E3779B97F4A7C15 % (ulong)entries);
            start = Stopwatch.GetTimestamp();
            IReadOnlyList<byte[]> included = tree.InclusionProof(at, entries);
            inclusion.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Invariant.Require(
                MerkleProof.Includes((ulong)at, (ulong)entries, tree.LeafHash(at), included, root), "a proof holds");
            start = Stopwatch.GetTimestamp();
            tree.ConsistencyProof(at + 1, entries);
            consistency.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        double[] all = [.. inclusion.Concat(consistency).Order()];
        double gigabytes = new FileInfo(Path.Combine(folder, RecordFiles.Journal)).Length / 1e9;
        return new JournalProofRow(
            entries, payload, Math.Round(gigabytes, 2), verified is { } rate ? Math.Round(rate) : null, verifyMicroseconds, Math.Round(open, 1),
            Math.Round(inclusion.Average(), 3), Math.Round(consistency.Average(), 3), Math.Round(all[all.Length * 99 / 100], 3));
    }
}
