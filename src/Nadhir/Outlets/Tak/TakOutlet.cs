using System.Collections.Concurrent;
using System.Collections.Immutable;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Tak;
using Nadhir.Warning;

namespace Nadhir.Outlets.Tak;

/// <summary>
/// Tells partners over Cursor-on-Target what the release rule of each allows: tracks, zones, alerts. Works from the
/// published boards, which show nothing that is not durable. A link that is down is reported as a receipt when it goes
/// down, and for each public message that has to wait for it.
/// </summary>
sealed class TakOutlet : IOutlet, IHostedService, IAsyncDisposable
{
    /// <summary>Alerts whose latest message is kept; the one that expires first makes room.</summary>
    public const int MostAlerts = 1024;

    static readonly TimeSpan turn = TimeSpan.FromMilliseconds(200), retryAfter = TimeSpan.FromSeconds(5);

    readonly ImmutableArray<TakPartner> partners;
    readonly WatchConfiguration configuration;
    readonly Func<Boards> boards;
    readonly IReceiptSink receipts;
    readonly TimeProvider clock;
    readonly string ownPrefix;
    readonly ConcurrentDictionary<string, PublicMessage> messages = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stopping = new();
    readonly List<IDisposable> owned = [];
    readonly List<Task> running = [];
    TaskCompletionSource news = NoNews();
    bool disposed;

    public TakOutlet(
        ImmutableArray<TakPartner> partners, WatchConfiguration configuration, Func<Boards> boards,
        IReceiptSink receipts, TimeProvider clock)
    {
        (this.partners, this.configuration, this.boards, this.receipts, this.clock) =
            (partners, configuration, boards, receipts, clock);
        ownPrefix = CotTypes.OwnPrefix(configuration.Sender);
        foreach (TakPartner partner in partners)
        {
            // A receipt of ours says that the partner was given the alert: it is told how that ends.
            lines[partner.Name] = new(new(partner.Release, configuration.Zones,
                [.. boards().Alerts.Where(alert => alert.Deliveries.Any(one => one.Outlet == OutletOf(partner))).Select(alert => alert.Id)]));
        }
    }

    static readonly Cause otherWorld = Cause.Of(CauseCode.OtherWorld);

    public string Name => "tak";

