using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Reads every entry of a journal, hashes it again and compares. Goes on after a difference, so that at the end it can
/// say whether the content or the stored hash is the one that was signed. Whole tiles that are as they were written are
/// taken as their root; decisions are made again one by one, in order.
/// </summary>
/// <param name="otherSizes">Sizes whose roots are wanted besides: those that witnesses and time stamps speak of.</param>
sealed class EntryWalk(IRecomputation? recomputation, Action<long>? progress, IReadOnlySet<long>? otherSizes = null)
{
    const long ProgressEvery = 8192;

    readonly CompactRange recomputed = new();
    CompactRange? stored; // Apart from the recomputed one from the first difference on only.
    readonly List<RecordFault> faults = [];
    readonly Dictionary<long, byte[]> roots = [];
    Action<int, long, byte[]>? compare;
    Func<RecordFault?> treeFault = () => null;
    string? firstDifference;
    long firstDifferenceAt, differences, told;
    long? signedSize;
    bool decisionFault;

    public IReadOnlyList<RecordFault> Faults => faults;
    public long Entries => recomputed.Size;
    public byte[] Root => recomputed.Root();

    /// <summary>The root over the content at the size the checkpoint signed, once the walk has come that far.</summary>
    public byte[]? RootAtCheckpoint { get; private set; }

    /// <summary>Which world the record says it is of, in its first entry; null when it does not say.</summary>
    public bool? Exercise { get; private set; }

    byte[]? storedRootAtCheckpoint;

    public bool DecisionsRecomputed { get; private set; }

    /// <summary>Entries whose payload retention withholds: their hash stands, their content cannot be checked.</summary>
    public long Withheld { get; private set; }

    /// <summary>The root over the content at one of the other sizes; null where there are not so many entries.</summary>
    public byte[]? RootAt(long size) => roots.GetValueOrDefault(size);

    /// <exception cref="JournalOpenException">There is no journal, or it cannot be opened.</exception>
    public void Run(string folder, Checkpoint? signed)
    {
        signedSize = signed?.Size;
        using SqliteConnection connection = JournalFile.OpenForReading(folder);
        if (WalkAll(folder, connection, out WithheldEntries? withheld) is var complete && complete
            && withheld!.Unannounced(CustodyNote.ReadAll(connection).OfType<PayloadsWithheld>()) is { } range)
        {
            faults.Add(new RecordFault(
                RecordPart.Entry, range.First, $"payloads from entry {range.First} to {range.Last} are gone, and no retention is on record"));
        }
        if (firstDifference is not null) NameDifference(signed);
        else if (treeFault() is { } tree) faults.Add(tree);
        if (recomputation is null || decisionFault || faults.Count > 0 || !complete || Withheld > 0) return;
        if (recomputation.End() is { } missing) faults.Add(new RecordFault(RecordPart.Decision, null, missing));
        DecisionsRecomputed = true;
    }

    bool WalkAll(string folder, SqliteConnection connection, out WithheldEntries? withheld)
    {
        withheld = null;
        try
        {
            withheld = WithheldEntries.Read(connection);
            using KeptSubtrees subtrees = new(connection);
            (compare, treeFault) = (subtrees.Compare, () => subtrees.Fault);
            using LeafBatches batches = new(folder, withheld);
            NoteRoots();
            foreach (LeafBatch batch in batches.InOrder())
            {
                if (HasPlainRoot(batch)) Take(batch);
                else for (int at = 0; at < batch.Count; at++) Take(batch, at);
                if (Entries - told < ProgressEvery) continue;
                progress?.Invoke(Entries);
                told = Entries;
            }
            if (batches.AfterGap is not { } next) return true;
            faults.Add(new RecordFault(RecordPart.Entry, Entries, $"entry {Entries} is missing; the next one is {next}"));
        }
        catch (SqliteException damaged)
        {
            faults.Add(new RecordFault(
                RecordPart.Journal, Entries, $"{RecordFiles.Journal} is damaged where entry {Entries} should be: {damaged.Message}"));
        }
        return false;
    }

    /// <summary>Whether its root can be taken for its leaves: nothing differs, and no root amid it is wanted.</summary>
    bool HasPlainRoot(LeafBatch batch) => batch.TileRoot is not null && stored is null
        && !IsAmid(batch, signedSize) && (otherSizes is null || !otherSizes.Any(size => IsAmid(batch, size)));

    static bool IsAmid(LeafBatch batch, long? size) => size > batch.First && size < batch.First + batch.Count;

    void Take(LeafBatch batch)
    {
        recomputed.AppendTile(batch.TileRoot!, compare);
        NoteRoots();
        if (recomputation is null && batch.First > 0) Withheld += batch.Withheld;
        else for (int at = 0; at < batch.Count; at++) Look(batch, at);
    }

    void Take(LeafBatch batch, int at)
    {
        if (batch.Differs(at)) Note(batch, at);
        stored?.Append(batch.StoredHashOf(at));
        recomputed.Append(batch.HashOf(at), compare);
        NoteRoots();
        Look(batch, at);
    }

    /// <summary>What an entry says, once it is known to be the one that was hashed.</summary>
    void Look(LeafBatch batch, int at)
    {
        long seq = batch.First + at;
        if (batch.IsWithheld(at)) Withheld++;
        else if ((seq == 0 || recomputation is not null) && !batch.Differs(at) && batch[at].TryRead(out Entry? entry) == EntryFault.None)
        {
            if (seq == 0) Exercise = RecordWorld.Of(entry!);
            if (differences == 0 && !decisionFault && Withheld == 0) Recompute(seq, entry!);
        }
    }

    void Note(LeafBatch batch, int at)
    {
        if (differences++ > 0) return;
        stored = recomputed.Copy();
        firstDifferenceAt = batch.First + at;
        firstDifference = batch.Unreadable(at) is not EntryFault.None and var unreadable
            ? $"{batch[at].Describe()}: content cannot be read ({unreadable})"
            : $"{batch[at].Describe()}: content does not match its hash";
    }

    void NoteRoots()
    {
        if (otherSizes?.Contains(Entries) == true) roots[Entries] = recomputed.Root();
        if (signedSize != Entries) return;
        RootAtCheckpoint = recomputed.Root();
        storedRootAtCheckpoint = stored?.Root() ?? RootAtCheckpoint;
    }

    void Recompute(long seq, Entry entry)
    {
        if (recomputation?.Check(seq, entry) is not { } differs) return;
        decisionFault = true;
        faults.Add(new RecordFault(RecordPart.Decision, seq, differs));
    }

    void NameDifference(Checkpoint? signed)
    {
        string which = signed is null || RootAtCheckpoint is null || firstDifferenceAt >= signed.Size ? ""
            : signed.Root.Span.SequenceEqual(RootAtCheckpoint) ? "; the content is what was signed, the stored hash was changed"
            : signed.Root.Span.SequenceEqual(storedRootAtCheckpoint) ? "; the hash is what was signed, the content was changed"
            : "; neither is what was signed";
        string more = differences > 1 ? $" (first of {differences} entries that differ)" : "";
        faults.Insert(0, new RecordFault(RecordPart.Entry, firstDifferenceAt, firstDifference + which + more));
    }
}
