using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Custody;

/// <summary>A rule says no, or the record is not in a state for it.</summary>
sealed class CustodyException(string what, Cause? cause = null) : IOException(what)
{
    public CustodyException(Cause cause) : this(cause.Words, cause)
    {
    }

    /// <summary>The reason as a code; in the words alone where none is known.</summary>
    public Cause Cause => cause ?? Cause.Of(CauseCode.AsSaid, Message);
}

/// <summary>
/// Acts on a record that nobody writes: each is put on record, signed, and the record sealed again if it was. The lock
/// of the one writer keeps a running system out.
/// </summary>
static class CustodyBook
{
    /// <summary>Another key signs from now on. After a crash it is called again and goes on.</summary>
    /// <returns>The key that signs now.</returns>
    public static NoteKey ChangeKey(string folder, string keyFile, string by, string reason, TimeProvider clock)
    {
        if (!File.Exists(keyFile)) throw new CustodyException(Cause.Of(CauseCode.KeyFileMissing, keyFile));
        SigningKey old = SigningKey.LoadOrCreate(keyFile, "unused");
        SigningKey next = SigningKey.LoadOrCreate(NextOf(keyFile), old.PublicKey.Name);
        Act(folder, (journal, notes) =>
        {
            if (!IsAnnounced(notes, old, next)) Append(journal, KeyChanged.From(old, next) with { By = by, Reason = reason }, clock);
        }, next, old);
        Replace(keyFile);
        return next.PublicKey;
    }

    /// <summary>
    /// The key that signs a record that is opened: where the system died between announcing the next one and putting it in
    /// its place, that is done now.
    /// </summary>
    public static SigningKey FinishChange(SqliteJournal journal, string keyFile, SigningKey signer)
    {
        if (!File.Exists(NextOf(keyFile))) return signer;
        SigningKey next = SigningKey.LoadOrCreate(NextOf(keyFile), "unused");
        if (!IsAnnounced(journal.CustodyNotes(), signer, next)) return signer;
        journal.WriteCheckpoint(next, signer);
        Replace(keyFile);
        return next;
    }

    static bool IsAnnounced(IReadOnlyList<CustodyNote> notes, SigningKey old, SigningKey next) =>
        notes.OfType<KeyChanged>().Any(change => change.After(old.PublicKey)?.ToString() == next.PublicKey.ToString());

    /// <summary>Where the next key lies until it has been announced.</summary>
    public static string NextOf(string keyFile) => keyFile + ".next";

    /// <summary>The next key takes the place of the one before, which is gone then.</summary>
    public static void Replace(string keyFile)
    {
        File.Move(NextOf(keyFile), keyFile, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(keyFile))!);
    }

    /// <summary>Keeps payloads of a time from retention.</summary>
    public static void PlaceHold(string folder, INoteSigner signer, HoldPlaced hold, TimeProvider clock)
    {
        // Asked before the record is opened to be written, which would unseal it.
        if (NotesOf(folder).OfType<HoldPlaced>().Any(other => other.Hold == hold.Hold))
            throw new CustodyException($"there is a hold {hold.Hold} already");
        Act(folder, (journal, _) => Append(journal, hold, clock), signer);
    }

    public static void LiftHold(string folder, INoteSigner signer, HoldLifted lifted, TimeProvider clock)
    {
        if (HoldsOf(NotesOf(folder)).All(hold => hold.Hold != lifted.Hold)) throw new CustodyException($"there is no hold {lifted.Hold}");
        Act(folder, (journal, _) => Append(journal, lifted, clock), signer);
    }

    /// <summary>Withholds payloads received before a time, but those on hold. Their leaf hashes stand.</summary>
    /// <returns>How many.</returns>
    public static long Withhold(string folder, INoteSigner signer, DateTimeOffset before, string by, string reason, TimeProvider clock)
    {
        long count = 0;
        using (SqliteJournal looked = SqliteJournal.OpenReadOnly(folder))
            if (looked.RetentionRanges(before, HoldsOf(looked.CustodyNotes())).Count == 0) return 0;
        Act(folder, (journal, notes) =>
        {
            IReadOnlyList<EntryRange> ranges = journal.RetentionRanges(before, HoldsOf(notes));
            count = journal.CountReceived(ranges);
            // On record first: what is gone without a word would be a fault.
            Append(journal, new PayloadsWithheld(before, count, ranges) { By = by, Reason = reason }, clock);
            journal.Withhold(ranges);
        }, signer);
        return count;
    }

    /// <summary>Holds placed and not lifted.</summary>
    public static IReadOnlyList<HoldPlaced> HoldsOf(IReadOnlyList<CustodyNote> notes)
    {
        HashSet<string> lifted = [.. notes.OfType<HoldLifted>().Select(note => note.Hold)];
        return [.. notes.OfType<HoldPlaced>().Where(hold => !lifted.Contains(hold.Hold))];
    }

    /// <summary>The key a record can be signed with: the one given, its own, that of the host it lies in, or its exercise's.</summary>
    public static SigningKey KeyOf(string folder, string? keyFile)
    {
        string[] places = keyFile is not null ? [keyFile]
            : [Path.Combine(folder, "signing.key"), Path.Combine(Path.GetFullPath(folder), "..", "signing.key")];
        if (Array.Find(places, File.Exists) is { } found) return SigningKey.LoadOrCreate(found, "unused");
        string path = Path.Combine(folder, RecordFiles.PublicKey);
        NoteKey? signedBy = File.Exists(path) ? NoteKey.Read(File.ReadAllText(path).Trim(), out _) : null;
        return signedBy is not null && keyFile is null && SigningKey.ForExerciseOf(signedBy) is { } exercise ? exercise
            : throw new CustodyException($"{places[0]} is not there: what is done to a record is signed");
    }

    static IReadOnlyList<CustodyNote> NotesOf(string folder)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        return journal.CustodyNotes();
    }

    static void Act(string folder, Action<SqliteJournal, IReadOnlyList<CustodyNote>> act, params INoteSigner[] signers)
    {
        bool wasSealed = File.Exists(Path.Combine(folder, RecordFiles.Seal));
        using SqliteJournal journal = SqliteJournal.OpenForAppend(folder);
        IReadOnlyList<CustodyNote> notes = journal.CustodyNotes();
        // Decisions that a crash left unwritten come before anything else; without all inputs they cannot be made.
        if (!wasSealed && !notes.OfType<PayloadsWithheld>().Any()) Restorer.Restore(journal);
        act(journal, notes);
        if (wasSealed) journal.Seal(signers);
        else journal.WriteCheckpoint(signers);
    }

    static void Append(SqliteJournal journal, CustodyNote note, TimeProvider clock)
    {
        journal.Append(new Entry(EntryKind.Custody, clock.GetUtcNow(), note.By, note.Encode()));
        journal.Commit();
    }
}
