using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nadhir.Formats.Json;
using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Formats.Acoustic;

/// <summary>
/// Detections of acoustic nodes, as JSON of our own schema or of another by a mapping, to bearings. A node is a sensor
/// of the feed, by its <c>node</c> or else its id. Keeps no state. A list of detections that is empty is a node saying
/// that it is there.
/// </summary>
public sealed class AcousticFeedDecoder : IFeedDecoder
{
    /// <summary>Detections taken of one document.</summary>
    public const int MostDetections = 1000;
    /// <summary>
    /// A topic may stand before the document, ended by a zero byte; so many bytes at most (MQTT's own limit).
    /// </summary>
    const int LongestTopic = 65_535;

    readonly PayloadMapping mapping;
    readonly JsonPointer detections;
    readonly FrozenDictionary<string, int> sensorOfNode;
    readonly int only;
    readonly AcousticField? node, time, bearing, bearingSigma, elevation, elevationSigma, level, kind, confidence;

    /// <param name="feed">Only sensors of this feed are known here.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements
    /// carry.</param>
    /// <param name="mapping">Null for our own schema.</param>
    public AcousticFeedDecoder(string feed, ImmutableArray<Sensor> sensors, PayloadMapping? mapping = null)
    {
        this.mapping = mapping ?? AcousticFields.OurOwn;
        detections = JsonPointer.TryParse(this.mapping.Detections, out _) ?? JsonPointer.TryParse("", out _)!;
        (string Name, int Index)[] named =
        [
            .. sensors.Select((sensor, index) => (sensor, index)).Where(pair => pair.sensor.Feed == feed)
                .Select(pair => (string.IsNullOrEmpty(pair.sensor.NodeId) ? pair.sensor.Id
                    : pair.sensor.NodeId, pair.index)),
        ];
        sensorOfNode = named.DistinctBy(pair => pair.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Index, StringComparer.Ordinal);
        only = named.Length == 1 ? named[0].Index : -1;
        node = Field(AcousticFields.Node);
        time = Field(AcousticFields.Time);
        bearing = Field(AcousticFields.Bearing);
        bearingSigma = Field(AcousticFields.BearingSigma);
        elevation = Field(AcousticFields.Elevation);
        elevationSigma = Field(AcousticFields.ElevationSigma);
        level = Field(AcousticFields.Level);
        kind = Field(AcousticFields.Class);
        confidence = Field(AcousticFields.Confidence);
    }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        int end = bytes[..Math.Min(bytes.Length, LongestTopic + 1)].IndexOf((byte)0);
        string topic = end > 0 ? Encoding.UTF8.GetString(bytes[..end]) : "";
        Taker taker = new(this, topic, arrived, sink);
        JsonArrival.Read(bytes[(end + 1)..], end + 1, ref taker, sink);
    }

    void Take(JsonElement document, string topic, int offset, int length, DateTimeOffset arrived, IDecodeSink sink)
    {
        Place place = new(offset, length);
        if (detections.Find(document) is not { ValueKind: JsonValueKind.Array } list)
        {
            TakeOne(document, document, topic, place, arrived, sink);
            return;
        }

        int count = 0;
        foreach (JsonElement each in list.EnumerateArray())
        {
            if (++count > MostDetections)
            {
                sink.OnFault(DecodeFault.BadLength, offset, length, $"more than {MostDetections} detections");
                return;
            }

            try
            {
                TakeOne(each, document, topic, place, arrived, sink);
            }
            catch (InvalidOperationException)
            {
                sink.OnFault(DecodeFault.BadValue, offset, length, $"detection {count}: a text holds half a character");
            }
        }

        if (count == 0 && TrySensor(document, document, topic, place, sink, out int sensor))
            sink.OnAlive(sensor, arrived);
    }

    void TakeOne(
        JsonElement one, JsonElement document, string topic, Place place, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (one.ValueKind != JsonValueKind.Object)
        {
            place.Fault(sink, DecodeFault.NotThisFormat, "a detection is not an object");
            return;
        }

        if (!TrySensor(one, document, topic, place, sink, out int sensor)) return;
        string? bad = Read(one, document, topic, sensor, arrived, out Measurement seen, out double sure);
        sink.OnAlive(sensor, arrived);
        if (bad is not null) place.Fault(sink, DecodeFault.BadValue, bad);
        else if (!double.IsNaN(seen.AzimuthRadians) && IsWanted(one, document, topic, sure))
            sink.OnMeasurement(seen with { ReportedAs = Reported(one, document, topic, sure) });
    }

    /// <summary>What is wrong with it, or null.</summary>
    string? Read(JsonElement one, JsonElement document, string topic, int sensor, DateTimeOffset arrived,
        out Measurement seen, out double sure)
    {
        double azimuth = double.NaN, sigma = double.NaN, up = double.NaN, upSigma = double.NaN;
        DateTimeOffset? told = null;
        sure = double.NaN;
        seen = default;
        if (bearing is not null && (!bearing.TryAngle(one, document, topic, out azimuth) || Math.Abs(azimuth) > 1080))
            return "bearing";
        if (bearingSigma is not null && (!bearingSigma.TryAngle(one, document, topic, out sigma)
            || sigma is <= 0 or > 180)) return "bearing_sigma";
        if (elevation is not null && (!elevation.TryAngle(one, document, topic, out up) || Math.Abs(up) > 90))
            return "elevation";
        if (elevationSigma is not null && (!elevationSigma.TryAngle(one, document, topic, out upSigma)
            || upSigma is <= 0 or > 90))
            return "elevation_sigma";
        if (time is not null && !time.TryTime(one, document, topic, out told)) return "time";
        if (confidence is not null && !confidence.TryRatio(one, document, topic, out sure)) return "confidence";
        double turns = Math.Floor(azimuth / 360);
        seen = new()
        {
            Kind = MeasurementKind.Bearing,
            Sensor = sensor,
            Time = told ?? arrived,
            AzimuthRadians = (azimuth - (360 * turns)) * Angles.DegreesToRadians,
            SigmaAzimuthRadians = sigma * Angles.DegreesToRadians,
            ElevationRadians = up * Angles.DegreesToRadians,
            SigmaElevationRadians = upSigma * Angles.DegreesToRadians,
        };
        return null;
    }

    /// <summary>What it took it for and how loud it was; a bearing counts whatever stands there.</summary>
    ObjectReport Reported(JsonElement one, JsonElement document, string topic, double sure)
    {
        double loud = double.NaN;
        if (level?.TryNumber(one, document, topic, out loud) != true) loud = double.NaN;
        try
        {
            return new(ObjectWords.Read(kind?.Text(one, document, topic)), sure, loud);
        }
        catch (InvalidOperationException)
        {
            return new(ObjectClass.Other, sure, loud); // half a character
        }
    }

    bool IsWanted(JsonElement one, JsonElement document, string topic, double sure)
    {
        if (sure < mapping.LeastConfidence) return false;
        if (mapping.Classes.IsEmpty) return true;
        string? told = kind?.Text(one, document, topic);
        return told is not null && mapping.Classes.Contains(told, StringComparer.OrdinalIgnoreCase);
    }

    bool TrySensor(JsonElement one, JsonElement document, string topic, Place place, IDecodeSink sink, out int sensor)
    {
        sensor = only;
        if (node?.Text(one, document, topic) is not { } name)
        {
            if (sensor < 0) place.Fault(sink, DecodeFault.UnknownSensor, "it does not say which node it is of");
            return sensor >= 0;
        }

        if (sensorOfNode.TryGetValue(name, out sensor)) return true;
        place.Fault(sink, DecodeFault.UnknownSensor, $"node {(name.Length > 60 ? name[..60] : name)}");
        return false;
    }

    AcousticField? Field(string name) => mapping.Fields.TryGetValue(name, out MappedField? mapped) ? new(mapped) : null;

    readonly record struct Place(int Offset, int Length)
    {
        public void Fault(IDecodeSink sink, DecodeFault fault, string detail) =>
            sink.OnFault(fault, Offset, Length, detail);
    }

    readonly ref struct Taker(AcousticFeedDecoder decoder, string topic, DateTimeOffset arrived, IDecodeSink sink)
        : IJsonDocuments
    {
        public void Take(JsonElement document, int offset, int length) =>
            decoder.Take(document, topic, offset, length, arrived, sink);
    }
}
