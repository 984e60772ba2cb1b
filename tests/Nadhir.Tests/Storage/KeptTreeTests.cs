using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

/// <summary>The hashes of full subtrees that a journal keeps, and journals of older builds that keep none.</summary>
public sealed class KeptTreeTests : IDisposable
{
    const string AsOlderBuildsWroteIt = "DROP TABLE subtrees; DROP TABLE withheld";

    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    static MerkleTree Expected => new(RecordFolder.Leaf);

    void Make(int count)
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted);
        RecordFolder.Append(journal, count);
        journal.WriteCheckpoint(RecordFolder.Key);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Roots_proofs_and_tiles_are_those_of_the_entries(bool older)
    {
        Make(1000);
        if (older) Damage.Run(folder, AsOlderBuildsWroteIt);
        using JournalTree tree = new(folder.Path);
        foreach (long size in new long[] { 1, 255, 256, 257, 511, 768, 1000 })
        {
            Assert.Equal(Expected.Root(size), tree.Root(size));
            Assert.Equal(Expected.InclusionProof(size / 2, size), tree.InclusionProof(size / 2, size));
            Assert.Equal(Expected.ConsistencyProof((size + 1) / 2, size), tree.ConsistencyProof((size + 1) / 2, size));
        }
        Assert.Equal(Expected.Root(256), tree.Hashes(new Tile(1, 0, 3))!.Value[..32].ToArray());
        Assert.Null(tree.Hashes(new Tile(1, 0, 4)));
        Assert.Null(tree.Hashes(new Tile(0, 3, 233)));
        Assert.Equal(232 * 32, tree.Hashes(new Tile(0, 3, 232))!.Value.Length);
    }

    [Fact]
    public void A_journal_of_an_older_build_is_verified_and_gone_on_with()
    {
        Make(1000);
        Damage.Run(folder, AsOlderBuildsWroteIt);
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path, RecordFolder.Salted))
        {
            RecordFolder.Append(journal, 300);
            Assert.Equal(Expected.Root(1300), journal.Root());
            journal.Seal(RecordFolder.Key);
        }
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        using JournalTree tree = new(folder.Path);
        Assert.Equal(Expected.InclusionProof(7, 1300), tree.InclusionProof(7, 1300));
    }

    [Fact]
    public void A_journal_that_an_older_build_went_on_with_is_made_good_when_it_is_opened()
    {
        Make(1000);
        Damage.Run(folder, "DELETE FROM subtrees WHERE number >= 1");
        using SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path);
        Assert.Equal(Expected.Root(1000), journal.Root());
        journal.Seal(RecordFolder.Key);
        using JournalTree tree = new(folder.Path);
        Assert.Equal(Expected.Root(768), tree.Root(768));
    }

    [Theory]
    [InlineData("UPDATE subtrees SET hash = zeroblob(32) WHERE number = 1", "the kept hash of subtree 1 of level 1 is not that of its entries")]
    [InlineData("DELETE FROM subtrees WHERE number = 0", "the kept hash of subtree 0 of level 1 is missing")]
    public void A_changed_hash_of_the_tree_is_found(string sql, string what)
    {
        folder.Sealed(1000);
        Damage.Run(folder, sql);
        Assert.Contains(RecordVerifier.Verify(folder.Path).Faults, fault => fault.What == what);
        Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
    }

    [Fact]
    public void A_bundle_holds_the_entries_behind_their_lengths()
    {
        Make(300);
        using JournalTree tree = new(folder.Path);
        ReadOnlySpan<byte> bundle = tree.Bundle(new Tile(Tile.Entries, 1, 44));
        for (int entry = 256; entry < 300; entry++)
        {
            int length = (bundle[0] << 8) | bundle[1];
            Assert.Equal(RecordFolder.Encoded(entry), bundle.Slice(2, length).ToArray());
            bundle = bundle[(2 + length)..];
        }
        Assert.True(bundle.IsEmpty);
        Assert.Null(tree.Bundle(new Tile(Tile.Entries, 1, 45)));
    }

    [Fact]
    public void An_entry_too_long_for_a_bundle_is_had_alone()
    {
        Entry large = new(EntryKind.Received, DateTimeOffset.UnixEpoch, "radar", new byte[70_000]);
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted))
        {
            journal.Append(large);
            journal.Commit();
        }
        using JournalTree tree = new(folder.Path);
        Assert.Null(tree.Bundle(new Tile(Tile.Entries, 0, 1)));
        Assert.Equal(EntryEncoding.Encode(large, RecordFolder.Salt(0)), tree.Encoded(0));
    }
}
