using Nadhir.Formats.RemoteId;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;

namespace Nadhir.Tests.Feeds;

/// <summary>From the bytes of a drone to a track with its name.</summary>
public sealed class RemoteIdChainTests
{
    static readonly DateTimeOffset start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly GeoPoint receiver = new(33.3, 44.4);

    [Theory]
    [InlineData(3, 120.0)]
    [InlineData(3, null)]
    [InlineData(10, null)]
    [InlineData(30, null)]
    public void A_drone_that_says_who_it_is_becomes_one_track_that_says_so(double rangeKilometres, double? height)
    {
        Watch watch = (Watch)Engine.Build(new()
        {
            Name = "rid", Exercise = true, Sender = "test", Origin = receiver,
            Feeds = [new FeedConfiguration { Id = "rid", Format = "remote-id" }],
            Sensors =
            [
                new Sensor
                {
                    Id = "RID-1", Kind = SensorKind.RemoteId, Feed = "rid",
                        Position = new(receiver.LatitudeDegrees, receiver.LongitudeDegrees, 40),
                    RangeMetres = 1000 * rangeKilometres, Period = TimeSpan.FromSeconds(1),
                },
            ],
        }, start);
        for (int second = 0; second < 30; second++)
        {
            DateTimeOffset now = start.AddSeconds(second);
            GeoPoint at = Geodesic.Direct(receiver, 90, 200 + (15 * second));
            watch.Apply(new Entry(EntryKind.Received, now.AddSeconds(0.4), "rid", Pack(at, now, height)));
            watch.Apply(new Entry(EntryKind.Tick, now.AddSeconds(0.5), "", default));
        }

        TrackRow row = Assert.Single(watch.Snapshot().Tracks);
        Assert.Equal("8K00SERI", row.Track.Callsign.ToString());
        Assert.Equal(15, row.Track.GroundSpeed, 1.0);
        Assert.InRange(row.Track.AccuracyMetres, 1, 30);
        Assert.Equal(SensorState.Working, Assert.Single(watch.Snapshot().Sensors).State);
        Assert.Empty(Assert.Single(watch.Snapshot().Feeds).Faults);
    }

    static byte[] Pack(GeoPoint at, DateTimeOffset time, double? height)
    {
        byte[] messages = new byte[2 * RemoteIdMessage.Length],
            pack = new byte[messages.Length + RemoteIdMessage.PackHeader];
        new RemoteIdBasicId(RemoteIdIdType.SerialNumber, 2, ShortText.From("1581F45T7228K00SERI")).Write(messages);
        new RemoteIdLocation
        {
            Status = RemoteIdStatus.Airborne, LatitudeDegrees = at.LatitudeDegrees,
                LongitudeDegrees = at.LongitudeDegrees,
            GeodeticAltitudeMetres = height ?? double.NaN, SpeedMetresPerSecond = 15, TrackDegrees = 90, ClimbMetresPerSecond = 0,
                HorizontalAccuracy = 10,
            SecondsOfHour = (time - new DateTimeOffset(time.Year, time.Month, time.Day, time.Hour, 0, 0,
                TimeSpan.Zero)).TotalSeconds,
        }.Write(messages.AsSpan(RemoteIdMessage.Length));
        RemoteIdMessage.WritePack(messages, pack);
        return pack;
    }
}
