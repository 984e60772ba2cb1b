using Nadhir.Hosting;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Runs;
using Nadhir.Simulation.Families;
using Nadhir.Tests.Conventions;

namespace Nadhir.Tests.Hosting;

/// <summary>A watch made from the image of another is that other: nothing that follows tells them apart.</summary>
public sealed class WatchImageTests(ITestOutputHelper output)
{
    /// <summary>Puts an image of the watch in the place of the watch, again and again.</summary>
    sealed class ImagedBook(Watch watch, int every) : IRunBook
    {
        int applied;

        public Watch Current { get; private set; } = watch;
        public List<string> Decided { get; } = [];
        public long Bytes { get; private set; }
        public int Images { get; private set; }
        public IWatch Watch => Current;
        public long NextSequence { get; private set; }
        public int Waiting => 0;

        public IReadOnlyList<Decision> Apply(Entry input)
        {
            if (every > 0 && ++applied % every == 0)
            {
                ReadOnlyMemory<byte> image = WatchImage.Take(Current);
                (Bytes, Images) = (image.Length, Images + 1);
                Current = WatchImage.Restore(image);
            }

            IReadOnlyList<Decision> decisions = Current.Apply(input);
            NextSequence += 1 + decisions.Count;
            foreach (Decision decision in decisions) Decided.Add(System.Text.Encoding.UTF8.GetString(WatchJson.Encode(decision)));
            return decisions;
        }

        public void Commit()
        {
        }
    }

    [Theory]
    [InlineData("saturation", 997)]
    [InlineData("spoofed", 1499)]
    [InlineData("rockets-40", 211)]
    [InlineData("outage", 1201)]
    public void A_watch_replaced_by_its_image_again_and_again_decides_the_same(string family, int every)
    {
        ImagedBook plain = Play(family, 0), imaged = Play(family, every);
        output.WriteLine($"{imaged.Images} images, the last of {imaged.Bytes:N0} bytes, {plain.Decided.Count} decisions");
        Assert.True(imaged.Images > 3);
        Assert.NotEmpty(plain.Decided);
        Assert.Equal(plain.Decided, imaged.Decided);
    }

    static ImagedBook Play(string family, int every)
    {
        Family read = Assert.Single(FamilyFiles.Read(Path.Combine(Repository.Root, "scenarios", "families"), family)!);
        PreparedVariant prepared = new(read, read.Variants[0], 3);
        ImagedBook book = new(Engine.Build(prepared.Configuration, prepared.Start), every);
        new ScenarioRun(prepared, book, []).Play(null);
        return book;
    }
}
