using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Nadhir.Film;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench film</c>: what it costs to keep a crowded sky on film, and how long any moment of it takes to be found.
/// A fifth of the tracks gets a new, noisy state each second, as from radars that turn in five.
/// </summary>
static class FilmBench
{
    const int Moments = 240, Seeks = 60, Turn = 5;
    static readonly int[] rows = [1_000, 10_000];

    public static int Run(TextWriter output)
    {
        output.WriteLine("tracks  moments  ms CPU a moment  kB a moment  MB an hour  seek p50 / max ms");
        foreach (int tracks in rows) Measure(output, tracks);
        return 0;
    }

    static void Measure(TextWriter output, int count)
    {
        string folder = Directory.CreateTempSubdirectory("nadhir-bench-film-").FullName;
        try
        {
            using ConsoleBenchSky sky = new(count);
            using FilmFile file = FilmFile.Open(folder);
            DateTimeOffset start = sky.Now;
            Random chance = new(1);
            ImmutableArray<TrackRow> tracks = sky.Current.Tracks;
            TimeSpan busy = TimeSpan.Zero;
            using (FilmTake take = new(file, sky.Configuration, new(), _ => new byte[32], 0))
            {
                for (int second = 0; second < Moments; second++)
                {
                    DateTimeOffset now = start.AddSeconds(second);
                    tracks = [.. tracks.Select(row => row.Track.Id % Turn == second % Turn ? Seen(row, now, chance) : row)];
                    Boards boards = sky.Current with { Now = now, Sequence = second + 1, Tracks = tracks };
                    TimeSpan before = Environment.CpuUsage.TotalTime;
                    take.Add(boards);
                    busy += Environment.CpuUsage.TotalTime - before;
                }
            }

            List<double> seeks = [];
            for (int i = 0; i < Seeks; i++)
            {
                long began = Stopwatch.GetTimestamp();
                using FilmReader reader = new(file);
                FilmStream.Frame(reader.Seek(start.AddSeconds(chance.NextDouble() * Moments))!, null, isOperator: true);
                seeks.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            seeks.Sort();
            double bytes = file.Bytes() / (double)Moments;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count,6}  {Moments,7}  {busy.TotalMilliseconds / Moments,15:0.0}  {bytes / 1000,11:0.0}  {bytes * 3600 / 1e6,10:0}  {seeks[Seeks / 2]:0} / {seeks[^1]:0}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static TrackRow Seen(TrackRow row, DateTimeOffset now, Random chance)
    {
        Track track = row.Track;
        GeoPoint place = Geodesic.Direct(DutyConsole.TrackFrame.Reckon(track, now), 360 * chance.NextDouble(), 60 * chance.NextDouble());
        return row with
        {
            Track = track with
            {
                Position = new(place.LatitudeDegrees, place.LongitudeDegrees, track.Position.HeightMetres), LastSeen = now,
                CourseDegrees = (track.CourseDegrees + chance.NextDouble() + 359.5) % 360, GroundSpeed = track.GroundSpeed + chance.NextDouble() - 0.5,
                State = track.State with { Time = now },
            },
        };
    }
}
