using System.Collections.Frozen;
using System.Collections.Immutable;
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
public sealed partial class SirenOutlet(
    SirenOutletOptions options, IEnumerable<Siren> sirens, IReceiptSink receipts, TimeProvider clock,
    TimeProvider? linkClock = null) : IOutlet, IHostedService, IAsyncDisposable
{
    /// <summary>What may wait to be looked at: commands, answers, signs of life.</summary>
    public const int InboxLimit = 8192;
    /// <summary>Of the inbox this much is kept for commands: answers cannot crowd them out.</summary>
    public const int KeptForCommands = 2048;

    static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    readonly TimeProvider pulse = linkClock ?? clock;
    readonly ImmutableArray<SirenRoute> routes =
    [
        .. options.FurtherBrokers.Prepend(new SirenBroker(SirenOutletOptions.Main, options.Broker))
            .Select(broker => new SirenRoute(broker, options.Exercise)),
    ];
    readonly FrozenDictionary<string, SirenAtRoutes> lines = sirens.ToFrozenDictionary(
        siren => siren.Id,
        siren => SirenAtRoutes.Of(siren, options, receipt => receipts.Offer("sirens", receipt)), StringComparer.Ordinal);
    readonly Channel<Happening> inbox = Channel.CreateBounded<Happening>(
        new BoundedChannelOptions(InboxLimit) { SingleReader = true });

    ITimer? ticks;
    Task running = Task.CompletedTask;
    long startedAt, foreign, unreadable, strangers, dropped, faults, disbelieved;
    volatile string? lastFault;

    public string Name => "sirens";

    public SirenOutletHealth Health => new(routes.All(route => route.Link?.IsConnected ?? false), BrokerWords(),
        Interlocked.Read(ref foreign), Interlocked.Read(ref unreadable), Interlocked.Read(ref strangers),
        Interlocked.Read(ref dropped), Interlocked.Read(ref faults))
    {
        LastFault = lastFault, Disbelieved = Interlocked.Read(ref disbelieved),
    };

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not SirenCommanded command) return;
        if (!lines.TryGetValue(command.Siren, out SirenAtRoutes? line)) Failed(command, Cause.Of(CauseCode.NoSuchSiren));
        else if (line.Line.Plain is null && !SirenTopics.IsName(command.Siren))
            Failed(command, Cause.Of(CauseCode.NameIsNoTopic));
        else if (!inbox.Writer.TryWrite(new Offered(line, command, decision.DurableAt)))
            Failed(command, Cause.Of(CauseCode.OutletIsFull, InboxLimit));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        startedAt = pulse.GetTimestamp();
        lastBeat = clock.GetUtcNow();
        for (int i = 0; i < routes.Length; i++) Open(i);
        ticks = pulse.CreateTimer(_ => Take(Ticked.Instance), null, Turn, Turn);
        running = Task.Run(Run, CancellationToken.None);
        foreach (SirenRoute route in routes) route.Link!.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (ticks is not null) await ticks.DisposeAsync();
        foreach (SirenRoute route in routes)
            if (route.Link is { } link) await link.DisposeAsync();
        inbox.Writer.TryComplete();
        await running;
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    void Open(int index)
    {
        SirenRoute route = routes[index];
        foreach (SirenAtRoutes line in lines.Values)
        {
            int path = line.Routes.IndexOf(route.Broker.Id);
            if (path < 0) continue;
            route.Lines.Add((line, path));
            if (line.Line.Plain is not null) route.Expect(line, path);
        }

        string[] topics =
        [
            route.Topics.Every(SirenTopics.StateLeaf), route.Topics.Every(SirenTopics.HeartbeatLeaf),
            route.Topics.Every(SirenTopics.AvailabilityLeaf), .. route.Devices.Keys,
        ];
        string client = options.ClientId ?? $"nadhir-{(options.Exercise ? "exercise" : "live")}";
        route.Link = index == 0 && options.Inside is { } own
            ? own.Open(topics, Changed, Received)
            : new MqttLink(new(route.Broker.Address, client, topics), pulse) { Changed = Changed, Received = Received };

        void Changed(bool connected, Cause why) => Take(new BrokerChanged(route, connected, why));
        void Received(string topic, byte[] payload, bool retained) => Take(new Heard(route, topic, payload, retained));
    }

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
                offered.At.Line.Command(offered.Command, offered.DurableAt, now);
                Send(offered.At, at, now);
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
        if (lastHeartbeat is not { } last || at - last >= options.HeartbeatEvery) Beat(at, now);
        foreach (SirenAtRoutes line in lines.Values)
        {
            Report(line.Link.Check(at, now));
            Send(line, at, now);
            if (line.Line.Plain is { } device) Tend(line, device, at, now);
        }
    }

    void OnBroker(BrokerChanged broker, TimeSpan at, DateTimeOffset now)
    {
        broker.Route.Word = broker.Why.Words;
        foreach ((SirenAtRoutes line, int path) in broker.Route.Lines)
        {
            if (!broker.Connected)
            {
                Report(line.Link.Lost(path, now, Cause.Saying(CauseCode.NoBroker, broker.Why)));
                continue;
            }

            line.Line.Hurry();
            Send(line, at, now);
        }
    }

    void Send(SirenAtRoutes line, TimeSpan at, DateTimeOffset now)
    {
        if (line.Line.Due(at, now, options.RetryEvery) is not { } pending) return;
        (string Topic, byte[] Payload)? plain = line.Line.Plain?.Message(pending.Command);
        if (line.Line.Plain is { } device && plain is null)
        {
            line.Line.CannotSay(pending, device.Mapping is null ? device.Fault
                : pending.Command.SilentTest ? Cause.Of(CauseCode.NoQueryTopic, "query_topic")
                : Cause.Of(CauseCode.TemplateAsksForMore, "command_template"), now);
            return;
        }

        List<Task> tries = [];
        foreach (SirenRoute route in RoutesFor(line, pending, at))
        {
            (string topic, byte[] payload) = plain is { } foreignWords
                ? (route.Broker.Prefix + foreignWords.Topic, foreignWords.Payload)
                : (route.Topics.Command(line.Line.Id), pending.Payload);
            tries.Add(Publish(route, line.Line, pending, topic, payload, pending.Command.Expires - now));
        }

        line.Line.Plain?.Told(pending.Command, now);
        pending.Trying = Task.WhenAll(tries);
    }

    /// <summary>The first path; the others too when it is down, or when it has brought no answer for too long.</summary>
    IEnumerable<SirenRoute> RoutesFor(SirenAtRoutes line, PendingCommand pending, TimeSpan at)
    {
        bool all = !line.Link.IsUp(0) || at - pending.FirstTried!.Value >= options.SecondPathAfter;
        for (int path = 0; path < (all ? line.Routes.Length : 1); path++) yield return RouteOf(line.Routes[path]);
    }

    SirenRoute RouteOf(string id) => routes.First(route => route.Broker.Id == id);

    async Task Publish(
        SirenRoute route, SirenLine line, PendingCommand pending, string topic, byte[] payload, TimeSpan validity)
    {
        if (await route.Link!.Publish(topic, payload, atLeastOnce: true, validity: validity))
            inbox.Writer.TryWrite(new Delivered(line, pending, clock.GetUtcNow()));
    }

    void Report(Receipt? receipt)
    {
        if (receipt is not null) receipts.Offer(Name, receipt);
    }

    void Failed(SirenCommanded command, Cause why) => Report(
        new SirenReceipt(command.Siren, command.CommandId, SirenStep.Failed) { At = clock.GetUtcNow(), Detail = why.Words, Cause = why });

    string BrokerWords() => routes.Length == 1
        ? routes[0].Word
        : string.Join("; ", routes.Select(route => $"{route.Broker.Id}: {route.Word}"));

    abstract record Happening;

    sealed record Offered(SirenAtRoutes At, SirenCommanded Command, DateTimeOffset DurableAt) : Happening;

    sealed record Delivered(SirenLine Line, PendingCommand Command, DateTimeOffset At) : Happening;

    sealed record Heard(SirenRoute Route, string Topic, byte[] Payload, bool Retained) : Happening;

    sealed record BrokerChanged(SirenRoute Route, bool Connected, Cause Why) : Happening;

    sealed record Ticked : Happening
    {
        public static readonly Ticked Instance = new();
    }
}