    /// <summary>Whether a partner has a link now.</summary>
    public bool IsUp(string partner) => lines.TryGetValue(partner, out Line? line) && line.Peers > 0;

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not MessageIssued { Message: var message }) return;
        if (message.Exercise != configuration.Exercise)
        {
            receipts.Offer(Name, new MessageReceipt(message.Identifier, Name, Ok: false)
            {
                At = clock.GetUtcNow(), Detail = otherWorld.Words, Cause = otherWorld,
            });
            return;
        }

        TakPartner[] told = [.. partners.Where(partner =>
            partner.Release.Tells.HasFlag(Telling.Alerts) && lines[partner.Name].Gate.Releases(message))];
        messages[message.Alert] = message;
        while (messages.Count > MostAlerts && messages.Values.MinBy(one => one.Expires) is { } first)
            messages.TryRemove(first.Alert, out _);
        Interlocked.Exchange(ref news, NoNews()).TrySetResult();
        foreach (TakPartner partner in told)
        {
            if (!IsUp(partner.Name))
                Report(partner, message.Identifier, ok: false, Cause.Of(CauseCode.NoLinkYet));
        }
    }

    /// <summary>
    /// Partners that are reached over the links of a feed speak there from now on; before the feed runs.
    /// </summary>
    public void SpeakOver(string feed, TakEndpoint endpoint)
    {
        foreach (TakPartner partner in partners)
            if (partner.Transport is TakTransport.Feed over && over.Id == feed) Join(partner, endpoint);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (TakPartner partner in partners)
        {
            if (partner.Transport is TakTransport.Feed) continue;
            Task work = partner.Transport is TakTransport.Mesh mesh
                ? RunMesh(partner, mesh, stopping.Token)
                : Own(partner).Run(stopping.Token);
            running.Add(work);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await StopAsync(CancellationToken.None);
        foreach (IDisposable one in owned) one.Dispose();
        stopping.Dispose();
    }

    TakEndpoint Own(TakPartner partner)
    {
        TakLinkConfiguration link = partner.Transport switch
        {
            TakTransport.Client client => client.Link,
            TakTransport.Server server => server.Link,
            _ => throw new InvariantBrokenException($"no link for {partner.Transport.GetType().Name}"),
        };
        TakTls? tls = link.Tls is { } secured ? new TakTls(secured) : null;
        if (tls is not null) owned.Add(tls);
        TakEndpoint endpoint = partner.Transport switch
        {
            TakTransport.Client to =>
                new TakClient(to.Host, to.Port, tls, link.Protobuf, ownPrefix, clock, _ => { }),
            TakTransport.Server at =>
                new TakServer(new(at.Address, at.Port), tls, link.Protobuf, ownPrefix, clock, _ => { }),
            _ => throw new InvariantBrokenException($"no link for {partner.Transport.GetType().Name}"),
        };
        if (endpoint is IDisposable disposable) owned.Add(disposable);
        Join(partner, endpoint);
        return endpoint;
    }

    void Join(TakPartner partner, TakEndpoint endpoint)
    {
        endpoint.SpeakBy((peer, ending) => Speak(partner, peer, ending));
        endpoint.LinkChanged += (isUp, why) => LinkChanged(partner, isUp, why);
    }

    async Task RunMesh(TakPartner partner, TakTransport.Mesh mesh, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using TakMesh peer = new(mesh);
                LinkChanged(partner, isUp: true, Cause.Of(CauseCode.ConnectedWith, mesh.Target));
                await Speak(partner, peer, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
            {
                LinkChanged(partner, isUp: false, WorldFault.Of(fault));
            }

            await Task.Delay(retryAfter, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells one peer, turn by turn, for as long as its link is up.</summary>
    async Task Speak(TakPartner partner, ITakPeer peer, CancellationToken ending)
    {
        TakPicture picture = new(ownPrefix, configuration.Exercise);
        TakTold told = new(partner, lines[partner.Name].Gate, picture, new(picture, ownPrefix), configuration);
        Line line = lines[partner.Name];
        line.Join();
        try
        {
            while (true)
            {
                Task warned = Volatile.Read(ref news).Task;
                List<CotEvent> next = told.Next(boards(), [.. messages.Values], clock.GetUtcNow());
                foreach (CotEvent one in next) await peer.Send(one, ending);
                if (partner.Release.Tells.HasFlag(Telling.Alerts)) Acknowledge(partner, told);
                if (next.Count >= TakTold.MostEvents) continue;
                // A turn, or until there is a message for the public: that waits for nothing.
                await warned.WaitAsync(turn, clock, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ending.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            line.Leave();
        }
    }

    static TaskCompletionSource NoNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says, once a message and partner, that it went out.</summary>
    void Acknowledge(TakPartner partner, TakTold told)
    {
        foreach (PublicMessage message in messages.Values)
        {
            if (told.MessageOf(message.Alert) != message.Identifier) continue;
            if (lines[partner.Name].IsFirst(message)) Report(partner, message.Identifier, ok: true, null);
        }
    }

    void LinkChanged(TakPartner partner, bool isUp, Cause why)
    {
        // Of several peers of a server the others are still told.
        if (!isUp && IsUp(partner.Name)) return;
        if (!lines[partner.Name].Changed(isUp)) return;
        Report(partner, "link", isUp, isUp ? why : Cause.Saying(CauseCode.LinkDown, why));
    }

    void Report(TakPartner partner, string message, bool ok, Cause? why) => receipts.Offer(
        Name, new MessageReceipt(message, OutletOf(partner), ok) { At = clock.GetUtcNow(), Detail = why?.Words ?? "", Cause = why });

    string OutletOf(TakPartner partner) => $"{Name}:{partner.Name}";

    /// <summary>What is known of the link to one partner, and what it may be told.</summary>
    sealed class Line(ReleaseGate releases)
    {
        public ReleaseGate Gate => releases;

        readonly Lock gate = new();
        readonly Dictionary<string, string> acknowledged = new(StringComparer.Ordinal);
        int peers;
        bool? wasUp;

        public int Peers => Volatile.Read(ref peers);

        public void Join() => Interlocked.Increment(ref peers);

        public void Leave() => Interlocked.Decrement(ref peers);

        /// <summary>True when this is news: a retry that fails like the one before is not.</summary>
        public bool Changed(bool isUp)
        {
            lock (gate)
            {
                if (wasUp == isUp) return false;
                wasUp = isUp;
                return true;
            }
        }

        public bool IsFirst(PublicMessage message)
        {
            lock (gate)
            {
                if (acknowledged.GetValueOrDefault(message.Alert) == message.Identifier) return false;
                if (acknowledged.Count >= MostAlerts) acknowledged.Clear();
                acknowledged[message.Alert] = message.Identifier;
                return true;
            }
        }
    }
}
