using Nadhir.Sensing;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>What a run of bytes is.</summary>
public enum CotFrameKind : byte
{
    /// <summary>More bytes are needed to tell.</summary>
    Incomplete,
    /// <summary>Blanks and line ends between events.</summary>
    Blank,
    /// <summary>An XML document whose root is an event, with what it has of a prolog.</summary>
    Xml,
    /// <summary>A message of TAK protocol behind magic and length.</summary>
    Protobuf,
    /// <summary>Neither; the next frame may begin behind it.</summary>
    Noise,
}

/// <summary>One run of bytes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Header">Of these, how many are before the message (protobuf).</param>
/// <param name="Fault">Why it is noise.</param>
public readonly record struct CotFrame(
    CotFrameKind Kind, int Length, int Header = 0, DecodeFault Fault = DecodeFault.None);

/// <summary>
/// Divides bytes into frames without reading them: events in XML, one after the other, and TAK protocol messages behind
/// magic and length, mixed as they come. Out of step, it goes on at the next place where a frame may begin. An event
/// that begins within another shows that the first was cut off. Work is linear in the bytes but for a small factor.
/// </summary>
public static class CotFraming
{
    /// <summary>A longer event is noise.</summary>
    public const int MostEventBytes = 65_536;
    /// <summary>A message has three fields; one with more than this is something else.</summary>
    const int MostFields = 16;

    /// <param name="bytes">From where the last frame ended.</param>
    /// <param name="isAll">Nothing follows: what is not complete is a fault.</param>
    /// <param name="scan">
    /// Where a scan of the same bytes with fewer of them stopped; reset when a frame is given.
    /// </param>
    public static CotFrame Next(ReadOnlySpan<byte> bytes, bool isAll, ref CotScan scan)
    {
        CotFrame frame = Judge(bytes, isAll, ref scan);
        if (frame.Kind != CotFrameKind.Incomplete) scan = default;
        return frame;
    }

    static CotFrame Judge(ReadOnlySpan<byte> bytes, bool isAll, ref CotScan scan)
    {
        if (bytes.IsEmpty) return default;
        int blanks = Blanks(bytes);
        if (blanks > 0) return new(CotFrameKind.Blank, blanks);
        DecodeFault fault = DecodeFault.NotThisFormat;
        if (bytes[0] == TakProtobuf.Magic)
        {
            CotFrame frame = Message(bytes, isAll);
            if (frame.Kind != CotFrameKind.Noise) return frame;
            fault = frame.Fault;
        }
        else if (bytes[0] == '<')
        {
            switch (scan.Advance(bytes))
            {
                case CotScanEnd.Complete when scan.Position <= MostEventBytes:
                    return new(CotFrameKind.Xml, scan.Position);
                case CotScanEnd.NeedsMore when bytes.Length < MostEventBytes && !isAll:
                    return default;
                case CotScanEnd.NeedsMore:
                    fault = bytes.Length >= MostEventBytes ? DecodeFault.BadLength : DecodeFault.Truncated;
                    break;
                case CotScanEnd.Complete:
                    fault = DecodeFault.BadLength;
                    break;
                case CotScanEnd.NextEvent:
                    return new(CotFrameKind.Noise, scan.Position, Fault: DecodeFault.Truncated);
                case CotScanEnd.Malformed:
                    fault = DecodeFault.BadValue;
                    break;
            }

            if (!scan.HasRoot && fault != DecodeFault.BadLength) fault = DecodeFault.NotThisFormat;
        }

        int length = ToNext(bytes, isAll);
        return length == 0 ? default : new(CotFrameKind.Noise, length, Fault: fault);
    }

    /// <summary>
    /// How many bytes there are before a place where a frame may begin; 0 when more are needed to tell.
    /// </summary>
    static int ToNext(ReadOnlySpan<byte> bytes, bool isAll)
    {
        for (int at = 1; at < bytes.Length;)
        {
            int next = bytes[at..].IndexOfAny((byte)'<', TakProtobuf.Magic);
            if (next < 0) return bytes.Length;
            at += next;
            ReadOnlySpan<byte> rest = bytes[at..];
            if (rest[0] == '<')
            {
                if (CotScan.MayBegin(rest) is { } begins ? begins : !isAll) return at;
            }
            else if (Message(rest, isAll).Kind != CotFrameKind.Noise) return at;
            at++;
        }

        return bytes.Length;
    }

    static CotFrame Message(ReadOnlySpan<byte> bytes, bool isAll)
    {
        CotFrame incomplete = isAll ? new(CotFrameKind.Noise, 0, Fault: DecodeFault.Truncated) : default;
        CotFrame noise = new(CotFrameKind.Noise, 0, Fault: DecodeFault.BadLength);
        int length = 0, header = 1;
        for (int shift = 0; ; shift += 7)
        {
            if (shift > 14) return noise;
            if (header == bytes.Length) return incomplete;
            byte next = bytes[header++];
            length |= (next & 0x7F) << shift;
            if (next < 0x80) break;
        }

        if (length is < 2 or > MostEventBytes) return noise;
        if (header == bytes.Length) return incomplete;
        // A message begins with its control (1), its event (2), or one of the times that servers add.
        if (bytes[header] is not (0x0A or 0x12 or 0x18 or 0x20))
            return noise with { Fault = DecodeFault.NotThisFormat };
        if (bytes.Length - header < length) return incomplete;
        WireReader reader = new(bytes.Slice(header, length));
        for (int fields = 0; reader.Next(); fields++)
        {
            if (fields == MostFields) return noise with { Fault = DecodeFault.NotThisFormat };
            reader.Skip();
        }

        return reader.Failed
            ? noise with { Fault = DecodeFault.NotThisFormat }
            : new(CotFrameKind.Protobuf, header + length, header);
    }

    static int Blanks(ReadOnlySpan<byte> bytes)
    {
        int first = bytes.IndexOfAnyExcept(" \t\r\n\0"u8);
        return first < 0 ? bytes.Length : first;
    }
}
