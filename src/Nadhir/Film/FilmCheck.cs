using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Film;

/// <summary>Decides everything again from the journal and compares every moment of the film with it, byte for byte.</summary>
static class FilmCheck
{
    /// <summary>Moments compared, and the first that is not what the journal leads to; null when all are.</summary>
    public static (long Moments, string? Difference) Run(string folder, FilmFile file, WatchConfiguration configuration)
    {
        using FilmReader film = new(file);
        FilmMoment? next = film.Seek(DateTimeOffset.MinValue);
        Watch? watch = null;
        long compared = 0;
        foreach ((long number, Entry entry) in JournalReading.Read(folder, 0))
        {
            if (next is null) break;
            if (entry.Kind == EntryKind.Decision) continue;
            watch ??= Engine.Build(Restorer.ReadConfiguration(entry), entry.Time);
            long shown = number + 1 + watch.Apply(entry).Count;
            if (shown > next.Sequence) return (compared, $"a moment stands for {next.Sequence} entries, and nothing was shown then");
            if (shown < next.Sequence) continue;
            if (!FilmMoment.Of(watch.Snapshot(), configuration).IsSameAs(next))
                return (compared, $"the moment after {shown} entries, {next.Time:yyyy-MM-dd HH:mm:ss.fff} UTC, is not what the journal leads to");
            compared++;
            next = film.Next();
        }

        return (compared, next is null ? null : $"a moment stands for {next.Sequence} entries, and the journal has fewer");
    }
}
