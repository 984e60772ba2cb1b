using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;

namespace Nadhir.Tests.Runs;

/// <summary>A radar that follows an aircraft itself need not tell three times that it is there.</summary>
public sealed class VouchedTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(true, 1, false)] // the radar itself calls its track tentative
    [InlineData(false, 0, false)] // without a transponder nothing vouches for it
    public void A_radars_confirmed_track_of_a_transponder_is_confirmed_at_its_first_report(bool address, int tentative, bool confirmed)
    {
        Watch watch = Engine.Build(new WatchConfiguration
        {
            Name = "vouched", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
            Feeds = [new FeedConfiguration { Id = "radar", Format = "asterix" }],
            Sensors = [new Sensor { Id = "R", Kind = SensorKind.Radar, Feed = "radar", Sac = 7, Sic = 1, Position = new GeoPosition(33, 44, 0) }],
        }, start);
        var block = new AsterixWriter(48);
        block.BeginRecord();
        block.Set("010", ("SAC", 7), ("SIC", 1));
        block.Set("140", 43_201);
        block.Set("020", ("TYP", 5));
        block.Set("040", ("RHO", 60_000), ("THETA", 45));
        if (address) block.Set("220", 0xABCDEF);
        block.Set("161", ("TRN", 12));
        block.Set("170", ("CNF", tentative));
        List<Decision> decisions = [.. watch.Apply(new Entry(EntryKind.Received, start.AddSeconds(1), "radar", block.Finish().ToArray()))];
        Assert.DoesNotContain(decisions, decision => decision is FeedFaulted);
        decisions.AddRange(watch.Apply(new Entry(EntryKind.Tick, start.AddSeconds(6), "", default)));
        Assert.Equal(confirmed, decisions.Any(decision => decision is TrackConfirmed));
    }
}
