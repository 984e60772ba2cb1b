using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>The records of one installation, each of which names the one before by its root.</summary>
public static class EarlierRecords
{
    /// <summary>How the folders of earlier records begin, beside the one that is being written.</summary>
    public const string MovedAside = "until-";

    /// <summary>What the next record says of this one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RecordFollows NoteOf(string folder)
    {
        using JournalTree tree = new(folder);
        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), tree.Size, Convert.ToBase64String(tree.Root(tree.Size)));
    }

    /// <summary>Which record this one says it follows; null for a first one, or where that cannot be read.</summary>
    public static RecordFollows? Before(string folder)
    {
        try
        {
            using SqliteConnection connection = JournalFile.OpenForReading(folder);
            return CustodyNote.ReadAll(connection).OfType<RecordFollows>().FirstOrDefault();
        }
        catch (Exception unread) when (unread is SqliteException or JournalOpenException)
        {
            return null; // The walk through the entries says what is wrong with the file.
        }
    }

    /// <summary>Where the record named lies: within the folder of the one being written, or beside another that was moved aside; null: not here.</summary>
    public static string? Find(string folder, RecordFollows earlier)
    {
        string whole = Path.GetFullPath(folder), name = Path.GetFileName(earlier.Before);
        return new[] { Path.Combine(whole, name), Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(whole)) ?? whole, name) }
            .FirstOrDefault(place => name.Length > 0 && File.Exists(Path.Combine(place, RecordFiles.Journal)));
    }

    /// <summary>The folders of all records before this one, the oldest first; a fault where one is not here.</summary>
    public static IReadOnlyCollection<string> FoldersBefore(string folder, ICollection<RecordFault> faults)
    {
        Stack<string> found = [];
        while (Before(folder) is { } said)
        {
            if (Find(folder, said) is not { } place || found.Contains(place))
            {
                faults.Add(new RecordFault(RecordPart.Earlier, null, $"the earlier record {said.Before} is not here"));
                break;
            }
            found.Push(place);
            folder = place;
        }
        return found;
    }

    /// <summary>Null when the earlier record still begins with what the later one says of it: notes of its keepers may have come since.</summary>
    public static RecordFault? Contradiction(string earlierFolder, RecordFollows said)
    {
        try
        {
            using JournalTree tree = new(earlierFolder);
            string? differs = tree.Size < said.Entries ? $"has {tree.Size} entries and had {said.Entries}"
                : Convert.ToBase64String(tree.Root(said.Entries)) != said.Root ? $"is not the one this record follows: its first {said.Entries} entries have another root"
                : null;
            return differs is null ? null : new RecordFault(RecordPart.Earlier, null, $"the earlier record {said.Before} {differs}");
        }
        catch (Exception unread) when (unread is SqliteException or IOException)
        {
            return new RecordFault(RecordPart.Earlier, null, $"the earlier record {said.Before} cannot be read: {unread.Message}");
        }
    }
}
