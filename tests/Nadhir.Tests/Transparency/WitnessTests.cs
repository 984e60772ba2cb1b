using Microsoft.Extensions.Time.Testing;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Tests.Storage;
using Nadhir.Transparency;

namespace Nadhir.Tests.Transparency;

public sealed class WitnessTests : IDisposable
{
    readonly RecordFolder memory = new();
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2024, 4, 13, 20, 0, 0, TimeSpan.Zero));
    readonly SigningKey key;

    public WitnessTests() => key = SigningKey.LoadOrCreate(memory.File("witness.key"), "witness.example/w1", NoteKey.Ed25519Cosignature);

    public void Dispose() => memory.Dispose();

    WitnessBook Book() => new(memory.Path, new CosigningKey(key, clock), [LogRecord.Key.PublicKey], clock);

    [Fact]
    public void The_published_cosignature_has_the_published_time()
    {
        // The example of the C2SP tlog-cosignature text.
        byte[] line = Convert.FromBase64String("jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==");
        Assert.Equal(1679315147, Cosignature.Time(line.AsSpan(4)));
        Assert.StartsWith("cosignature/v1\ntime 1679315147\nexample.com/", System.Text.Encoding.UTF8.GetString(
            Cosignature.Message(1679315147, "example.com/behind-the-sofa\n"u8)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_grows_is_cosigned_each_time()
    {
        using RecordFolder log = LogRecord.Of(10);
        WitnessBook book = Book();
        foreach (int more in new[] { 0, 1, 300, 70_000 })
        {
            LogRecord.Grow(log, more);
            AuditReport report = await LogRecord.Look(book, log);
            Assert.Equal(Discord.None, report.Discord);
            SignedCheckpoint latest = book.Latest(LogRecord.Key.PublicKey.Name)!;
            Assert.Equal(report.Size, latest.Size);
            Assert.Equal(
                NoteVerdict.Verified, latest.Note.Verify(Ed25519Verifier.For(key.PublicKey)!, Ed25519Verifier.For(LogRecord.Key.PublicKey)!));
        }
    }

    [Fact]
    public async Task A_witness_that_starts_again_remembers()
    {
        using RecordFolder log = LogRecord.Of(500);
        await LogRecord.Look(Book(), log);
        using RecordFolder shorter = LogRecord.Of(499);
        Assert.Equal(Discord.Truncated, (await LogRecord.Look(Book(), shorter)).Discord);
    }

    [Fact]
    public async Task A_truncated_journal_is_refused_and_both_checkpoints_are_kept()
    {
        using RecordFolder log = LogRecord.Of(1000), truncated = LogRecord.Of(900);
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        AuditReport report = await LogRecord.Look(book, truncated);
        Assert.Equal((Discord.Truncated, "it signed 1000 entries before and shows 900 now"), (report.Discord, report.What));
        Assert.Equal(File.ReadAllBytes(truncated.File(RecordFiles.Checkpoint)), File.ReadAllBytes(Path.Combine(report.Evidence!, "offered")));
        SignedCheckpoint seen = SignedCheckpoint.Read(File.ReadAllBytes(Path.Combine(report.Evidence!, "seen")), out _)!;
        Assert.Equal(1000, seen.Size);
        Assert.Equal(NoteVerdict.Verified, seen.Note.Verify(Ed25519Verifier.For(LogRecord.Key.PublicKey)!));
        Assert.Equal(1000, book.Latest(report.Log == "" ? "" : LogRecord.Key.PublicKey.Name)!.Size);
    }

    [Fact]
    public async Task A_journal_truncated_and_grown_again_is_a_fork_at_the_entry_where_it_was_cut()
    {
        using RecordFolder log = LogRecord.Of(1000);
        using RecordFolder grown = LogRecord.Of([.. LogRecord.Numbers(900), .. LogRecord.Numbers(400).Select(n => n + 5000)]);
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        AuditReport report = await LogRecord.Look(book, grown);
        Assert.Equal((Discord.Forked, 900L), (report.Discord, report.FirstDifference));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task A_reordered_journal_is_named_with_its_first_entry_out_of_place(int more)
    {
        using RecordFolder log = LogRecord.Of(1000);
        long[] order = [.. LogRecord.Numbers(1000 + more)];
        (order[421], order[777]) = (order[777], order[421]);
        using RecordFolder reordered = LogRecord.Of(order);
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        AuditReport report = await LogRecord.Look(book, reordered);
        Assert.Equal((Discord.Reordered, 421L), (report.Discord, report.FirstDifference));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1500)]
    [InlineData(700)]
    public async Task A_forked_journal_is_named_with_the_entry_that_was_changed(int size)
    {
        using RecordFolder log = LogRecord.Of(1000);
        using RecordFolder forked = LogRecord.Of(LogRecord.Numbers(size).Select(number => number == 300 ? -1 : number));
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        AuditReport report = await LogRecord.Look(book, forked);
        Assert.Equal((Discord.Forked, 300L), (report.Discord, report.FirstDifference));
        Assert.Equal(1000, book.Latest(LogRecord.Key.PublicKey.Name)!.Size);
    }

    [Fact]
    public async Task Without_a_mirror_a_fork_is_refused_all_the_same()
    {
        using RecordFolder log = LogRecord.Of(1000);
        using RecordFolder forked = LogRecord.Of(LogRecord.Numbers(1200).Select(number => number == 300 ? -1 : number));
        WitnessBook book = Book();
        await LogRecord.Look(book, log, mirrors: false);
        AuditReport report = await LogRecord.Look(book, forked, mirrors: false);
        Assert.Equal((Discord.Forked, (long?)null), (report.Discord, report.FirstDifference));
        Assert.NotNull(report.Evidence);
    }

    [Fact]
    public async Task A_log_signed_by_another_key_is_not_taken_for_it()
    {
        using RecordFolder log = LogRecord.Of(10);
        using RecordFolder other = new();
        other.Sealed(10);
        Assert.Equal(Discord.Unsigned, (await LogRecord.Look(Book(), other)).Discord);
        SignedCheckpoint checkpoint = LogRecord.Checkpoint(log);
        SignedCheckpoint forged = checkpoint with { Note = checkpoint.Note with { Text = checkpoint.Note.Text.Replace("\n10\n", "\n11\n") } };
        Assert.IsType<WitnessAnswer.Unsigned>(Book().Add(0, [], SignedCheckpoint.Read(forged.Note.Format(), out _)!));
    }

    [Fact]
    public async Task What_a_witness_saw_convicts_a_record_whose_owner_signed_another_history()
    {
        using RecordFolder log = LogRecord.Of(100);
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        string kept = Path.Combine(book.FolderOf(LogRecord.Key.PublicKey.Name), RecordFiles.Checkpoint);
        using RecordFolder truncated = LogRecord.Of(80), forked = LogRecord.Of(LogRecord.Numbers(120).Select(n => n == 7 ? -1 : n));
        Assert.All(new[] { truncated, forked }, record => Assert.True(RecordVerifier.Verify(record.Path).Intact, "it is signed and whole"));

        RecordVerdict Verdict(RecordFolder record, params IReadOnlyList<NoteKey> witnesses) =>
            RecordVerifier.Verify(record.Path, attestations: new Attestations(record.Path, witnesses, kept));
        RecordVerdict honest = Verdict(log, key.PublicKey);
        Assert.True(honest.Intact);
        Assert.Equal(["first 100 entries cosigned by witness.example/w1 at 2024-04-13T20:00:00Z"], honest.Attested);
        Assert.Contains("saw 100 entries, but only 80 are here", Assert.Single(Verdict(truncated, key.PublicKey).Faults).What);
        Assert.Contains("saw other entries", Assert.Single(Verdict(forked, key.PublicKey).Faults).What);
        NoteKey stranger = new("witness.example/w1", NoteKey.Ed25519Cosignature, new byte[32]);
        Assert.Contains("has not cosigned", Assert.Single(Verdict(log, stranger).Faults).What);
    }

    [Fact]
    public async Task A_memory_that_was_changed_is_not_gone_on_with()
    {
        using RecordFolder log = LogRecord.Of(100), longer = LogRecord.Of(200);
        WitnessBook book = Book();
        await LogRecord.Look(book, log);
        string path = Path.Combine(book.FolderOf(LogRecord.Key.PublicKey.Name), RecordFiles.Checkpoint);
        File.Copy(longer.File(RecordFiles.Checkpoint), path, overwrite: true);
        await Assert.ThrowsAsync<InvalidDataException>(() => LogRecord.Look(book, longer));
    }
}
