using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nadhir.Film;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>Opens the record of a running system.</summary>
static class RecordOpening
{
    static readonly DateTimeOffset firstEpoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    /// <summary>More epochs than a record that was lost can have been ahead of the one before it, by a right clock a day's.</summary>
    const int LostRecord = 86_400;

    /// <summary>
    /// Goes on with the record, or begins one. A record made with another configuration is kept under its date beside the
    /// new one, whose second entry names it by its root: every entry is judged by the configuration of its own record. Its
    /// seal is gone, as it was opened to go on; root and checkpoint stand.
    /// A record of the other world is refused.
    /// </summary>
    public static SqliteJournal Open(WatchConfiguration watch, string folder, TimeProvider clock)
    {
        RecordWorld.RequireSame(folder, watch.Exercise);
        (int before, string? earlier) = NewestMovedAside(folder);
        if (!File.Exists(Path.Combine(folder, RecordFiles.Journal)))
        {
            // The newest record is gone, and only the clock says how far it had come: should that be wrong, this is beyond it.
            if (before > 0) before += LostRecord;
        }
        else
        {
            SqliteJournal journal = SqliteJournal.OpenForAppend(folder);
            Entry first = journal.Read().First().Entry;
            int epoch = Restorer.ReadConfiguration(first).SirenEpoch;
            if (first.Payload.Span.SequenceEqual(WatchJson.Encode(watch with { SirenEpoch = epoch }))) return journal;
            journal.Dispose();
            before = Math.Max(before, epoch);
            string dated = Path.Combine(folder, $"{EarlierRecords.MovedAside}{clock.GetUtcNow():yyyyMMdd-HHmmss}"), old = dated;
            for (int again = 2; Directory.Exists(old); again++) old = $"{dated}-{again}";
            Directory.CreateDirectory(old);
            MoveAside(folder, old);
            earlier = old;
            Console.WriteLine($"The configuration has changed: the record so far is kept in {old}; a new one begins.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        // A siren takes nothing older than its newest command, and the commands of a new record count from one again.
        int seconds = (int)Math.Clamp((now - firstEpoch).TotalSeconds, 1, int.MaxValue - 1);
        byte[] configuration = WatchJson.Encode(watch with { SirenEpoch = Math.Max(before + 1, seconds) });
        SqliteJournal begun = SqliteJournal.Create(folder, new JournalOptions { Program = "nadhir serve", Created = now });
        begun.Append(new Entry(EntryKind.Configuration, now, "", configuration));
        if (Link(earlier) is { } link) begun.Append(new Entry(EntryKind.Custody, now, "", link.Encode()));
        begun.Commit();
        return begun;
    }

    /// <summary>The whole record, what witnesses and authorities said of it with it: of the next one that would be false.</summary>
    static void MoveAside(string folder, string to)
    {
        IEnumerable<string> files = Directory.GetFiles(folder, "journal.*").Concat(Directory.GetFiles(folder, $"{RecordFiles.Checkpoint}*"))
            .Concat(Directory.GetFiles(folder, $"{FilmFile.Name}*"));
        foreach (string file in files)
            if (Path.GetFileName(file) != RecordFiles.Lock) File.Move(file, Path.Combine(to, Path.GetFileName(file)));
        string stamps = Path.Combine(folder, RecordFiles.TimeStamps);
        // Images are of no use to a record that nobody goes on with, and none to the next.
        string images = Path.Combine(folder, ImageShelf.Folder);
        if (Directory.Exists(images)) Directory.Delete(images, recursive: true);
        if (Directory.Exists(stamps)) Directory.Move(stamps, Path.Combine(to, RecordFiles.TimeStamps));
    }

    /// <summary>What cannot be read is not named, and keeps nobody from starting.</summary>
    static RecordFollows? Link(string? earlier)
    {
        if (earlier is null) return null;
        try
        {
            return EarlierRecords.NoteOf(earlier) with { Reason = "the record before this one" };
        }
        catch (Exception fault) when (fault is IOException or SqliteException)
        {
            Console.Error.WriteLine($"{earlier} cannot be read: {fault.Message}");
            return null;
        }
    }

    /// <summary>
    /// The newest of the earlier records beside this one, by its epoch: the clock may have been set back since, and the
    /// record that followed it be gone.
    /// </summary>
    static (int Epoch, string? Folder) NewestMovedAside(string folder)
    {
        (int Epoch, string? Folder) newest = default;
        if (!Directory.Exists(folder)) return newest;
        foreach (string old in Directory.GetDirectories(folder, $"{EarlierRecords.MovedAside}*"))
        {
            try
            {
                if (JournalReading.Read(old, from: 0).Select(one => one.Entry).FirstOrDefault() is { Kind: EntryKind.Configuration } first
                    && Restorer.ReadConfiguration(first).SirenEpoch is var epoch && epoch > newest.Epoch)
                    newest = (epoch, old);
            }
            catch (Exception fault) when (fault is IOException or JsonException)
            {
                // What can no longer be read must not keep the system from starting.
                Console.Error.WriteLine($"{old} cannot be read: {fault.Message}");
            }
        }

        return newest;
    }
}
