using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// SAPIENT messages of one feed, framed as on TCP, to measurements. A message is checked as a whole before anything of
/// it is believed; what registrations and status reports say of a node is kept for its detections. Only nodes that are
/// configured are known, so the state is bounded by the configuration.
/// </summary>
public sealed class SapientFeedDecoder : IFeedDecoder
{
    /// <summary>Told times beyond are brought back to here: a clock so wrong is the sensor clocks' business.</summary>
    static readonly DateTimeOffset earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero),
        latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly FrozenDictionary<UInt128, Source> sources;
    readonly SapientDocument document = new();

    /// <param name="feed">Only sensors of this feed are known here.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements
    /// carry.</param>
    public SapientFeedDecoder(string feed, ImmutableArray<Sensor> sensors)
    {
        ObjectNumbers numbers = new();
        Dictionary<UInt128, Source> found = [];
        for (int i = 0; i < sensors.Length; i++)
        {
            if (sensors[i].Feed != feed || sensors[i].NodeId is not { } text
                || !SapientIds.TryUuid(text, out UInt128 id)) continue;
            found.TryAdd(id, new(i, new(sensors[i], i, numbers), new(id, sensors[i].Position)));
        }

        sources = found.ToFrozenDictionary();
    }

    /// <summary>What is known of a configured node; null for others.</summary>
    public SapientNode? Node(string nodeId) =>
        SapientIds.TryUuid(nodeId, out UInt128 id) ? sources.GetValueOrDefault(id)?.Node : null;

    public IEnumerable<(int Sensor, SensorWord Word)> SensorWords
    {
        get
        {
            foreach (Source source in sources.Values)
                if (source.Node.Word is { } word) yield return (source.Sensor, word);
        }
    }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        int offset = 0;
        while (offset < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[offset..];
            switch (SapientFrame.Look(rest, out long length))
            {
                case FrameOutcome.Whole:
                    DecodeMessage(rest[SapientFrame.HeaderLength..(int)length], offset, arrived, sink);
                    offset += (int)length;
                    break;
                case FrameOutcome.TooLong:
                    sink.OnFault(DecodeFault.BadLength, offset, rest.Length,
                        $"a message of {length} bytes, at most {SapientFrame.MostBytes}");
                    return;
                default:
                    sink.OnFault(DecodeFault.Truncated, offset, rest.Length, "message cut off");
                    return;
            }
        }
    }

    void DecodeMessage(ReadOnlySpan<byte> message, int offset, DateTimeOffset arrived, IDecodeSink sink)
    {
        int length = SapientFrame.HeaderLength + message.Length;
        bool valid = document.TryRead(message);
        ReadOnlySpan<byte> sender = document.Bytes(SapientDocument.Root, SapientFields.NodeId);
        bool named = SapientIds.TryUuid(sender, out UInt128 id);
        if (!valid)
        {
            DecodeFault fault = document.Damage == DecodeFault.None ? DecodeFault.BadValue : document.Damage;
            sink.OnFault(fault, offset, length, named ? $"node {SapientIds.Uuid(id)}: {document.Reasons[0]}"
                : document.Reasons[0]);
            return;
        }

        if (!sources.TryGetValue(id, out Source? source))
        {
            sink.OnFault(DecodeFault.UnknownSensor, offset, length, $"node {SapientIds.Uuid(id)}");
            return;
        }

        source.Node.Hear(document, arrived);
        DateTimeOffset time = document.Time(SapientDocument.Root, SapientFields.Timestamp) ?? arrived;
        time = time < earliest ? earliest : time > latest ? latest : time;
        if (document.Content() != SapientFields.DetectionReport)
        {
            // A node that says it is blind is not heard: its coverage is lost when its last detection is old enough.
            if (!source.Node.IsBlind) sink.OnAlive(source.Sensor, time);
            else if (source.Node.System == NodeSystem.Goodbye) sink.OnGone(source.Sensor, "the node said goodbye");
        }
        else if (source.Detection.TryMeasure(document, source.Node, time, out Measurement measured, out string fault))
            sink.OnMeasurement(measured);
        else
            sink.OnFault(DecodeFault.BadValue, offset, length,
                $"node {SapientIds.Uuid(id)}: detection_report: {fault}");
    }

    /// <summary>A configured node.</summary>
    sealed record Source(int Sensor, SapientDetection Detection, SapientNode Node);
}
