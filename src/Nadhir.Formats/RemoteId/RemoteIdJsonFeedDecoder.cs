using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Remote ID that receivers wrote as JSON, in three shapes: the message's bytes as hexadecimal digits
/// (<c>{"mac","rssi","data"}</c>), flat fields (<c>{"mac","drone_lat","drone_long","basic_id",…}</c>), and sections
/// named after the messages (<c>"Basic ID"</c>, <c>"Location/Vector Message"</c>, …; one object, or a list of objects
/// with a section each). An arrival may hold several, and lists of the first two.
/// </summary>
public sealed class RemoteIdJsonFeedDecoder : IFeedDecoder
{
    /// <summary>Objects taken of one list.</summary>
    public const int MostInList = 1000;

    readonly ImmutableArray<Sensor> sensors;
    readonly string feed;
    readonly int first;
    readonly Transmitters transmitters = new();

    /// <param name="feed">Receivers are sensors of this feed; a receiver that is not named is the first of
    /// them.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements
    /// carry.</param>
    public RemoteIdJsonFeedDecoder(string feed, ImmutableArray<Sensor> sensors)
    {
        (this.feed, this.sensors) = (feed, sensors);
        first = RemoteIdFeedDecoder.FirstOf(feed, sensors);
    }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (bytes.IsEmpty) return;
        if (first < 0)
        {
            sink.OnFault(DecodeFault.UnknownSensor, 0, bytes.Length, "no sensor is configured on this feed");
            return;
        }

        Taker taker = new(this, arrived, sink);
        JsonArrival.Read(bytes, 0, ref taker, sink);
    }

    void Take(JsonElement document, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        switch (document.ValueKind)
        {
            case JsonValueKind.Object:
                TakeOne(document, offset, length, arrived, sink);
                break;
            case JsonValueKind.Array when RemoteIdSections.IsOne(document):
                TakeSections(document, offset, length, arrived, sink);
                break;
            case JsonValueKind.Array:
                int count = 0;
                foreach (JsonElement each in document.EnumerateArray())
                {
                    if (++count > MostInList)
                    {
                        sink.OnFault(DecodeFault.BadLength, offset, length, $"more than {MostInList} in a list");
                        return;
                    }

                    TakeGuarded(each, offset, length, arrived, sink);
                }

                break;
            default:
                sink.OnFault(DecodeFault.NotThisFormat, offset, length, "neither an object nor a list");
                break;
        }
    }

    void TakeGuarded(JsonElement each, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        try
        {
            TakeOne(each, offset, length, arrived, sink);
        }
        catch (InvalidOperationException)
        {
            sink.OnFault(DecodeFault.BadValue, offset, length, "a text holds half a character");
        }
    }

    void TakeOne(JsonElement one, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (one.ValueKind != JsonValueKind.Object)
            sink.OnFault(DecodeFault.NotThisFormat, offset, length, "an element of the list is no object");
        else if (one.Member("data") is not null) TakeBytes(one, offset, length, arrived, sink);
        else if (one.Member("drone_lat") is not null || one.Member("basic_id") is not null)
            TakeFlat(one, arrived, sink);
        else if (RemoteIdSections.IsOne(one)) TakeSections(one, offset, length, arrived, sink);
        else if (one.Member("heartbeat") is not null) sink.OnAlive(SensorOf(one), arrived);
        else sink.OnFault(DecodeFault.NotThisFormat, offset, length, "no shape of Remote ID that is known here");
    }

    void TakeBytes(JsonElement one, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        string? digits = one.Text("data");
        const int LongestPack = RemoteIdMessage.PackHeader + (RemoteIdMessage.MostInPack * RemoteIdMessage.Length);
        Span<byte> bytes = stackalloc byte[LongestPack];
        if (digits is null || digits.Length > 2 * bytes.Length
            || Convert.FromHexString(digits, bytes, out _, out int written) != System.Buffers.OperationStatus.Done)
        {
            sink.OnFault(DecodeFault.BadValue, offset, length,
                "data is not the hexadecimal digits of a message or pack");
            return;
        }

        RemoteIdFeedDecoder.DecodeMessages(
            bytes[..written], offset, TransmitterAddress.Of(one.Text("mac")), SensorOf(one), transmitters, arrived,
            new At(sink, offset, length));
    }

    void TakeFlat(JsonElement one, DateTimeOffset arrived, IDecodeSink sink)
    {
        RemoteIdLocation location = new()
        {
            LatitudeDegrees = one.Number("drone_lat"),
            LongitudeDegrees = one.Number("drone_long"),
            GeodeticAltitudeMetres = one.Number("drone_altitude"),
            SpeedMetresPerSecond = one.Number("speed"),
            TrackDegrees = one.Number("heading"),
            ClimbMetresPerSecond = one.Number("vspeed"),
        };
        RemoteIdBasicId id = new(RemoteIdIdType.SerialNumber, 0, ShortText.From(one.Text("basic_id") ?? ""));
        Report(TransmitterAddress.Of(one.Text("mac")), id, location, SensorOf(one), arrived, sink);
    }

    void TakeSections(JsonElement document, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        RemoteIdSections read = RemoteIdSections.Read(document);
        if (read.IsPlaceOdd) sink.OnFault(DecodeFault.BadValue, offset, length, "Location: no such place");
        Report(TransmitterAddress.Of(read.Address), read.Identity, read.Location, SensorOf(document), arrived, sink);
    }

    void Report(ulong? address, in RemoteIdBasicId id, in RemoteIdLocation location, int sensor, DateTimeOffset arrived,
        IDecodeSink sink)
    {
        sink.OnAlive(sensor, arrived);
        Transmitter transmitter = address is { } told ? transmitters.Heard(told, arrived) : new();
        transmitters.Take(transmitter, id, arrived);
        if (RemoteIdSections.IsPlace(location)
            && Transmitters.TryReport(transmitter, location, sensor, arrived, out Measurement report))
            sink.OnMeasurement(report);
    }

    /// <summary>The receiver it names, when that is a sensor of the feed; else the first of the feed.</summary>
    int SensorOf(JsonElement document)
    {
        string? receiver = document.Text("receiver") ?? document.Text("node_id") ?? document.Text("seen_by");
        if (receiver is null) return first;
        for (int i = first; i < sensors.Length; i++)
            if (sensors[i].Feed == feed && receiver.Length > 0 && sensors[i].NodeId == receiver) return i;
        return first;
    }

    readonly ref struct Taker(RemoteIdJsonFeedDecoder decoder, DateTimeOffset arrived, IDecodeSink sink)
        : IJsonDocuments
    {
        public void Take(JsonElement document, int offset, int length) =>
            decoder.Take(document, offset, length, arrived, sink);
    }

    /// <summary>A fault in bytes written as text is said at the document that holds them.</summary>
    sealed class At(IDecodeSink sink, int offset, int length) : IDecodeSink
    {
        public void OnMeasurement(in Measurement measurement) => sink.OnMeasurement(measurement);

        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians,
            TimeSpan rotation) =>
            sink.OnScanMark(sensor, mark, time, azimuthRadians, rotation);

        public void OnAlive(int sensor, DateTimeOffset time) => sink.OnAlive(sensor, time);

        public void OnFault(DecodeFault fault, int _, int __, string detail) =>
            sink.OnFault(fault, offset, length, detail);
    }
}
