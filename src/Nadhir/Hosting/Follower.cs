using System.Text;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>
/// A watch brought along by a journal, entry by entry, with no regard to how fast they come: after a restart all at once,
/// standing by as another process writes them. One thread.
/// </summary>
sealed class Follower
{
    /// <summary>Siren commands and public messages younger than this are offered to the outlets once more.</summary>
    public static readonly TimeSpan OfferAgain = TimeSpan.FromMinutes(10);

    readonly Queue<RestoredDecision> recent = new();
    WatchConfiguration? configuration;
    Watch? watch;
    DateTimeOffset last;
    Entry? input;
    List<Decision> expected = [];
    int seen;

    readonly long from;

    public Follower()
    {
    }

    /// <summary>Goes on from an image as if it had followed all that the image stands for.</summary>
    public Follower(WatchConfiguration configuration, FoundImage image) =>
        (this.configuration, watch, last, from, Next) =
            (configuration, image.Watch, image.Label.Time, image.Label.Sequence, image.Label.Sequence);

    /// <summary>Number of the entry that comes next.</summary>
    public long Next { get; private set; }

    public WatchConfiguration? Configuration => configuration;

    /// <summary>As it stands after the last entry taken; null before the first.</summary>
    public Watch? Watch => watch;

    public void Take(long sequence, Entry entry)
    {
        Invariant.Require(sequence == Next, "entries are followed one by one");
        if (entry.Kind == EntryKind.Configuration)
        {
            configuration = Restorer.ReadConfiguration(entry);
            watch = Engine.Build(configuration, entry.Time);
        }

        Invariant.Require(watch is not null, "a journal begins with its configuration");
        Next++;
        if (entry.Kind == EntryKind.Decision)
        {
            if (from > 0) Compare(sequence, entry);
            if (seen < expected.Count) Keep(new(sequence, entry.Time, expected[seen]));
            seen++;
            return;
        }

        if (entry.Kind == EntryKind.Custody)
        {
            watch.Apply(entry); // Of the record itself: of another clock, and nothing follows from it.
            return;
        }

        expected = [.. watch.Apply(entry)];
        seen = 0;
        input = entry;
        last = entry.Time;
    }

    /// <summary>An image must lead to the decisions on record: the stretch behind it is its test.</summary>
    void Compare(long sequence, Entry entry)
    {
        byte[]? due = seen < expected.Count ? WatchJson.Encode(expected[seen]) : null;
        if (due is not null && entry.Payload.Span.SequenceEqual(due)) return;
        throw new ImageException($"the image leads to another decision than entry {sequence}: "
            + (due is null ? "to none" : Encoding.UTF8.GetString(due)));
    }

    /// <summary>
    /// The watch at the end of a journal of which all has been taken. Where its writer died between an input and its
    /// decisions, they are made again and appended: they are the same ones.
    /// </summary>
    /// <param name="complete">False leaves the journal as it is, whatever is missing at its end.</param>
    public Restored Finish(SqliteJournal journal, bool complete)
    {
        if (configuration is null || watch is null) throw new JournalOpenException("the journal holds no configuration");
        if (complete && input is not null && seen < expected.Count)
        {
            foreach (Decision decision in expected.Skip(seen))
                Keep(new(journal.Append(Recorder.DecisionEntry(input, decision)), input.Time, decision));
            journal.Commit();
        }

        Forget(last);
        return new(configuration, watch, last, [.. recent]) { From = from };
    }

    void Keep(RestoredDecision decision)
    {
        if (decision.Decision is SirenCommanded or MessageIssued) recent.Enqueue(decision);
        Forget(decision.Time);
    }

    void Forget(DateTimeOffset now)
    {
        while (recent.TryPeek(out RestoredDecision oldest) && now - oldest.Time > OfferAgain) recent.Dequeue();
    }
}
