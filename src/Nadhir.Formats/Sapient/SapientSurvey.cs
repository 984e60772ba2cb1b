using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// Which nodes speak in a recording, and what they say of themselves. At most <see cref="SapientDesk.MostNodes"/>;
/// further
/// ones are not heard.
/// </summary>
public sealed class SapientSurvey
{
    readonly SapientDocument document = new();
    readonly SortedDictionary<string, Heard> nodes = new(StringComparer.Ordinal);

    /// <summary>A node as its own messages tell it.</summary>
    /// <param name="Id">Its UUID.</param>
    /// <param name="TellsRange">It tells range or direction from where it is, so that must be known.</param>
    public sealed record Heard(string Id, SapientNode Node, bool TellsRange);

    /// <summary>By UUID.</summary>
    public IReadOnlyCollection<Heard> Nodes => nodes.Values;

    /// <summary>It tells range or direction, and never where it is.</summary>
    public bool IsUnplaced(string id) =>
        nodes.TryGetValue(id, out Heard? heard) && heard is { TellsRange: true, Node.Reported: null };

    /// <param name="bytes">Framed as on TCP; what is not valid is passed over.</param>
    public void Hear(ReadOnlySpan<byte> bytes, DateTimeOffset arrived)
    {
        while (SapientFrame.Look(bytes, out long length) == FrameOutcome.Whole)
        {
            if (document.TryRead(bytes[SapientFrame.HeaderLength..(int)length])) Hear(arrived);
            bytes = bytes[(int)length..];
        }
    }

    void Hear(DateTimeOffset arrived)
    {
        // A fusion node that acknowledges and orders is no sensor.
        SapientField? content = document.Content();
        if (content != SapientFields.Registration && content != SapientFields.StatusReport
            && content != SapientFields.DetectionReport) return;
        if (!SapientIds.TryUuid(document.Bytes(SapientDocument.Root, SapientFields.NodeId), out UInt128 number)) return;
        string id = SapientIds.Uuid(number);
        if (!nodes.TryGetValue(id, out Heard? heard))
        {
            if (nodes.Count == SapientDesk.MostNodes) return;
            nodes[id] = heard = new(id, new(number, null), TellsRange: false);
        }

        heard.Node.Hear(document, arrived);
        int report = document.Find(SapientDocument.Root, SapientFields.DetectionReport);
        if (document.Find(report, SapientFields.Detected.RangeBearing) >= 0) nodes[id] = heard with { TellsRange = true };
    }
}
