using Microsoft.Extensions.Time.Testing;
using Nadhir.Custody;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

/// <summary>The salts of leaf hashes: what a hash gives away, and journals of older builds that have none.</summary>
public sealed class SaltTests : IDisposable
{
    static readonly JournalOptions asOlderBuildsMadeIt = new() { Format = JournalFile.UnsaltedFormat };

    readonly RecordFolder folder = new();
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => folder.Dispose();

    static byte[][] Leaves(string record, int count)
    {
        using JournalTree tree = new(record);
        return [.. Enumerable.Range(0, count).Select(entry => tree.LeafHash(entry))];
    }

    [Fact]
    public void Who_guesses_an_entry_whole_cannot_confirm_it_by_its_leaf_hash()
    {
        using RecordFolder other = new();
        foreach (RecordFolder each in new[] { folder, other })
        {
            using SqliteJournal journal = SqliteJournal.Create(each.Path);
            RecordFolder.Append(journal, 50);
            journal.Seal(RecordFolder.Key);
        }
        byte[][] one = Leaves(folder.Path, 50), two = Leaves(other.Path, 50);
        for (int entry = 0; entry < 50; entry++)
        {
            Assert.NotEqual(MerkleHash.Leaf(EntryEncoding.Encode(RecordFolder.Sample(entry))), one[entry]);
            Assert.NotEqual(RecordFolder.Leaf(entry), one[entry]);
            Assert.NotEqual(two[entry], one[entry]); // the same entries, in another record
        }
        using JournalTree tree = new(folder.Path);
        Assert.Equal(one[12], MerkleHash.Leaf(EntryEncoding.Encode(RecordFolder.Sample(12), tree.Salt(12))));
        Assert.Equal(one[12], MerkleHash.Leaf(tree.Encoded(12)));
        Assert.Equal(50, Enumerable.Range(0, 50).Select(entry => Convert.ToHexString(tree.Salt(entry))).Distinct().Count());
    }

    [Fact]
    public void With_a_withheld_payload_its_salt_goes_too()
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            RecordFolder.Append(journal, 400);
            journal.Seal(RecordFolder.Key);
        }
        byte[][] before = Leaves(folder.Path, 400);
        byte[] salt, kept;
        using (JournalTree tree = new(folder.Path)) (salt, kept) = (tree.Salt(12), tree.Salt(10));
        CustodyBook.Withhold(folder.Path, RecordFolder.Key, RecordFolder.Sample(0).Time.AddDays(1), "keeper", "law", clock);
        Assert.Equal(-1, File.ReadAllBytes(folder.File(RecordFiles.Journal)).AsSpan().IndexOf(salt));
        using JournalTree after = new(folder.Path);
        Assert.Empty(after.Salt(12));
        Assert.Equal(kept, after.Salt(10)); // of a tick
        Assert.Equal(before, Leaves(folder.Path, 400));
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        // Whoever was given the entry with its salt before can still prove it.
        Assert.Equal(before[12], MerkleHash.Leaf(EntryEncoding.Encode(RecordFolder.Sample(12), salt)));
    }

    [Theory]
    [InlineData("UPDATE entries SET salt = zeroblob(16) WHERE seq = 12", "content does not match its hash; the hash is what was signed")]
    [InlineData("UPDATE entries SET salt = x'' WHERE seq = 12", "content does not match its hash; the hash is what was signed")]
    [InlineData("UPDATE entries SET salt = x'00' WHERE seq = 12", "content cannot be read (SaltSize)")]
    public void A_changed_salt_is_a_changed_entry(string sql, string what)
    {
        folder.Sealed(50);
        Damage.Run(folder, sql);
        RecordFault fault = Assert.Single(RecordVerifier.Verify(folder.Path).Faults, fault => fault.Part != RecordPart.Seal);
        Assert.Equal(12, fault.Seq);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_without_salts_is_verified_gone_on_with_withheld_and_taken_elsewhere()
    {
        static byte[] Leaf(long n) => MerkleHash.Leaf(EntryEncoding.Encode(RecordFolder.Sample(n)));
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path, asOlderBuildsMadeIt))
        {
            RecordFolder.Append(journal, 300);
            journal.Seal(RecordFolder.Key);
        }
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path))
        {
            RecordFolder.Append(journal, 100);
            Assert.Equal(new MerkleTree(Leaf).Root(400), journal.Root());
            journal.Seal(RecordFolder.Key);
        }
        using (JournalTree tree = new(folder.Path))
        {
            Assert.Equal(Leaf(333), tree.LeafHash(333));
            Assert.Equal(EntryEncoding.Encode(RecordFolder.Sample(333)), tree.Encoded(333));
            Assert.Empty(tree.Salt(333));
        }
        Assert.True(CustodyBook.Withhold(folder.Path, RecordFolder.Key, RecordFolder.Sample(0).Time.AddDays(1), "keeper", "law", clock) > 0);
        Assert.True(RecordVerifier.Verify(folder.Path) is { Intact: true, Withheld: > 0 });
        using RecordFolder place = new();
        JournalExport.Export(folder.Path, place.File("record.tar.gz"));
        Assert.True(JournalExport.Import(place.File("record.tar.gz"), place.File("copy"), RecordFolder.Key.PublicKey).Intact);
    }
}
