using System.Text;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class SqliteJournalTests : IDisposable
{
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    static void AssertSame(Entry expected, Entry actual)
    {
        Assert.Equal(expected with { Payload = default }, actual with { Payload = default });
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
    }

    [Fact]
    public void What_is_appended_is_read_back_in_order()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 300);
        List<(long Seq, Entry Entry)> read = [.. journal.Read()];
        Assert.Equal(300, read.Count);
        for (int n = 0; n < 300; n++)
        {
            Assert.Equal(n, read[n].Seq);
            AssertSame(RecordFolder.Sample(n), read[n].Entry);
        }
        Assert.Equal(250, journal.Read(from: 250).First().Seq);
    }

    [Fact]
    public void A_source_and_payload_of_any_content_come_back_whole()
    {
        Entry[] odd =
        [
            new(EntryKind.Tick, DateTimeOffset.MinValue, "", default),
            new(EntryKind.Command, DateTimeOffset.MaxValue, "غرفة العمليات", new byte[] { 0, 0, 0 }),
            new(EntryKind.Received, DateTimeOffset.UnixEpoch, "a\0b", new byte[100_000]),
        ];
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            foreach (Entry entry in odd) journal.Append(entry);
            journal.Seal(RecordFolder.Key);
        }
        using SqliteJournal reopened = SqliteJournal.OpenReadOnly(folder.Path);
        foreach ((long seq, Entry entry) in reopened.Read()) AssertSame(odd[seq], entry);
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
    }

    [Fact]
    public void The_root_is_the_tree_over_the_encoded_entries()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted);
        RecordFolder.Append(journal, 77);
        MerkleTree tree = new(RecordFolder.Leaf);
        Assert.Equal(tree.Root(77), journal.Root());
    }

    [Fact]
    public void The_same_content_gives_the_same_root_however_it_was_batched()
    {
        using RecordFolder other = new();
        using SqliteJournal one = SqliteJournal.Create(folder.Path, RecordFolder.Salted), two = SqliteJournal.Create(other.Path, RecordFolder.Salted);
        RecordFolder.Append(one, 100);
        for (int batch = 0; batch < 10; batch++) RecordFolder.Append(two, 10);
        Assert.Equal(one.Root(), two.Root());
        Assert.Equal(one.WriteCheckpoint(RecordFolder.Key), two.WriteCheckpoint(RecordFolder.Key));
    }

    [Fact]
    public void The_same_record_written_twice_is_the_same_file()
    {
        using RecordFolder other = new();
        folder.Sealed(500);
        other.Sealed(500);
        foreach (string name in new[] { RecordFiles.Journal, RecordFiles.Checkpoint, RecordFiles.PublicKey, RecordFiles.Seal })
            Assert.Equal(File.ReadAllBytes(folder.File(name)), File.ReadAllBytes(other.File(name)));
    }

    [Fact]
    public void A_journal_goes_on_where_it_ended()
    {
        byte[] root;
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted)) RecordFolder.Append(journal, 40);
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path, RecordFolder.Salted))
        {
            Assert.Equal(40, journal.Count);
            RecordFolder.Append(journal, 60);
            root = journal.Root();
        }
        using RecordFolder other = new();
        using SqliteJournal whole = SqliteJournal.Create(other.Path, RecordFolder.Salted);
        RecordFolder.Append(whole, 100);
        Assert.Equal(whole.Root(), root);
    }

    [Fact]
    public void A_batch_that_was_not_committed_is_not_seen_and_not_kept()
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            RecordFolder.Append(journal, 3);
            journal.Append(RecordFolder.Sample(3));
            Assert.Equal((4L, 3L), (journal.Count, journal.CommittedCount));
            Assert.Equal(3, journal.Read().Count());
        }
        using SqliteJournal reopened = SqliteJournal.OpenReadOnly(folder.Path);
        Assert.Equal(3, reopened.Count);
    }

    [Fact]
    public void A_second_writer_is_told_so()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        JournalOpenException refused = Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
        Assert.Contains("is being written by another process", refused.Message, StringComparison.Ordinal);
        RecordFolder.Append(journal, 5);
        Assert.Equal(5, journal.Count);
    }

    [Fact]
    public void A_journal_is_not_made_over_another()
    {
        folder.Sealed(3);
        Assert.Throws<JournalOpenException>(() => SqliteJournal.Create(folder.Path));
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
    }

    [Fact]
    public void A_full_disk_takes_the_batch_back_and_it_can_be_tried_again()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, new JournalOptions { MostPages = 40 });
        JournalWriteException? full = null;
        while (full is null)
        {
            byte[] before = journal.Root();
            long committed = journal.CommittedCount;
            Assert.True(committed < 10_000, "the limit on pages must be met");
            try
            {
                RecordFolder.Append(journal, 20);
            }
            catch (JournalWriteException thrown)
            {
                full = thrown;
                Assert.Equal((committed, committed), (journal.Count, journal.CommittedCount));
                Assert.Equal(before, journal.Root());
            }
        }
        Assert.Contains("full", full.Message, StringComparison.OrdinalIgnoreCase);
        long kept = journal.CommittedCount;
        journal.WriteCheckpoint(RecordFolder.Key);
        journal.Dispose();

        // Room again: the same batch goes in, numbered as if nothing had happened.
        using SqliteJournal roomier = SqliteJournal.OpenForAppend(folder.Path);
        Assert.Equal(kept, roomier.Count);
        RecordFolder.Append(roomier, 20);
        roomier.Seal(RecordFolder.Key);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
        Assert.True(verdict.Intact);
        Assert.Equal(kept + 20, verdict.Entries);
    }

    [Fact]
    public void After_a_full_disk_a_smaller_batch_still_fits()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, new JournalOptions { MostPages = 40 });
        RecordFolder.Append(journal, 10);
        Entry large = new(EntryKind.Received, DateTimeOffset.UnixEpoch, "SIM-1", new byte[1 << 20]);
        Assert.Throws<JournalWriteException>(() =>
        {
            journal.Append(large);
            journal.Commit();
        });
        RecordFolder.Append(journal, 10);
        Assert.Equal(20, journal.Read().Count());
    }

    [Fact]
    public void A_gap_keeps_a_journal_from_going_on()
    {
        folder.Sealed(20);
        Damage.Run(folder, "DELETE FROM entries WHERE seq = 11");
        JournalOpenException refused = Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
        Assert.Contains("entry 11 is missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_shorter_than_its_checkpoint_does_not_go_on()
    {
        folder.Sealed(20);
        Damage.Run(folder, "DELETE FROM entries WHERE seq >= 15");
        JournalOpenException refused = Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
        Assert.Contains("signed 20 entries, but only 15", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_whose_hashes_are_not_those_signed_does_not_go_on()
    {
        folder.Sealed(20);
        Damage.Run(folder, "UPDATE entries SET leaf_hash = zeroblob(32) WHERE seq = 4");
        Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
    }

    [Fact]
    public void Something_else_is_not_taken_for_a_journal()
    {
        File.WriteAllText(folder.File(RecordFiles.Journal), "not a database, only text that is long enough to look like one".PadRight(5000));
        Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenReadOnly(folder.Path));
        Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(folder.Path));
        using RecordFolder empty = new();
        Assert.Throws<JournalOpenException>(() => SqliteJournal.OpenForAppend(empty.Path));
    }

    [Fact]
    public void A_reader_sees_each_commit_while_the_writer_goes_on()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        for (int batch = 1; batch <= 5; batch++)
        {
            RecordFolder.Append(journal, 10);
            using SqliteJournal reader = SqliteJournal.OpenReadOnly(folder.Path);
            Assert.Equal(10 * batch, reader.Count);
            Assert.Equal(journal.Root(), reader.Root());
        }
    }

    [Fact]
    public void A_record_on_a_disk_that_cannot_be_written_is_still_read()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("file modes bind neither Windows nor root");
            return;
        }
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            RecordFolder.Append(journal, 30);
            journal.WriteCheckpoint(RecordFolder.Key);
        }
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void The_checkpoint_is_a_note_that_the_public_key_beside_it_verifies()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 12);
        string written = journal.WriteCheckpoint(RecordFolder.Key);
        Assert.Equal(written, File.ReadAllText(folder.File(RecordFiles.Checkpoint), Encoding.UTF8));
        SignedNote note = SignedNote.Read(Encoding.UTF8.GetBytes(written), out _)!;
        NoteKey key = NoteKey.Read(File.ReadAllText(folder.File(RecordFiles.PublicKey)).TrimEnd(), out _)!;
        Assert.Equal(NoteVerdict.Verified, note.Verify(Ed25519Verifier.For(key)!));
        Checkpoint checkpoint = Checkpoint.Read(note.Text, out _)!;
        Assert.Equal(12, checkpoint.Size);
        Assert.Equal(journal.Root(), checkpoint.Root.ToArray());
    }

    [Fact]
    public void A_journal_that_is_being_read_is_sealed_once_the_reader_is_done()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 10);
        using (SqliteJournal.OpenReadOnly(folder.Path))
            Assert.Throws<JournalWriteException>(() => journal.Seal(RecordFolder.Key));
        RecordFolder.Append(journal, 10);
        journal.Seal(RecordFolder.Key);
        Assert.True(RecordVerifier.Verify(folder.Path) is { Intact: true, Sealed: true, Entries: 20 });
    }

    [Fact]
    public void A_sealed_record_that_goes_on_is_unsealed_until_it_is_sealed_again()
    {
        folder.Sealed(10);
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path)) RecordFolder.Append(journal, 5);
        Assert.True(RecordVerifier.Verify(folder.Path) is { Intact: true, Sealed: false, UnsignedTail: 5 });
        using (SqliteJournal journal = SqliteJournal.OpenForAppend(folder.Path)) journal.Seal(RecordFolder.Key);
        Assert.True(RecordVerifier.Verify(folder.Path) is { Intact: true, Sealed: true, SignedEntries: 15 });
    }

    [Fact]
    public void A_crash_while_a_journal_was_being_made_leaves_nothing_in_the_way()
    {
        File.WriteAllText(folder.File("journal.sqlite.new"), "half a file");
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, new JournalOptions { Created = DateTimeOffset.UnixEpoch });
        RecordFolder.Append(journal, 3);
        journal.Seal(RecordFolder.Key);
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        Assert.False(File.Exists(folder.File("journal.sqlite.new")));
    }

    [Fact]
    public void An_entry_is_proved_to_be_in_what_the_checkpoint_signs()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted);
        RecordFolder.Append(journal, 700);
        byte[] older = journal.Root();
        RecordFolder.Append(journal, 77);
        using JournalTree tree = journal.Tree();
        byte[] leaf = RecordFolder.Leaf(432);
        Assert.True(MerkleProof.Includes(432, 777, leaf, tree.InclusionProof(432, 777), journal.Root()));
        Assert.False(MerkleProof.Includes(433, 777, leaf, tree.InclusionProof(432, 777), journal.Root()));
        Assert.True(MerkleProof.IsConsistent(700, 777, tree.ConsistencyProof(700, 777), older, journal.Root()));
    }
}
