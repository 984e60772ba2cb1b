using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Hosting;

/// <summary>
/// Builds the watch of a configuration. The one place where the engine, the tracker and the formats meet, so that a live
/// system, a replay and a recomputation are the same thing.
/// </summary>
static class Engine
{
    public static Watch Build(WatchConfiguration configuration, DateTimeOffset start) => new(
        configuration, start, Decoder,
        new MultiSensorTracker(new StereographicPlane(configuration.Origin), configuration.Sensors,
            new TrackerOptions { TracksSimulated = configuration.Exercise }));

    public static IFeedDecoder Decoder(FeedConfiguration feed, WatchConfiguration configuration) => feed.Format switch
    {
        "asterix" => new AsterixFeedDecoder(feed.Id, configuration.Sensors, new AsterixFeedOptions
        {
            Editions = [.. feed.Editions.Select(Spoken)],
            TrailingBytes = feed.TrailingBytes,
        }),
        _ => throw new InvariantBrokenException($"no decoder for format {feed.Format}; the configuration check lets none through"),
    };

    static SpokenEdition Spoken(KeyValuePair<string, string> edition) =>
        new(int.Parse(edition.Key, CultureInfo.InvariantCulture), edition.Value);
}
