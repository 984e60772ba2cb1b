using System.Collections.Immutable;

namespace Nadhir.Film;

/// <summary>
/// Boards that follow each other, put on film: reel after reel, with what happened between two moments as marks. One
/// thread.
/// </summary>
/// <param name="follows">Entries of the moment after which the first comes without a gap; -1 when something is left out before it.</param>
/// <param name="leafOf">The leaf hash of an entry of the journal, by its number.</param>
sealed class FilmTake(FilmFile file, WatchConfiguration configuration, FilmOptions options, Func<long, byte[]> leafOf, long follows) : IDisposable
{
    ReelWriter? reel;
    long number;
    Boards? before;
    long last = follows;

    /// <summary>Entries the last moment stands for.</summary>
    public long LastSequence => last;

    /// <summary>The boards before the first moment, so that what happens in it is marked.</summary>
    public void StartFrom(Boards boards) => before = boards;

    /// <summary>Whether these boards are worth a moment: the first of a second of the clock, or an alert in another state.</summary>
    public static bool IsDue(Boards before, Boards after, FilmOptions options) =>
        after.Sequence > before.Sequence && (IsAnother(before.Now, after.Now, options.Every) || !HaveSameAlerts(before.Alerts, after.Alerts));

    /// <summary>Whether another second of the clock has begun: then each has its moment, however unsteadily the watch ticks.</summary>
    public static bool IsAnother(DateTimeOffset before, DateTimeOffset after, TimeSpan every) =>
        after.UtcTicks / every.Ticks > before.UtcTicks / every.Ticks;

    public void Add(Boards boards)
    {
        FilmMoment moment = FilmMoment.Of(boards, configuration);
        ImmutableArray<FilmMark> marks = FilmMark.Between(before, boards, configuration);
        byte[] leaf = leafOf(boards.Sequence - 1);
        if (reel is { } full && (full.Moments >= options.ReelMoments || full.Plain >= options.ReelBytes))
        {
            End();
            file.Keep(options);
        }

        if (!TryAdd(moment, leaf, marks))
        {
            Cut(); // The film was thrown away under us: what comes is a reel of the new one.
            TryAdd(moment, leaf, marks);
        }

        before = boards;
    }

    /// <summary>Something was left out: what follows is a reel of its own.</summary>
    public void Cut()
    {
        End();
        last = -1;
    }

    bool TryAdd(FilmMoment moment, byte[] leaf, ImmutableArray<FilmMark> marks)
    {
        if (reel is null)
        {
            number = file.BeginReel(last, moment);
            reel = new();
        }

        if (!file.Add(number, moment, leaf, reel.Add(moment), marks)) return false;
        last = moment.Sequence;
        return true;
    }

    void End()
    {
        if (reel is null) return;
        file.EndReel(number);
        reel.Dispose();
        reel = null;
    }

    static bool HaveSameAlerts(ImmutableArray<AlertRow> one, ImmutableArray<AlertRow> other)
    {
        if (one == other) return true;
        if (one.Length != other.Length) return false;
        for (int i = 0; i < one.Length; i++)
            if (one[i].State != other[i].State || !string.Equals(one[i].Id, other[i].Id, StringComparison.Ordinal)) return false;
        return true;
    }

    public void Dispose() => End();
}
