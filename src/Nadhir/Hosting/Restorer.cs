using System.Text.Json;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>A watch brought back from its journal.</summary>
sealed record Restored(WatchConfiguration Configuration, Watch Watch, DateTimeOffset LastTime, IReadOnlyList<RestoredDecision> Unfinished)
{
    /// <summary>The first entry that had to be replayed.</summary>
    public long From { get; init; }

    public string Words(long entries) => FormattableString.Invariant(
        $"The record goes on: {entries:N0} entries, {entries - From:N0} of them replayed{(From > 0 ? " onto an image of the rest" : "")}.");
}

/// <summary>A decision of the record that an outlet may not have carried out yet.</summary>
readonly record struct RestoredDecision(long Sequence, DateTimeOffset Time, Decision Decision);

/// <summary>
/// Replays a journal into a fresh watch, or into one from an image taken earlier. Where the process died between an input and its decisions, the decisions are
/// made again and appended: they are the same ones.
/// </summary>
static class Restorer
{
    /// <summary>Siren commands and public messages younger than this are offered to the outlets once more.</summary>
    public static readonly TimeSpan OfferAgain = TimeSpan.FromMinutes(10);

    /// <param name="complete">False leaves the journal as it is, whatever is missing at its end.</param>
    /// <param name="images">What was replayed before need not be again; null replays all of it.</param>
    public static Restored Restore(SqliteJournal journal, bool complete = true, ImageShelf? images = null)
    {
        if (journal.CustodyNotes().OfType<PayloadsWithheld>().Any())
            throw new JournalOpenException("retention withholds inputs of this record: it can be read, but not gone on with");
        Watch? watch = null;
        WatchConfiguration? configuration = null;
        DateTimeOffset last = default;
        long from = 0;
        if (images is not null && journal.CommittedCount > 0
            && images.Find(journal, journal.Read(journal.CommittedCount - 1).Single().Entry.Time) is { } image)
        {
            configuration = ReadConfiguration(journal.Read().First().Entry);
            (watch, last, from) = (image.Watch, image.Label.Time, image.Label.Sequence);
        }

        var recent = new Queue<RestoredDecision>();
        Entry? input = null;
        List<Decision> expected = [];
        int seen = 0;
        foreach ((long sequence, Entry entry) in journal.Read(from))
        {
            if (entry.Kind == EntryKind.Configuration)
            {
                configuration = ReadConfiguration(entry);
                watch = Engine.Build(configuration, entry.Time);
            }

            Invariant.Require(watch is not null, "a journal begins with its configuration");
            if (entry.Kind == EntryKind.Decision)
            {
                if (seen < expected.Count) Keep(recent, new(sequence, entry.Time, expected[seen]));
                seen++;
                continue;
            }

            if (entry.Kind == EntryKind.Custody)
            {
                watch.Apply(entry); // Of the record itself: of another clock, and nothing follows from it.
                continue;
            }

            expected = [.. watch.Apply(entry)];
            seen = 0;
            input = entry;
            last = entry.Time;
        }

        if (configuration is null || watch is null) throw new JournalOpenException("the journal holds no configuration");
        if (complete && input is not null && seen < expected.Count)
        {
            foreach (Decision decision in expected.Skip(seen))
                Keep(recent, new(journal.Append(Recorder.DecisionEntry(input, decision)), input.Time, decision));
            journal.Commit();
        }

        return new(configuration, watch, last, [.. recent]) { From = from };
    }

    public static WatchConfiguration ReadConfiguration(Entry entry) =>
        JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.WatchConfiguration)
            ?? throw new JournalOpenException("the configuration of the journal is empty");

    static void Keep(Queue<RestoredDecision> recent, RestoredDecision decision)
    {
        if (decision.Decision is SirenCommanded or MessageIssued) recent.Enqueue(decision);
        while (recent.TryPeek(out RestoredDecision oldest) && decision.Time - oldest.Time > OfferAgain) recent.Dequeue();
    }
}
