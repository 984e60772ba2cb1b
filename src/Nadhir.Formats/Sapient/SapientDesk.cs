using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>What the desk made of one message.</summary>
/// <param name="Reply">The answer as protobuf, without its header; null when none is due.</param>
/// <param name="Node">Who sent it, when it is one we keep.</param>
/// <param name="IsValid">It could be read and keeps the rules.</param>
/// <param name="Reason">Why it was refused; empty when it was not.</param>
public readonly record struct SapientAnswer(byte[]? Reply, SapientNode? Node, bool IsValid, string Reason);

/// <summary>
/// Speaks for Nadhir as the fusion node of BSI Flex 335: registers nodes, answers what must be answered. Sends
/// acknowledgements and errors, and never a task: nobody is directed from here. Tasks sent to us are rejected. At most
/// <see cref="MostNodes"/> nodes are kept; the next one is refused and told why.
/// </summary>
public sealed class SapientDesk
{
    public const int MostNodes = 256;
    /// <summary>Of a message that is sent back within an error: its beginning.</summary>
    public const int MostPacket = 65_536;
    const int Accepted = 1, Rejected = 2;

    readonly Dictionary<UInt128, Sensor> configured = [];
    readonly SortedDictionary<UInt128, SapientNode> nodes = [];
    readonly SapientDocument received = new(), reply = new();
    readonly UInt128 ownId;
    readonly string own;
    readonly bool acceptUnknown;

    /// <param name="ownId">Our UUID among the nodes.</param>
    /// <param name="acceptUnknown">
    /// Nodes without a configured sensor may register too; their detections find no sensor.
    /// </param>
    /// <param name="sensors">Those of the feed: the nodes that may register.</param>
    public SapientDesk(UInt128 ownId, bool acceptUnknown, IEnumerable<Sensor> sensors)
    {
        (this.ownId, this.acceptUnknown, own) = (ownId, acceptUnknown, SapientIds.Uuid(ownId));
        foreach (Sensor sensor in sensors)
            if (sensor.NodeId is { } text && SapientIds.TryUuid(text, out UInt128 id)) configured.TryAdd(id, sensor);
    }

    /// <summary>Nodes that have registered or are configured and were heard, by identifier.</summary>
    public ImmutableArray<SapientNode> Nodes => [.. nodes.Values];

    /// <param name="message">Without its header.</param>
    public SapientAnswer Hear(ReadOnlySpan<byte> message, DateTimeOffset now)
    {
        bool valid = received.TryRead(message);
        string sender = SapientIds.TryUuid(received.Bytes(SapientDocument.Root, SapientFields.NodeId), out UInt128 id)
            ? SapientIds.Uuid(id)
            : "";
        SapientField? content = received.Content();
        if (!valid)
        {
            // An error is never answered by an error: two of us would never stop.
            byte[]? error = content == SapientFields.Error ? null : Error(sender, message, received.Reasons, now);
            return new(error, null, IsValid: false, received.Reasons[0]);
        }

        SapientNode? node = Known(id);
        if (content == SapientFields.Registration) return Register(id, node, sender, now);
        node?.Hear(received, now);
        if (content == SapientFields.Error || content == SapientFields.RegistrationAck
            || content == SapientFields.AlertAck || content == SapientFields.TaskAck)
            return new(null, node, IsValid: true, "");
        if (node is not { IsRegistered: true })
        {
            const string Unregistered = "the node has not registered here";
            return new(Error(sender, message, [Unregistered], now), node, IsValid: true, Unregistered);
        }

        if (content == SapientFields.Alert) return new(AcknowledgeAlert(sender, now), node, IsValid: true, "");
        if (content == SapientFields.Task) return new(RejectTask(sender, now), node, IsValid: true, "");
        return new(null, node, IsValid: true, "");
    }

    /// <summary>The answer to a length that no message may have.</summary>
    public byte[] RefuseLength(long length, DateTimeOffset now) =>
        Error("", [],
            [$"a message of {length} bytes: at most {SapientFrame.MostBytes} are taken; the connection is closed"], now);

    /// <summary>A configured node is kept from its first message on, so that it is asked to register.</summary>
    SapientNode? Known(UInt128 id)
    {
        if (nodes.TryGetValue(id, out SapientNode? node)) return node;
        if (!configured.TryGetValue(id, out Sensor? sensor) || nodes.Count >= MostNodes) return null;
        return nodes[id] = new(id, sensor.Position);
    }

    SapientAnswer Register(UInt128 id, SapientNode? node, string sender, DateTimeOffset now)
    {
        string reason = "";
        if (id == ownId) reason = "this identifier is our own";
        else if (node is null && !acceptUnknown) reason = $"no sensor is configured for node {sender}";
        else if (node is null && nodes.Count >= MostNodes) reason = $"{MostNodes} nodes are known, and no more";
        if (reason.Length == 0)
        {
            node ??= nodes[id] = new(id, null);
            node.Hear(received, now);
        }

        Begin(sender, now);
        int ack = reply.Add(SapientDocument.Root, SapientFields.RegistrationAck);
        reply.Add(ack, SapientFields.Answered.Acceptance, reason.Length == 0);
        if (reason.Length > 0) reply.Add(ack, SapientFields.Answered.AckReason, reason);
        return new(reply.ToBytes(), reason.Length == 0 ? node : null, IsValid: true, reason);
    }

    byte[] AcknowledgeAlert(string sender, DateTimeOffset now)
    {
        int alert = received.Find(SapientDocument.Root, SapientFields.Alert);
        Begin(sender, now);
        int ack = reply.Add(SapientDocument.Root, SapientFields.AlertAck);
        reply.Add(ack, SapientFields.Answered.AcknowledgedAlert, received.Text(alert, SapientFields.Answered.AlertId));
        reply.Add(ack, SapientFields.Answered.AlertAckStatus, Accepted);
        return reply.ToBytes();
    }

    byte[] RejectTask(string sender, DateTimeOffset now)
    {
        int task = received.Find(SapientDocument.Root, SapientFields.Task);
        Begin(sender, now);
        int ack = reply.Add(SapientDocument.Root, SapientFields.TaskAck);
        reply.Add(ack, SapientFields.Answered.AcknowledgedTask, received.Text(task, SapientFields.Answered.TaskId));
        reply.Add(ack, SapientFields.Answered.TaskStatus, Rejected);
        reply.Add(ack, SapientFields.Answered.TaskReason, "this node takes no tasks");
        return reply.ToBytes();
    }

    byte[] Error(string sender, ReadOnlySpan<byte> packet, IEnumerable<string> reasons, DateTimeOffset now)
    {
        Begin(sender, now);
        int error = reply.Add(SapientDocument.Root, SapientFields.Error);
        reply.Add(error, SapientFields.Answered.Packet, packet[..Math.Min(MostPacket, packet.Length)]);
        foreach (string reason in reasons) reply.Add(error, SapientFields.Answered.ErrorMessage, reason);
        return reply.ToBytes();
    }

    void Begin(string destination, DateTimeOffset now)
    {
        reply.Clear();
        reply.Add(SapientDocument.Root, SapientFields.Timestamp, now);
        reply.Add(SapientDocument.Root, SapientFields.NodeId, own);
        if (destination.Length > 0) reply.Add(SapientDocument.Root, SapientFields.DestinationId, destination);
    }
}
