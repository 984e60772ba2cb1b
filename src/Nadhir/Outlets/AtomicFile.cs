namespace Nadhir.Outlets;

/// <summary>Writes a file so that a reader, and a power cut, meets the old one or the new one, never a part.</summary>
static class AtomicFile
{
    public static void Write(string path, byte[] content)
    {
        string temporary = $"{path}.tmp";
        using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
