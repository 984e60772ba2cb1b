using System.Globalization;
using System.Net;
using Nadhir.Formats.Captures;

namespace Nadhir.Replays;

/// <summary>
/// A file to replay. Frames that tell only a time of day are put on a given day, and onto the next one whenever the time
/// of day falls by more than half a day. This is where a further format of recordings joins.
/// </summary>
sealed record RecordedInput(string Path, CaptureKind Kind, IReadOnlyList<RecordedArrival> Arrivals, int PassedOver)
{
    /// <summary>The day of recordings that name none.</summary>
    public static readonly DateTimeOffset NominalDay = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly TimeSpan halfDay = TimeSpan.FromHours(12);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<RecordedInput> OpenAll(IReadOnlyList<string> paths, DateTimeOffset day)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        List<RecordedInput> inputs = [];
        foreach (string path in paths)
        {
            string stem = System.IO.Path.GetFileNameWithoutExtension(path), name = stem;
            for (int n = 2; !names.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}");
            inputs.Add(Read(path, Capture.Open(path), name, day));
        }

        return inputs;
    }

    static RecordedInput Read(string path, Capture capture, string name, DateTimeOffset day)
    {
        List<RecordedArrival> arrivals = [];
        Dictionary<IPEndPoint, string> destinations = [];
        TimeSpan before = TimeSpan.Zero;
        DateTimeOffset? last = null;
        foreach (CaptureItem item in capture.Items())
        {
            string feed = name;
            if (item.Destination is { } destination && !destinations.TryGetValue(destination, out feed!))
                destinations[destination] = feed = destination.ToString();
            DateTimeOffset? at = item.Time;
            if (item.TimeOfDay is { } timeOfDay)
            {
                if (before - timeOfDay > halfDay) day = day.AddDays(1);
                before = timeOfDay;
                at = day + timeOfDay;
            }

            // Bytes between damaged frames have no time of their own: they arrived after what came before them.
            last = at ?? (capture.Kind is CaptureKind.Pcap or CaptureKind.Final ? last : null);
            arrivals.Add(new(feed, last, item.Bytes));
        }

        (int fragments, _, int truncated) = capture.PassedOver;
        return new(path, capture.Kind, arrivals, fragments + truncated);
    }
}
