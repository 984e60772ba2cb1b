using System.Text.Json;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>A watch brought back from its journal.</summary>
sealed record Restored(WatchConfiguration Configuration, Watch Watch, DateTimeOffset LastTime, IReadOnlyList<RestoredDecision> Unfinished);

/// <summary>A decision of the record that an outlet may not have carried out yet.</summary>
readonly record struct RestoredDecision(long Sequence, DateTimeOffset Time, Decision Decision);

/// <summary>Replays a journal into a fresh watch, or the rest of it into one that has followed it so far.</summary>
static class Restorer
{
    /// <param name="complete">False leaves the journal as it is, whatever is missing at its end.</param>
    /// <param name="follower">What has followed this very journal up to some entry; null: nothing has.</param>
    public static Restored Restore(SqliteJournal journal, bool complete = true, Follower? follower = null)
    {
        if (journal.CustodyNotes().OfType<PayloadsWithheld>().Any())
            throw new JournalOpenException("retention withholds inputs of this record: it can be read, but not gone on with");
        follower ??= new Follower();
        foreach ((long sequence, Entry entry) in journal.Read(follower.Next)) follower.Take(sequence, entry);
        return follower.Finish(journal, complete);
    }

    public static WatchConfiguration ReadConfiguration(Entry entry) =>
        JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.WatchConfiguration)
            ?? throw new JournalOpenException("the configuration of the journal is empty");
}
