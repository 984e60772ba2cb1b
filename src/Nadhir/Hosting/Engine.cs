using Nadhir.Feeds;
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
        configuration, start, Decoder, Tracker(configuration));

    public static ITracker Tracker(WatchConfiguration configuration) => new MultiSensorTracker(
        new StereographicPlane(configuration.Origin), configuration.Sensors, new TrackerOptions { TracksSimulated = configuration.Exercise });

    public static IFeedDecoder Decoder(FeedConfiguration feed, WatchConfiguration configuration) =>
        (FeedFormats.Find(feed.Format)
            ?? throw new InvariantBrokenException($"no decoder for format {feed.Format}; the configuration check lets none through"))
        .Decoder(feed, configuration);
}
