using Nadhir.Outlets;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>Keeps every receipt and lets a test wait for one.</summary>
sealed class ReceiptLog : IReceiptSink
{
    readonly Lock gate = new();
    readonly List<Receipt> all = [];
    TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Offer(string source, Receipt receipt)
    {
        TaskCompletionSource woken;
        lock (gate)
        {
            all.Add(receipt);
            woken = arrived;
            arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.SetResult();
    }

    public Receipt[] All
    {
        get
        {
            lock (gate) return [.. all];
        }
    }

    public SirenStep[] StepsOf(string commandId) =>
        [.. All.OfType<SirenReceipt>().Where(receipt => receipt.CommandId == commandId).Select(receipt => receipt.Step)];

    /// <summary>The first receipt, past or to come, that fits; fails the test when none comes in time.</summary>
    public async Task<T> Wait<T>(Func<T, bool> fits, double seconds = 20, int after = 0) where T : Receipt
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (all.Skip(after).OfType<T>().FirstOrDefault(fits) is { } found) return found;
                next = arrived.Task;
            }

            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"no fitting {typeof(T).Name} within {seconds} s; there were:\n{string.Join('\n', (object[])All)}");
            }
        }
    }

    public Task<SirenReceipt> Wait(string commandId, SirenStep step, double seconds = 20) =>
        Wait<SirenReceipt>(receipt => receipt.CommandId == commandId && receipt.Step == step, seconds);

    public Task<SirenLinkReceipt> WaitLink(bool up, double seconds = 20, int after = 0) =>
        Wait<SirenLinkReceipt>(receipt => receipt.Up == up, seconds, after);
}
