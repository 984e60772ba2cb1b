using System.Security.Cryptography;
using System.Text;

namespace Nadhir.Storage;

/// <summary>The files of a record's folder, and writing small ones so that a crash leaves the old or the new, whole.</summary>
public static class RecordFiles
{
    public const string Journal = "journal.sqlite";
    public const string Checkpoint = "checkpoint";
    public const string PublicKey = "journal.pub";

    /// <summary>The last checkpoint that witnesses cosigned, with their cosignatures; it proves itself and is not sealed.</summary>
    public const string Cosigned = "checkpoint.cosigned";

    /// <summary>Folder of checkpoints (<c>SIZE.checkpoint</c>) with what a time stamp authority answered to each (<c>SIZE.tsr</c>).</summary>
    public const string TimeStamps = "timestamps";

    /// <summary>Written at a clean close: the SHA-256 of the other files, as <c>sha256sum</c> writes and checks them.</summary>
    public const string Seal = "journal.sha256";

    /// <summary>Held locked by the one writer.</summary>
    public const string Lock = "journal.lock";

    static readonly string[] sealedFiles = [Journal, Checkpoint, PublicKey];

    /// <exception cref="JournalWriteException">The disk would not; the old file stands as it was.</exception>
    public static void WriteDurably(string folder, string name, ReadOnlySpan<byte> content)
    {
        string temporary = Path.Combine(folder, name + ".new");
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, Path.Combine(folder, name), overwrite: true);
            FolderSync.Flush(folder);
        }
        catch (IOException fault)
        {
            File.Delete(temporary);
            throw new JournalWriteException($"{name} could not be written: {fault.Message}", fault);
        }
    }

    /// <summary>What the seal of this folder says now, computed from the files.</summary>
    public static string ComputeSeal(string folder)
    {
        StringBuilder seal = new();
        foreach (string name in sealedFiles)
        {
            using FileStream file = File.OpenRead(Path.Combine(folder, name));
            seal.Append(Convert.ToHexStringLower(SHA256.HashData(file))).Append("  ").Append(name).Append('\n');
        }
        return seal.ToString();
    }
}
