using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

public sealed class IdentityAndReportsTests
{
    static readonly ImmutableArray<Sensor> Sensors =
    [
        RadarWorld.Radars(1)[0],
        new() { Id = "ADSB", Kind = SensorKind.Adsb, Feed = "test", Position = new(33, 44, 0), SigmaPositionMetres = 30, DetectionProbability = 0.95 },
        new() { Id = "SYS", Kind = SensorKind.System, Feed = "test", Position = new(33, 44, 0), SigmaPositionMetres = 150 },
        new() { Id = "OBS", Kind = SensorKind.Observer, Feed = "test", Position = new(33, 44, 0), SigmaPositionMetres = 2000 },
    ];

    readonly MultiSensorTracker tracker = new(RadarWorld.Plane, Sensors, new());
    readonly Recorder heard = new();

    static Measurement Report(MeasurementKind kind, int sensor, double t, double east, double north) => At(kind, sensor, t,
        RadarWorld.Plane.FromPlane(east, north));

    static Measurement At(MeasurementKind kind, int sensor, double t, GeoPoint point) => new()
    {
        Kind = kind,
        Sensor = sensor,
        Time = RadarWorld.Start.AddSeconds(t),
        LatitudeDegrees = point.LatitudeDegrees,
        LongitudeDegrees = point.LongitudeDegrees,
        HeightMetres = 9000,
    };

    void Process(int sensor, double t, params Measurement[] seen) => tracker.Process(new()
    {
        Sensor = sensor, Time = RadarWorld.Start.AddSeconds(t), WidthRadians = 0, Measurements = seen,
    }, heard);

    [Fact]
    public void Position_reports_of_one_aircraft_in_one_batch_make_one_track()
    {
        for (int t = 0; t < 30; t += 2)
        {
            Measurement first = Report(MeasurementKind.PositionReport, 1, t, 200 * t, 0) with
            {
                ModeSAddress = 0x730123, Callsign = Callsign.From("TEST12"), VelocityEast = 200, VelocityNorth = 0,
            };
            Measurement second = Report(MeasurementKind.PositionReport, 1, t + 1, 200 * (t + 1), 0) with
            {
                ModeSAddress = 0x730123, VelocityEast = 200, VelocityNorth = 0,
            };
            Process(1, t + 1, first, second);
        }

        Track track = Assert.Single(tracker.Tracks);
        Assert.Single(heard.Confirmed);
        Assert.Equal((0x730123u, "TEST12"), (track.ModeSAddress, track.Callsign.ToString()));
        Assert.InRange(track.GroundSpeed, 195, 205);
        Assert.InRange(track.CourseDegrees, 88, 92);
        Assert.Equal([1], track.Sensors);
    }

    [Fact]
    public void Two_aircraft_close_together_are_told_apart_by_their_addresses()
    {
        for (int t = 0; t < 60; t++)
        {
            double gap = 30 * Math.Abs(t - 30); // they come together and part on the same line
            Process(1, t,
                Report(MeasurementKind.PositionReport, 1, t, 200 * t, gap) with { ModeSAddress = 1 },
                Report(MeasurementKind.PositionReport, 1, t, 200 * t, -gap) with { ModeSAddress = 2 });
        }

        Assert.Equal(2, heard.Confirmed.Count);
        Assert.Empty(heard.Dropped);
        Assert.True(tracker.Tracks.Single(track => track.ModeSAddress == 1).State.North > 0);
        Assert.True(tracker.Tracks.Single(track => track.ModeSAddress == 2).State.North < 0);
    }

    [Fact]
    public void A_system_track_that_its_source_ends_is_dropped_at_once()
    {
        for (int t = 0; t < 40; t += 4)
            Process(2, t, Report(MeasurementKind.SystemTrack, 2, t, 100 * t, 5000) with { SourceTrack = 77 });
        Assert.Single(tracker.Tracks);
        Process(2, 41, Report(MeasurementKind.SystemTrack, 2, 41, 4100, 5000) with { SourceTrack = 77, Ended = true });
        Assert.Empty(tracker.Tracks);
        Assert.Single(heard.Dropped);
    }

