using System.Collections.Immutable;
using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Trust;

/// <summary>What a ground station repeats (ADS-R) or says of its own (TIS-B) on the air where anyone may speak.</summary>
public sealed class RelayedReportTests
{
    const uint Address = 0x730123;
    const int Number = 0x4730123;
    static readonly Flight jet = RadarWorld.Straight(-100_000, 40_000, 230, 95, 9000);
    static readonly ImmutableArray<Sensor> sensors =
    [
        MixedWorld.Radar("R1", -20, 0), MixedWorld.Radar("R2", 60, 90), MixedWorld.Other("ADSB", SensorKind.Adsb),
    ];

    /// <summary>A jet, and what the ground tells of it each second, off by a rule.</summary>
    static (MixedWorld World, List<(double At, Track Track)> Seen) Fly(
        int seed, Relay relay, Func<double, (double East, double North)> off, bool isNamed = true, bool radars = true)
    {
        MixedWorld world = new(seed, sensors);
        if (radars) world.Fly(jet, Address);
        world.Every(1, 2, t =>
        {
            (double east, double north, double height) = jet(t)!.Value;
            (double e, double n) = off(t);
            return MixedWorld.Place(relay == Relay.Rebroadcast ? MeasurementKind.PositionReport : MeasurementKind.SystemTrack,
                2, t, east + e + (30 * world.Normal()), north + n + (30 * world.Normal())) with
            {
                Relay = relay, HeightMetres = height, ModeSAddress = isNamed ? Address : 0,
                SourceTrack = isNamed && relay == Relay.Rebroadcast ? -1 : Number, VelocityEast = 229, VelocityNorth = -20,
            };
        });
        List<(double, Track)> seen = [];
        world.Run(300, t => { foreach (Track track in world.Tracker.Tracks) seen.Add((t, track)); });
        return (world, seen);
    }

    public static TheoryData<Relay, bool> Relays => new()
    {
        { Relay.Rebroadcast, true }, { Relay.Rebroadcast, false }, { Relay.TrafficInformation, true }, { Relay.TrafficInformation, false },
    };

    [Theory]
    [MemberData(nameof(Relays))]
    public void True_words_are_never_doubted(Relay relay, bool isNamed)
    {
        (MixedWorld world, List<(double At, Track Track)> seen) = Fly(201, relay, _ => (0, 0), isNamed);
        Assert.Single(world.Heard.Confirmed);
        Assert.DoesNotContain(seen, s => s.Track.IsContradicted);
        Assert.Equal(0, world.Tracker.DoubtedReports[2] + world.Tracker.RefutedReports[2]);
    }

    [Theory]
    [MemberData(nameof(Relays))]
    public void A_place_that_leaps_away_is_refuted_by_radar(Relay relay, bool isNamed)
    {
        (MixedWorld world, List<(double At, Track Track)> seen) = Fly(202, relay, t => t < 150 ? (0, 0) : (0, 12_000), isNamed);
        Assert.DoesNotContain(seen, s => s.At < 150 && s.Track.IsContradicted);
        Assert.True(world.Tracker.RefutedReports[2] > 50);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.Equal(1, track.Id);
        Assert.Equal(ReportTrust.Refuted, track.ReportDoubt?.Trust);
        Assert.StartsWith(relay == Relay.Rebroadcast ? "self-reported position" : "position told by TIS-B",
            track.ReportDoubt!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Relays))]
    public void Places_without_a_motion_between_them_start_no_track(Relay relay, bool isNamed)
    {
        Random random = new(5);
        (MixedWorld world, _) = Fly(203, relay, _ => (random.Next(-150_000, 150_000), random.Next(-150_000, 150_000)), isNamed, radars: false);
        Assert.Empty(world.Heard.Confirmed);
        Assert.True(world.Tracker.DoubtedReports[2] > 200);
    }

    [Fact]
    public void An_aircraft_that_reports_itself_elsewhere_on_the_other_link_is_in_two_places()
    {
        MixedWorld world = new(204, [sensors[2], MixedWorld.Other("ADSB2", SensorKind.Adsb)]);
        world.Report(0, jet, Address);
        world.Every(1, 1, t =>
        {
            (double east, double north, double height) = jet(t)!.Value;
            return MixedWorld.Place(MeasurementKind.PositionReport, 1, t, east + 90_000, north + 60_000) with
            {
                Relay = Relay.Rebroadcast, ModeSAddress = Address, HeightMetres = height,
            };
        });
        world.Run(60);
        Assert.All(world.Tracker.Tracks, track => Assert.Contains("two places at once", track.ReportDoubt?.Reason));
        Assert.NotEmpty(world.Tracker.Tracks);
    }

    /// <summary>The ground's word is another's: where it differs, the aircraft has not contradicted itself.</summary>
    [Fact]
    public void A_ground_station_that_puts_an_aircraft_elsewhere_does_not_make_its_own_reports_doubted()
    {
        MixedWorld world = new(205, sensors);
        world.Fly(jet, Address);
        world.Report(2, jet, Address);
        world.Every(1, 2, t => MixedWorld.Place(MeasurementKind.SystemTrack, 2, t, 50_000 + (20 * t), -50_000) with
        {
            Relay = Relay.TrafficInformation, ModeSAddress = Address, SourceTrack = Number,
        });
        world.Run(200);
        Assert.Equal(0, world.Tracker.DoubtedReports[2]);
        Assert.Contains(world.Tracker.Tracks, track => track.Id == 1 && !track.IsContradicted);
    }

    /// <summary>A system on a line of its own is not what anyone may say on the air.</summary>
    [Fact]
    public void Another_systems_track_is_not_asked_for_its_motion()
    {
        (MixedWorld world, _) = Fly(206, Relay.Multilateration, t => t < 150 ? (0, 0) : (0, 12_000), radars: false);
        Assert.Equal(0, world.Tracker.DoubtedReports[2] + world.Tracker.RefutedReports[2]);
    }
}
