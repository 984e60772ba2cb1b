using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// Lines of text, whatever the pieces they come in. A line is at most <see cref="MostOctets"/> long; a longer one is
/// passed over to its end and reported. Keeps at most one unfinished line.
/// </summary>
public sealed class TextLines
{
    public const int MostOctets = 512;

    readonly byte[] held = new byte[MostOctets];
    int count;
    bool overlong;

    /// <summary>Octets of the unfinished line that are kept.</summary>
    public int Held => count;
    /// <summary>What came after the last end of a line.</summary>
    public ReadOnlySpan<byte> Last => held.AsSpan(0, count);

    /// <summary>Takes the next line, without its end.</summary>
    /// <param name="at">Where to go on: 0 first, then as it was left.</param>
    /// <param name="offset">Of the line in the bytes; 0 when it began in earlier ones.</param>
    /// <returns>False when the bytes hold no further end of a line.</returns>
    public bool TryTake(
        ReadOnlySpan<byte> bytes, ref int at, IDecodeSink faults, out ReadOnlySpan<byte> line, out int offset)
    {
        while (at < bytes.Length)
        {
            offset = at;
            ReadOnlySpan<byte> rest = bytes[at..];
            int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> piece = end < 0 ? rest : rest[..end];
            at += end < 0 ? rest.Length : end + 1;
            if (overlong || count + piece.Length > MostOctets)
            {
                if (!overlong || end >= 0)
                    faults.OnFault(DecodeFault.BadLength, offset, at - offset, "line longer than 512 bytes");
                overlong = end < 0;
                count = 0;
                continue;
            }

            if (end >= 0 && count == 0)
            {
                if (piece.IsEmpty) continue;
                line = piece;
                return true;
            }

            piece.CopyTo(held.AsSpan(count));
            count += piece.Length;
            if (end < 0) break;
            line = held.AsSpan(0, count);
            count = 0;
            return true;
        }

        line = default;
        offset = at;
        return false;
    }
}
