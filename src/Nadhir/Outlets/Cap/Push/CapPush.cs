using Nadhir.Warning;

namespace Nadhir.Outlets.Cap.Push;

/// <summary>A way by which a partner gets every message at once.</summary>
public interface ICapPartner : IAsyncDisposable
{
    /// <summary>For receipts: "cap-webhook:NAME", "cap-mqtt".</summary>
    string Name { get; }

    /// <summary>Begins to connect, where there is something to connect to.</summary>
    void Start();

    /// <summary>One try. Expected failures are answered, not thrown.</summary>
    Task<PushAnswer> Push(PublicMessage message, byte[] xml, CancellationToken stop);
}

/// <summary>What came of one try.</summary>
public enum PushStep : byte { Acknowledged, TryAgain, GiveUp }

/// <param name="Step">What to do next.</param>
/// <param name="Why">What they said, or why there is no answer.</param>
public readonly record struct PushAnswer(PushStep Step, Cause Why);

/// <summary>
/// Pushes messages to one partner, those of an alert in order, each until it is acknowledged or has expired; several
/// alerts side by side, so that a message the partner does not take holds up no other alert. The first failure of a
/// message and its end are reported; when too many wait the oldest gives way, and that is reported too.
/// </summary>
public sealed class CapPush : IHostedService, IAsyncDisposable
{
    /// <summary>Messages that may wait for one partner.</summary>
    public const int QueueLimit = 256;
    /// <summary>Messages under way at once, each of another alert.</summary>
    public const int AtOnce = 16;
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(30);

    readonly ICapPartner partner;
    readonly IReceiptSink receipts;
    readonly TimeProvider clock;
    readonly Lock gate = new();
    readonly List<(PublicMessage Message, byte[] Xml)> waiting = [];
    readonly Dictionary<string, Task> underWay = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stopping = new();
    bool running, stopped, disposed;

    public CapPush(ICapPartner partner, IReceiptSink receipts, TimeProvider clock) =>
        (this.partner, this.receipts, this.clock) = (partner, receipts, clock);

    /// <summary>The partner's release rule; what it does not let go is no matter of this partner, and not reported.</summary>
    public Func<PublicMessage, bool> Releases { get; init; } = _ => true;

    /// <summary>Returns at once.</summary>
    public void Offer(PublicMessage message, byte[] xml)
    {
        if (!Releases(message)) return;
        PublicMessage? gaveWay = null;
        bool taken;
        lock (gate)
        {
            taken = !stopped;
            if (taken)
            {
                if (waiting.Count == QueueLimit)
                {
                    gaveWay = waiting[0].Message;
                    waiting.RemoveAt(0);
                }

                waiting.Add((message, xml));
                Begin();
            }
        }

        if (!taken) Report(message, ok: false, Cause.Of(CauseCode.OutletStopped));
        if (gaveWay is not null) Report(gaveWay, ok: false, Cause.Of(CauseCode.GaveWay, QueueLimit));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        partner.Start();
        lock (gate)
        {
            running = true;
            Begin();
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] last;
        lock (gate)
        {
            stopped = true;
            last = [.. underWay.Values];
        }

        await stopping.CancelAsync();
        await Task.WhenAll(last);
        (PublicMessage Message, byte[] Xml)[] left;
        lock (gate)
        {
            left = [.. waiting];
            waiting.Clear();
        }

        foreach ((PublicMessage message, _) in left) Report(message, ok: false, Cause.Of(CauseCode.NotPushed));
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await StopAsync(CancellationToken.None);
        await partner.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>Within the gate: lets go what may, the oldest first, of each alert one message.</summary>
    void Begin()
    {
        for (int i = 0; running && !stopped && underWay.Count < AtOnce && i < waiting.Count;)
        {
            (PublicMessage message, byte[] xml) = waiting[i];
            if (underWay.ContainsKey(message.Alert))
            {
                i++;
                continue;
            }

            waiting.RemoveAt(i);
            underWay[message.Alert] = Task.Run(() => Carry(message, xml), CancellationToken.None);
        }
    }

    async Task Carry(PublicMessage message, byte[] xml)
    {
        await Deliver(message, xml, stopping.Token);
        lock (gate)
        {
            underWay.Remove(message.Alert);
            Begin();
        }
    }

    async Task Deliver(PublicMessage message, byte[] xml, CancellationToken stop)
    {
        TimeSpan wait = FirstWait;
        for (int tries = 1; ; tries++)
        {
            if (clock.GetUtcNow() >= message.Expires)
            {
                Report(message, ok: false, tries == 1 ? Cause.Of(CauseCode.ExpiredWaiting) : Cause.Of(CauseCode.ExpiredAfter, tries - 1));
                return;
            }

            PushAnswer answer = await Try(message, xml, stop);
            if (answer.Step == PushStep.Acknowledged)
            {
                Report(message, ok: true, tries == 1 ? answer.Why : Cause.Saying(CauseCode.Several, answer.Why, Cause.Of(CauseCode.AtTry, tries)));
                return;
            }

            if (answer.Step == PushStep.GiveUp || stop.IsCancellationRequested)
            {
                Report(message, ok: false, answer.Why);
                return;
            }

            if (tries == 1) Report(message, ok: false, Cause.Saying(CauseCode.Several, answer.Why, Cause.Of(CauseCode.TriedAgain)));
            TimeSpan left = message.Expires - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
                await Task.Delay(wait < left ? wait : left, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    async Task<PushAnswer> Try(PublicMessage message, byte[] xml, CancellationToken stop)
    {
        try
        {
            return await partner.Push(message, xml, stop);
        }
        catch (Exception ours)
        {
            // One message a partner's code cannot handle must not hold up those behind it.
            return new(PushStep.GiveUp, Cause.Of(CauseCode.OurFault, ours.Message));
        }
    }

    void Report(PublicMessage message, bool ok, Cause why) => receipts.Offer(
        partner.Name, new MessageReceipt(message.Identifier, partner.Name, ok) { At = clock.GetUtcNow(), Detail = why.Words, Cause = why });
}
