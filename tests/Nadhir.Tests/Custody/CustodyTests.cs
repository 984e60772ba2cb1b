using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Custody;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Storage;

namespace Nadhir.Tests.Custody;

/// <summary>What is done to a closed record: each act on record, the tree and its proofs as before.</summary>
public sealed class CustodyTests : IDisposable
{
    readonly RecordFolder folder = new();
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    static DateTimeOffset Start => RecordFolder.Sample(0).Time;

    public void Dispose() => folder.Dispose();

    string KeyFile => folder.File("signing.key");

    NoteKey SignedWithAFile(int entries)
    {
        SigningKey key = SigningKey.LoadOrCreate(KeyFile, "log.example/one");
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, entries);
        journal.Seal(key);
        return key.PublicKey;
    }

    byte[] Root()
    {
        using JournalTree tree = new(folder.Path);
        return tree.Root(400);
    }

    [Fact]
    public void A_record_whose_key_was_changed_twice_is_verified_with_the_first()
    {
        NoteKey first = SignedWithAFile(50);
        NoteKey second = CustodyBook.ChangeKey(folder.Path, KeyFile, "keeper", "yearly", clock);
        NoteKey third = CustodyBook.ChangeKey(folder.Path, KeyFile, "keeper", "lost laptop", clock);
        Assert.Equal(3, new[] { first, second, third }.Select(key => key.ToString()).Distinct(StringComparer.Ordinal).Count());
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path))
            journal.Seal(SigningKey.LoadOrCreate(KeyFile, "unused"));
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, trustedKey: first);
        Assert.Empty(verdict.Faults);
        Assert.Equal((2, 52L, true), (verdict.KeyChanges, verdict.Entries, verdict.Sealed));
        Assert.Equal(1, RecordVerifier.Verify(folder.Path, trustedKey: second).KeyChanges);
        Assert.Equal(0, RecordVerifier.Verify(folder.Path, trustedKey: third).KeyChanges);
        Assert.False(File.Exists(KeyFile + ".next"));
    }

    [Fact]
    public void A_key_that_the_one_before_did_not_announce_is_not_followed()
    {
        NoteKey first = SignedWithAFile(50);
        using RecordFolder elsewhere = new();
        SigningKey thief = SigningKey.LoadOrCreate(elsewhere.File("a.key"), "log.example/one"), next = SigningKey.LoadOrCreate(elsewhere.File("b.key"), "log.example/one");
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path))
        {
            journal.Append(new Entry(EntryKind.Custody, clock.GetUtcNow(), "thief", KeyChanged.From(thief, next).Encode()));
            journal.Seal(next);
        }
        Assert.Contains("is not signed by log.example/one", Assert.Single(RecordVerifier.Verify(folder.Path, trustedKey: first).Faults).What);
    }

    [Fact]
    public void Withheld_payloads_leave_root_and_proofs_as_they_were_and_are_counted()
    {
        folder.Sealed(400);
        byte[] root = Root();
        long received = Enumerable.Range(0, 400).LongCount(n => RecordFolder.Sample(n).Kind == EntryKind.Received);
        Assert.Equal(received, CustodyBook.Withhold(folder.Path, RecordFolder.Key, Start.AddDays(1), "keeper", "law", clock));
        Assert.Equal(root, Root());
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
        Assert.Empty(verdict.Faults);
        Assert.Equal((received, 401L, true), (verdict.Withheld, verdict.Entries, verdict.Sealed));
        using JournalTree tree = new(folder.Path);
        Assert.Null(tree.Encoded(12));
        Assert.True(MerkleProof.Includes(12, 400, RecordFolder.Leaf(12), tree.InclusionProof(12, 400), root));
        // The bytes are gone from the file, not only from the table.
        Assert.Equal(-1, File.ReadAllBytes(folder.File(RecordFiles.Journal)).AsSpan().IndexOf(RecordFolder.Sample(7).Payload.Span[..64]));
        Assert.Equal(0, CustodyBook.Withhold(folder.Path, RecordFolder.Key, Start.AddDays(1), "keeper", "law", clock));
    }

    [Fact]
    public void What_is_on_hold_stays_until_the_hold_is_lifted()
    {
        folder.Sealed(400);
        DateTimeOffset from = RecordFolder.Sample(100).Time, to = RecordFolder.Sample(199).Time;
        CustodyBook.PlaceHold(folder.Path, RecordFolder.Key, new HoldPlaced("case-7", from, to) { By = "counsel", Reason = "inquiry" }, clock);
        Assert.Throws<CustodyException>(() => CustodyBook.PlaceHold(folder.Path, RecordFolder.Key, new HoldPlaced("case-7", from, to), clock));
        long gone = CustodyBook.Withhold(folder.Path, RecordFolder.Key, Start.AddDays(1), "keeper", "law", clock);
        using (SqliteJournal journal = SqliteJournal.OpenReadOnly(folder.Path))
        {
            foreach ((long seq, Entry entry) in journal.Read().Take(400))
            {
                bool kept = entry.Kind != EntryKind.Received || seq is >= 100 and <= 199;
                Assert.Equal(kept ? RecordFolder.Sample(seq).Payload.Length : 0, entry.Payload.Length);
            }
        }
        Assert.Equal(gone, RecordVerifier.Verify(folder.Path).Withheld);
        CustodyBook.LiftHold(folder.Path, RecordFolder.Key, new HoldLifted("case-7") { By = "counsel", Reason = "closed" }, clock);
        Assert.Equal(60, CustodyBook.Withhold(folder.Path, RecordFolder.Key, Start.AddDays(1), "keeper", "law", clock));
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
    }

    [Fact]
    public void Payloads_that_are_gone_without_a_word_are_a_fault()
    {
        folder.Sealed(400);
        Damage.Run(folder, "UPDATE entries SET payload = x'' WHERE kind = 2 AND seq BETWEEN 40 AND 60; INSERT INTO withheld VALUES (40, 60)");
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
        Assert.Contains(verdict.Faults, fault => fault.What == "payloads from entry 40 to 60 are gone, and no retention is on record");
    }

    [Fact]
    public void A_record_goes_into_one_file_and_comes_out_the_same()
    {
        folder.Sealed(400);
        using RecordFolder place = new();
        string file = place.File("record.tar.gz"), copy = place.File("copy");
        JournalExport.Export(folder.Path, file);
        RecordVerdict verdict = JournalExport.Import(file, copy, RecordFolder.Key.PublicKey);
        Assert.Equal((RecordVerifier.Verify(folder.Path).Root, true), (verdict.Root, verdict.Sealed));
        foreach (string name in Directory.GetFiles(copy).Select(Path.GetFileName).OfType<string>())
            Assert.Equal(File.ReadAllBytes(folder.File(name)), File.ReadAllBytes(Path.Combine(copy, name)));
        Assert.Throws<CustodyException>(() => JournalExport.Import(file, copy, null));
    }

    [Fact]
    public void A_record_is_exported_while_it_is_written()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 300);
        journal.WriteCheckpoint(RecordFolder.Key);
        RecordFolder.Append(journal, 50);
        using RecordFolder place = new();
        JournalExport.Export(folder.Path, place.File("record.tar.gz"));
        RecordVerdict verdict = JournalExport.Import(place.File("record.tar.gz"), place.File("copy"), null);
        Assert.Equal((350L, 50L, Convert.ToBase64String(journal.Root())), (verdict.Entries, verdict.UnsignedTail, verdict.Root));
    }

    [Fact]
    public void A_file_that_is_damaged_or_reaches_elsewhere_leaves_nothing()
    {
        folder.Sealed(400);
        using RecordFolder place = new();
        string file = place.File("record.tar.gz"), copy = place.File("copy");
        JournalExport.Export(folder.Path, file);
        byte[] whole = File.ReadAllBytes(file);
        foreach (int at in new[] { 3, 200, whole.Length / 2, whole.Length - 20 })
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x40;
            File.WriteAllBytes(file, damaged);
            Exception? refused = Record.Exception(() => JournalExport.Import(file, copy, null));
            Assert.True(refused is IOException, $"byte {at}: {refused}");
            Assert.False(Directory.Exists(copy));
        }
        using (FileStream to = File.Create(file))
        using (GZipStream packed = new(to, CompressionLevel.Fastest))
        using (TarWriter tar = new(packed))
            tar.WriteEntry(folder.File(RecordFiles.Checkpoint), "../checkpoint");
        Assert.Throws<IOException>(() => JournalExport.Import(file, copy, null));
        Assert.False(File.Exists(place.File("checkpoint")));
    }
}
