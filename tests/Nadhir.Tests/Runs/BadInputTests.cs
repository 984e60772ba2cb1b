using System.Collections.Immutable;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;

namespace Nadhir.Tests.Runs;

/// <summary>Bytes nobody should send: each is counted and kept, and its good neighbours are not lost.</summary>
public sealed class BadInputTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_truncated_datagram_is_counted_and_the_next_one_is_used()
    {
        Watch watch = Build();
        byte[] whole = Plots(1);
        Assert.Contains(Receive(watch, whole[..^3]), decision => decision is FeedFaulted);
        Assert.DoesNotContain(Receive(watch, whole), decision => decision is FeedFaulted);
        Assert.Equal(1, watch.Snapshot().Sensors[0].Plots);
    }

    [Fact]
    public void An_unknown_category_between_two_blocks_loses_neither()
    {
        Watch watch = Build();
        byte[] stranger = [250, 0, 6, 1, 2, 3];
        IReadOnlyList<Decision> decisions = Receive(watch, [.. Plots(1), .. stranger, .. Plots(1)]);
        FeedFaulted fault = Assert.Single(decisions.OfType<FeedFaulted>());
        Assert.Equal(nameof(DecodeFault.UnknownCategory), fault.Fault);
        Assert.Equal(2, watch.Snapshot().Sensors[0].Plots);
    }

    [Fact]
    public void A_radar_that_is_not_configured_is_named_by_its_codes()
    {
        Watch watch = Build();
        FeedFaulted fault = Assert.Single(Receive(watch, Plots(99)).OfType<FeedFaulted>());
        Assert.Equal(nameof(DecodeFault.UnknownSensor), fault.Fault);
        Assert.Contains("7/99", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_on_a_feed_nobody_configured_are_counted_under_its_name()
    {
        Watch watch = Build();
        watch.Apply(new Entry(EntryKind.Received, start, "stranger", new byte[] { 1, 2, 3 }));
        FeedRow row = Assert.Single(watch.Snapshot().Feeds, feed => feed.Id == "stranger");
        Assert.Equal(3, row.Bytes);
        Assert.NotEmpty(row.Faults);
    }

    static IReadOnlyList<Decision> Receive(Watch watch, byte[] bytes) =>
        [.. watch.Apply(new Entry(EntryKind.Received, start.AddSeconds(1), "radar", bytes))];

    static byte[] Plots(int sic)
    {
        var writer = new PlotBlockWriter();
        writer.Add(new PlotFields
        {
            Sac = 7, Sic = sic, TimeOfDaySeconds = 43_200, RangeMetres = 50_000, AzimuthRadians = 1, Mode3A = -1,
            FlightLevelMetres = double.NaN, Primary = true,
        });
        return writer.Finish();
    }

    static Watch Build() => Engine.Build(new WatchConfiguration
    {
        Name = "bad input", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
        Feeds = [new FeedConfiguration { Id = "radar", Format = "asterix" }],
        Sensors = ImmutableArray.Create(new Sensor
        {
            Id = "R", Kind = SensorKind.Radar, Feed = "radar", Sac = 7, Sic = 1, Position = new GeoPosition(33, 44, 0),
        }),
    }, start);
}