    [Fact]
    public void A_system_track_that_jumps_further_than_any_motion_explains_keeps_its_number()
    {
        for (int t = 0; t < 120; t += 5)
            Process(2, t, Report(MeasurementKind.SystemTrack, 2, t, 200 * t, t < 60 ? 5000 : 6500) with
            {
                SourceTrack = 77, VelocityEast = 200, VelocityNorth = 0,
            });
        Track track = Assert.Single(tracker.Tracks);
        Assert.Equal(heard.Confirmed.Single().Id, track.Id);
        Assert.InRange(track.State.North, 6200, 6800);
    }

    [Fact]
    public void A_track_that_nobody_sees_ends_after_its_limit()
    {
        for (int t = 0; t < 40; t += 4)
            Process(2, t, Report(MeasurementKind.SystemTrack, 2, t, 200 * t, 5000) with { SourceTrack = 5 });
        tracker.Advance(RadarWorld.Start.AddSeconds(80), heard);
        Assert.Equal(TrackStatus.Coasting, Assert.Single(tracker.Tracks).Status);
        tracker.Advance(RadarWorld.Start.AddSeconds(97), heard);
        Assert.Empty(tracker.Tracks);
        Assert.Equal(1, Assert.Single(heard.Dropped).Id);
    }

    [Fact]
    public void Measurements_out_of_order_are_used_or_counted_and_never_throw()
    {
        for (int t = 0; t < 60; t += 2)
        {
            double late = t % 6 == 0 ? t - 4 : t;
            Process(2, t, Report(MeasurementKind.SystemTrack, 2, late, 200 * late, 5000) with { SourceTrack = 5 });
        }

        Assert.Single(heard.Confirmed);
        Process(2, 20, Report(MeasurementKind.SystemTrack, 2, 20, 4000, 5000) with { SourceTrack = 5 });
        Assert.Equal(1, tracker.LateCount);
    }

    [Fact]
    public void Bad_measurements_are_counted_and_change_nothing()
    {
        Measurement good = Report(MeasurementKind.PositionReport, 1, 0, 0, 0);
        Process(1, 0,
            good with { LatitudeDegrees = double.NaN },
            good with { LatitudeDegrees = 95 },
            good with { Kind = MeasurementKind.Plot },
            good with { Kind = MeasurementKind.Plot, RangeMetres = -5, AzimuthRadians = 1 },
            good with { Kind = MeasurementKind.Bearing, AzimuthRadians = double.PositiveInfinity });
        Process(99, 0, good);
        Process(1, 0, good with { Simulated = true });
        Assert.Equal(6, tracker.UnusableCount);
        Assert.Equal(1, tracker.SimulatedCount);
        Assert.Equal(0, tracker.TentativeCount);
    }

    [Fact]
    public void Conspicuity_codes_carry_little_weight_and_discrete_codes_much()
    {
        Assert.False(TagMatch.IsDiscrete(Convert.ToInt16("2000", 8)));
        Assert.False(TagMatch.IsDiscrete(Convert.ToInt16("7000", 8)));
        Assert.True(TagMatch.IsDiscrete(Convert.ToInt16("4301", 8)));
        Tag known = Tag.None with { Mode3A = Convert.ToInt16("4301", 8) };
        Assert.True(TagMatch.Factor(known, known, unanswered: 0.03) > 50);
        Assert.True(TagMatch.Factor(known, Tag.None with { Mode3A = Convert.ToInt16("4302", 8) }, unanswered: 0.03) < 0.1);
        Assert.Equal(0.03, TagMatch.Factor(known, Tag.None, unanswered: 0.03));
    }

    [Fact]
    public void A_full_table_sheds_the_least_probable_and_counts_them()
    {
        MultiSensorTracker small = new(RadarWorld.Plane, Sensors, new() { Capacity = 10 });
        Measurement[] many =
        [
            .. Enumerable.Range(0, 40).Select(k =>
                Report(MeasurementKind.PositionReport, 1, 0, 3000 * k, 0) with { ModeSAddress = (uint)(k + 1) }),
        ];
        small.Process(new()
        {
            Sensor = 1, Time = RadarWorld.Start, WidthRadians = 0, Measurements = many,
        }, heard);
        Assert.Equal(10, small.TentativeCount);
        Assert.Equal(30, small.ShedCount);
    }

    [Fact]
    public void A_sighting_alone_needs_more_of_its_kind_to_be_confirmed()
    {
        Process(3, 0, Report(MeasurementKind.Sighting, 3, 0, 0, 0));
        Assert.Empty(heard.Confirmed);
        Assert.Equal(1, tracker.TentativeCount);
    }
}
