using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Nadhir.DutyConsole;

namespace Nadhir.Film;

/// <summary>Unpacks the moments of a reel, in order from its first. One thread.</summary>
sealed class ReelReader : IDisposable
{
    public const byte Unchanged = 0, Shared = 1, Apart = 2;

    /// <summary>No moment is longer unpacked: damaged bytes must not fill the memory.</summary>
    const int LongestMoment = 256 * 1024 * 1024;

    BrotliDecoder decoder;
    FilmMoment? before;

    /// <exception cref="FilmDamagedException">These bytes are no moment that follows the one before.</exception>
    public FilmMoment Next(ReadOnlySpan<byte> packed)
    {
        ReadOnlySpan<byte> plain = Unpack(packed);
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(Take(ref plain, 8));
        long ticks = BinaryPrimitives.ReadInt64LittleEndian(Take(ref plain, 8));
        int withheld = Number(ref plain);
        if (ticks is < 0 or > 3_155_378_975_999_999_999) throw new FilmDamagedException("a moment has no time");
        byte[] tracks = TrackColumns.Read(ref plain, before?.Tracks);
        SortedDictionary<int, byte[]> descriptions = Descriptions(ref plain, tracks);
        int sections = BoardsFrame.SectionNames.Length;
        byte[][] all = new byte[sections][], some = new byte[sections][];
        for (int i = 0; i < sections; i++)
        {
            switch (Take(ref plain, 1)[0])
            {
                case Unchanged when before is not null:
                    (all[i], some[i]) = (before.ForOperators[i], before.ForEveryone[i]);
                    break;
                case Shared:
                    all[i] = some[i] = Bytes(ref plain);
                    break;
                case Apart:
                    (all[i], some[i]) = (Bytes(ref plain), Bytes(ref plain));
                    break;
                default:
                    throw new FilmDamagedException("a board stands for nothing before it");
            }
        }

        return before = new()
        {
            Sequence = sequence, Time = new(ticks, TimeSpan.Zero), Withheld = withheld, Tracks = tracks,
            Descriptions = descriptions, ForOperators = all, ForEveryone = some,
        };
    }

    SortedDictionary<int, byte[]> Descriptions(ref ReadOnlySpan<byte> plain, byte[] tracks)
    {
        Dictionary<int, byte[]> changed = [];
        for (int left = Number(ref plain); left > 0; left--)
        {
            int track = Number(ref plain);
            changed[track] = Bytes(ref plain);
        }

        SortedDictionary<int, byte[]> all = [];
        for (int at = TrackFrame.HeaderBytes; at < tracks.Length; at += TrackFrame.RecordBytes)
        {
            int track = BinaryPrimitives.ReadInt32LittleEndian(tracks.AsSpan(at));
            all[track] = changed.TryGetValue(track, out byte[]? said) ? said
                : before is not null && before.Descriptions.TryGetValue(track, out byte[]? earlier) ? earlier
                : throw new FilmDamagedException($"nothing is said of track {track}");
        }

        return all;
    }

    byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        ArrayBufferWriter<byte> plain = new(Math.Max(4096, packed.Length * 8));
        while (true)
        {
            Span<byte> room = plain.GetSpan(64 * 1024);
            OperationStatus status = decoder.Decompress(packed, room, out int taken, out int written);
            // When the room is full it may hold back more, though it asks for more to read.
            bool mayHoldMore = status == OperationStatus.DestinationTooSmall || written == room.Length;
            plain.Advance(written);
            packed = packed[taken..];
            if (mayHoldMore && status != OperationStatus.InvalidData && plain.WrittenCount < LongestMoment) continue;
            // The stream goes on with the next moment: at the end of this one it always asks for more.
            if (status == OperationStatus.NeedMoreData && packed.IsEmpty) return plain.WrittenSpan.ToArray();
            throw new FilmDamagedException("a moment cannot be unpacked");
        }
    }

    static byte[] Bytes(ref ReadOnlySpan<byte> plain)
    {
        int length = Number(ref plain);
        return Take(ref plain, length).ToArray();
    }

    static int Number(ref ReadOnlySpan<byte> plain) => BinaryPrimitives.ReadInt32LittleEndian(Take(ref plain, 4));

    static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> plain, int length)
    {
        if (length < 0 || length > plain.Length) throw new FilmDamagedException("a moment ends early");
        ReadOnlySpan<byte> taken = plain[..length];
        plain = plain[length..];
        return taken;
    }

    public void Dispose() => decoder.Dispose();
}
