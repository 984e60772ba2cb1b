using System.Text;
using Nadhir.Formats.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>What sirens say, ours and those off the shelf; and our own signs of life, to them and to the watch.</summary>
public sealed partial class SirenOutlet
{
    static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(3);
    static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);

    TimeSpan? lastHeartbeat;
    DateTimeOffset lastBeat;

    /// <summary>
    /// Tells the sirens and the watch that we live. The watch is promised the next word within three beats of its own
    /// clock, which may run faster than ours.
    /// </summary>
    void Beat(TimeSpan at, DateTimeOffset now)
    {
        bool first = lastHeartbeat is null;
        lastHeartbeat = at;
        byte[] alive = SirenWire.Encode(new HostHeartbeatMessage(now, options.Exercise));
        foreach (SirenRoute route in routes) _ = route.Link!.Publish(route.Topics.HostHeartbeat, alive, atLeastOnce: false);
        if (first || lines.Count == 0) return;
        TimeSpan lease = TimeSpan.FromTicks(Math.Clamp((now - lastBeat).Ticks * 3, ShortestLease.Ticks, LongestLease.Ticks));
        lastBeat = now;
        Report(new SirenOutletReceipt(lease) { At = now, Detail = BrokerWords() });
    }

    void Hear(Heard heard, TimeSpan at, DateTimeOffset now)
    {
        if (heard.Route.Devices.TryGetValue(heard.Topic, out List<(SirenAtRoutes Line, int Path)>? devices))
        {
            foreach ((SirenAtRoutes device, int over) in devices.ToArray()) HearDevice(device, over, heard, at, now);
            return;
        }

        if (!heard.Route.Topics.TryRead(heard.Topic, out string siren, out string leaf))
        {
            Interlocked.Increment(ref foreign);
            return;
        }

        if (!lines.TryGetValue(siren, out SirenAtRoutes? line) || line.Routes.IndexOf(heard.Route.Broker.Id) is not (>= 0 and var path)
            || line.Line.Plain is not null)
        {
            Interlocked.Increment(ref strangers);
            return;
        }

        if (leaf == SirenTopics.AvailabilityLeaf)
        {
            // "online" may be a retained word of long ago; only a sign of life counts as up.
            if (Encoding.UTF8.GetString(heard.Payload) == SirenTopics.Offline)
                Report(line.Link.Lost(path, now, Cause.Of(CauseCode.SaidOffline)));
            return;
        }

        if (!heard.Retained) HearState(line, path, heard.Payload, at, now);
    }

    void HearState(SirenAtRoutes line, int path, byte[] payload, TimeSpan at, DateTimeOffset now)
    {
        if (!SirenWire.TryDecode(payload, out SirenStateMessage? state, out _))
        {
            Interlocked.Increment(ref unreadable);
            return;
        }

        if (state!.Exercise is { } world && world != options.Exercise)
        {
            Interlocked.Increment(ref foreign);
            return;
        }

        if (!line.Line.Believes(state, now))
        {
            Interlocked.Increment(ref disbelieved);
            return;
        }

        line.Line.HearSignOfLife(state, now);
        Report(state.HostHeard == false
            ? line.Link.Lost(path, now, Cause.Of(CauseCode.DoesNotHearUs))
            : line.Link.Heard(path, at, now));
        line.Line.Hear(state, now);
    }

    void HearDevice(SirenAtRoutes line, int path, Heard heard, TimeSpan at, DateTimeOffset now)
    {
        PlainSiren device = line.Line.Plain!;
        string topic = heard.Topic[heard.Route.Broker.Prefix.Length..];
        if (topic == device.DiscoveryTopic)
        {
            if (!device.Discover(topic, heard.Payload)) Interlocked.Increment(ref foreign);
            heard.Route.Expect(line, path);
            foreach (string wanted in heard.Route.TopicsOf(device)) _ = heard.Route.Link!.Listen(wanted);
        }

        if (topic == device.Mapping?.AvailabilityTopic)
        {
            // Retained or not: the broker keeps this word true, by the device's will.
            if (device.Mapping.ReadAvailability(heard.Payload) is { } available)
                Report(available ? line.Link.Heard(path, at, now) : line.Link.Lost(path, now, Cause.Of(CauseCode.SaidOffline)));
        }

        if (topic != device.Mapping?.StateTopic || heard.Retained) return;
        if (device.Mapping.ReadState(heard.Payload) is not { } on)
        {
            Interlocked.Increment(ref unreadable);
            return;
        }

        Report(line.Link.Heard(path, at, now));
        line.Line.HearPlain(on, now);
    }

    /// <summary>Does for a device off the shelf what it cannot: ends the sound, and asks how it is.</summary>
    void Tend(SirenAtRoutes line, PlainSiren device, TimeSpan at, DateTimeOffset now)
    {
        foreach ((string Topic, byte[] Payload)? due in ((string, byte[])?[])
            [device.OffDue(at, now), device.QueryDue(at, line.LinkTimeout)])
        {
            if (due is not { } message) continue;
            foreach (string id in line.Routes)
            {
                SirenRoute route = RouteOf(id);
                _ = route.Link!.Publish(route.Broker.Prefix + message.Topic, message.Payload, atLeastOnce: true);
            }
        }
    }
}
