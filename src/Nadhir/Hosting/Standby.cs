using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Hosting;

/// <summary>
/// Follows the record that another process writes, its watch always as that one's is, and goes on with it when that
/// process is gone: what a replay would take minutes for has been done before. The lock of the one writer decides who
/// writes; the operating system gives it back when its process dies.
/// </summary>
sealed class Standby(WatchConfiguration configuration, string folder, TimeProvider clock)
{
    static readonly TimeSpan every = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan noteEvery = TimeSpan.FromSeconds(1);

    Follower follower = new();
    byte[]? begin;
    DateTimeOffset noted;

    /// <summary>Entries followed so far.</summary>
    public long Followed => follower.Next;

    /// <summary>Told what is of interest to whoever looks at the process.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Returns once the record is ours to write, with the watch as of its end.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants it to stand by any longer.</exception>
    public async Task<(SqliteJournal Journal, Restored Restored)> Wait(CancellationToken stopping)
    {
        bool told = false;
        try
        {
            using PeriodicTimer ticks = new(every, clock);
            while (true)
            {
                stopping.ThrowIfCancellationRequested();
                Follow();
                if (!told && !WriterLock.IsFree(folder))
                {
                    Say($"Standing by: {Followed} entries followed");
                    told = true;
                }

                if (WriterLock.IsFree(folder) && TakeOver() is { } taken) return taken;
                Note();
                await ticks.WaitForNextTickAsync(stopping);
            }
        }
        finally
        {
            StandbyNote.Remove(folder);
        }
    }

    /// <summary>Takes what has been committed since. What cannot be read now is read the next time.</summary>
    public void Follow()
    {
        if (!File.Exists(Path.Combine(folder, RecordFiles.Journal))) return;
        try
        {
            if (!IsSameRecord()) (follower, begin) = (new Follower(), null);
            foreach ((long sequence, Entry entry) in JournalReading.Read(folder, follower.Next, live: true))
            {
                begin ??= JournalReading.FirstLeaf(folder);
                follower.Take(sequence, entry);
                if (clock.GetUtcNow() - noted > noteEvery) Note();
            }
        }
        catch (Exception passing) when (passing is SqliteException or IOException)
        {
            // The writer is making, moving aside or closing it: the lock says whether it still does.
        }
    }

    /// <summary>A system started with another configuration begins another record in the same place.</summary>
    bool IsSameRecord() => begin is null || JournalReading.FirstLeaf(folder) is { } first && begin.AsSpan().SequenceEqual(first);

    /// <summary>Null when another was faster.</summary>
    (SqliteJournal Journal, Restored Restored)? TakeOver()
    {
        long start = Stopwatch.GetTimestamp();
        SqliteJournal journal;
        try
        {
            journal = RecordOpening.Open(configuration, folder, clock);
        }
        catch (JournalOpenException) when (!WriterLock.IsFree(folder))
        {
            return null;
        }

        try
        {
            bool same = begin is not null && JournalReading.FirstLeaf(folder) is { } first && begin.AsSpan().SequenceEqual(first);
            long behind = journal.CommittedCount - (same ? follower.Next : 0);
            Restored restored = Restorer.Restore(journal, follower: same ? follower : null);
            Say(FormattableString.Invariant(
                $"Taking over: {behind} entries were left to follow, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"));
            return (journal, restored);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    void Note()
    {
        noted = clock.GetUtcNow();
        StandbyNote.Write(folder, follower.Next);
    }
}
