namespace Nadhir.Storage;

/// <summary>
/// Keeps a second writer out of a record's folder. The lock is the operating system's and dies with its process; the
/// numbering of entries would stop a second writer too, but only at its first batch.
/// </summary>
sealed class WriterLock : IDisposable
{
    readonly string path;
    readonly FileStream file;

    public WriterLock(string folder)
    {
        path = Path.Combine(folder, RecordFiles.Lock);
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new JournalOpenException($"{folder} is not there", missing);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new JournalOpenException($"{folder} may not be written by this account", refused);
        }
        catch (IOException held)
        {
            throw new JournalOpenException($"{folder} is being written by another process ({held.Message})", held);
        }
    }

    /// <summary>Whether nobody holds it at this moment.</summary>
    public static bool IsFree(string folder)
    {
        try
        {
            using FileStream held = new(Path.Combine(folder, RecordFiles.Lock), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        File.Delete(path);
        file.Dispose();
    }
}
