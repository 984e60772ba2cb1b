using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>The one receiver of a feed, and what it has heard.</summary>
sealed class FeedReceiver
{
    readonly ModeSReceiver receiver;
    readonly ModeSReports reports;

    /// <param name="sensors">All sensors; the first of kind adsb on the feed is the receiver.</param>
    public FeedReceiver(string feed, ImmutableArray<Sensor> sensors, ModeSFeedOptions options)
    {
        Sensor = IndexOf(feed, sensors);
        receiver = new(options.Repairs ? BitRepair.ExtendedSquitter : BitRepair.Never);
        Reception = Sensor < 0 ? default
            : new(sensors[Sensor].Position.Point, sensors[Sensor].RangeMetres * options.RangeFactor);
        reports = new(receiver.Aircraft, Sensor, Reception);
    }

    /// <summary>Index of the sensor, or −1 when the feed has none.</summary>
    public int Sensor { get; }
    public Reception Reception { get; }
    public long UnknownAddresses { get; private set; }
    public long WithoutPlace => reports.WithoutPlace;
    public AircraftTable Aircraft => receiver.Aircraft;

    /// <returns>What it was; a fault is the caller's to tell, who knows where.</returns>
    public Hearing Take(ReadOnlySpan<byte> octets, long ticks, IDecodeSink sink, out bool reported)
    {
        ModeSMessage message = ModeSMessage.Read(octets);
        Hearing hearing = receiver.Hear(ref message, ticks, out Sender sender);
        reported = hearing == Hearing.Believed && reports.Take(message, sender, ticks, sink);
        if (hearing == Hearing.UnknownAddress) UnknownAddresses++;
        return hearing;
    }

    public static int IndexOf(string feed, ImmutableArray<Sensor> sensors)
    {
        for (int i = 0; i < sensors.Length; i++)
            if (sensors[i].Kind == SensorKind.Adsb && sensors[i].Feed == feed) return i;
        return -1;
    }
}

/// <summary>One arrival being heard: tells what is no message, and in the end that the receiver is alive.</summary>
struct ArrivalHearing(FeedReceiver receiver, IDecodeSink sink)
{
    bool alive, reported;

    /// <summary>Something that is no Mode S message, but shows that the receiver works.</summary>
    public void Status() => alive = true;

    /// <param name="from">Where the frame begins and ends in the arrival, for what is wrong with it.</param>
    public void Take(ReadOnlySpan<byte> message, long ticks, int from, int end)
    {
        Hearing hearing = receiver.Take(message, ticks, sink, out bool made);
        reported |= made;
        alive |= hearing is Hearing.Believed or Hearing.UnknownAddress;
        if (hearing is not (Hearing.WrongParity or Hearing.WrongLength)) return;
        (DecodeFault fault, string detail) = HearingFaults.Of(hearing);
        sink.OnFault(fault, from, end - from, detail);
    }

    public readonly void End(DateTimeOffset arrived)
    {
        if (alive && !reported) sink.OnAlive(receiver.Sensor, arrived);
    }
}

/// <summary>Words for what is no message.</summary>
static class HearingFaults
{
    public static (DecodeFault Fault, string Detail) Of(Hearing hearing) => hearing switch
    {
        Hearing.WrongParity => (DecodeFault.BadValue, "Mode S parity"),
        Hearing.WrongLength => (DecodeFault.BadLength, "Mode S message of the wrong length for its format"),
        _ => (DecodeFault.None, ""),
    };

    public const string NoReceiver = "the feed has no sensor of kind adsb";
}
