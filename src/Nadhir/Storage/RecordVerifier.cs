using System.Text;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Checks a record: each entry against its hash, the numbering, the root against the checkpoint, the signature, the
/// file's own structure, the seal, and, when given a way to recompute, every decision.
/// </summary>
public static class RecordVerifier
{
    /// <param name="recomputation">Made once the journal can be read; null leaves the decisions unchecked.</param>
    /// <param name="trustedKey">The key to trust; null takes the one in the record, which proves only that it is whole.</param>
    /// <param name="attestations">What witnesses and time stamps say, to be held against the entries.</param>
    /// <param name="progress">Told now and then how many entries have been read.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static RecordVerdict Verify(
        string folder, Func<IRecomputation>? recomputation = null, NoteKey? trustedKey = null, Action<long>? progress = null,
        Attestations? attestations = null)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder} is not a folder");
        SignatureCheck signature = SignatureCheck.Of(folder, trustedKey);
        Checkpoint? checkpoint = signature.SignedBy is null ? null : signature.Checkpoint; // Unsigned, it says nothing.
        EntryWalk walk = new(recomputation?.Invoke(), progress, attestations?.Sizes);
        List<RecordFault> faults = [];
        try
        {
            // Beside the walk, over a connection of its own: each goes through the whole file.
            Task<List<RecordFault>> structure = Task.Run(() => StructureFaults(folder));
            try
            {
                walk.Run(folder, checkpoint);
            }
            finally
            {
                structure.Wait();
            }
            faults.AddRange(walk.Faults);
            if (!walk.Faults.Any(fault => fault.Part is RecordPart.Journal)) faults.AddRange(structure.Result);
        }
        catch (JournalOpenException unopened)
        {
            faults.Add(new RecordFault(RecordPart.Journal, null, unopened.Message));
        }
        bool allRead = !faults.Exists(fault => fault.Part == RecordPart.Journal);
        if (allRead && checkpoint is not null) faults.AddRange(RootFaults(checkpoint, walk));
        faults.AddRange(signature.Faults);
        if (walk.Exercise is { } exercise && signature.SignedBy is { } signer && !SigningKey.IsOfWorld(signer, exercise))
            faults.Add(new RecordFault(RecordPart.Checkpoint, null, $"the record is {RecordWorld.Name(exercise)}, and {signer} is not a key of that world"));
        if (allRead && attestations is not null) faults.AddRange(attestations.Faults(walk.Entries, walk.RootAt));
        RecordFollows? follows = allRead ? EarlierRecords.Before(folder) : null;
        string? earlier = follows is null ? null : EarlierRecords.Find(folder, follows);
        if (earlier is not null && EarlierRecords.Contradiction(earlier, follows!) is { } contradiction) faults.Add(contradiction);
        bool isSealed = File.Exists(Path.Combine(folder, RecordFiles.Seal));
        if (isSealed) faults.AddRange(SealFaults(folder, contentIntact: faults.Count == 0));
        return new RecordVerdict
        {
            Faults = faults,
            Entries = walk.Entries,
            SignedEntries = checkpoint?.Size,
            Withheld = walk.Withheld,
            Attested = attestations?.Lines ?? [],
            Root = Convert.ToBase64String(walk.Root),
            SignedBy = signature.SignedBy,
            Key = signature.Key,
            KeyChanges = signature.KeyChanges,
            KeyFromOutside = trustedKey is not null,
            ExerciseKey = signature.SignedBy is { } name && SigningKey.IsExercise(name),
            Sealed = isSealed,
            DecisionsRecomputed = walk.DecisionsRecomputed,
            Follows = follows,
            EarlierFound = earlier is not null,
        };
    }

    static IEnumerable<RecordFault> RootFaults(Checkpoint checkpoint, EntryWalk walk)
    {
        if (checkpoint.Size > walk.Entries)
        {
            if (walk.Faults.Any(fault => fault.Part == RecordPart.Entry)) yield break; // The walk stopped and said where.
            yield return new RecordFault(
                RecordPart.Checkpoint, walk.Entries, $"the checkpoint signs {checkpoint.Size} entries, but only {walk.Entries} are here");
        }
        else if (!checkpoint.Root.Span.SequenceEqual(walk.RootAtCheckpoint) && !walk.Faults.Any(fault => fault.Part == RecordPart.Entry))
        {
            yield return new RecordFault(
                RecordPart.Checkpoint, null,
                $"the root of the first {checkpoint.Size} entries is not the one the checkpoint signs: entries were changed together with their hashes");
        }
    }

    /// <summary>SQLite's own check of its pages; finds damage that no entry shows.</summary>
    static List<RecordFault> StructureFaults(string folder)
    {
        List<RecordFault> faults = [];
        try
        {
            using SqliteConnection connection = JournalFile.OpenForReading(folder);
            using SqliteCommand check = connection.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(5)";
            using SqliteDataReader reader = check.ExecuteReader();
            while (reader.Read())
                if (reader.GetString(0) is not "ok" and var what)
                    faults.Add(new RecordFault(RecordPart.Journal, null, $"{RecordFiles.Journal} is damaged inside: {what}"));
        }
        catch (Exception damaged) when (damaged is SqliteException or JournalOpenException)
        {
            faults.Add(new RecordFault(RecordPart.Journal, null, $"{RecordFiles.Journal} is damaged inside: {damaged.Message}"));
        }
        return faults;
    }

    static IEnumerable<RecordFault> SealFaults(string folder, bool contentIntact)
    {
        string[] written = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(folder, RecordFiles.Seal))).Split('\n');
        string seal;
        string? unreadable = null;
        try
        {
            seal = RecordFiles.ComputeSeal(folder);
        }
        catch (FileNotFoundException missing)
        {
            (seal, unreadable) = ("", Path.GetFileName(missing.FileName));
        }
        if (unreadable is not null)
        {
            yield return new RecordFault(RecordPart.Seal, null, $"{unreadable} is named in {RecordFiles.Seal} but is not here");
            yield break;
        }
        string[] now = seal.Split('\n');
        for (int line = 0; line < Math.Max(now.Length, written.Length); line++)
        {
            if (string.Equals(now.ElementAtOrDefault(line), written.ElementAtOrDefault(line), StringComparison.Ordinal)) continue;
            string name = now.ElementAtOrDefault(line) is { Length: > 0 } text ? text[(text.LastIndexOf(' ') + 1)..] : RecordFiles.Seal;
            yield return new RecordFault(
                RecordPart.Seal, null,
                $"{name} differs from the hash written at close" + (contentIntact ? ", although every entry is intact (or the hash itself was changed)" : ""));
        }
    }
}
