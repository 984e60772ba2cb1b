using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Custody;

/// <summary>
/// Withholds old payloads of closed records beside the one being written, once a day. The one being written is left
/// alone: a restart decides again from all of its inputs.
/// </summary>
sealed class RetentionPart(string folder, TimeSpan kept, Func<INoteSigner> signer, TimeProvider clock)
{
    static readonly TimeSpan every = TimeSpan.FromDays(1);
    volatile string? fault;

    public string? Fault => fault;

    public async Task Run(CancellationToken stopping)
    {
        using PeriodicTimer ticks = new(every, clock);
        try
        {
            do Round();
            while (await ticks.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    public void Round()
    {
        string? failed = null;
        foreach (string closed in Directory.GetDirectories(folder, $"{EarlierRecords.MovedAside}*").Order(StringComparer.Ordinal))
        {
            try
            {
                CustodyBook.Withhold(closed, signer(), clock.GetUtcNow() - kept, "nadhir", $"retention_days: {kept.TotalDays}", clock);
            }
            catch (Exception unable) when (unable is IOException or Microsoft.Data.Sqlite.SqliteException)
            {
                failed ??= unable.Message;
            }
        }
        fault = failed;
    }
}
