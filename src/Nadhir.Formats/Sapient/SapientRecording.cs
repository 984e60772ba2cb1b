using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// Recorded SAPIENT messages by their timestamps: framed as on TCP, or protobuf JSON, one document after the other.
/// JSON
/// becomes the frames that would have come over TCP; what cannot be read stays as it is, for the decoder to report.
/// </summary>
public static class SapientRecording
{
    public static RecordingFormat Format { get; } =
        new((file, _) => Cut(file), IsOne, MessagesPerSecond: 5, IsOfDocuments: true);

    static List<CaptureItem> Cut(ReadOnlyMemory<byte> file) => SapientPrinter.IsJson(file.Span)
        ? CutJson(file)
        : CutFrames(file);

    static List<CaptureItem> CutFrames(ReadOnlyMemory<byte> file)
    {
        SapientDocument document = new();
        List<CaptureItem> pieces = [];
        List<long?> told = [];
        for (int at = 0; at < file.Length;)
        {
            bool whole = SapientFrame.Look(file.Span[at..], out long length) == FrameOutcome.Whole;
            if (!whole) length = file.Length - at;
            ReadOnlyMemory<byte> piece = file.Slice(at, (int)length);
            pieces.Add(new(null, null, piece, at));
            told.Add(whole ? TimeOf(document, piece.Span[SapientFrame.HeaderLength..]) : null);
            at += (int)length;
        }

        return RecordingClock.Tell(pieces, told, RecordingEpoch.None);
    }

    static List<CaptureItem> CutJson(ReadOnlyMemory<byte> file)
    {
        SapientDocument document = new();
        List<CaptureItem> pieces = JsonPieces.Cut(file);
        List<long?> told = new(pieces.Count);
        for (int i = 0; i < pieces.Count; i++)
        {
            bool read = TryReadJson(document, pieces[i].Bytes.Span);
            if (read) pieces[i] = pieces[i] with { Bytes = SapientFrame.Wrap(document.ToBytes()) };
            told.Add(read ? document.Time(SapientDocument.Root, SapientFields.Timestamp)?.UtcTicks : null);
        }

        return RecordingClock.Tell(pieces, told, RecordingEpoch.None);
    }

    static long? TimeOf(SapientDocument document, ReadOnlySpan<byte> message)
    {
        document.TryRead(message);
        return document.Time(SapientDocument.Root, SapientFields.Timestamp)?.UtcTicks;
    }

    /// <summary>Whether it could be read; it may still break the rules, as on the wire.</summary>
    static bool TryReadJson(SapientDocument document, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 2 * SapientDocument.MostDepth });
        return document.TryReadJson(ref reader) && document.Damage == DecodeFault.None;
    }

    static bool IsOne(ReadOnlyMemory<byte> file)
    {
        SapientDocument document = new();
        if (SapientPrinter.IsJson(file.Span))
        {
            List<CaptureItem> first = JsonPieces.Cut(file);
            return first.Count > 0 && TryReadJson(document, first[0].Bytes.Span) && IsMessage(document);
        }

        return SapientFrame.Look(file.Span, out long length) == FrameOutcome.Whole
            && document.TryRead(file.Span[SapientFrame.HeaderLength..(int)length]) && IsMessage(document);
    }

    static bool IsMessage(SapientDocument document) =>
        document.Content() is not null
        && SapientIds.TryUuid(document.Bytes(SapientDocument.Root, SapientFields.NodeId), out _);
}
