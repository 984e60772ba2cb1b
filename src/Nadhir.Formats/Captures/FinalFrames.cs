using System.Buffers.Binary;

namespace Nadhir.Formats.Captures;

/// <summary>
/// FINAL recordings, as we find them in the field: frames of an eight-octet header, the data, and four octets A5.
/// Header: length of the frame with header and trailer (2, big-endian), an error code (1), a line number (1), the day of
/// the recording (1), time of day in hundredths of a second (3).
/// </summary>
static class FinalFrames
{
    const int HeaderOctets = 8, TrailerOctets = 4;
    const uint Trailer = 0xA5A5A5A5;

    public static bool IsFinal(ReadOnlySpan<byte> start) => TryFrame(start, out _);

    public static IEnumerable<CaptureItem> Read(ReadOnlyMemory<byte> file)
    {
        for (int at = 0; at < file.Length;)
        {
            if (!TryFrame(file.Span[at..], out int length))
            {
                int next = Resynchronise(file.Span, at);
                yield return new(null, null, file[at..next], at);
                at = next;
                continue;
            }

            ReadOnlySpan<byte> header = file.Span.Slice(at, HeaderOctets);
            int hundredths = (header[5] << 16) | (header[6] << 8) | header[7];
            yield return new(
                null, TimeSpan.FromMilliseconds(hundredths * 10L),
                file.Slice(at + HeaderOctets, length - HeaderOctets - TrailerOctets), at + HeaderOctets);
            at += length;
        }
    }

    /// <summary>The next place where a frame fits, or the end.</summary>
    static int Resynchronise(ReadOnlySpan<byte> file, int damaged)
    {
        for (int at = damaged + 1; at < file.Length; at++)
        {
            if (TryFrame(file[at..], out _)) return at;
        }

        return file.Length;
    }

    static bool TryFrame(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : 0;
        return length >= HeaderOctets + TrailerOctets && length <= bytes.Length &&
            BinaryPrimitives.ReadUInt32BigEndian(bytes[(length - TrailerOctets)..]) == Trailer;
    }
}
