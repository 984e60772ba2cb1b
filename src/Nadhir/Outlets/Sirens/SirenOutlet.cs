using System.Collections.Frozen;
using System.Text;
using System.Threading.Channels;
using Nadhir.Formats.Sirens;
using Nadhir.Warning;

namespace Nadhir.Outlets.Sirens;

/// <summary>
/// Sounds and silences sirens over MQTT, and says what became of each command and of each link. One loop owns all state;
/// everything reaches it through one bounded inbox. Commands are repeated until the siren answers or they expire, always
/// with the same identity, and are never retained by the broker.
/// </summary>
/// <param name="clock">The watch's clock: expiry and the time of receipts. May be scaled in a demonstration.</param>
/// <param name="linkClock">Real time for heartbeats and repetitions; the same clock when absent.</param>
public sealed class SirenOutlet(
    SirenOutletOptions options, IEnumerable<Siren> sirens, IReceiptSink receipts, TimeProvider clock,
    TimeProvider? linkClock = null) : IOutlet, IHostedService, IAsyncDisposable
{
    /// <summary>What may wait to be looked at: commands, answers, signs of life.</summary>
    public const int InboxLimit = 8192;
    /// <summary>Of the inbox this much is kept for commands: answers cannot crowd them out.</summary>
    public const int KeptForCommands = 2048;

    static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    readonly TimeProvider pulse = linkClock ?? clock;
    readonly SirenTopics topics = new(options.Exercise);
    readonly FrozenDictionary<string, SirenLine> lines = sirens.ToFrozenDictionary(
        siren => siren.Id, siren => new SirenLine(siren, options.Exercise, receipt => receipts.Offer("sirens", receipt)),
        StringComparer.Ordinal);
    readonly Channel<Happening> inbox = Channel.CreateBounded<Happening>(
        new BoundedChannelOptions(InboxLimit) { SingleReader = true });

    MqttLink? link;
    ITimer? ticks;
    Task running = Task.CompletedTask;
    long startedAt, foreign, unreadable, strangers, dropped, faults;
    TimeSpan? lastHeartbeat;
    volatile string brokerWord = "not connected yet";
    volatile string? lastFault;

    public string Name => "sirens";

    public SirenOutletHealth Health => new(link?.IsConnected ?? false, brokerWord, Interlocked.Read(ref foreign),
        Interlocked.Read(ref unreadable), Interlocked.Read(ref strangers), Interlocked.Read(ref dropped),
        Interlocked.Read(ref faults)) { LastFault = lastFault };

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not SirenCommanded command) return;
        if (!lines.TryGetValue(command.Siren, out SirenLine? line)) Failed(command, "no such siren is configured");
        else if (!SirenTopics.IsName(command.Siren)) Failed(command, "the siren's name cannot be part of a topic");
        else if (!inbox.Writer.TryWrite(new Offered(line, command, decision.DurableAt)))
            Failed(command, $"the outlet is stopped, or its inbox of {InboxLimit} is full");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        startedAt = pulse.GetTimestamp();
        link = new MqttLink(
            new(options.Broker, options.ClientId ?? $"nadhir-{(options.Exercise ? "exercise" : "live")}",
            [
                topics.Every(SirenTopics.StateLeaf), topics.Every(SirenTopics.HeartbeatLeaf),
                topics.Every(SirenTopics.AvailabilityLeaf),
            ]),
            pulse)
        {
            Changed = (connected, why) => Take(new BrokerChanged(connected, why)),
            Received = (topic, payload, retained) => Take(new Heard(topic, payload, retained)),
        };
        ticks = pulse.CreateTimer(_ => Take(Ticked.Instance), null, Turn, Turn);
        running = Task.Run(Run, CancellationToken.None);
        link.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ticks is not null) await ticks.DisposeAsync();
        if (link is not null) await link.DisposeAsync();
        inbox.Writer.TryComplete();
        await running;
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    /// <summary>Answers are dropped before commands are: a sign of life comes again in a second.</summary>
    void Take(Happening happening)
    {
        bool crowded = inbox.Reader.Count >= InboxLimit - KeptForCommands && happening is not BrokerChanged;
        if ((crowded || !inbox.Writer.TryWrite(happening)) && happening is Heard) Interlocked.Increment(ref dropped);
    }

    async Task Run()
    {
        await foreach (Happening happening in inbox.Reader.ReadAllAsync())
        {
            try
            {
                Handle(happening, pulse.GetElapsedTime(startedAt), clock.GetUtcNow());
            }
            catch (Exception ours)
            {
                // Sirens must go on being heard, whatever we got wrong about one message.
                lastFault = ours.ToString();
                Interlocked.Increment(ref faults);
            }
        }
    }

    void Handle(Happening happening, TimeSpan at, DateTimeOffset now)
    {
        switch (happening)
        {
            case Offered offered:
                offered.Line.Command(offered.Command, offered.DurableAt, now);
                Send(offered.Line, at, now);
                break;
            case Delivered delivered:
                delivered.Line.Sent(delivered.Command, delivered.At);
                break;
            case Heard heard:
                Hear(heard, at, now);
                break;
            case BrokerChanged broker:
                OnBroker(broker, at, now);
                break;
            default:
                OnTick(at, now);
                break;
        }
    }

    void OnTick(TimeSpan at, DateTimeOffset now)
    {
        if (lastHeartbeat is not { } last || at - last >= options.HeartbeatEvery)
        {
            lastHeartbeat = at;
            HostHeartbeatMessage alive = new(now, options.Exercise);
            _ = link!.Publish(topics.HostHeartbeat, SirenWire.Encode(alive), atLeastOnce: false);
        }

        foreach (SirenLine line in lines.Values)
        {
            Report(line.Link.Check(at, now));
            Send(line, at, now);
        }
    }

    void OnBroker(BrokerChanged broker, TimeSpan at, DateTimeOffset now)
    {
        brokerWord = broker.Why;
        foreach (SirenLine line in lines.Values)
        {
            if (!broker.Connected)
            {
                Report(line.Link.Lost(now, $"no broker: {broker.Why}"));
                continue;
            }

            line.Hurry();
            Send(line, at, now);
        }
    }

    void Hear(Heard heard, TimeSpan at, DateTimeOffset now)
    {
        if (!topics.TryRead(heard.Topic, out string siren, out string leaf))
        {
            Interlocked.Increment(ref foreign);
            return;
        }

        if (!lines.TryGetValue(siren, out SirenLine? line))
        {
            Interlocked.Increment(ref strangers);
            return;
        }

        if (leaf == SirenTopics.AvailabilityLeaf)
        {
            // "online" may be a retained word of long ago; only a sign of life counts as up.
            if (Encoding.UTF8.GetString(heard.Payload) == SirenTopics.Offline)
                Report(line.Link.Lost(now, "its will: offline"));
            return;
        }

        if (heard.Retained) return;
        if (!SirenWire.TryDecode(heard.Payload, out SirenStateMessage? state, out _))
        {
            Interlocked.Increment(ref unreadable);
            return;
        }

        if (state!.Exercise is { } world && world != options.Exercise)
        {
            Interlocked.Increment(ref foreign);
            return;
        }

        Report(state.HostHeard == false ? line.Link.Lost(now, "the siren does not hear us") : line.Link.Heard(at, now));
        line.Hear(state, now);
    }

    void Send(SirenLine line, TimeSpan at, DateTimeOffset now)
    {
        if (line.Due(at, now, options.RetryEvery) is { } pending)
            pending.Trying = Publish(line, pending, pending.Command.Expires - now);
    }

    async Task Publish(SirenLine line, PendingCommand pending, TimeSpan validity)
    {
        if (await link!.Publish(topics.Command(line.Id), pending.Payload, atLeastOnce: true, validity: validity))
            inbox.Writer.TryWrite(new Delivered(line, pending, clock.GetUtcNow()));
    }

    void Report(Receipt? receipt)
    {
        if (receipt is not null) receipts.Offer(Name, receipt);
    }

    void Failed(SirenCommanded command, string why) => Report(
        new SirenReceipt(command.Siren, command.CommandId, SirenStep.Failed) { At = clock.GetUtcNow(), Detail = why });

    abstract record Happening;

    sealed record Offered(SirenLine Line, SirenCommanded Command, DateTimeOffset DurableAt) : Happening;

    sealed record Delivered(SirenLine Line, PendingCommand Command, DateTimeOffset At) : Happening;

    sealed record Heard(string Topic, byte[] Payload, bool Retained) : Happening;

    sealed record BrokerChanged(bool Connected, string Why) : Happening;

    sealed record Ticked : Happening
    {
        public static readonly Ticked Instance = new();
    }
}
