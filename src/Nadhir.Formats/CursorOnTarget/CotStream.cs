namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// Puts the chunks of a connection together to whole frames. Holds at most <see cref="CotFraming.MostEventBytes"/> and
/// the chunk added last, as long as all frames are taken before the next chunk. One owner.
/// </summary>
public sealed class CotStream
{
    byte[] buffer = new byte[8192];
    int start, end;
    CotScan scan;

    /// <summary>Bytes of a frame that is not complete.</summary>
    public int Held => end - start;

    public void Add(ReadOnlySpan<byte> chunk)
    {
        if (buffer.Length - end < chunk.Length)
        {
            byte[] target = buffer.Length < Held + chunk.Length
                ? new byte[Math.Max(2 * buffer.Length, Held + chunk.Length)]
                : buffer;
            buffer.AsSpan(start, Held).CopyTo(target);
            (buffer, start, end) = (target, 0, Held);
        }

        chunk.CopyTo(buffer.AsSpan(end));
        end += chunk.Length;
    }

    /// <summary>Takes the next frame or run of noise; blanks are passed over.</summary>
    /// <param name="bytes">Good until the next call.</param>
    /// <param name="frame">What they are.</param>
    public bool TryTake(out ReadOnlySpan<byte> bytes, out CotFrame frame)
    {
        while (true)
        {
            frame = CotFraming.Next(buffer.AsSpan(start, Held), isAll: false, ref scan);
            bytes = buffer.AsSpan(start, frame.Length);
            start += frame.Length;
            if (start == end) start = end = 0;
            if (frame.Kind == CotFrameKind.Incomplete) return false;
            if (frame.Kind != CotFrameKind.Blank) return true;
        }
    }
}
