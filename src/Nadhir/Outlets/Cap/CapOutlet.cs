using System.Threading.Channels;
using Nadhir.Warning;

namespace Nadhir.Outlets.Cap;

/// <summary>
/// Publishes messages as CAP files with an Atom feed. When the disk fails it says so once and tries again every second
/// until the message expires; an all-clear waits its turn, so that nobody reads the end before the beginning.
/// </summary>
public sealed class CapOutlet(CapStore store, IReceiptSink receipts, TimeProvider clock)
    : IOutlet, IHostedService, IAsyncDisposable
{
    /// <summary>Messages that may wait for the disk.</summary>
    public const int InboxLimit = 1024;
    /// <summary>Messages that are kept side by side.</summary>
    const int BatchLimit = 32;
    static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    readonly Channel<PublicMessage> inbox = Channel.CreateBounded<PublicMessage>(
        new BoundedChannelOptions(InboxLimit) { SingleReader = true });
    readonly CancellationTokenSource stopping = new();
    Task running = Task.CompletedTask;

    /// <summary>Called with every message that is safely kept, so that it may be pushed; from any thread, must return at once.</summary>
    public Action<PublicMessage, byte[]> Issued { get; init; } = (_, _) => { };

    public const string ReceiptName = "cap-file";

    public string Name => ReceiptName;

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not MessageIssued issued) return;
        if (!inbox.Writer.TryWrite(issued.Message))
            Report(issued.Message, ok: false, Cause.Of(CauseCode.OutletIsFull, InboxLimit));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(() => Run(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Writes what waits, then ends; gives up on a failing disk.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        inbox.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
    }

    async Task Run(CancellationToken stop)
    {
        while (await inbox.Reader.WaitToReadAsync(CancellationToken.None))
        {
            List<PublicMessage> batch = Take();
            HashSet<string> issued = new(StringComparer.Ordinal), said = new(StringComparer.Ordinal);
            while (true)
            {
                batch = Publish(batch, issued, said);
                if (batch.Count == 0 || stop.IsCancellationRequested) break;
                await Task.Delay(RetryEvery, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested) break;
            }
        }
    }

    /// <summary>What waits, of each alert one message: they are kept side by side and shown by one feed.</summary>
    List<PublicMessage> Take()
    {
        List<PublicMessage> batch = [];
        while (batch.Count < BatchLimit && inbox.Reader.TryPeek(out PublicMessage? next)
            && batch.TrueForAll(one => one.Alert != next.Alert && one.Identifier != next.Identifier)
            && inbox.Reader.TryRead(out PublicMessage? message))
        {
            batch.Add(message);
        }

        return batch;
    }

    /// <summary>Those that are to be tried again.</summary>
    List<PublicMessage> Publish(List<PublicMessage> batch, HashSet<string> issued, HashSet<string> said)
    {
        CapOutcome[] outcomes = store.Add(batch, (message, xml) =>
        {
            // A feed that could not be written is tried again; the message itself has left already.
            lock (issued)
                if (!issued.Add(message.Identifier)) return;
            Issued(message, xml);
        });
        List<PublicMessage> again = [];
        foreach ((PublicMessage message, CapOutcome outcome) in batch.Zip(outcomes))
        {
            switch (outcome)
            {
                case CapOutcome.Written written:
                    Report(message, ok: true, Cause.Of(CauseCode.WrittenAs, Path.GetFileName(written.File)));
                    foreach (string finding in written.Findings) Report(message, ok: true, null, finding);
                    break;
                case CapOutcome.Withheld withheld:
                    foreach (string finding in withheld.Findings) Report(message, ok: true, Cause.Of(CauseCode.NotInFeed), finding);
                    break;
                case CapOutcome.AlreadyThere there:
                    Report(message, ok: true, Cause.Of(CauseCode.WasThere, Path.GetFileName(there.File)));
                    break;
                case CapOutcome.Refused refused:
                    Report(message, ok: false, refused.Why);
                    break;
                case CapOutcome.Failed { Fault: IOException or UnauthorizedAccessException } failed:
                    if (said.Add(message.Identifier))
                        Report(message, ok: false, Cause.Saying(CauseCode.Several, Cause.Of(CauseCode.AsSaid, failed.Fault.Message), Cause.Of(CauseCode.TriedAgain)));
                    if (clock.GetUtcNow() < message.Expires) again.Add(message);
                    break;
                case CapOutcome.Failed ours:
                    // One message we cannot handle must not hold up those behind it.
                    Report(message, ok: false, Cause.Of(CauseCode.OurFault, ours.Fault.Message));
                    break;
                case var other:
                    throw new InvariantBrokenException($"no answer for {other.GetType().Name}");
            }
        }

        return again;
    }

    void Report(PublicMessage message, bool ok, Cause? why, string? finding = null) => receipts.Offer(
        Name, new MessageReceipt(message.Identifier, Name, ok) { At = clock.GetUtcNow(), Detail = why?.Words ?? "", Cause = why, Finding = finding });
}
