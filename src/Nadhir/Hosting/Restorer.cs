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

/// <summary>Replays a journal into a fresh watch, or the rest of it into one that has followed it so far or was kept as an image.</summary>
static class Restorer
{
    /// <param name="complete">False leaves the journal as it is, whatever is missing at its end.</param>
    /// <param name="follower">What has followed this very journal up to some entry; null: nothing has.</param>
    /// <param name="images">Where to look for an image to go on from, when nothing has followed; null: all is replayed.</param>
    public static Restored Restore(
        SqliteJournal journal, bool complete = true, Follower? follower = null, ImageShelf? images = null)
    {
        if (journal.CustodyNotes().OfType<PayloadsWithheld>().Any())
            throw new JournalOpenException("retention withholds inputs of this record: it can be read, but not gone on with");
        if (follower is null && images?.Begin(journal) is { } begun)
        {
            try
            {
                Follow(journal, begun);
                return begun.Finish(journal, complete);
            }
            catch (ImageException fault)
            {
                Console.Error.WriteLine($"All of the record is replayed: {fault.Message}");
            }
        }

        follower ??= new Follower();
        Follow(journal, follower);
        return follower.Finish(journal, complete);
    }

    static void Follow(SqliteJournal journal, Follower follower)
    {
        foreach ((long sequence, Entry entry) in journal.Read(follower.Next)) follower.Take(sequence, entry);
    }

    public static WatchConfiguration ReadConfiguration(Entry entry) =>
        JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.WatchConfiguration)
            ?? throw new JournalOpenException("the configuration of the journal is empty");
}
