using System.Text.Json;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Recordings of Remote ID. As bytes: messages and packs one after the other, without a receiver's header, for where
/// one
/// ends only its length says. As hexadecimal text: a line an arrival, with or without that header. Neither tells a
/// time.
/// As JSON: documents one after the other, by their time where they have one.
/// </summary>
public static class RemoteIdRecordings
{
    const double PerSecond = 5;

    public static RecordingFormat Messages { get; } = new((file, _) => Cut(file), IsMessages, PerSecond);

    public static RecordingFormat Json { get; } =
        new((file, _) => JsonPieces.Cut(file, piece => JsonPieces.Ask(piece, JsonTimes.Of)), IsJson, PerSecond);

    static List<CaptureItem> Cut(ReadOnlyMemory<byte> file)
    {
        List<CaptureItem> pieces = [];
        if (!HexText.IsHexText(file.Span))
        {
            CutBytes(file, pieces);
            return pieces;
        }

        for (int at = 0; at < file.Length;)
        {
            int end = file.Span[at..].IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = HexText.Read(file.Span.Slice(at, end < 0 ? file.Length - at : end));
            if (RemoteIdFeedDecoder.IsPossibleArrival(line.Length)) pieces.Add(new(null, null, line, at));
            else CutBytes(line, pieces);
            at = end < 0 ? file.Length : at + end + 1;
        }

        return pieces;
    }

    /// <summary>What cannot be cut any more is one last piece, for the decoder to report.</summary>
    static void CutBytes(ReadOnlyMemory<byte> bytes, List<CaptureItem> pieces)
    {
        ReadOnlySpan<byte> rest = bytes.Span;
        while (!rest.IsEmpty)
        {
            int at = bytes.Length - rest.Length;
            if (RemoteIdMessage.TryTake(ref rest, out _) != DecodeFault.None) rest = default;
            pieces.Add(new(null, null, bytes[at..^rest.Length], at));
        }
    }

    static bool IsMessages(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (HexText.IsHexText(bytes))
        {
            int line = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            bytes = HexText.Read(line < 0 ? bytes : bytes[..line]);
        }

        if (bytes.IsEmpty || IsAsterix(bytes)) return false;
        if (!RemoteIdMessage.IsPossibleLength(bytes.Length)
            && RemoteIdMessage.IsPossibleLength(bytes.Length - RemoteIdFeedDecoder.ReceiverHeader))
            bytes = bytes[RemoteIdFeedDecoder.ReceiverHeader..];
        while (!bytes.IsEmpty)
            if (RemoteIdMessage.TryTake(ref bytes, out ReadOnlySpan<byte> messages) != DecodeFault.None
                || !AreKnown(messages)) return false;
        return true;
    }

    static bool AreKnown(ReadOnlySpan<byte> messages)
    {
        for (int at = 0; at < messages.Length; at += RemoteIdMessage.Length)
            if (RemoteIdMessage.TypeOf(messages[at..]) > RemoteIdMessageType.OperatorId
                || (messages[at] & 0xF) > RemoteIdMessage.Version) return false;
        return true;
    }

    static bool IsAsterix(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            if (AsterixBlock.TryTake(ref bytes, out _) != DecodeFault.None) return false;
        return true;
    }

    static bool IsJson(ReadOnlyMemory<byte> file) => JsonPieces.AskFirst(file, document =>
    {
        JsonElement one = document.ValueKind == JsonValueKind.Array && document.GetArrayLength() > 0
            ? document[0]
            : document;
        return one.Member("drone_lat") is not null || one.Member("basic_id") is not null
            || RemoteIdSections.IsOne(document)
            || (one.Text("data") is { } digits && digits.Length >= 2 * RemoteIdMessage.Length
                && digits.All(char.IsAsciiHexDigit));
    });
}
