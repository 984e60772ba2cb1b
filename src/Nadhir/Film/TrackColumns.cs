using System.Buffers.Binary;
using Nadhir.DutyConsole;

namespace Nadhir.Film;

/// <summary>
/// A frame of tracks turned so that it packs well: field by field, each as its difference from what the same track had in
/// the frame before, and those byte by byte. Exact both ways.
/// </summary>
static class TrackColumns
{
    const int Header = TrackFrame.HeaderBytes, Record = TrackFrame.RecordBytes;

    /// <summary>Widths of a record's fields after the track's number, as in docs/api.md; what is appended later goes byte by byte.</summary>
    static readonly int[] widths = [4, 4, 2, 2, 2, 1, 1, 2, 2, 2, 1, 1, 2, .. Enumerable.Repeat(1, Record - 30)];

    public static void Write(Stream to, byte[]? before, byte[] frame)
    {
        int count = Count(frame);
        to.Write(frame.AsSpan(0, Header));
        byte[] columns = new byte[count * Record];
        int[] earlier = Earlier(before, frame, count);
        int last = 0;
        for (int i = 0; i < count; i++)
        {
            int id = Id(frame, i);
            for (int b = 0; b < 4; b++) columns[(b * count) + i] = (byte)((id - last) >> (8 * b));
            last = id;
        }

        int offset = 4;
        foreach (int width in widths)
        {
            for (int i = 0; i < count; i++)
            {
                uint difference = Field(frame, i, offset, width) - (earlier[i] < 0 ? 0 : Field(before!, earlier[i], offset, width));
                for (int b = 0; b < width; b++) columns[((offset + b) * count) + i] = (byte)(difference >> (8 * b));
            }

            offset += width;
        }

        to.Write(columns);
    }

    public static byte[] Read(ref ReadOnlySpan<byte> from, byte[]? before)
    {
        if (from.Length < Header) throw new FilmDamagedException("a frame of tracks ends before its header does");
        int count = Count(from);
        if (count < 0 || (long)count * Record > from.Length - Header) throw new FilmDamagedException("a frame of tracks ends early");
        byte[] frame = new byte[Header + (count * Record)];
        from[..Header].CopyTo(frame);
        ReadOnlySpan<byte> columns = from.Slice(Header, count * Record);
        from = from[frame.Length..];
        int last = 0;
        for (int i = 0; i < count; i++)
        {
            for (int b = 0; b < 4; b++) last += columns[(b * count) + i] << (8 * b);
            BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(Header + (i * Record)), last);
        }

        int[] earlier = Earlier(before, frame, count);
        int offset = 4;
        foreach (int width in widths)
        {
            for (int i = 0; i < count; i++)
            {
                uint value = earlier[i] < 0 ? 0 : Field(before!, earlier[i], offset, width);
                for (int b = 0; b < width; b++) value += (uint)columns[((offset + b) * count) + i] << (8 * b);
                for (int b = 0; b < width; b++) frame[Header + (i * Record) + offset + b] = (byte)(value >> (8 * b));
            }

            offset += width;
        }

        return frame;
    }

    /// <summary>Where each track of a frame was in the one before; -1 for a new one.</summary>
    static int[] Earlier(byte[]? before, byte[] frame, int count)
    {
        int[] places = new int[count];
        Dictionary<int, int> known = [];
        for (int i = 0; before is not null && i < Count(before); i++) known[Id(before, i)] = i;
        for (int i = 0; i < count; i++) places[i] = known.TryGetValue(Id(frame, i), out int place) ? place : -1;
        return places;
    }

    static int Count(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);

    static int Id(byte[] frame, int record) => BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(Header + (record * Record)));

    static uint Field(byte[] frame, int record, int offset, int width)
    {
        ReadOnlySpan<byte> field = frame.AsSpan(Header + (record * Record) + offset, width);
        return width switch
        {
            4 => BinaryPrimitives.ReadUInt32LittleEndian(field),
            2 => BinaryPrimitives.ReadUInt16LittleEndian(field),
            _ => field[0],
        };
    }
}
