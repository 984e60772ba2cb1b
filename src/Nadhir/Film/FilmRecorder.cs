using System.Threading.Channels;

namespace Nadhir.Film;

/// <summary>
/// Puts the boards of a running watch on film, on a thread of its own. The watch is never waited for: when more moments
/// wait than may, the next is left out and made later from the journal.
/// </summary>
sealed class FilmRecorder : IDisposable
{
    readonly record struct Shot(Boards Boards, bool AfterGap);

    readonly FilmTake take;
    readonly FilmOptions options;
    readonly Action<FilmDamagedException> damaged;
    readonly JournalLeaves leaves;
    readonly Channel<Shot> waiting;
    readonly Thread thread;
    Boards offered;
    Boards latest;
    bool gap;
    long gapAt;
    string? fault;

    /// <param name="first">The boards as they stand; they are the first moment unless the film has it already.</param>
    /// <param name="follows">Entries the film's last moment before them stands for, -1 when something is missing in between.</param>
    public FilmRecorder(
        string folder, FilmFile file, WatchConfiguration configuration, FilmOptions options, Boards first, long follows, Action<FilmDamagedException> damaged)
    {
        (this.options, this.damaged, offered, latest) = (options, damaged, first, first);
        leaves = new(folder);
        take = new(file, configuration, options, entry => leaves[entry], follows);
        take.StartFrom(first);
        waiting = Channel.CreateBounded<Shot>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true, SingleWriter = false });
        if (follows != first.Sequence) waiting.Writer.TryWrite(new(first, follows < 0));
        thread = new(Write) { IsBackground = true, Name = "film", Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <summary>Why moments cannot be kept now; null when they are.</summary>
    public string? Fault => Volatile.Read(ref fault);

    /// <summary>How long ago a moment was left out last; null when none ever was.</summary>
    public TimeSpan? SinceGap => Volatile.Read(ref gapAt) is > 0 and var at ? TimeProvider.System.GetElapsedTime(at) : null;

    /// <summary>On the watch's own thread: takes no longer than looking at the time.</summary>
    public void Offer(Boards boards)
    {
        Volatile.Write(ref latest, boards);
        if (!FilmTake.IsDue(offered, boards, options)) return;
        offered = boards;
        gap = !waiting.Writer.TryWrite(new(boards, gap));
        if (gap) Volatile.Write(ref gapAt, TimeProvider.System.GetTimestamp());
    }

    void Write()
    {
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (waiting.Reader.TryRead(out Shot shot)) Keep(shot);
        // The last boards of all, so that the film ends where the journal does.
        Boards end = Volatile.Read(ref latest);
        if (end.Sequence > take.LastSequence) Keep(new(end, gap));
        take.Dispose();
    }

    void Keep(Shot shot)
    {
        try
        {
            if (shot.AfterGap) take.Cut();
            take.Add(shot.Boards);
            Volatile.Write(ref fault, null);
        }
        catch (FilmDamagedException broken)
        {
            take.Cut();
            damaged(broken);
        }
        catch (IOException full)
        {
            take.Cut();
            Volatile.Write(ref fault, full.Message);
        }
        catch (Exception broken) when (broken is InvariantBrokenException or Microsoft.Data.Sqlite.SqliteException)
        {
            take.Cut();
            Volatile.Write(ref fault, broken.Message);
        }
    }

    /// <summary>Writes what waits, and the last boards.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        thread.Join();
        leaves.Dispose();
    }
}
