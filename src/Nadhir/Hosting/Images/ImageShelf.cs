using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Nadhir.Storage;

namespace Nadhir.Hosting.Images;

/// <summary>Of which journal an image is, of how much of it, and who made it.</summary>
/// <param name="Sequence">Entries of the journal that it stands for.</param>
/// <param name="Root">The root of the journal's tree over them.</param>
/// <param name="Sha256">Of the packed image that follows.</param>
sealed record ImageLabel(string Build, long Sequence, DateTimeOffset Time, string Root, string Sha256);

/// <summary>A watch as it was, and of how many entries.</summary>
sealed record FoundImage(ImageLabel Label, Watch Watch);

/// <summary>
/// The images beside a record, in the folder <c>images</c>: each a line of JSON, the <see cref="ImageLabel"/>, and the packed image.
/// Holds no more than <see cref="MostImages"/>; what does not fit the journal, the build or its own hash is passed over.
/// </summary>
sealed class ImageShelf(string recordFolder)
{
    public const string Folder = "images";
    /// <summary>How long before the end of the record the image lies that is gone on from: so far back decisions may be offered again.</summary>
    static readonly TimeSpan before = Follower.OfferAgain;
    const int MostImages = 8;

    readonly string folder = Path.Combine(recordFolder, Folder);

    /// <summary>The same program on the same kind of machine; to anything else the fields of our types may mean another thing.</summary>
    public static string Build { get; } = string.Join(' ',
        [.. ImageTypes.OwnAssemblies.Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString("N")),
            Environment.Version.ToString(), RuntimeInformation.ProcessArchitecture.ToString()]);

    /// <summary>Packs and stores an image; of those there were, the oldest go.</summary>
    /// <exception cref="IOException">The disk would not.</exception>
    public void Put(ReadOnlyMemory<byte> image, long sequence, DateTimeOffset time, byte[] root)
    {
        using MemoryStream packed = new();
        using (BrotliStream packing = new(packed, CompressionLevel.Fastest, leaveOpen: true)) packing.Write(image.Span);
        byte[] body = packed.ToArray();
        byte[] label = JsonSerializer.SerializeToUtf8Bytes(
            new ImageLabel(Build, sequence, time, Convert.ToHexStringLower(root), Convert.ToHexStringLower(SHA256.HashData(body))));
        Directory.CreateDirectory(folder);
        RecordFiles.WriteDurably(folder, $"{sequence.ToString("D12", CultureInfo.InvariantCulture)}.image", [.. label, (byte)'\n', .. body]);
        string[] all = Files();
        foreach (string old in all.Take(all.Length - MostImages)) File.Delete(old);
    }

    /// <summary>What goes on from the image found; null when there is none.</summary>
    public Follower? Begin(SqliteJournal journal)
    {
        if (journal.CommittedCount == 0) return null;
        FoundImage? found = Find(journal, journal.Read(journal.CommittedCount - 1).Single().Entry.Time);
        return found is null ? null : new Follower(Restorer.ReadConfiguration(journal.Read().First().Entry), found);
    }

    /// <summary>The newest image that this journal can be gone on from; null when there is none.</summary>
    /// <param name="end">Time of the journal's last entry.</param>
    public FoundImage? Find(SqliteJournal journal, DateTimeOffset end)
    {
        if (!Directory.Exists(folder)) return null;
        using JournalTree tree = journal.Tree();
        foreach (string file in Files().Reverse())
        {
            try
            {
                if (Read(file, tree, end) is { } found) return found;
            }
            catch (Exception fault) when (fault is ImageException or IOException or InvalidDataException or JsonException)
            {
                Console.Error.WriteLine($"{Path.GetFileName(file)} is passed over: {fault.Message}");
            }
        }

        return null;
    }

    static FoundImage? Read(string file, JournalTree tree, DateTimeOffset end)
    {
        byte[] whole = File.ReadAllBytes(file);
        int line = Array.IndexOf(whole, (byte)'\n');
        ImageLabel? label = line < 0 ? null : JsonSerializer.Deserialize<ImageLabel>(whole.AsSpan(0, line));
        if (label is null) throw new ImageException("it has no label");
        if (label.Time > end - before || label.Build != Build) return null;
        if (label.Sequence > tree.Size || Convert.ToHexStringLower(tree.Root(label.Sequence)) != label.Root)
            throw new ImageException("it is of another journal");
        ReadOnlySpan<byte> body = whole.AsSpan(line + 1);
        if (Convert.ToHexStringLower(SHA256.HashData(body)) != label.Sha256) throw new ImageException("it is damaged");
        using MemoryStream image = new();
        using (BrotliStream unpacking = new(new MemoryStream(body.ToArray()), CompressionMode.Decompress)) unpacking.CopyTo(image);
        return new FoundImage(label, WatchImage.Restore(image.ToArray()));
    }

    string[] Files() => [.. Directory.GetFiles(folder, "*.image").Order(StringComparer.Ordinal)];
}
