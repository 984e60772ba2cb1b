using System.Collections.Concurrent;
using System.Threading.Channels;
using Nadhir.PublicPage;
using Nadhir.Warning;

namespace Nadhir.Outlets.Push;

/// <summary>
/// Tells phones that asked for it, through their push services, of every change of an alert. It waits for nobody: what
/// cannot be handed over now is tried again until it has run out or a later message of the same alert has replaced it.
/// Without a way to the internet it says so, and everything else goes on.
/// </summary>
/// <param name="clock">The watch's clock: when a message runs out. May be scaled in a demonstration.</param>
/// <param name="waits">Real time, for waiting between tries.</param>
sealed class PushOutlet(
    WatchConfiguration configuration, ZoneDirectory zones, PushSubscriptions subscriptions, PushSender sender, IReceiptSink receipts,
    TimeProvider clock, TimeProvider waits) : IOutlet, IHostedService, IAsyncDisposable
{
    /// <summary>Messages that may wait to be looked at.</summary>
    public const int InboxLimit = 1024;

    /// <summary>Requests under way at once, of all messages together.</summary>
    const int AtOnce = 64;

    /// <summary>So many phones in a row that a push service could not be reached for, and the rest of its phones wait for the next round.</summary>
    const int GivesUpAfter = 16;

    /// <summary>Alerts of which the newest message is remembered.</summary>
    const int MostAlerts = 4096;

    static readonly TimeSpan firstWait = TimeSpan.FromSeconds(1), longestWait = TimeSpan.FromSeconds(60);

    readonly Channel<PushMessage> inbox = Channel.CreateBounded<PushMessage>(new BoundedChannelOptions(InboxLimit) { SingleReader = true });
    readonly ConcurrentDictionary<string, string> newest = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Task, byte> underWay = new();
    readonly SemaphoreSlim places = new(AtOnce);
    readonly CancellationTokenSource stopping = new();
    Task running = Task.CompletedTask;
    volatile Cause? fault;
    bool disposed;

    public string Name => "push";

    /// <summary>Why phones cannot be told now, for the health report; null when nothing is known to be in the way.</summary>
    public Cause? Fault => fault;

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not MessageIssued { Message: var message }) return;
        if (message.State == AlertState.Closed) return;
        if (message.Exercise != configuration.Exercise)
        {
            Report(message.Identifier, ok: false, Cause.Of(CauseCode.OtherWorld));
            return;
        }

        PushMessage push = PushMessage.From(message);
        if (newest.Count >= MostAlerts) newest.Clear();
        newest[push.Alert] = push.Identifier;
        if (!inbox.Writer.TryWrite(push)) Report(push.Identifier, ok: false, Cause.Of(CauseCode.OutletIsFull, InboxLimit));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(() => Run(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        inbox.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
        await Task.WhenAll(underWay.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await StopAsync(CancellationToken.None);
        sender.Dispose();
        subscriptions.Dispose();
        stopping.Dispose();
        places.Dispose();
    }

    async Task Run(CancellationToken stop)
    {
        try
        {
            await foreach (PushMessage message in inbox.Reader.ReadAllAsync(stop)) Begin(message, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not handed over is offered again at the next start.
        }
    }

    /// <summary>Each message goes its own way: a slow one holds up no later one.</summary>
    void Begin(PushMessage message, CancellationToken stop)
    {
        Task work = Task.Run(() => Tell(message, stop), CancellationToken.None);
        underWay[work] = 0;
        _ = work.ContinueWith(done => underWay.TryRemove(done, out _), TaskScheduler.Default);
    }

    async Task Tell(PushMessage message, CancellationToken stop)
    {
        try
        {
            if (subscriptions.IsSent(message.Identifier)) return;
            if (clock.GetUtcNow() >= message.Expires)
            {
                // Offered again after a restart that took long: an old warning must not ring.
                Report(message.Identifier, ok: false, Cause.Of(CauseCode.RanOut));
                subscriptions.Sent(message.Identifier);
                return;
            }

            List<PushSubscription> waiting = subscriptions.Of(ZonesOf(message));
            Tally tally = new(waiting.Count);
            TimeSpan wait = firstWait;
            for (int round = 1; ; round++)
            {
                Round outcome = await Try(message, waiting, tally, stop);
                fault = outcome.Reached ? null : outcome.Why ?? fault;
                bool over = outcome.Waiting.Count == 0 || clock.GetUtcNow() >= message.Expires || IsReplaced(message);
                if (round == 1 || over) Report(message.Identifier, outcome.Waiting.Count == 0 && tally.Refused == 0, Say(tally, outcome, over));
                if (over)
                {
                    // Only now: a message that a stop cut short is sent again. Its topic and tag keep it from showing twice.
                    subscriptions.Sent(message.Identifier);
                    return;
                }

                TimeSpan asked = outcome.Wait is { } least && least > wait ? least : wait;
                await Task.Delay(asked < longestWait ? asked : longestWait, waits, stop);
                wait = wait * 2 < longestWait ? wait * 2 : longestWait;
                waiting = outcome.Waiting;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception ours)
        {
            Report(message.Identifier, ok: false, Cause.Of(CauseCode.OurFault, ours.Message));
        }
    }

    /// <summary>An alert of a zone is one of all zones in it.</summary>
    IEnumerable<string> ZonesOf(PushMessage message) => zones.IndexOf(message.Zone) is >= 0 and int zone
        ? [message.Zone, .. zones.Within[zone].Select(inner => zones.Zones[inner].Id)] : [message.Zone];

    bool IsReplaced(PushMessage message) =>
        newest.TryGetValue(message.Alert, out string? latest) && latest != message.Identifier;

    async Task<Round> Try(PushMessage message, List<PushSubscription> phones, Tally tally, CancellationToken stop)
    {
        Round round = new();
        ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);
        await Parallel.ForEachAsync(phones, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (phone, token) =>
        {
            if (IsReplaced(message)) return;
            string host = new Uri(phone.Endpoint).Authority;
            if (failures.GetValueOrDefault(host) >= GivesUpAfter)
            {
                round.Postpone(phone, null, null);
                return;
            }

            await places.WaitAsync(token);
            PushAnswer answer;
            try
            {
                answer = await sender.Send(message, phone, clock.GetUtcNow(), token);
            }
            finally
            {
                places.Release();
            }

            switch (answer)
            {
                case PushAnswer.Later later:
                    if (later.Unreachable) failures.AddOrUpdate(host, 1, (_, count) => count + 1);
                    else round.Reach();
                    round.Postpone(phone, later.Unreachable ? later.Why : null, later.Wait);
                    break;
                case PushAnswer.Taken:
                    failures[host] = 0;
                    round.Reach();
                    tally.Take();
                    break;
                case PushAnswer.Gone:
                    round.Reach();
                    subscriptions.Remove(phone.Endpoint);
                    tally.Lose();
                    break;
                case PushAnswer.Refused refused:
                    tally.Refuse(refused.Why);
                    break;
            }
        });
        return round;
    }

    static Cause Say(Tally tally, Round round, bool over)
    {
        if (tally.Asked == 0) return Cause.Of(CauseCode.NobodyAsked);
        List<Cause?> said = [Cause.Of(CauseCode.HandedOver, tally.Taken, tally.Asked)];
        if (tally.Gone > 0) said.Add(Cause.Of(CauseCode.Unsubscribed, tally.Gone));
        if (tally.Refused > 0) said.AddRange(Cause.Of(CauseCode.PhonesRefused, tally.Refused), tally.WhyRefused);
        if (round.Waiting.Count > 0)
            said.AddRange(Cause.Of(over ? CauseCode.PhonesNotReached : CauseCode.PhonesTriedAgain, round.Waiting.Count), round.Why);
        return Cause.Saying(CauseCode.Several, [.. said.OfType<Cause>()]);
    }

    void Report(string message, bool ok, Cause why) =>
        receipts.Offer(Name, new MessageReceipt(message, Name, ok) { At = clock.GetUtcNow(), Detail = why.Words, Cause = why });

    /// <summary>What became of a message over all rounds.</summary>
    sealed class Tally(int asked)
    {
        int taken, gone, refused;

        public int Asked => asked;
        public int Taken => Volatile.Read(ref taken);
        public int Gone => Volatile.Read(ref gone);
        public int Refused => Volatile.Read(ref refused);
        public Cause? WhyRefused { get; private set; }

        public void Take() => Interlocked.Increment(ref taken);

        public void Lose() => Interlocked.Increment(ref gone);

        public void Refuse(Cause why)
        {
            Interlocked.Increment(ref refused);
            WhyRefused = why;
        }
    }

    /// <summary>One try for everyone who still waits.</summary>
    sealed class Round
    {
        readonly Lock gate = new();

        public List<PushSubscription> Waiting { get; } = [];
        /// <summary>Why a push service could not be reached; null when none failed so.</summary>
        public Cause? Why { get; private set; }
        /// <summary>The longest that any asked us to wait.</summary>
        public TimeSpan? Wait { get; private set; }
        public bool Reached { get; private set; }

        public void Reach() => Reached = true;

        public void Postpone(PushSubscription phone, Cause? why, TimeSpan? wait)
        {
            lock (gate)
            {
                Waiting.Add(phone);
                Why ??= why;
                if (wait is not null && (Wait is null || wait > Wait)) Wait = wait;
            }
        }
    }
}
