using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Nadhir.Dossiers;

/// <summary>The files of a dossier, by their names in its folder with forward slashes; in the order of their names.</summary>
static class DossierFiles
{
    public const string Schema = "nadhir-dossier/1";
    public const string Manifest = "manifest";
    public const string Content = "dossier.json";
    public const string Fields = "fields.json";
    public const string Entries = "entries.jsonl";
    public const string Checkpoint = "checkpoint";
    public const string PublicKey = "journal.pub";
    public const string Raw = "raw/";

    /// <summary>The file of a feed's raw bytes: its name, with what is no letter, digit, dot, dash or underscore as a dash.</summary>
    public static string RawOf(string feed) =>
        $"{Raw}{string.Concat(feed.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'))}.bin";

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>One archive of all files: the same files give the same bytes. Times are all zero, as nothing hangs on them.</summary>
    public static byte[] Archive(IReadOnlyDictionary<string, byte[]> files)
    {
        using MemoryStream stream = new();
        using (TarWriter tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (string name in files.Keys.Order(StringComparer.Ordinal))
            {
                using MemoryStream content = new(files[name], writable: false);
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                    DataStream = content,
                });
            }
        }
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no archive that can be read.</exception>
    public static SortedDictionary<string, byte[]> OfArchive(byte[] archive)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        using MemoryStream stream = new(archive, writable: false);
        using TarReader tar = new(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }
        return files;
    }

    public static SortedDictionary<string, byte[]> OfFolder(string folder)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = File.ReadAllBytes(path);
        return files;
    }

    /// <summary>What the key signs: which dossier it is, the root of its fields, the hash of every other file.</summary>
    public static string ManifestText(string incident, string profile, byte[] fieldRoot, IReadOnlyDictionary<string, byte[]> files)
    {
        StringBuilder text = new($"{Schema}\n{CanonicalJson.Text(incident)} {CanonicalJson.Text(profile)}\nfields {Convert.ToHexStringLower(fieldRoot)}\n");
        foreach (string name in files.Keys.Order(StringComparer.Ordinal)) text.Append($"{Hash(files[name])}  {name}\n");
        return text.ToString();
    }
}
