using System.Globalization;
using Nadhir.Configuration;
using Nadhir.Feeds;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Pcap;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// A file to replay, cut into what arrived. Frames that tell only a time of day are put on a given day, and onto the next
/// one whenever the time of day falls by more than half a day; a counter starts at the given moment; without any time,
/// messages come at a steady pace. Records of ASTERIX that tell their time themselves are left to the survey.
/// </summary>
sealed record RecordedInput(string Path, IReadOnlyList<RecordedArrival> Arrivals, PassedOver PassedOver)
{
    static readonly TimeSpan halfDay = TimeSpan.FromHours(12);

    /// <exception cref="IOException">A file cannot be read, or nobody can tell what it is.</exception>
    public static IReadOnlyList<RecordedInput> OpenAll(
        IReadOnlyList<string> paths, ReplayOptions options, ICollection<string> notes)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        List<RecordedInput> inputs = [];
        // Feeds whose files are a document each, by name and format.
        SortedDictionary<string, (string Format, List<CaptureItem> Items)> joined = new(StringComparer.Ordinal);
        Dictionary<string, string> unnamed = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            ReadOnlyMemory<byte> file = File.ReadAllBytes(path);
            if (PcapReader.IsCapture(file.Span))
            {
                inputs.Add(PacketInput.Of(path, file, options, notes));
                continue;
            }

            string format = options.Format ?? RecordingGuess.OfFile(path, file);
            FeedConfiguration? feed = options.Host is { } host ? options.FeedOf(FeedMatch.OfFile(host, path, format)) : null;
            if (feed is null && format != RecordingGuess.Asterix && options.Host is { } known)
                notes.Add($"{path}: {FeedMatch.WhyNoFeed(known, format)}");
            if (FeedFormats.Find(format)!.Recording is { IsOfDocuments: true })
            {
                if (feed is null && !unnamed.ContainsKey(format)) unnamed[format] = Unique(path, names);
                string of = feed?.Id ?? unnamed[format];
                if (!joined.TryGetValue(of, out (string, List<CaptureItem> Items) one)) joined[of] = one = (format, []);
                one.Items.AddRange(Cut(file, format, feed));
                continue;
            }

            inputs.Add(Of(path, file, feed?.Id ?? Unique(path, names), format, feed, options));
        }

        foreach ((string of, (string format, List<CaptureItem> items)) in joined)
            inputs.Add(new(of, [.. Timed(items, of, format, options)], default));
        return inputs;
    }

    /// <summary>A recording of one feed; all of a packet capture is taken for that feed's.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedInput Of(string path, FeedConfiguration feed, ReplayOptions options)
    {
        ReadOnlyMemory<byte> file = File.ReadAllBytes(path);
        return Of(path, file, feed.Id, feed.Format, feed, options);
    }

    static RecordedInput Of(
        string path, ReadOnlyMemory<byte> file, string name, string format, FeedConfiguration? feed, ReplayOptions options)
    {
        if (PcapReader.IsCapture(file.Span) || FeedFormats.Find(format)!.Recording is null)
        {
            Capture capture = Capture.From(file);
            List<RecordedArrival> arrivals = [.. Timed([.. capture.Items()], name, format, options)];
            foreach (TcpStream stream in capture.Streams)
                if (RecordingGuess.OfStream(stream.Bytes) == format)
                    arrivals.AddRange(PacketInput.Cut(stream, name, format, feed));
            return new(path, arrivals, PassedOver.By(capture));
        }

        return new(path, [.. Timed(Cut(file, format, feed), name, format, options)], default);
    }

    static IReadOnlyList<CaptureItem> Cut(ReadOnlyMemory<byte> file, string format, FeedConfiguration? feed) =>
        FeedFormats.Find(format)!.Recording!.Cut(file, feed?.Mapping);

    static IEnumerable<RecordedArrival> Timed(
        IReadOnlyList<CaptureItem> items, string feed, string format, ReplayOptions options)
    {
        double pace = options.MessagesPerSecond ?? FeedFormats.Find(format)!.Recording?.MessagesPerSecond ?? 0;
        bool tells = items.Any(item => item.Time is not null || item.TimeOfDay is not null || item.Elapsed is not null);
        DateTimeOffset day = options.Day;
        TimeSpan before = TimeSpan.Zero;
        DateTimeOffset? last = null;
        for (int i = 0; i < items.Count; i++)
        {
            CaptureItem item = items[i];
            if (item.TimeOfDay is { } timeOfDay)
            {
                if (before - timeOfDay > halfDay) day = day.AddDays(1);
                before = timeOfDay;
                last = day + timeOfDay;
            }
            // Bytes between damaged frames have no time of their own: they arrived after what came before them.
            else last = item.Time ?? options.Start + item.Elapsed ?? last;
            if (!tells && pace > 0) last = options.Start.AddSeconds(i / pace);
            yield return new(feed, format, last, item.Bytes);
        }
    }

    static string Unique(string path, HashSet<string> names)
    {
        string stem = System.IO.Path.GetFileNameWithoutExtension(path), name = stem;
        for (int n = 2; !names.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}");
        return name;
    }
}

/// <summary>Packets of captures that gave nothing.</summary>
/// <param name="Unusable">Fragments, and packets that are cut off in the capture.</param>
/// <param name="Others">Packets of other protocols than UDP and TCP.</param>
readonly record struct PassedOver(int Unusable, int Others)
{
    public static PassedOver By(Capture capture)
    {
        (int fragments, int others, int truncated) = capture.PassedOver;
        return new(fragments + truncated, others);
    }

    public static PassedOver operator +(PassedOver one, PassedOver other) =>
        new(one.Unusable + other.Unusable, one.Others + other.Others);
}
