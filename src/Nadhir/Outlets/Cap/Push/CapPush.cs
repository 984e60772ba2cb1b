using System.Threading.Channels;
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
/// <param name="Detail">In plain words.</param>
public readonly record struct PushAnswer(PushStep Step, string Detail);

/// <summary>
/// Pushes messages to one partner, in order, each until it is acknowledged or has expired. The first failure of a message
/// and its end are reported; when the queue is full the oldest message gives way, and that is reported too.
/// </summary>
public sealed class CapPush : IHostedService, IAsyncDisposable
{
    /// <summary>Messages that may wait for one partner.</summary>
    public const int QueueLimit = 256;
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(30);

    readonly ICapPartner partner;
    readonly IReceiptSink receipts;
    readonly TimeProvider clock;
    readonly Channel<(PublicMessage Message, byte[] Xml)> queue;
    readonly CancellationTokenSource stopping = new();
    Task running = Task.CompletedTask;

    public CapPush(ICapPartner partner, IReceiptSink receipts, TimeProvider clock)
    {
        (this.partner, this.receipts, this.clock) = (partner, receipts, clock);
        queue = Channel.CreateBounded<(PublicMessage Message, byte[] Xml)>(
            new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            dropped => Report(dropped.Message, ok: false, $"gave way: more than {QueueLimit} messages wait for this partner"));
    }

    /// <summary>Returns at once.</summary>
    public void Offer(PublicMessage message, byte[] xml)
    {
        if (!queue.Writer.TryWrite((message, xml))) Report(message, ok: false, "the outlet is stopped");
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        partner.Start();
        running = Task.Run(() => Run(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await partner.DisposeAsync();
        stopping.Dispose();
    }

    async Task Run(CancellationToken stop)
    {
        await foreach ((PublicMessage message, byte[] xml) in queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stop.IsCancellationRequested) Report(message, ok: false, "not pushed: the system was stopped");
            else await Deliver(message, xml, stop);
        }
    }

    async Task Deliver(PublicMessage message, byte[] xml, CancellationToken stop)
    {
        TimeSpan wait = FirstWait;
        for (int tries = 1; ; tries++)
        {
            if (clock.GetUtcNow() >= message.Expires)
            {
                Report(message, ok: false, tries == 1 ? "expired while it waited" : $"expired after {tries - 1} tries");
                return;
            }

            PushAnswer answer = await Try(message, xml, stop);
            if (answer.Step == PushStep.Acknowledged)
            {
                Report(message, ok: true, tries == 1 ? answer.Detail : $"{answer.Detail}, at try {tries}");
                return;
            }

            if (answer.Step == PushStep.GiveUp || stop.IsCancellationRequested)
            {
                Report(message, ok: false, answer.Detail);
                return;
            }

            if (tries == 1) Report(message, ok: false, $"{answer.Detail}; it is tried again until the message expires");
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
            return new(PushStep.GiveUp, $"a fault of ours: {ours.Message}");
        }
    }

    void Report(PublicMessage message, bool ok, string detail) => receipts.Offer(
        partner.Name, new MessageReceipt(message.Identifier, partner.Name, ok) { At = clock.GetUtcNow(), Detail = detail });
}
