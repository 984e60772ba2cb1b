using System.Net;
using Nadhir.Configuration;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// Which feed of a host's configuration a recording is of. Datagrams: of the one that listens where they were sent. A stream
/// over TCP: of the one that connects or listens there. A file:
/// of the one that reads this file, else whose name the file has, else the only one of its format. ASTERIX that none of
/// this finds: of the feed whose sensors speak in it. What is of no feed is kept, counted and not understood.
/// </summary>
static class FeedMatch
{
    /// <summary>Puts feeds of ASTERIX that have no place in the configuration yet where their sources are known.</summary>
    public static IReadOnlyList<RecordedArrival> Rename(
        HostConfiguration configuration, Survey survey, ICollection<string> notes)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (FeedSurvey found in survey.Feeds)
        {
            if (configuration.Watch.Feeds.Any(feed => feed.Id == found.Feed)) continue;
            string? match = Speaking(configuration.Watch, found);
            if (match is null) notes.Add($"{found.Feed}: no feed of the configuration listens there or knows its sources");
            else names[found.Feed] = match;
        }

        return [.. survey.Arrivals.Select(arrival =>
            arrival with { Feed = names.GetValueOrDefault(arrival.Feed, arrival.Feed) })];
    }

    /// <returns>Null when there is none, or several.</returns>
    public static string? OfFile(HostConfiguration configuration, string path, string format)
    {
        string full = Path.GetFullPath(path), stem = Path.GetFileNameWithoutExtension(path);
        if (configuration.Feeds.OfType<FeedTransport.File>().FirstOrDefault(file => file.Path == full) is { } reads)
            return reads.Feed;
        string[] able = [.. configuration.Watch.Feeds.Where(feed => feed.Format == format).Select(feed => feed.Id)];
        if (able.Contains(stem, StringComparer.Ordinal)) return stem;
        // Which of several radars a file of ASTERIX is of, its sources tell better than that there is but one feed.
        return able.Length == 1 && format != RecordingGuess.Asterix ? able[0] : null;
    }

    /// <summary>Why a file that is not ASTERIX has no feed, and what to do about it.</summary>
    public static string WhyNoFeed(HostConfiguration configuration, string format)
    {
        string[] able = [.. configuration.Watch.Feeds.Where(feed => feed.Format == format).Select(feed => feed.Id)];
        return able.Length == 0
            ? $"no feed of the configuration has the format {format}: its bytes are kept and not understood"
            : $"the feeds {string.Join(", ", able)} have the format {format}: give the file the name of one, like {able[0]}.rec";
    }

    public static string? Listening(HostConfiguration configuration, IPEndPoint destination) => configuration.Feeds
        .OfType<FeedTransport.Udp>()
        .Where(feed => destination.Port == feed.Port && (feed.Group is null || feed.Group.Equals(destination.Address)))
        .OrderByDescending(feed => feed.Group is not null).FirstOrDefault()?.Feed;

    /// <summary>The feed that reads such a stream: from where it connects to, or from whoever connects to it.</summary>
    public static string? Connected(HostConfiguration configuration, IPEndPoint source, IPEndPoint destination)
    {
        return configuration.Feeds.FirstOrDefault(feed => feed switch
        {
            FeedTransport.TcpClient to => IsFrom(to.Host, to.Port),
            FeedTransport.TakClient to => IsFrom(to.Host, to.Port),
            FeedTransport.TcpServer at => at.Port == destination.Port,
            FeedTransport.TakServer at => at.Port == destination.Port,
            FeedTransport.SapientServer at => at.Port == destination.Port,
            _ => false,
        })?.Feed;

        bool IsFrom(string host, int port) =>
            port == source.Port && (!IPAddress.TryParse(host, out IPAddress? address) || address.Equals(source.Address));
    }

    static string? Speaking(WatchConfiguration watch, FeedSurvey found)
    {
        IGrouping<string, Sensor>? best = watch.Sensors.GroupBy(sensor => sensor.Feed, StringComparer.Ordinal).MaxBy(Known);
        return best is not null && Known(best) > 0 ? best.Key : null;

        int Known(IEnumerable<Sensor> sensors) =>
            sensors.Count(sensor => found.Sources.Any(source => source.Sac == sensor.Sac && source.Sic == sensor.Sic));
    }
}
