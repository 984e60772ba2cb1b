using Nadhir.Configuration;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// Which feed of a host's configuration a feed of a recording is: the one that listens where its datagrams were sent,
/// else the one whose sensors speak on it, else none: then its bytes are kept, counted and not understood.
/// </summary>
static class FeedMatch
{
    public static IReadOnlyList<RecordedArrival> Rename(
        HostConfiguration configuration, Survey survey, ICollection<string> notes)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (FeedSurvey found in survey.Feeds)
        {
            string? match = Listening(configuration, found.Feed) ?? Speaking(configuration.Watch, found);
            if (match is null) notes.Add($"{found.Feed}: no feed of the configuration listens there or knows its sources");
            names[found.Feed] = match ?? found.Feed;
        }

        return [.. survey.Arrivals.Select(arrival => arrival with { Feed = names[arrival.Feed] })];
    }

    static string? Listening(HostConfiguration configuration, string destination) => configuration.Feeds
        .OfType<FeedTransport.Udp>()
        .Where(feed => System.Net.IPEndPoint.TryParse(destination, out var sent) && sent.Port == feed.Port
            && (feed.Group is null || feed.Group.Equals(sent.Address)))
        .OrderByDescending(feed => feed.Group is not null).FirstOrDefault()?.Feed;

    static string? Speaking(WatchConfiguration watch, FeedSurvey found)
    {
        IGrouping<string, Sensor>? best = watch.Sensors.GroupBy(sensor => sensor.Feed, StringComparer.Ordinal).MaxBy(Known);
        return best is not null && Known(best) > 0 ? best.Key : null;

        int Known(IEnumerable<Sensor> sensors) =>
            sensors.Count(sensor => found.Sources.Any(source => source.Sac == sensor.Sac && source.Sic == sensor.Sic));
    }
}
