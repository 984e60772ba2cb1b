using Nadhir.Journal;
using Nadhir.Runs;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>
/// Writes an input, lets the watch decide, writes the decisions: the order that every record has. Durable after
/// <see cref="Commit"/>. One thread.
/// </summary>
sealed class Recorder(SqliteJournal journal, IWatch watch) : IRunBook
{
    readonly List<Entry> batch = [];

    public IWatch Watch => watch;
    public SqliteJournal Journal => journal;

    /// <summary>The decisions of this input; the list is reused by the next call.</summary>
    public IReadOnlyList<Decision> Apply(Entry input)
    {
        batch.Add(input);
        IReadOnlyList<Decision> decisions = watch.Apply(input);
        foreach (Decision decision in decisions) batch.Add(DecisionEntry(input, decision));
        return decisions;
    }

    public static Entry DecisionEntry(Entry input, Decision decision) =>
        new(EntryKind.Decision, input.Time, "", WatchJson.Encode(decision));

    /// <summary>How many entries wait for <see cref="Commit"/>.</summary>
    public int Waiting => batch.Count;

    /// <summary>
    /// Puts everything applied since the last commit on the disk. When the disk refuses, nothing is lost: the batch is
    /// kept and the next call tries again.
    /// </summary>
    /// <exception cref="JournalWriteException">The disk would not.</exception>
    public void Commit()
    {
        foreach (Entry entry in batch) journal.Append(entry);
        journal.Commit();
        batch.Clear();
    }

    /// <summary>Sequence number the next applied input will have.</summary>
    public long NextSequence => journal.CommittedCount + batch.Count;
}
