using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using Nadhir.Formats.Sirens;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Runs the logic of a siren against any broker, as a real device does: discovery, availability with a will, signs of
/// life, commands and answers, the relay of a horn. It is what <c>nadhir siren</c> runs, and the demo, and a model for
/// makers of sirens.
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
    static readonly TimeSpan RelayAgain = TimeSpan.FromSeconds(1);

    readonly TimeProvider pulse = linkClock ?? clock;
    readonly SirenTopics topics = new(device.Exercise);
    readonly Channel<Event> inbox = Channel.CreateBounded<Event>(new BoundedChannelOptions(InboxLimit) { SingleReader = true });
    readonly Queue<(TimeSpan Due, byte[] Command)> held = new();

    ImmutableArray<MqttLink> links = [];
    ITimer? ticks;
    Task running = Task.CompletedTask;
    long startedAt;
    TimeSpan? hostHeard, lastHeartbeat, relayTried;
    bool? relay;
    volatile bool isMute;

    /// <summary>A hung device: connected, yet it neither hears nor answers.</summary>
    public bool IsMute
    {
        get => isMute;
        set => isMute = value;
    }

    /// <summary>Other brokers over which the same commands may come.</summary>
    public ImmutableArray<BrokerAddress> FurtherBrokers { get; init; } = [];
    /// <summary>Sounds (with a tone) or silences the horn; a fault in words, or null. It must come back within seconds.</summary>
    public Func<bool, string, Task<string?>>? Relay { get; init; }
    /// <summary>Keeps what must outlive a power cut, before it is obeyed; a fault in words, or null.</summary>
    public Func<SirenMark, string?>? Remember { get; init; }
    /// <summary>Told what happens, a line each.</summary>
    public Action<string>? Says { get; init; }
    public SirenVice Vice { get; init; }
    /// <summary>How long a slow siren takes to look at a command.</summary>
    public TimeSpan Slowness { get; init; } = TimeSpan.FromSeconds(60);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        startedAt = pulse.GetTimestamp();
        links = [.. FurtherBrokers.Prepend(broker).Select(Link)];
        ticks = pulse.CreateTimer(_ => inbox.Writer.TryWrite(Event.Tick), null, Turn, Turn);
        running = Task.Run(Run, CancellationToken.None);
        foreach (MqttLink link in links) link.Start();
        return Task.CompletedTask;
    }

    /// <summary>Switched off properly: silent, and says that it is offline.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await EndRun();
        await Answer(device.Silence(clock.GetUtcNow(), Cause.Of(CauseCode.SwitchedOff)));
        if (relay != false && Relay is not null && await Relay(false, "") is { } fault) Says?.Invoke($"relay: {fault}");
        byte[] offline = Encoding.UTF8.GetBytes(SirenTopics.Offline);
        await Say(topics.Availability(device.Id), offline, atLeastOnce: true, retain: true);
        foreach (MqttLink link in links) await link.DisposeAsync();
    }

    /// <summary>The cable is cut: no word, the broker speaks its will.</summary>
    public async Task Cut()
    {
        foreach (MqttLink link in links) await link.Cut();
        await EndRun();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MqttLink link in links) await link.DisposeAsync();
        await EndRun();
    }

    MqttLink Link(BrokerAddress address, int index) => new(
        new(address, topics.ObjectId(device.Id), [topics.Command(device.Id), topics.HostHeartbeat])
        {
            Will = (topics.Availability(device.Id), SirenTopics.Offline),
        },
        pulse)
    {
        Changed = (connected, why) =>
        {
            Says?.Invoke($"{address.Host}:{address.Port}: {why.Words}");
            inbox.Writer.TryWrite(connected ? new(index, "", [], false) : Event.Tick);
        },
        Received = (topic, payload, retained) => inbox.Writer.TryWrite(new(index, topic, payload, retained)),
    };

    async Task EndRun()
    {
        if (ticks is not null) await ticks.DisposeAsync();
        inbox.Writer.TryComplete();
        await running;
    }

    async Task Run()
    {
        await foreach (Event happening in inbox.Reader.ReadAllAsync())
        {
            if (isMute) continue;
            TimeSpan at = pulse.GetElapsedTime(startedAt);
            if (happening.Topic is "") await Introduce(links[happening.Link]);
            else if (happening.Topic == topics.HostHeartbeat) HearHost(happening.Payload, happening.Retained, at);
            else if (happening is { Topic: not null, Retained: false }) await Take(happening.Payload, at);

            while (held.TryPeek(out (TimeSpan Due, byte[] Command) first) && first.Due <= at) await Obey(held.Dequeue().Command, at);
            await Answer(device.Advance(clock.GetUtcNow()));
            await Switch(at);
            if (lastHeartbeat is { } last && at - last < HeartbeatEvery) continue;
            lastHeartbeat = at;
            await Tell(topics.Heartbeat(device.Id), Status(at), atLeastOnce: false);
        }
    }

    Task Take(byte[] command, TimeSpan at)
    {
        if (Vice != SirenVice.Slow) return Obey(command, at);
        if (held.Count < InboxLimit) held.Enqueue((at + Slowness, command));
        return Task.CompletedTask;
    }

    async Task Obey(byte[] command, TimeSpan at)
    {
        SirenMark? before = device.Mark;
        ImmutableArray<SirenStateMessage> answers = device.Accept(command, clock.GetUtcNow());
        // A disk that fails must not keep a siren silent: it is said, and the siren sounds.
        if (device.Mark is { } mark && mark != before && Remember?.Invoke(mark) is { } forgetful) Says?.Invoke($"state: {forgetful}");
        foreach (SirenStateMessage answer in answers) Says?.Invoke($"{answer.CommandId} {answer.Step}: {answer.Detail ?? device.Tone}");
        // Acknowledged at once; that it sounds it says when the relay has done it.
        int heard = answers.IndexOf(answers.FirstOrDefault(answer => answer.Step == SirenAnswerStep.Acknowledged)!) + 1;
        await Answer(answers.Take(heard));
        relayTried = null;
        if (await Switch(at) is null) await Answer(answers.Skip(heard));
    }

    /// <summary>Brings the relay to where it should be; what cannot be done is said, and tried again each second.</summary>
    async Task<string?> Switch(TimeSpan at)
    {
        bool wanted = device.IsSounding;
        if (Relay is null || relay == wanted || (relayTried is { } tried && at - tried < RelayAgain)) return null;
        relayTried = at;
        string? fault = await Relay(wanted, device.Tone);
        if (fault is null)
        {
            relay = wanted;
            return null;
        }

        Says?.Invoke($"relay: {fault}");
        relay = null;
        await Answer(device.Fail(clock.GetUtcNow(), Cause.Of(CauseCode.RelayFails, fault)));
        return fault;
    }

    async Task Introduce(MqttLink link)
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
        await link.Publish(topics.Discovery(device.Id), SirenWire.Encode(discovery), atLeastOnce: true, retain: true);
        await link.Publish(topics.Availability(device.Id), Encoding.UTF8.GetBytes(SirenTopics.Online), true, retain: true);
        await Tell(topics.State(device.Id), Status(pulse.GetElapsedTime(startedAt)), atLeastOnce: true);
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
        foreach (SirenStateMessage answer in answers) await Tell(topics.State(device.Id), answer, atLeastOnce: true);
    }

    Task Tell(string topic, SirenStateMessage message, bool atLeastOnce) => Vice.Distort(message) is { } said
        ? Say(topic, SirenWire.Encode(Vice.Tamper(device.Prove(said))), atLeastOnce)
        : Task.CompletedTask;

    /// <summary>Over every path that stands: whoever hears it twice knows it by its content.</summary>
    Task Say(string topic, byte[] payload, bool atLeastOnce, bool retain = false) =>
        Task.WhenAll(links.Select(link => link.Publish(topic, payload, atLeastOnce, retain)));

    readonly record struct Event(int Link, string? Topic, byte[] Payload, bool Retained)
    {
        public static readonly Event Tick = new(0, null, [], false);
    }
}
