using Nadhir.Formats.ModeS.Feeds;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>A receiver near Baghdad on the feed "adsb", second of two sensors.</summary>
static class Receivers
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly System.Collections.Immutable.ImmutableArray<Sensor> Sensors =
    [
        new() { Id = "radar", Kind = SensorKind.Radar, Feed = "other", Position = new GeoPosition(33, 44, 0) },
        new() { Id = "adsb", Kind = SensorKind.Adsb, Feed = "adsb", Position = new GeoPosition(33.3, 44.4, 0) },
    ];

    public static BeastFeedDecoder Beast() => new("adsb", Sensors);
    public static AvrFeedDecoder Avr() => new("adsb", Sensors);
    public static SbsFeedDecoder Sbs() => new("adsb", Sensors);
    public static AircraftJsonFeedDecoder AircraftJson() => new("adsb", Sensors);
}
