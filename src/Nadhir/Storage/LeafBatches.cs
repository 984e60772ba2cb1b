using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;

namespace Nadhir.Storage;

/// <summary>
/// Reads a journal on one thread and hashes it on as many as there are, and gives the batches out in the order of their
/// entries: what comes out does not depend on which thread was faster.
/// </summary>
sealed class LeafBatches(string folder, WithheldEntries withheld) : IDisposable
{
    /// <summary>Batches read and not yet taken, at most: some 100 KB each, 1 MB when payloads are long.</summary>
    const int Ahead = 32;

    readonly Channel<Task<LeafBatch>> hashed = Channel.CreateBounded<Task<LeafBatch>>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    readonly Channel<LeafBatch> free = Channel.CreateUnbounded<LeafBatch>();
    readonly CancellationTokenSource stopping = new();
    Task? reading;

    /// <summary>The number found where the next entry should have been; null when none is missing.</summary>
    public long? AfterGap { get; private set; }

    /// <summary>
    /// Batches in order, up to the end or the first gap. Each is used again for a later one: nothing of it may be kept.
    /// </summary>
    /// <exception cref="SqliteException">A page is damaged; everything before it has been given out.</exception>
    public IEnumerable<LeafBatch> InOrder()
    {
        reading = Task.Run(Read);
        while (hashed.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (hashed.Reader.TryRead(out Task<LeafBatch>? next))
            {
                LeafBatch batch = next.GetAwaiter().GetResult();
                yield return batch;
                free.Writer.TryWrite(batch);
            }
        }
        reading.GetAwaiter().GetResult();
    }

    async Task Read()
    {
        try
        {
            using SqliteConnection connection = JournalFile.OpenForReading(folder);
            using JournalRows rows = new(connection, from: 0);
            long first = 0;
            bool more = true;
            while (more && !stopping.IsCancellationRequested)
            {
                LeafBatch batch = free.Reader.TryRead(out LeafBatch? used) ? used : new LeafBatch();
                batch.Clear(first);
                try
                {
                    more = Fill(batch, rows);
                }
                finally
                {
                    // Also what was read before a damaged page.
                    if (batch.Count > 0) await hashed.Writer.WriteAsync(Task.Run(batch.Hash), stopping.Token);
                }
                first += batch.Count;
            }
        }
        finally
        {
            hashed.Writer.TryComplete();
        }
    }

    /// <summary>Whether there may be more.</summary>
    bool Fill(LeafBatch batch, JournalRows rows)
    {
        while (rows.Next())
        {
            StoredEntry row = rows.Current;
            if (row.Seq != batch.First + batch.Count)
            {
                AfterGap = row.Seq;
                return false;
            }
            batch.Add(row, withheld.Holds(row) && row.LeafHash.Length == MerkleHash.Size);
            if (batch.IsFull) return true;
        }
        return false;
    }

    public void Dispose()
    {
        stopping.Cancel();
        // Whoever leaves early must not leave the reader waiting for room.
        try
        {
            reading?.GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is OperationCanceledException or SqliteException or IOException)
        {
            // Told to whoever took the batches.
        }
        stopping.Dispose();
    }
}
