using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Reads every entry of a journal, hashes it again and compares. Goes on after a difference, so that at the end it can
/// say whether the content or the stored hash is the one that was signed.
/// </summary>
/// <param name="otherSizes">Sizes whose roots are wanted besides: those that witnesses and time stamps speak of.</param>
sealed class EntryWalk(IRecomputation? recomputation, Action<long>? progress, IReadOnlySet<long>? otherSizes = null)
{
    const long ProgressEvery = 8192;

    readonly LeafHasher hasher = new();
    readonly CompactRange recomputed = new();
    CompactRange? stored; // Apart from the recomputed one from the first difference on only.
    readonly List<RecordFault> faults = [];
    readonly Dictionary<long, byte[]> roots = [];
    WithheldEntries withheld = WithheldEntries.None;
    Action<int, long, byte[]>? compare;
    Func<RecordFault?> treeFault = () => null;
    string? firstDifference;
    long firstDifferenceAt, differences;
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

    public void Run(SqliteConnection connection, Checkpoint? signed)
    {
        bool complete = WalkAll(connection, signed?.Size);
        if (complete && withheld.Unannounced(CustodyNote.ReadAll(connection).OfType<PayloadsWithheld>()) is { } range)
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

    bool WalkAll(SqliteConnection connection, long? signedSize)
    {
        try
        {
            withheld = WithheldEntries.Read(connection);
            using KeptSubtrees subtrees = new(connection);
            (compare, treeFault) = (subtrees.Compare, () => subtrees.Fault);
            using JournalRows rows = new(connection, from: 0);
            NoteRoots(signedSize);
            while (rows.Next())
            {
                if (!Visit(rows.Current)) return false;
                NoteRoots(signedSize);
                if (Entries % ProgressEvery == 0) progress?.Invoke(Entries);
            }
            return true;
        }
        catch (SqliteException damaged)
        {
            faults.Add(new RecordFault(
                RecordPart.Journal, Entries, $"{RecordFiles.Journal} is damaged where entry {Entries} should be: {damaged.Message}"));
            return false;
        }
    }

    void NoteRoots(long? signedSize)
    {
        if (otherSizes?.Contains(Entries) == true) roots[Entries] = recomputed.Root();
        if (signedSize != Entries) return;
        RootAtCheckpoint = recomputed.Root();
        storedRootAtCheckpoint = stored?.Root() ?? RootAtCheckpoint;
    }

    bool Visit(StoredEntry row)
    {
        if (row.Seq != Entries)
        {
            faults.Add(new RecordFault(RecordPart.Entry, Entries, $"entry {Entries} is missing; the next one is {row.Seq}"));
            return false;
        }
        if (withheld.Holds(row) && row.LeafHash.Length == MerkleHash.Size)
        {
            Withheld++;
            stored?.Append(row.LeafHash.ToArray());
            recomputed.Append(row.LeafHash.ToArray(), compare);
            return true;
        }
        Entry? entry = null;
        // What is not decided again need not be made an entry of.
        EntryFault unreadable = recomputation is null && row.Seq > 0 ? row.Check() : row.TryRead(out entry);
        byte[] leafHash = row.Kind is >= 0 and <= byte.MaxValue && row.Source.Length <= EntryEncoding.LongestSource
            && row.Payload.Length <= EntryEncoding.LongestPayload
            ? hasher.Hash((byte)row.Kind, row.TimeMicroseconds, row.Source, row.Payload)
            : new byte[MerkleHash.Size];
        bool same = row.LeafHash.SequenceEqual(leafHash) && unreadable == EntryFault.None;
        if (!same) Note(row, unreadable);
        else if (Entries == 0) Exercise = RecordWorld.Of(entry!);
        stored?.Append(row.LeafHash.Length == MerkleHash.Size ? row.LeafHash.ToArray() : new byte[MerkleHash.Size]);
        recomputed.Append(leafHash, compare);
        if (differences == 0 && !decisionFault && Withheld == 0) Recompute(row.Seq, entry!);
        return true;
    }

    void Note(StoredEntry row, EntryFault unreadable)
    {
        if (differences++ > 0) return;
        stored = recomputed.Copy();
        firstDifferenceAt = row.Seq;
        firstDifference = unreadable == EntryFault.None
            ? $"{row.Describe()}: content does not match its hash"
            : $"{row.Describe()}: content cannot be read ({unreadable})";
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
