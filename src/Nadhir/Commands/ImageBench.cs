using System.Diagnostics;
using Nadhir.Hosting;
using Nadhir.Hosting.Images;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench image --folder RECORD</c>: what an image of the watch at the end of a record costs, against replaying the record.
/// </summary>
static class ImageBench
{
    const int Times = 9;

    /// <returns>0; 2 when there is no record.</returns>
    public static int Run(TextWriter output, string? folder)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, RecordFiles.Journal)))
        {
            Console.Error.WriteLine("nadhir bench image: --folder names a record, as nadhir run or demo leaves it");
            return 2;
        }

        long start = Stopwatch.GetTimestamp();
        Follower follower = new();
        foreach ((long sequence, Entry entry) in JournalReading.Read(folder, from: 0)) follower.Take(sequence, entry);
        TimeSpan replay = Stopwatch.GetElapsedTime(start);
        ReadOnlyMemory<byte> image = WatchImage.Take(follower.Watch!); // pays for compilation
        WatchImage.Restore(image);
        double take = Median(() => WatchImage.Take(follower.Watch!)), restore = Median(() => WatchImage.Restore(image));
        output.WriteLine(FormattableString.Invariant($"entries {follower.Next:N0}, replayed in {replay.TotalSeconds:F2} s"));
        output.WriteLine(FormattableString.Invariant($"image {image.Length / 1e6:F1} MB, taken in {take:F1} ms, restored in {restore:F1} ms"));
        output.WriteLine(FormattableString.Invariant($"replay / restore {replay.TotalMilliseconds / restore:F0}"));
        return 0;
    }

    static double Median(Action work)
    {
        double[] took = new double[Times];
        for (int i = 0; i < Times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(took);
        return took[Times / 2];
    }
}
