using System.Buffers.Binary;
using System.IO.Compression;

namespace Nadhir.Film;

/// <summary>
/// Packs moments that follow each other: each as its difference from the one before, all in one compressed stream that is
/// flushed after each, so that what is alike in time costs next to nothing. One thread.
/// </summary>
sealed class ReelWriter : IDisposable
{
    /// <summary>Brotli's 4 of 11: the most it gives at the speed of a disk.</summary>
    const int Quality = 4;
    /// <summary>4 MB back: some moments even of a crowded sky.</summary>
    const int WindowBits = 22;

    readonly MemoryStream plain = new();
    BrotliEncoder encoder = new(Quality, WindowBits);
    FilmMoment? before;

    public int Moments { get; private set; }

    /// <summary>Bytes before packing.</summary>
    public long Plain { get; private set; }

    public byte[] Add(FilmMoment moment)
    {
        plain.SetLength(0);
        Span<byte> head = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(head, moment.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], moment.Time.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], moment.Withheld);
        plain.Write(head);
        TrackColumns.Write(plain, before?.Tracks, moment.Tracks);
        WriteDescriptions(moment);
        WriteSections(moment);
        before = moment;
        Moments++;
        Plain += plain.Length;
        return Pack();
    }

    void WriteDescriptions(FilmMoment moment)
    {
        // Who is gone needs no word: the frame of tracks has just told who is there.
        List<KeyValuePair<int, byte[]>> changed = [.. moment.Descriptions.Where(one =>
            before is null || !before.Descriptions.TryGetValue(one.Key, out byte[]? earlier) || !FilmMoment.IsSame(earlier, one.Value))];
        WriteNumber(changed.Count);
        foreach ((int track, byte[] said) in changed)
        {
            WriteNumber(track);
            WriteBytes(said);
        }
    }

    void WriteSections(FilmMoment moment)
    {
        for (int i = 0; i < moment.ForOperators.Length; i++)
        {
            (byte[] all, byte[] some) = (moment.ForOperators[i], moment.ForEveryone[i]);
            bool shared = ReferenceEquals(all, some);
            bool same = before is not null && FilmMoment.IsSame(before.ForOperators[i], all) && FilmMoment.IsSame(before.ForEveryone[i], some);
            plain.WriteByte((byte)(same ? ReelReader.Unchanged : shared ? ReelReader.Shared : ReelReader.Apart));
            if (same) continue;
            WriteBytes(all);
            if (!shared) WriteBytes(some);
        }
    }

    void WriteBytes(byte[] bytes)
    {
        WriteNumber(bytes.Length);
        plain.Write(bytes);
    }

    void WriteNumber(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        plain.Write(bytes);
    }

    byte[] Pack()
    {
        using MemoryStream packed = new();
        byte[] room = new byte[64 * 1024];
        ReadOnlySpan<byte> rest = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        while (!rest.IsEmpty)
        {
            encoder.Compress(rest, room, out int taken, out int written, isFinalBlock: false);
            packed.Write(room, 0, written);
            rest = rest[taken..];
        }

        while (true)
        {
            System.Buffers.OperationStatus status = encoder.Flush(room, out int written);
            packed.Write(room, 0, written);
            if (status != System.Buffers.OperationStatus.DestinationTooSmall) return packed.ToArray();
        }
    }

    public void Dispose()
    {
        encoder.Dispose();
        plain.Dispose();
    }
}
