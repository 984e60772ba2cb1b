using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// A Beast stream (Mode-S Beast, Radarcape, dump1090, readsb: port 30005) to position reports. Faults are told by
/// offset in the arrival; a message whose address nobody announced is noise and only counted. Mode A and C replies and
/// the receiver's own status make no measurement.
/// </summary>
public sealed class BeastFeedDecoder : IFeedDecoder
{
    readonly FeedReceiver receiver;
    readonly BeastFrames frames = new();
    ReceiverClock clock;

    public BeastFeedDecoder(string feed, ImmutableArray<Sensor> sensors, ModeSFeedOptions? options = null) =>
        receiver = new(feed, sensors, options ?? new());

    /// <summary>Messages with address/parity of an address that was not announced lately.</summary>
    public long UnknownAddresses => receiver.UnknownAddresses;
    /// <summary>Positions that gave no place, or none to be believed.</summary>
    public long PositionsWithoutPlace => receiver.WithoutPlace;

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        if (receiver.Sensor < 0)
        {
            if (!bytes.IsEmpty) sink.OnFault(DecodeFault.UnknownSensor, 0, bytes.Length, HearingFaults.NoReceiver);
            return;
        }

        ArrivalHearing hearing = new(receiver, sink);
        int at = 0;
        while (frames.TryTake(bytes, ref at, sink, out BeastFrame frame))
        {
            if (frame.Kind is not (BeastKind.Short or BeastKind.Long))
            {
                hearing.Status();
                continue;
            }

            long ticks = clock.TicksOf(frame.Counter, arrived.UtcTicks);
            hearing.Take(frame.Message, ticks, Math.Max(frame.Offset, 0), frame.End);
        }

        hearing.End(arrived);
    }
}
