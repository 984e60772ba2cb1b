using System.Collections.Immutable;
using Nadhir.Core.Tests.Tracking.Capabilities;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Trust;

public sealed class SpoofedReportTests
{
    const uint Address = 0x730123;
    static readonly Flight jet = RadarWorld.Straight(-100_000, 40_000, 230, 95, 9000);
    static readonly ImmutableArray<Sensor> sensors =
    [
        MixedWorld.Radar("R1", -20, 0), MixedWorld.Radar("R2", 60, 90), MixedWorld.Other("ADSB", SensorKind.Adsb),
    ];

    /// <summary>A jet whose reports are off by a rule; what was said of its track at each moment.</summary>
    static (MixedWorld World, List<(double At, Track Track)> Seen) Fly(
        int seed, Func<double, (double, double)> off, double seconds = 300, bool modeS = false)
    {
        MixedWorld world = new(seed, sensors) { ModeS = modeS };
        world.Fly(jet, Address);
        world.Report(2, jet, Address, off);
        List<(double, Track)> seen = [];
        world.Run(seconds, t => { foreach (Track track in world.Tracker.Tracks) seen.Add((t, track)); });
        return (world, seen);
    }

    static double Off(Track track)
    {
        double t = (track.State.Time - RadarWorld.Start).TotalSeconds;
        (double east, double north, double _) = jet(t)!.Value;
        return Math.Sqrt(Math.Pow(track.State.East - east, 2) + Math.Pow(track.State.North - north, 2));
    }

    [Theory]
    [InlineData(101, false)]
    [InlineData(102, true)]
    public void True_reports_are_never_doubted(int seed, bool modeS)
    {
        (MixedWorld world, List<(double At, Track Track)> seen) = Fly(seed, _ => (0, 0), modeS: modeS);
        Assert.Single(world.Heard.Confirmed);
        Assert.DoesNotContain(seen, s => s.Track.IsContradicted);
        Assert.Equal(0, world.Tracker.DoubtedReports[2] + world.Tracker.RefutedReports[2]);
    }

    [Theory]
    [InlineData(101, false)]
    [InlineData(102, false)]
    [InlineData(103, true)]
    public void Reports_that_leap_away_are_refuted_by_radar_and_the_track_stays_where_the_aircraft_is(int seed,
        bool modeS)
    {
        (MixedWorld world, List<(double At, Track Track)> seen) =
            Fly(seed, t => t < 150 ? (0, 0) : (0, 12_000), modeS: modeS);
        Assert.Single(world.Heard.Confirmed);
        Assert.Empty(world.Heard.Dropped);
        Assert.All(seen.Where(s => s.At > 60), s => Assert.InRange(Off(s.Track), 0, 1500));
        Assert.DoesNotContain(seen, s => s.At < 150 && s.Track.IsContradicted);
        Assert.All(seen.Where(s => s.At > 180), s => Assert.Equal(ReportTrust.Refuted, s.Track.ReportDoubt?.Trust));
        Assert.Contains("contradicted by R1 R2, 12 km apart", seen[^1].Track.ReportDoubt!.Reason);
        Assert.True(world.Tracker.RefutedReports[2] > 50);
    }

    [Theory]
    [InlineData(101, 10)]
    [InlineData(102, 25)]
    [InlineData(103, 60)]
    [InlineData(104, 25)]
    public void Reports_that_walk_away_are_doubted_and_the_track_comes_back_to_the_aircraft(int seed,
        double metresPerSecond)
    {
        (MixedWorld world, List<(double At, Track Track)> seen) =
            Fly(seed, t => (0, metresPerSecond * Math.Max(0, t - 150)));
        Assert.Equal(1, Assert.Single(world.Tracker.Tracks).Id);
        Assert.DoesNotContain(world.Heard.Dropped, track => track.Id == 1);
        Assert.DoesNotContain(seen, s => s.At < 150 && s.Track.IsContradicted);
        Assert.True(seen.First(s => s.Track.IsContradicted).At < 150 + (2000 / metresPerSecond));
        Assert.All(seen.Where(s => s.At > 270), s => Assert.InRange(Off(s.Track), 0, 1500));
        Assert.Equal(ReportTrust.Refuted, seen[^1].Track.ReportDoubt?.Trust);
    }

    [Fact]
    public void Reports_that_return_to_the_aircraft_are_believed_again()
    {
        (MixedWorld world, List<(double At, Track Track)> seen) =
            Fly(105, t => t is > 100 and < 140 ? (8000, 0) : (0, 0), 400);
        Assert.Single(world.Heard.Confirmed);
        Assert.Contains(seen, s => s.Track.IsContradicted);
        Assert.DoesNotContain(seen, s => s.At > 330 && s.Track.IsContradicted);
    }

