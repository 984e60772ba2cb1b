using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>
/// A recorded stream of Cursor-on-Target, XML and TAK protocol, event by event, by the times of the events. A file that
/// begins like a datagram of the mesh is one: those tell no length and can only come from a packet capture.
/// </summary>
public static class CotRecording
{
    public static RecordingFormat Format { get; } = new((file, _) => Cut(file), IsOne, MessagesPerSecond: 5);

    static List<CaptureItem> Cut(ReadOnlyMemory<byte> file)
    {
        if (TakProtobuf.IsMesh(file.Span))
            return RecordingClock.Tell([new(null, null, file, 0)], [Mesh(file.Span)?.UtcTicks], RecordingEpoch.None);
        List<CaptureItem> pieces = [];
        List<long?> told = [];
        for (int at = 0; at < file.Length;)
        {
            CotFrame frame = Next(file.Span[at..]);
            ReadOnlyMemory<byte> whole = file.Slice(at, frame.Length);
            if (frame.Kind != CotFrameKind.Blank)
            {
                pieces.Add(new(null, null, whole, at));
                told.Add(TimeOf(whole.Span, frame)?.UtcTicks);
            }

            at += frame.Length;
        }

        return RecordingClock.Tell(pieces, told, RecordingEpoch.None);
    }

    static CotFrame Next(ReadOnlySpan<byte> bytes)
    {
        CotScan scan = default;
        return CotFraming.Next(bytes, isAll: true, ref scan);
    }

    static DateTimeOffset? TimeOf(ReadOnlySpan<byte> whole, in CotFrame frame) => frame.Kind switch
    {
        CotFrameKind.Xml when CotXmlReader.TryRead(whole, out CotEvent? told, out _) == DecodeFault.None => told!.Time,
        CotFrameKind.Protobuf => Message(whole[frame.Header..]),
        _ => null,
    };

    static DateTimeOffset? Mesh(ReadOnlySpan<byte> datagram) => Message(datagram[3..]);

    static DateTimeOffset? Message(ReadOnlySpan<byte> body) =>
        TakProtobuf.TryRead(body, out TakMessage? message, out _) == DecodeFault.None ? message!.Event?.Time : null;

    static bool IsOne(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes.Span;
        if (TakProtobuf.IsMesh(start)) return TakProtobuf.TryRead(start[3..], out _, out _) == DecodeFault.None;
        CotFrame frame = Next(start);
        if (frame.Kind == CotFrameKind.Blank)
        {
            start = start[frame.Length..];
            frame = Next(start);
        }

        return frame.Kind switch
        {
            CotFrameKind.Xml =>
                CotXmlReader.TryRead(start[..frame.Length], out _, out _) == DecodeFault.None,
            CotFrameKind.Protobuf =>
                TakProtobuf.TryRead(start[frame.Header..frame.Length], out _, out _) == DecodeFault.None,
            _ => false,
        };
    }
}
