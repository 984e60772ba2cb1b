using System.Text;
using System.Threading.Channels;
using Nadhir.Formats.Sirens;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Runs the logic of a siren against any broker, as a real device would: discovery, availability with a will, signs of
/// life, commands and answers. For demonstrations and tests, and a model for makers of sirens.
/// </summary>
/// <param name="clock">The device's clock, by which commands expire and sounding ends.</param>
/// <param name="linkClock">Real time for signs of life; the same clock when absent.</param>
public sealed class SirenDeviceClient(
    SirenDevice device, string name, BrokerAddress broker, TimeProvider clock, TimeProvider? linkClock = null)
    : IAsyncDisposable
{
    const int InboxLimit = 256;
    static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan HostTimeout = TimeSpan.FromSeconds(3);

    readonly TimeProvider pulse = linkClock ?? clock;
    readonly SirenTopics topics = new(device.Exercise);
    readonly Channel<(string? Topic, byte[] Payload, bool Retained)> inbox =
        Channel.CreateBounded<(string?, byte[], bool)>(new BoundedChannelOptions(InboxLimit) { SingleReader = true });

    MqttLink? link;
    ITimer? ticks;
    Task running = Task.CompletedTask;
    long startedAt;
    TimeSpan? hostHeard, lastHeartbeat;
    volatile bool isMute;

    /// <summary>A hung device: connected, yet it neither hears nor answers.</summary>
    public bool IsMute
    {
        get => isMute;
        set => isMute = value;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        startedAt = pulse.GetTimestamp();
        link = new MqttLink(
            new(broker, topics.ObjectId(device.Id), [topics.Command(device.Id), topics.HostHeartbeat])
            {
                Will = (topics.Availability(device.Id), SirenTopics.Offline),
            },
            pulse)
        {
            Changed = (connected, _) => inbox.Writer.TryWrite((connected ? "" : null, [], false)),
            Received = (topic, payload, retained) => inbox.Writer.TryWrite((topic, payload, retained)),
        };
        ticks = pulse.CreateTimer(_ => inbox.Writer.TryWrite((null, [], false)), null, Turn, Turn);
        running = Task.Run(Run, CancellationToken.None);
        link.Start();
        return Task.CompletedTask;
    }

    /// <summary>Switched off properly: says that it is offline.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        byte[] offline = Encoding.UTF8.GetBytes(SirenTopics.Offline);
        if (link is not null) await Say(topics.Availability(device.Id), offline, atLeastOnce: true, retain: true);
        await End(link is null ? Task.CompletedTask : link.DisposeAsync().AsTask());
    }

    /// <summary>The cable is cut: no word, the broker speaks its will.</summary>
    public Task Cut() => End(link is null ? Task.CompletedTask : link.Cut());

    public async ValueTask DisposeAsync() => await End(link is null ? Task.CompletedTask : link.DisposeAsync().AsTask());

    async Task End(Task closing)
    {
        if (ticks is not null) await ticks.DisposeAsync();
        await closing;
        inbox.Writer.TryComplete();
        await running;
    }

    async Task Run()
    {
        await foreach ((string? topic, byte[] payload, bool retained) in inbox.Reader.ReadAllAsync())
        {
            if (isMute) continue;
            TimeSpan at = pulse.GetElapsedTime(startedAt);
            if (topic is "") await Introduce();
            else if (topic == topics.HostHeartbeat) HearHost(payload, retained, at);
            else if (topic is not null && !retained) await Answer(device.Accept(payload, clock.GetUtcNow()));

            await Answer(device.Advance(clock.GetUtcNow()));
            if (lastHeartbeat is { } last && at - last < HeartbeatEvery) continue;
            lastHeartbeat = at;
            await Say(topics.Heartbeat(device.Id), SirenWire.Encode(Status(at)), atLeastOnce: false);
        }
    }

    async Task Introduce()
    {
        SirenDiscoveryMessage discovery = new()
        {
            Name = device.Exercise ? $"EXERCISE {name}" : name,
            UniqueId = topics.ObjectId(device.Id),
            CommandTopic = topics.Command(device.Id),
            StateTopic = topics.State(device.Id),
            AvailabilityTopic = topics.Availability(device.Id),
            AvailableTones = device.Tones,
        };
        await Say(topics.Discovery(device.Id), SirenWire.Encode(discovery), atLeastOnce: true, retain: true);
        await Say(topics.Availability(device.Id), Encoding.UTF8.GetBytes(SirenTopics.Online), true, retain: true);
        await Say(topics.State(device.Id), SirenWire.Encode(Status(pulse.GetElapsedTime(startedAt))), atLeastOnce: true);
    }

    void HearHost(byte[] payload, bool retained, TimeSpan at)
    {
        if (retained || !SirenWire.TryDecode(payload, out HostHeartbeatMessage? host, out _)) return;
        if (host!.Exercise == device.Exercise) hostHeard = at;
    }

    SirenStateMessage Status(TimeSpan at) => device.Status(clock.GetUtcNow()) with
    {
        HostHeard = hostHeard is { } heard && at - heard < HostTimeout,
    };

    async Task Answer(IEnumerable<SirenStateMessage> answers)
    {
        foreach (SirenStateMessage answer in answers)
            await Say(topics.State(device.Id), SirenWire.Encode(answer), atLeastOnce: true);
    }

    Task<bool> Say(string topic, byte[] payload, bool atLeastOnce, bool retain = false) =>
        link!.Publish(topic, payload, atLeastOnce, retain);
}
