using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// Which tracks rest on more than one source's word. A source that anyone could imitate raises no Warning alone: a second
/// source on another feed must have seen the object too, or the configuration vouches for the feed
/// (<see cref="FeedConfiguration.Authenticated"/>) or lets the sensor warn alone (<see cref="Sensor.WarnsAlone"/>).
/// Receivers of what anyone may send on the open air (ADS-B, ADS-R and TIS-B; Remote ID) are one source, however many
/// they are: one transmitter can speak to all of them. A track that was corroborated once stays so while it lives.
/// </summary>
sealed class Corroboration(WatchConfiguration configuration)
{
    /// <summary>Per sensor: whether its word is enough, and the source that it shares with others.</summary>
    readonly ImmutableArray<(bool Enough, string Source)> sources =
    [
        .. configuration.Sensors.Select(sensor => (
            sensor.WarnsAlone || configuration.Feeds.Any(feed => feed.Id == sensor.Feed && feed.Authenticated),
            sensor.Kind is SensorKind.Adsb or SensorKind.RemoteId ? $"\0{sensor.Kind}" : sensor.Feed)),
    ];

    readonly HashSet<int> corroborated = [];

    /// <summary>Whether a Warning may rest on this track.</summary>
    public bool Holds(Track track)
    {
        if (corroborated.Contains(track.Id)) return true;
        string? first = null;
        foreach (int sensor in track.Sensors)
        {
            (bool enough, string source) = sources[sensor];
            if (!enough && (first is null || first == source))
            {
                first = source;
                continue;
            }

            corroborated.Add(track.Id);
            return true;
        }

        return false;
    }

    public void Forget(int track) => corroborated.Remove(track);
}
