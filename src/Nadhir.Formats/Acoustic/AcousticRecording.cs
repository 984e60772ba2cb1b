using System.Text;
using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.Acoustic;

/// <summary>Files of acoustic detections, one document after the other, by the time of their first detection.</summary>
public static class AcousticRecording
{
    public static RecordingFormat Format { get; } = new(Cut, IsOne, MessagesPerSecond: 5);

    /// <summary>The nodes that a recording by our own schema names.</summary>
    public static IEnumerable<string> NodesOf(ReadOnlyMemory<byte> document) =>
        JsonPieces.Ask(document, read => (IEnumerable<string>)
        [
            .. Detections(read).Prepend(read).Select(each => each.Text("node")).OfType<string>()
                .Take(AcousticFeedDecoder.MostDetections),
        ]) ?? [];

    static List<CaptureItem> Cut(ReadOnlyMemory<byte> file, PayloadMapping? mapping)
    {
        mapping ??= AcousticFields.OurOwn;
        if (!mapping.Fields.TryGetValue(AcousticFields.Time, out MappedField? mapped)) return JsonPieces.Cut(file);
        AcousticField time = new(mapped);
        JsonPointer list = JsonPointer.TryParse(mapping.Detections, out _) ?? JsonPointer.TryParse("", out _)!;
        return JsonPieces.Cut(file, piece =>
        {
            int topicEnd = piece.Span.IndexOf((byte)0);
            string topic = topicEnd > 0 ? Encoding.UTF8.GetString(piece.Span[..topicEnd]) : "";
            return JsonPieces.Ask(piece[(topicEnd + 1)..], document => TimeOf(document, list, time, topic));
        });
    }

    static DateTimeOffset? TimeOf(JsonElement document, JsonPointer list, AcousticField time, string topic)
    {
        JsonElement one = list.Find(document) is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0
            ? all[0]
            : document;
        return time.TryTime(one, document, topic, out DateTimeOffset? told) ? told : null;
    }

    static bool IsOne(ReadOnlyMemory<byte> file) => JsonPieces.AskFirst(file, document =>
        document.Member("bearing_deg") is not null
        || (document.Text("node") is not null && document.Member("detections") is { ValueKind: JsonValueKind.Array }));

    static IEnumerable<JsonElement> Detections(JsonElement document) =>
        document.Member("detections") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
