using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Json;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>Files of <c>aircraft.json</c>: one document, or several one after the other, by their <c>now</c>.</summary>
public static class AircraftJsonRecording
{
    public static RecordingFormat Format { get; } = new((file, _) => JsonPieces.Cut(file, TimeOf), IsOne, 1, IsOfDocuments: true);

    static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> document) =>
        AircraftDocument.TryOpen(document.Span, new CuttingFaults(), out AircraftDocument opened)
            ? JsonTimes.SinceEpoch(opened.NowSeconds)
            : null;

    static bool IsOne(ReadOnlyMemory<byte> file) => JsonPieces.AskFirst(file, document =>
        document.Member("aircraft") is { ValueKind: JsonValueKind.Array }
        || IsAircraft(document)
        || (document.ValueKind == JsonValueKind.Array && document.GetArrayLength() > 0 && IsAircraft(document[0])));

    static bool IsAircraft(JsonElement one) => one.Text("hex") is not null;
}
