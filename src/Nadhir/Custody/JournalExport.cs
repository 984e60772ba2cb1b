using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Custody;

/// <summary>
/// A record as one file (tar, gzip) and back. The journal may be written meanwhile: what is exported is what was
/// committed when it began. Keys that sign are never in it.
/// </summary>
static class JournalExport
{
    static readonly string[] files = [RecordFiles.Checkpoint, RecordFiles.PublicKey, RecordFiles.Cosigned, RecordFiles.Seal];

    /// <summary>No file of a record is longer than this: a sealed one of 100 million plots has some 30 GB.</summary>
    const long LongestFile = 1L << 40;
    const int MostFiles = 100_000;

    /// <exception cref="IOException">The record cannot be read, or the file not written.</exception>
    public static void Export(string folder, string file)
    {
        string unfinished = file + ".new", copy = file + ".journal";
        bool isSealed = File.Exists(Path.Combine(folder, RecordFiles.Seal));
        try
        {
            using (FileStream to = new(unfinished, FileMode.Create, FileAccess.Write))
            {
                using GZipStream packed = new(to, CompressionLevel.Fastest, leaveOpen: true);
                using TarWriter tar = new(packed, TarEntryFormat.Pax, leaveOpen: true);
                // Small files first: the checkpoint must not sign more than the copy of the journal made after it has.
                foreach (string name in files)
                    if (File.Exists(Path.Combine(folder, name))) tar.WriteEntry(Path.Combine(folder, name), name);
                string stamps = Path.Combine(folder, RecordFiles.TimeStamps);
                foreach (string stamp in Directory.Exists(stamps) ? Directory.GetFiles(stamps).Order(StringComparer.Ordinal).ToArray() : [])
                    tar.WriteEntry(stamp, $"{RecordFiles.TimeStamps}/{Path.GetFileName(stamp)}");
                if (!isSealed) Copy(folder, copy);
                tar.WriteEntry(isSealed ? Path.Combine(folder, RecordFiles.Journal) : copy, RecordFiles.Journal);
            }
            File.Move(unfinished, file, overwrite: true);
        }
        catch (SqliteException fault)
        {
            throw new IOException($"{folder} cannot be copied: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(unfinished);
            File.Delete(copy);
        }
    }

    static void Copy(string folder, string copy)
    {
        using SqliteConnection from = JournalFile.OpenForReading(folder);
        File.Delete(copy);
        using SqliteConnection to = JournalFile.Open(copy, SqliteOpenMode.ReadWriteCreate);
        from.BackupDatabase(to);
        JournalFile.Execute(to, "PRAGMA journal_mode = DELETE");
    }

    /// <summary>Unpacks into a new folder and verifies it; what is not whole leaves nothing behind.</summary>
    /// <exception cref="IOException">The file is none of ours, is damaged, or the folder is there already.</exception>
    public static RecordVerdict Import(string file, string folder, NoteKey? trusted)
    {
        if (Path.Exists(folder)) throw new CustodyException($"{folder} is there already");
        string unfinished = folder.TrimEnd('/') + ".importing";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        try
        {
            Unpack(file, unfinished);
            RecordVerdict verdict = RecordVerifier.Verify(unfinished, trustedKey: trusted);
            if (!verdict.Intact) throw new CustodyException($"{file} is not imported: {verdict.Faults[0].What}");
            Directory.Move(unfinished, folder);
            return verdict;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or FormatException or SqliteException)
        {
            throw new IOException($"{file} cannot be unpacked: {damaged.Message}", damaged);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
    }

    static void Unpack(string file, string folder)
    {
        using FileStream from = File.OpenRead(file);
        using GZipStream packed = new(from, CompressionMode.Decompress);
        using TarReader tar = new(packed);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            // Only names a record has: nothing is written anywhere else.
            bool stamp = Path.GetDirectoryName(entry.Name) == RecordFiles.TimeStamps && Path.GetExtension(entry.Name) is ".tsr" or ".checkpoint"
                && Checkpoint.ReadSize(Path.GetFileNameWithoutExtension(entry.Name)) is not null;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.Length > LongestFile
                || seen.Count >= MostFiles || !seen.Add(entry.Name)
                || !(stamp || entry.Name == RecordFiles.Journal || files.Contains(entry.Name)))
                throw new InvalidDataException($"'{entry.Name}' does not belong in a record");
            string path = Path.Combine(folder, entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: false);
        }
    }
}
