using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Custody;

/// <summary>
/// Acts on the record that is being written, through the loop that writes it: each is an entry among the others, and the
/// system goes on watching. What they mean is as in <see cref="CustodyBook"/>.
/// </summary>
sealed class LiveCustody(string folder, string keyFile, WatchLoop loop, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Holds at a time; each is looked at for every payload that retention would take.</summary>
    public const int MostHolds = 1000;
    const int LongestName = 200, LongestReason = 2000;

    readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Keys, holds and what was withheld, as this record has them.</summary>
    public IReadOnlyList<CustodyNote> Notes()
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        return journal.CustodyNotes();
    }

    /// <exception cref="CustodyException">A rule says no.</exception>
    public Task PlaceHold(HoldPlaced hold, CancellationToken cancellation) => Act(hold, async () =>
    {
        if (string.IsNullOrWhiteSpace(hold.Hold) || hold.Hold.Length > LongestName) throw new CustodyException("a hold has a name", Cause.Of(CauseCode.FieldMissing, "hold"));
        if (hold.From > hold.To) throw new CustodyException("a hold begins before it ends", Cause.Of(CauseCode.EndsBefore));
        IReadOnlyList<CustodyNote> notes = Notes();
        if (notes.OfType<HoldPlaced>().Any(other => other.Hold == hold.Hold)) throw new CustodyException($"there is a hold {hold.Hold} already", Cause.Of(CauseCode.Exists, hold.Hold));
        if (CustodyBook.HoldsOf(notes).Count >= MostHolds) throw new CustodyException(Cause.Of(CauseCode.ThereAre, MostHolds, "holds"));
        await Record(hold, null, cancellation);
    }, cancellation);

    /// <summary>Around the opening of an incident on the boards.</summary>
    public HoldPlaced Around(HoldPlaced hold, string incident, TimeSpan margin)
    {
        IncidentRow found = loop.Boards.Incidents.FirstOrDefault(row => row.Id == incident)
            ?? throw new CustodyException($"the record has no incident {incident}", Cause.Of(CauseCode.NoSuch, "incident", incident));
        return hold with { From = found.OpenedAt - margin, To = found.OpenedAt + margin, Incident = incident };
    }

    /// <exception cref="CustodyException">A rule says no.</exception>
    public Task LiftHold(HoldLifted lifted, CancellationToken cancellation) => Act(lifted, async () =>
    {
        if (CustodyBook.HoldsOf(Notes()).All(hold => hold.Hold != lifted.Hold)) throw new CustodyException($"there is no hold {lifted.Hold}", Cause.Of(CauseCode.NoSuch, "hold", lifted.Hold));
        await Record(lifted, null, cancellation);
    }, cancellation);

    /// <summary>Announced on record by the key that signs now, which signs one last checkpoint together with the next.</summary>
    /// <returns>The key that signs from now on.</returns>
    /// <exception cref="CustodyException">A rule says no.</exception>
    public async Task<NoteKey> ChangeKey(string by, string reason, CancellationToken cancellation)
    {
        NoteKey? changed = null;
        await Act(new KeyChanged("") { By = by, Reason = reason }, async () =>
        {
            if (!File.Exists(keyFile)) throw new CustodyException(Cause.Of(CauseCode.KeyFileMissing, keyFile));
            SigningKey old = SigningKey.LoadOrCreate(keyFile, "unused");
            if (old.PublicKey.ToString() != loop.SignedBy.ToString()) throw new CustodyException(Cause.Of(CauseCode.NotTheKey, keyFile));
            SigningKey next = SigningKey.LoadOrCreate(CustodyBook.NextOf(keyFile), old.PublicKey.Name);
            await Record(KeyChanged.From(old, next) with { By = by, Reason = reason }, next, cancellation);
            CustodyBook.Replace(keyFile);
            changed = next.PublicKey;
        }, cancellation);
        return changed!;
    }

    public ValueTask DisposeAsync()
    {
        oneAtATime.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task Act(CustodyNote note, Func<Task> act, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(note.By) || note.By.Length > LongestName) throw new CustodyException("say who answers for it (by)", Cause.Of(CauseCode.ByWhom));
        if (string.IsNullOrWhiteSpace(note.Reason) || note.Reason.Length > LongestReason) throw new CustodyException("say why (reason)", Cause.Of(CauseCode.FieldMissing, "reason"));
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            await act();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Not given up once it is queued: what is on record must be carried out.</summary>
    async Task Record(CustodyNote note, INoteSigner? next, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Entry entry = new(EntryKind.Custody, clock.GetUtcNow(), note.By, note.Encode());
        if (await loop.Submit(entry, next) is null) throw new CustodyException("too many orders wait: it was not taken", Cause.Of(CauseCode.Overloaded));
    }
}
