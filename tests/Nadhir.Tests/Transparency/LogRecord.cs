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
        long[] order = [.. plots];
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, new JournalOptions { Salts = new SaltsOfPlots(order) });
        foreach (long plot in order) journal.Append(Plot(plot));
        journal.WriteCheckpoint(Key);
        return folder;
    }

    public static RecordFolder Of(int plots) => Of(Numbers(plots));

    public static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    public static void Grow(RecordFolder folder, int more)
    {
        using SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path, new JournalOptions { Salts = new SaltsOfPlots([]) });
        for (int plot = 0; plot < more; plot++) journal.Append(Plot(journal.Count));
        journal.WriteCheckpoint(Key);
    }

    public static SignedCheckpoint Checkpoint(RecordFolder folder) =>
        SignedCheckpoint.Read(File.ReadAllBytes(folder.File(RecordFiles.Checkpoint)), out _)!;

    public static Task<AuditReport> Look(WitnessBook book, RecordFolder log, bool mirrors = true) =>
        new LogAudit(book, new RecordLogSource(log.Path), mirrors).Look(TestContext.Current.CancellationToken);

    /// <summary>A plot keeps its salt wherever somebody puts it.</summary>
    sealed class SaltsOfPlots(long[] order) : LeafSalts
    {
        readonly LeafSalts salts = OfExercise("log");

        public override void Write(long seq, Span<byte> salt) => salts.Write(seq < order.Length ? order[seq] : seq, salt);
    }
}