    [Fact]
    public void An_address_reported_in_two_places_is_doubted_in_both_where_no_radar_looks()
    {
        MixedWorld world = new(106, [sensors[2], MixedWorld.Other("ADSB2", SensorKind.Adsb)]);
        world.Report(0, jet, Address);
        world.Report(1, jet, Address, _ => (90_000, 60_000));
        world.Run(60);
        Track track = Assert.Single(world.Tracker.Tracks);
        Assert.Equal(ReportTrust.Doubted, track.ReportDoubt?.Trust);
        Assert.Contains("two places at once", track.ReportDoubt!.Reason);
        Assert.Equal(track.ReportDoubt.Reason, track.ReportDoubt.Cause!.Words);
        Assert.Contains(track.ReportDoubt.Cause.Parts!.Value, part => part.Code == CauseCode.InTwoPlaces);
        Assert.InRange(Off(track), 0, 500);
    }

    [Fact]
    public void A_position_that_stands_still_while_it_tells_a_speed_is_doubted()
    {
        MixedWorld world = new(107, [sensors[2]]);
        world.Every(1, 0, t =>
        {
            (double east, double north, double height) = jet(Math.Min(t, 60))!.Value;
            return MixedWorld.Place(MeasurementKind.PositionReport, 0, t, east, north) with
            {
                ModeSAddress = Address, VelocityEast = 229, VelocityNorth = -20, HeightMetres = height,
            };
        });
        bool before = false;
        world.Run(90, t => before |= t < 60 && world.Tracker.Tracks.Any(track => track.IsContradicted));
        Assert.False(before);
        Assert.NotEmpty(world.Tracker.Tracks);
        Assert.All(world.Tracker.Tracks, track => Assert.Contains("stands still", track.ReportDoubt?.Reason));
    }

    [Theory]
    [InlineData(108)]
    [InlineData(109)]
    public void A_radar_that_is_out_of_line_refutes_nobody(int seed)
    {
        Sensor radar = MixedWorld.Radar("R1", 0, 0);
        MixedWorld world = new(seed, [radar, sensors[2]]);
        for (int k = 0; k < 12; k++)
        {
            double course = 30 * k;
            Flight path = RadarWorld.Straight(
                120_000 * Math.Sin(course * Math.PI / 180), 120_000 * Math.Cos(course * Math.PI / 180), 200,
                course + 90, 9000);
            uint address = (uint)(100 + k);
            world.Fly(t => path(t) is { } at ? Turned(at, 0.4) : null, address);
            world.Report(1, path, address);
        }

        world.ModeS = true;
        world.Run(240);
        Assert.Equal(0, world.Tracker.RefutedReports[1]);
    }

    static (double, double, double)? Turned((double East, double North, double Height) at, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return ((at.East * cos) + (at.North * sin), (at.North * cos) - (at.East * sin), at.Height);
    }

    [Fact]
    public void Reports_from_random_places_start_no_track()
    {
        MixedWorld world = new(109, [sensors[2]]);
        Random random = new(5);
        world.Every(1, 0, t => MixedWorld.Place(MeasurementKind.PositionReport, 0, t,
            random.Next(-150_000, 150_000), random.Next(-150_000, 150_000)) with { ModeSAddress = Address });
        world.Run(120);
        Assert.Empty(world.Heard.Confirmed);
        Assert.True(world.Tracker.DoubtedReports[0] > 110);
    }

    [Fact]
    public void More_identities_than_are_remembered_cost_only_the_longest_silent()
    {
        MixedWorld world = new(110, [sensors[2]]);
        for (int k = 0; k < ReportGuard.MostIdentities + 500; k++)
            world.Process(0, k * 0.01,
                MixedWorld.Place(MeasurementKind.PositionReport, 0, k * 0.01, 0, 0) with { ModeSAddress = (uint)(k + 1) });
        world.Process(0, 50,
            MixedWorld.Place(MeasurementKind.PositionReport, 0, 50, 150_000, 0) with { ModeSAddress = 1 });
        Assert.Equal(0, world.Tracker.DoubtedReports[0]);
        world.Process(0, 50,
            MixedWorld.Place(MeasurementKind.PositionReport, 0, 50, 150_000, 0) with { ModeSAddress = 4500 });
        Assert.Equal(1, world.Tracker.DoubtedReports[0]);
    }

    [Fact]
    public void The_same_reports_are_doubted_in_the_same_way_every_time()
    {
        string Once() => string.Join('\n', Fly(104, t => (0, 25 * Math.Max(0, t - 150)), 250).Seen.Select(s =>
            $"{s.Track.Id} {s.Track.State.East:R} {s.Track.State.North:R} {s.Track.ReportDoubt?.Trust} {s.Track.ReportDoubt?.Reason}"));
        Assert.Equal(Once(), Once());
    }
}
