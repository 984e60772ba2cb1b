using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Storage;
using Nadhir.Transparency;

namespace Nadhir.Tests.Transparency;

/// <summary>A log as a folder, its key, and histories that contradict it.</summary>
static class LogRecord
{
    public static SigningKey Key { get; } = SigningKey.ForExercise("log");

    public static Entry Plot(long number) =>
        new(EntryKind.Received, DateTimeOffset.UnixEpoch.AddSeconds(1), "radar", Encoding.UTF8.GetBytes($"plot {number}"));

    /// <summary>A record of these plots, in this order, signed.</summary>
    public static RecordFolder Of(IEnumerable<long> plots)
    {
        RecordFolder folder = new();
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        foreach (long plot in plots) journal.Append(Plot(plot));
        journal.WriteCheckpoint(Key);
        return folder;
    }

    public static RecordFolder Of(int plots) => Of(Numbers(plots));

    public static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    public static void Grow(RecordFolder folder, int more)
    {
        using SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path);
        for (int plot = 0; plot < more; plot++) journal.Append(Plot(journal.Count));
        journal.WriteCheckpoint(Key);
    }

    public static SignedCheckpoint Checkpoint(RecordFolder folder) =>
        SignedCheckpoint.Read(File.ReadAllBytes(folder.File(RecordFiles.Checkpoint)), out _)!;

    public static Task<AuditReport> Look(WitnessBook book, RecordFolder log, bool mirrors = true) =>
        new LogAudit(book, new RecordLogSource(log.Path), mirrors).Look(TestContext.Current.CancellationToken);
}
