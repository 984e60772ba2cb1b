using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.RemoteId;

/// <summary>
/// Remote ID of one feed to position reports: an arrival is one message of 25 bytes or one pack, bare or after seven
/// bytes of the receiver: the transmitter's address (six) and how strongly it was heard (signed dBm). Which it is, the
/// length says: no bare length is also a length with the seven. Without an address, messages can only be put together
/// within a pack: a bare Location alone is a report of nobody.
/// </summary>
public sealed class RemoteIdFeedDecoder : IFeedDecoder
{
    public const int ReceiverHeader = 7;

    readonly int sensor;
    readonly Transmitters transmitters = new();

    /// <param name="feed">The receiver is the first sensor of this feed.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements
    /// carry.</param>
    public RemoteIdFeedDecoder(string feed, ImmutableArray<Sensor> sensors) => sensor = FirstOf(feed, sensors);

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (bytes.IsEmpty) return;
        if (sensor < 0)
        {
            sink.OnFault(DecodeFault.UnknownSensor, 0, bytes.Length, "no sensor is configured on this feed");
            return;
        }

        bool bare = RemoteIdMessage.IsPossibleLength(bytes.Length);
        if (!IsPossibleArrival(bytes.Length))
        {
            sink.OnFault(DecodeFault.BadLength, 0, bytes.Length, $"{bytes.Length} bytes are no message and no pack");
            return;
        }

        ulong? address = bare ? null : AddressOf(bytes);
        int header = bare ? 0 : ReceiverHeader;
        DecodeMessages(bytes[header..], header, address, sensor, transmitters, arrived, sink);
    }

    /// <summary>Whether so many bytes may be a message or pack, with or without the receiver's header.</summary>
    internal static bool IsPossibleArrival(int length) =>
        RemoteIdMessage.IsPossibleLength(length) || RemoteIdMessage.IsPossibleLength(length - ReceiverHeader);

    /// <summary>One message or pack of one transmitter.</summary>
    /// <param name="bytes">To be used up exactly.</param>
    /// <param name="offset">Where they are in the arrival, for faults.</param>
    /// <param name="address">Null when not told.</param>
    internal static void DecodeMessages(ReadOnlySpan<byte> bytes, int offset, ulong? address, int sensor,
        Transmitters transmitters, DateTimeOffset arrived, IDecodeSink sink)
    {
        ReadOnlySpan<byte> rest = bytes;
        DecodeFault fault = RemoteIdMessage.TryTake(ref rest, out ReadOnlySpan<byte> messages);
        if (fault == DecodeFault.None && !rest.IsEmpty) fault = DecodeFault.TrailingBytes;
        if (fault != DecodeFault.None)
        {
            sink.OnFault(fault, offset, bytes.Length, "message or pack");
            return;
        }

        sink.OnAlive(sensor, arrived);
        bool isPack = messages.Length < bytes.Length;
        Transmitter? transmitter = address is { } told ? transmitters.Heard(told, arrived) : isPack ? new() : null;
        // Who it is first: a pack may hold its messages in any order.
        for (int at = 0; at < messages.Length && transmitter is not null; at += RemoteIdMessage.Length)
        {
            ReadOnlySpan<byte> message = messages.Slice(at, RemoteIdMessage.Length);
            if (RemoteIdMessage.TypeOf(message) == RemoteIdMessageType.BasicId)
                transmitters.Take(transmitter, RemoteIdBasicId.Read(message), arrived);
        }

        int start = offset + bytes.Length - messages.Length;
        for (int at = 0; at < messages.Length; at += RemoteIdMessage.Length)
            DecodeMessage(messages.Slice(at, RemoteIdMessage.Length), start + at, transmitter, sensor, arrived, sink);
    }

    static void DecodeMessage(ReadOnlySpan<byte> message, int offset, Transmitter? transmitter, int sensor,
        DateTimeOffset arrived, IDecodeSink sink)
    {
        switch (RemoteIdMessage.TypeOf(message))
        {
            case RemoteIdMessageType.Location:
                if (!RemoteIdLocation.TryRead(message, out RemoteIdLocation location))
                    sink.OnFault(DecodeFault.BadValue, offset, message.Length, "Location: no such place");
                else if (Transmitters.TryReport(transmitter, location, sensor, arrived, out Measurement report))
                    sink.OnMeasurement(report);
                break;
            case RemoteIdMessageType.System:
                if (!RemoteIdSystem.TryRead(message, out _))
                    sink.OnFault(DecodeFault.BadValue, offset, message.Length, "System: no such place");
                break;
            case RemoteIdMessageType.BasicId:
            case RemoteIdMessageType.Authentication:
            case RemoteIdMessageType.SelfId:
            case RemoteIdMessageType.OperatorId:
                break;
            default:
                sink.OnFault(DecodeFault.UnknownItem, offset, message.Length, $"message type {message[0] >> 4}");
                break;
        }
    }

    internal static int FirstOf(string feed, ImmutableArray<Sensor> sensors)
    {
        for (int i = 0; i < sensors.Length; i++)
            if (sensors[i].Feed == feed) return i;
        return -1;
    }

    static ulong AddressOf(ReadOnlySpan<byte> bytes)
    {
        ulong address = 0;
        foreach (byte octet in bytes[..6]) address = (address << 8) | octet;
        return address;
    }
}
