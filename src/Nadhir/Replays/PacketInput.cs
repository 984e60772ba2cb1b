using System.Net;
using Nadhir.Feeds;
using Nadhir.Formats.Captures;
using Nadhir.Formats.Pcap;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// A packet capture to replay: a feed for each destination of datagrams, and for each end of connections over TCP that
/// sends something we know. With a configuration it is the feed that listens or connects there; without one, or where
/// none does, what is sent says what it is.
/// </summary>
static class PacketInput
{
    public static RecordedInput Of(
        string path, ReadOnlyMemory<byte> file, ReplayOptions options, ICollection<string> notes)
    {
        Capture capture = Capture.From(file);
        List<CaptureItem> items = [.. capture.Items()];
        List<RecordedArrival> arrivals = [.. Datagrams(items, options, notes)];
        int unknown = 0;
        long unknownBytes = 0;
        foreach (TcpStream stream in capture.Streams)
        {
            FeedConfiguration? feed = options.Host is { } host
                ? options.FeedOf(FeedMatch.Connected(host, stream.Source, stream.Destination))
                : null;
            string? format = feed?.Format ?? RecordingGuess.OfStream(stream.Bytes);
            if (format is null || (feed is null && options.Host is not null))
            {
                unknown++;
                unknownBytes += stream.Bytes.Length;
                continue;
            }

            if (stream.Gaps > 0) notes.Add($"{stream.Source} > {stream.Destination}: bytes are missing in {stream.Gaps} places");
            arrivals.AddRange(Cut(stream, feed?.Id ?? $"{Served(stream)}/tcp", format, feed));
        }

        string why = options.Host is null ? "none of our formats" : "no feed of the configuration reads them";
        if (unknown > 0) notes.Add($"{path}: {unknown} streams over TCP of {unknownBytes} bytes passed over: {why}");
        return new(path, arrivals, PassedOver.By(capture));
    }

    /// <summary>A stream as its feed would have taken it: in whole frames, when the last of each was
    /// captured.</summary>
    public static IEnumerable<RecordedArrival> Cut(TcpStream stream, string feed, string format, FeedConfiguration? spoken)
    {
        IEnumerable<CaptureItem> pieces = FeedFormats.Find(format)!.Recording is { } recording
            ? recording.Cut(stream.Bytes, spoken?.Mapping)
            : Capture.From(stream.Bytes, CaptureKind.Raw).Items();
        foreach (CaptureItem piece in pieces)
        {
            int end = (int)Math.Min(stream.Bytes.Length, piece.Offset + piece.Bytes.Length);
            yield return new(feed, format, stream.TimeAt(end), piece.Bytes);
        }
    }

    static IEnumerable<RecordedArrival> Datagrams(
        List<CaptureItem> items, ReplayOptions options, ICollection<string> notes)
    {
        Dictionary<IPEndPoint, (string Feed, string Format)> feeds = [];
        foreach (IGrouping<IPEndPoint, CaptureItem> sent in items.GroupBy(item => item.Destination!))
        {
            FeedConfiguration? feed = options.Host is { } host ? options.FeedOf(FeedMatch.Listening(host, sent.Key)) : null;
            string format = feed?.Format ?? RecordingGuess.OfDatagrams(sent.Select(item => item.Bytes));
            if (feed is null && options.Host is not null && format != RecordingGuess.Asterix)
                notes.Add($"{sent.Key}: looks like {format}, and no feed of the configuration listens there");
            feeds[sent.Key] = (feed?.Id ?? sent.Key.ToString(), format);
        }

        DateTimeOffset? last = null;
        foreach (CaptureItem item in items)
        {
            (string feed, string format) = feeds[item.Destination!];
            last = item.Time ?? last;
            yield return new(feed, format, last, item.Bytes);
        }
    }

    /// <summary>The end that others connect to: by use, the one with the lower port.</summary>
    static IPEndPoint Served(TcpStream stream) =>
        stream.Source.Port <= stream.Destination.Port ? stream.Source : stream.Destination;
}
