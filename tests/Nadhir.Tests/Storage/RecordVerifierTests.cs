using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class RecordVerifierTests : IDisposable
{
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    RecordFault OnlyFault() => Assert.Single(RecordVerifier.Verify(folder.Path).Faults, fault => fault.Part != RecordPart.Seal);

    [Fact]
    public void A_record_as_it_was_written_is_intact()
    {
        folder.Sealed(200);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
        Assert.Empty(verdict.Faults);
        Assert.Equal((200L, 200L, 0L), (verdict.Entries, verdict.SignedEntries, verdict.UnsignedTail));
        Assert.True(verdict is { Sealed: true, ExerciseKey: true, KeyFromOutside: false, DecisionsRecomputed: false });
        Assert.Equal(RecordFolder.Key.PublicKey.Name, verdict.SignedBy);
    }

    [Fact]
    public void Verifying_leaves_the_folder_as_it_was()
    {
        folder.Sealed(50);
        string[] before = Directory.GetFiles(folder.Path);
        RecordVerifier.Verify(folder.Path);
        Assert.Equal(before, Directory.GetFiles(folder.Path));
        Assert.Equal(4, before.Length);
    }

    [Fact]
    public void A_changed_payload_is_named_with_its_entry()
    {
        folder.Sealed(50);
        Damage.Run(folder, "UPDATE entries SET payload = x'00' WHERE seq = 12");
        RecordFault fault = OnlyFault();
        Assert.Equal(12, fault.Seq);
        Assert.Equal(
            "entry 12 (Received, SIM-1, 2024-04-13T23:00:00.012000Z): content does not match its hash; "
            + "the hash is what was signed, the content was changed", fault.What);
    }

    [Fact]
    public void Of_many_changed_entries_the_first_is_named()
    {
        folder.Sealed(50);
        Damage.Run(folder, "UPDATE entries SET time_us = time_us + 1 WHERE seq IN (33, 8, 41)");
        RecordFault fault = OnlyFault();
        Assert.Equal(8, fault.Seq);
        Assert.EndsWith("(first of 3 entries that differ)", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE entries SET source = 'SIM-2' WHERE seq = 12", 12, "the content was changed")]
    [InlineData("UPDATE entries SET kind = 6 WHERE seq = 12", 12, "the content was changed")]
    [InlineData("UPDATE entries SET kind = 258 WHERE seq = 12", 12, "content cannot be read (UnknownKind)")]
    [InlineData("UPDATE entries SET leaf_hash = zeroblob(32) WHERE seq = 12", 12, "the stored hash was changed")]
    [InlineData("UPDATE entries SET leaf_hash = x'' WHERE seq = 12", 12, "the stored hash was changed")]
    [InlineData("DELETE FROM entries WHERE seq = 12", 12, "entry 12 is missing; the next one is 13")]
    [InlineData("DELETE FROM entries WHERE seq = 0", 0, "entry 0 is missing; the next one is 1")]
    [InlineData("DELETE FROM entries WHERE seq >= 40", 40, "the checkpoint signs 50 entries, but only 40 are here")]
    [InlineData("DELETE FROM entries", 0, "the checkpoint signs 50 entries, but only 0 are here")]
    public void Every_kind_of_tampering_is_named(string sql, long seq, string what)
    {
        folder.Sealed(50);
        Damage.Run(folder, sql);
        RecordFault fault = OnlyFault();
        Assert.Equal(seq, fault.Seq);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_changed_together_with_its_hash_does_not_fit_the_signed_root()
    {
        folder.Sealed(50);
        Entry forged = RecordFolder.Sample(12) with { Payload = "forged"u8.ToArray() };
        string hash = Convert.ToHexString(MerkleHash.Leaf(EntryEncoding.Encode(forged, RecordFolder.Salt(12))));
        Damage.Run(folder, $"UPDATE entries SET payload = CAST('forged' AS BLOB), leaf_hash = x'{hash}' WHERE seq = 12");
        RecordFault fault = OnlyFault();
        Assert.Equal(RecordPart.Checkpoint, fault.Part);
        Assert.Contains("the root of the first 50 entries is not the one the checkpoint signs", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    [InlineData(1023)]
    public void Of_a_long_record_any_entry_is_named_and_every_root_is_that_of_its_entries(int changed)
    {
        folder.Sealed(1024);
        byte[] root;
        using (SqliteJournal journal = SqliteJournal.OpenReadOnly(folder.Path)) root = journal.Root();
        Assert.Equal(Convert.ToBase64String(root), RecordVerifier.Verify(folder.Path).Root);
        Damage.Run(folder, $"UPDATE entries SET time_us = time_us + 1 WHERE seq IN ({changed}, 1023)");
        RecordFault fault = OnlyFault();
        Assert.Equal(changed, fault.Seq);
        Assert.Contains("the hash is what was signed, the content was changed", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Recomputation_of_a_long_record_sees_every_entry_in_order_and_payloads_of_megabytes_are_read()
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path, RecordFolder.Salted))
        {
            RecordFolder.Append(journal, 900);
            for (int large = 0; large < 5; large++)
                journal.Append(new Entry(EntryKind.Received, RecordFolder.Sample(900).Time, "SIM-1", new byte[700_000 + large]));
            RecordFolder.Append(journal, 300);
            journal.Seal(RecordFolder.Key);
        }
        Repeating watch = new(wrongFrom: 5000);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, () => watch);
        Assert.True(verdict is { Intact: true, DecisionsRecomputed: true, Entries: 1205 }, string.Join("; ", verdict.Faults));
        Assert.Equal(Enumerable.Range(0, 1205).Select(n => (long)n), watch.Seen);
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
    }

    [Fact]
    public void A_forger_who_signs_again_is_found_out_by_the_key_from_outside()
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            RecordFolder.Append(journal, 30);
            journal.Seal(SigningKey.ForExercise("forger"));
        }
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, trustedKey: RecordFolder.Key.PublicKey);
        RecordFault fault = Assert.Single(verdict.Faults);
        Assert.Contains("is not signed by", fault.What, StringComparison.Ordinal);
        Assert.Null(verdict.SignedBy);
    }

    [Fact]
    public void Entries_after_the_last_checkpoint_are_an_unsigned_tail_and_no_fault()
    {
        using SqliteJournal journal = SqliteJournal.Create(folder.Path);
        RecordFolder.Append(journal, 30);
        journal.WriteCheckpoint(RecordFolder.Key);
        RecordFolder.Append(journal, 12);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
        Assert.True(verdict is { Intact: true, Sealed: false, Entries: 42, SignedEntries: 30, UnsignedTail: 12 });
    }

    [Fact]
    public void A_changed_entry_in_the_unsigned_tail_is_named_too()
    {
        using (SqliteJournal journal = SqliteJournal.Create(folder.Path))
        {
            RecordFolder.Append(journal, 30);
            journal.WriteCheckpoint(RecordFolder.Key);
            RecordFolder.Append(journal, 12);
        }
        Damage.Run(folder, "UPDATE entries SET payload = x'01' WHERE seq = 37");
        Assert.Equal(37, OnlyFault().Seq);
    }

    [Fact]
    public void An_empty_journal_can_be_signed_and_verified()
    {
        folder.Sealed(0);
        Assert.True(RecordVerifier.Verify(folder.Path) is { Intact: true, Entries: 0, SignedEntries: 0 });
    }

    [Theory]
    [InlineData(RecordFiles.Checkpoint, "checkpoint is missing")]
    [InlineData(RecordFiles.PublicKey, "journal.pub cannot be used: it is missing")]
    [InlineData(RecordFiles.Journal, "holds no journal.sqlite")]
    public void A_missing_file_is_named(string name, string what)
    {
        folder.Sealed(10);
        File.Delete(folder.File(name));
        Assert.Contains(what, OnlyFault().What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_is_said_to_be_cut_short()
    {
        folder.Sealed(3000);
        using (FileStream file = new(folder.File(RecordFiles.Journal), FileMode.Open)) file.SetLength(file.Length / 2 / 4096 * 4096);
        RecordFault fault = OnlyFault();
        Assert.Equal(RecordPart.Journal, fault.Part);
        Assert.Contains("cut short", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_lost_in_the_middle_is_named_by_the_entry_that_should_be_there()
    {
        folder.Sealed(3000);
        using (FileStream file = new(folder.File(RecordFiles.Journal), FileMode.Open))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(new byte[4096]);
        }
        RecordFault fault = OnlyFault();
        Assert.Equal(RecordPart.Journal, fault.Part);
        Assert.InRange(fault.Seq!.Value, 1000, 2000);
        Assert.Contains($"is damaged where entry {fault.Seq} should be", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_byte_anywhere_in_the_folder_is_noticed()
    {
        folder.Sealed(400);
        Random random = new(20240413);
        int namedEntry = 0, onlyTheSeal = 0, flips = 0;
        foreach (string path in Directory.GetFiles(folder.Path))
        {
            byte[] original = File.ReadAllBytes(path);
            IEnumerable<int> offsets = original.Length < 2000
                ? Enumerable.Range(0, original.Length)
                : Enumerable.Range(0, 120).Concat(Enumerable.Range(0, 500).Select(_ => random.Next(original.Length)));
            foreach (int offset in offsets)
            {
                Damage.Flip(path, offset, (byte)(1 << random.Next(8)));
                RecordVerdict verdict = RecordVerifier.Verify(folder.Path);
                Assert.False(verdict.Intact, $"a flip at {offset} of {Path.GetFileName(path)} went unnoticed");
                Assert.All(verdict.Faults, fault => Assert.NotEmpty(fault.What));
                if (verdict.Faults.Any(fault => fault.Part == RecordPart.Entry)) namedEntry++;
                if (verdict.Faults.All(fault => fault.Part == RecordPart.Seal)) onlyTheSeal++;
                flips++;
                File.WriteAllBytes(path, original);
            }
        }
        Assert.True(RecordVerifier.Verify(folder.Path).Intact);
        Assert.True(flips > 1000 && namedEntry > 200 && onlyTheSeal > 0, $"{flips} flips, {namedEntry} named an entry, {onlyTheSeal} only the seal");
    }

    [Fact]
    public void Of_the_bytes_of_entries_every_flip_names_the_entry()
    {
        folder.Sealed(60);
        byte[] original = File.ReadAllBytes(folder.File(RecordFiles.Journal));
        for (long n = 2; n < 60; n++)
        {
            Entry entry = RecordFolder.Sample(n);
            if (entry.Payload.Length == 0 || n == 7) continue;
            // SQLite leaves older copies of a row in unused space when a page splits: change them all.
            int found = 0;
            for (int at = 0, next; (next = original.AsSpan(at).IndexOf(entry.Payload.Span)) >= 0; at += next + 1, found++)
                Damage.Flip(folder.File(RecordFiles.Journal), at + next + (entry.Payload.Length / 2), 0x40);
            Assert.True(found > 0);
            Assert.Equal(n, OnlyFault().Seq);
            File.WriteAllBytes(folder.File(RecordFiles.Journal), original);
        }
    }

    /// <summary>A watch that decides to repeat the last input's length.</summary>
    sealed class Repeating(long wrongFrom) : IRecomputation
    {
        public List<long> Seen { get; } = [];

        public string? Check(long seq, Entry entry)
        {
            Seen.Add(seq);
            return seq >= wrongFrom && !entry.IsInput ? $"decision at entry {seq} differs" : null;
        }

        public string? End() => Seen.Count == 21 ? "a decision is missing at the end" : null;
    }

    [Fact]
    public void Recomputation_sees_every_entry_in_order()
    {
        folder.Sealed(60);
        Repeating watch = new(wrongFrom: 1000);
        Assert.True(RecordVerifier.Verify(folder.Path, () => watch) is { Intact: true, DecisionsRecomputed: true });
        Assert.Equal(Enumerable.Range(0, 60).Select(n => (long)n), watch.Seen);
    }

    [Fact]
    public void The_first_decision_that_comes_out_otherwise_is_named()
    {
        folder.Sealed(60);
        Repeating watch = new(wrongFrom: 30);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, () => watch);
        RecordFault fault = Assert.Single(verdict.Faults);
        Assert.Equal((RecordPart.Decision, 31L), (fault.Part, fault.Seq));
        Assert.False(verdict.DecisionsRecomputed);
        Assert.Equal(31, watch.Seen[^1]);
    }

    [Fact]
    public void A_decision_missing_at_the_end_is_a_fault()
    {
        folder.Sealed(21);
        RecordVerdict verdict = RecordVerifier.Verify(folder.Path, () => new Repeating(1000));
        Assert.Equal("a decision is missing at the end", Assert.Single(verdict.Faults).What);
    }

    [Fact]
    public void Nothing_is_recomputed_from_an_entry_that_was_changed()
    {
        folder.Sealed(60);
        Damage.Run(folder, "UPDATE entries SET payload = x'00' WHERE seq = 12");
        Repeating watch = new(wrongFrom: 1000);
        Assert.False(RecordVerifier.Verify(folder.Path, () => watch).DecisionsRecomputed);
        Assert.Equal(11, watch.Seen[^1]);
    }
}
