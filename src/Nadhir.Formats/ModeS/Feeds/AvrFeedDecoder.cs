using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// AVR text (port 30002 of dump1090 and readsb) to position reports, by the same rules as
/// <see cref="BeastFeedDecoder"/>.
/// </summary>
public sealed class AvrFeedDecoder : IFeedDecoder
{
    readonly FeedReceiver receiver;
    readonly AvrFrames frames = new();
    ReceiverClock clock;

    public AvrFeedDecoder(string feed, ImmutableArray<Sensor> sensors, ModeSFeedOptions? options = null) =>
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
        while (frames.TryTake(bytes, ref at, sink, out AvrFrame frame))
        {
            if (frame.Message.Length == 2)
            {
                hearing.Status();
                continue;
            }

            long ticks = clock.TicksOf(frame.Counter, arrived.UtcTicks);
            hearing.Take(frame.Message, ticks, frame.Offset, frame.End);
        }

        hearing.End(arrived);
    }
}
