using System.Diagnostics;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>
/// Makes what is missing of a film by deciding everything again from the journal, from its first entry on. What comes out
/// is what would have been recorded then.
/// </summary>
sealed class FilmBuilder(string folder, FilmFile file, WatchConfiguration configuration, FilmOptions options)
{
    static readonly TimeSpan breath = TimeSpan.FromMilliseconds(20);

    double progress;

    /// <summary>0 to 1.</summary>
    public double Progress => Volatile.Read(ref progress);

    /// <summary>Fills stretches of the film, given in order; false when the film was thrown away meanwhile.</summary>
    /// <exception cref="IOException">The journal cannot be read, or the film not written.</exception>
    public bool Fill(IReadOnlyList<(long After, long Before)> missing, CancellationToken stopping)
    {
        int generation = file.Generation;
        using (SqliteJournal journal = SqliteJournal.OpenReadOnly(folder))
        {
            if (journal.CustodyNotes().OfType<PayloadsWithheld>().Any())
                throw new IOException("retention withholds inputs of this record: what they led to cannot be shown");
        }

        using JournalLeaves leaves = new(folder);
        long entries = leaves.Count(), until = Math.Min(missing[^1].Before, entries);
        Watch? watch = null;
        Stretch? stretch = null;
        int next = 0;
        long working = Stopwatch.GetTimestamp();
        try
        {
            foreach ((long number, Entry entry) in JournalReading.Read(folder, 0))
            {
                if (stopping.IsCancellationRequested || file.Generation != generation) return false;
                if (entry.Kind == EntryKind.Decision) continue;
                watch ??= Engine.Build(Restorer.ReadConfiguration(entry), entry.Time);
                IReadOnlyList<Decision> decisions = watch.Apply(entry);
                long shown = number + 1 + decisions.Count; // entries the boards stand for now
                if (shown > entries) break; // the process died before it wrote what it had decided
                if (stretch is not null && shown >= stretch.Before) End(ref stretch);
                if (stretch is null && next < missing.Count && shown > missing[next].After)
                    stretch = Begin(missing[next++], leaves);
                stretch?.See(watch, shown, entry.Time, decisions.Any(decision => decision is AlertChanged));
                if (stretch is null && next < missing.Count && shown == missing[next].After)
                    stretch = Begin(missing[next++], leaves, watch.Snapshot());
                if (stretch is null && next == missing.Count) break;
                Volatile.Write(ref progress, (double)shown / until);
                if (options.Gently && Stopwatch.GetElapsedTime(working) > breath)
                {
                    stopping.WaitHandle.WaitOne(breath);
                    working = Stopwatch.GetTimestamp();
                }
            }

            if (stretch is not null) End(ref stretch);
            return true;
        }
        finally
        {
            stretch?.Dispose();
        }
    }

    Stretch Begin((long After, long Before) range, JournalLeaves leaves, Boards? start = null)
    {
        FilmTake take = new(file, configuration, options, entry => leaves[entry], range.After);
        if (start is not null) take.StartFrom(start);
        return new(take, range.Before, options.Every) { Latest = start?.Now ?? DateTimeOffset.MinValue };
    }

    void End(ref Stretch? stretch)
    {
        stretch!.Close();
        file.Join(stretch.Last, stretch.Before);
        stretch.Dispose();
        stretch = null;
    }

    /// <summary>One stretch being filled.</summary>
    sealed class Stretch(FilmTake take, long before, TimeSpan every) : IDisposable
    {
        Watch? pending;
        long shown;

        public long Before => before;
        public long Last => take.LastSequence;
        /// <summary>Time of the last moment.</summary>
        public DateTimeOffset Latest { get; set; }

        public void See(Watch watch, long sequence, DateTimeOffset time, bool alertChanged)
        {
            (pending, shown) = (watch, sequence);
            if (!alertChanged && !FilmTake.IsAnother(Latest, time, every)) return;
            take.Add(watch.Snapshot());
            Latest = time;
        }

        /// <summary>At the end of the journal its last boards are a moment too.</summary>
        public void Close()
        {
            if (pending is not null && shown > take.LastSequence && shown < before && pending.Snapshot() is { } end && end.Sequence == shown) take.Add(end);
        }

        public void Dispose() => take.Dispose();
    }
}
