using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Hosting;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Runs;
using Nadhir.Simulation.Families;
using Nadhir.Storage;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Storage;

namespace Nadhir.Tests.Hosting;

/// <summary>A restart goes on from an image of the watch; and from the whole record, when there is none to be trusted.</summary>
public sealed class ImageShelfTests : IDisposable
{
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    ImageShelf Shelf => new(folder.Path);

    /// <summary>A raid with its record, an image of it every so many seconds.</summary>
    SqliteJournal Record(int imageEverySeconds)
    {
        Family read = Assert.Single(FamilyFiles.Read(Path.Combine(Repository.Root, "scenarios", "families"), "rockets-40")!);
        PreparedVariant prepared = new(read, read.Variants[0], 5);
        SqliteJournal journal = SqliteJournal.Create(folder.Path);
        new ScenarioRun(prepared, new ImagingBook(journal, Engine.Build(prepared.Configuration, prepared.Start), Shelf, imageEverySeconds), [])
            .Play(null);
        return journal;
    }

    sealed class ImagingBook(SqliteJournal journal, Watch watch, ImageShelf shelf, int everySeconds) : IRunBook
    {
        readonly Recorder recorder = new(journal, watch);
        DateTimeOffset? last;

        public IWatch Watch => watch;
        public long NextSequence => recorder.NextSequence;
        public int Waiting => recorder.Waiting;

        public IReadOnlyList<Decision> Apply(Entry input)
        {
            last ??= input.Time;
            if (input.Time - last < TimeSpan.FromSeconds(everySeconds)) return recorder.Apply(input);
            recorder.Commit();
            last = input.Time;
            shelf.Put(WatchImage.Take(watch), journal.CommittedCount, watch.Snapshot().Now, journal.Root());
            return recorder.Apply(input);
        }

        public void Commit() => recorder.Commit();
    }

    /// <summary>A track without a height has no number there.</summary>
    static readonly JsonSerializerOptions withNoNumbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    static string Boards(Restored restored) => JsonSerializer.Serialize(restored.Watch.Snapshot(), withNoNumbers);

    string[] Images => Directory.GetFiles(Path.Combine(folder.Path, ImageShelf.Folder), "*.image");

    [Fact]
    public void A_restart_from_an_image_comes_to_the_same_as_one_from_the_whole_record()
    {
        using SqliteJournal journal = Record(90);
        Restored whole = Restorer.Restore(journal, complete: false), quick = Restorer.Restore(journal, complete: false, images: Shelf);
        Assert.Equal(0, whole.From);
        Assert.InRange(quick.From, 1, journal.CommittedCount - 1);
        Assert.Equal(Boards(whole), Boards(quick));
        Assert.Equal(whole.LastTime, quick.LastTime);
        Assert.NotEmpty(whole.Unfinished);
        Assert.Equal(whole.Unfinished.Select(one => one.Sequence), quick.Unfinished.Select(one => one.Sequence));
        Assert.Equal(8, Images.Length);
    }

    [Fact]
    public void What_may_not_have_gone_out_lies_behind_the_image_that_is_gone_on_from()
    {
        using SqliteJournal journal = Record(90);
        FoundImage found = Shelf.Find(journal, journal.Read(journal.CommittedCount - 1).Single().Entry.Time)!;
        Assert.True(found.Label.Time <= Restorer.Restore(journal, complete: false).LastTime - Follower.OfferAgain);
    }

    [Fact]
    public void A_damaged_image_is_passed_over_for_an_older_one_and_none_left_means_the_whole_record()
    {
        using SqliteJournal journal = Record(90);
        long first = Restorer.Restore(journal, complete: false, images: Shelf).From;
        foreach (string image in Images)
        {
            byte[] bytes = File.ReadAllBytes(image);
            bytes[^(bytes.Length / 3)] ^= 0x10;
            if (long.Parse(Path.GetFileNameWithoutExtension(image)) == first) File.WriteAllBytes(image, bytes);
        }

        Restored older = Restorer.Restore(journal, complete: false, images: Shelf);
        Assert.InRange(older.From, 0, first - 1);
        foreach (string image in Images) File.WriteAllText(image, "{}\nnothing");
        Restored none = Restorer.Restore(journal, complete: false, images: Shelf);
        Assert.Equal(0, none.From);
        Assert.Equal(Boards(older), Boards(none));
    }

    [Theory]
    [InlineData("\"Build\":\"", "\"Build\":\"x")]
    [InlineData("\"Root\":\"", "\"Root\":\"00")]
    public void An_image_of_another_build_or_another_journal_is_not_used(string what, string other)
    {
        using SqliteJournal journal = Record(90);
        foreach (string image in Images)
        {
            byte[] bytes = File.ReadAllBytes(image);
            int line = Array.IndexOf(bytes, (byte)'\n');
            string label = Encoding.UTF8.GetString(bytes, 0, line);
            Assert.Contains(what, label, StringComparison.Ordinal);
            File.WriteAllBytes(image, [.. Encoding.UTF8.GetBytes(label.Replace(what, other, StringComparison.Ordinal)), .. bytes[line..]]);
        }

        Assert.Equal(0, Restorer.Restore(journal, complete: false, images: Shelf).From);
    }

    [Fact]
    public void The_fuzzed_bytes_of_an_image_give_a_reason_and_nothing_else()
    {
        Family read = Assert.Single(FamilyFiles.Read(Path.Combine(Repository.Root, "scenarios", "families"), "rockets-40")!);
        PreparedVariant prepared = new(read, read.Variants[0], 5);
        ReadOnlyMemory<byte> image = WatchImage.Take(Engine.Build(prepared.Configuration, prepared.Start));
        foreach (int cut in (int[])[0, 1, 4, 100, image.Length / 2, image.Length - 1])
            Assert.Throws<ImageException>(() => WatchImage.Restore(image[..cut]));
        Assert.Throws<ImageException>(() => WatchImage.Restore((byte[])[.. image.Span, 0]));
    }
}
