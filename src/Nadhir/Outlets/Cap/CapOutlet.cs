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
    static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    readonly Channel<PublicMessage> inbox = Channel.CreateBounded<PublicMessage>(
        new BoundedChannelOptions(InboxLimit) { SingleReader = true });
    readonly CancellationTokenSource stopping = new();
    Task running = Task.CompletedTask;

    /// <summary>Called with every message that is safely kept, so that it may be pushed; must return at once.</summary>
    public Action<PublicMessage, byte[]> Issued { get; init; } = (_, _) => { };

    public string Name => "cap-file";

    public void Offer(in DurableDecision decision)
    {
        if (decision.Decision is not MessageIssued issued) return;
        if (!inbox.Writer.TryWrite(issued.Message))
            Report(issued.Message, ok: false, $"the outlet is stopped, or its inbox of {InboxLimit} is full");
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
        await foreach (PublicMessage message in inbox.Reader.ReadAllAsync(CancellationToken.None))
        {
            for (bool said = false; !Publish(message, ref said) && !stop.IsCancellationRequested;)
            {
                if (clock.GetUtcNow() >= message.Expires) break;
                await Task.Delay(RetryEvery, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>True when there is nothing more to try.</summary>
    bool Publish(PublicMessage message, ref bool said)
    {
        try
        {
            switch (store.Add(message))
            {
                case CapOutcome.Written written:
                    Report(message, ok: true, Path.GetFileName(written.File));
                    foreach (string finding in written.Findings) Report(message, ok: true, "", finding);
                    Issued(message, written.Xml);
                    break;
                case CapOutcome.AlreadyThere there:
                    Report(message, ok: true, $"{Path.GetFileName(there.File)}, already there");
                    Issued(message, there.Xml);
                    break;
                case CapOutcome.Refused refused:
                    Report(message, ok: false, refused.Reason);
                    break;
            }

            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            if (!said) Report(message, ok: false, $"{failed.Message} It is tried again until the message expires.");
            said = true;
            return false;
        }
        catch (Exception ours)
        {
            // One message we cannot handle must not hold up those behind it.
            Report(message, ok: false, $"a fault of ours: {ours.Message}");
            return true;
        }
    }

    void Report(PublicMessage message, bool ok, string detail, string? finding = null) => receipts.Offer(
        Name, new MessageReceipt(message.Identifier, Name, ok) { At = clock.GetUtcNow(), Detail = detail, Finding = finding });
}
