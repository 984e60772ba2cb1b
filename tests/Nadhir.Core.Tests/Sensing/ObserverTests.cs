using System.Collections.Immutable;
using Nadhir.Core.Tests.Desks;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Engine;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Sensing;

/// <summary>What people report, as measurements.</summary>
public sealed class ObserverTests
{
    static readonly DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly GeoPoint place = new(33.1, 44.2);
    static readonly Sensor observers = new()
    {
        Id = "people", Kind = SensorKind.Observer, Feed = "", Position = new GeoPosition(33, 44, 0),
            RangeMetres = 100_000,
    };

    static readonly ReportObservation drone = new("loud")
    {
        By = "post 7", What = ObservedKind.Drone, Position = place, DirectionDegrees = 45, SecondsAgo = 4,
    };

    static ObserverDesk Desk() => new([observers]);

    [Fact]
    public void What_a_person_took_it_for_goes_with_the_measurement()
    {
        Assert.Equal(new ObjectReport(ObjectClass.Uav), Desk().Measure(drone, now)!.Value.ReportedAs);
        Assert.Equal(default, Desk().Measure(drone with { What = ObservedKind.Unknown }, now)!.Value.ReportedAs);
    }

    [Fact]
    public void A_direction_without_a_distance_is_a_bearing_from_where_the_person_stands()
    {
        Measurement seen = Desk().Measure(drone, now)!.Value;
        Assert.Equal((MeasurementKind.Bearing, 0, now.AddSeconds(-4)), (seen.Kind, seen.Sensor, seen.Time));
        Assert.Equal(place, new GeoPoint(seen.LatitudeDegrees, seen.LongitudeDegrees));
        Assert.Equal(45, seen.AzimuthRadians * Angles.RadiansToDegrees, 9);
        Assert.Equal(11.25, seen.SigmaAzimuthRadians * Angles.RadiansToDegrees, 9);
    }

    [Theory]
    [InlineData(ObservedDistance.Near, 600, 400)]
    [InlineData(ObservedDistance.Middle, 3000, 1500)]
    [InlineData(ObservedDistance.Far, 9000, 4000)]
    public void With_a_distance_it_is_a_sighting_that_far_out_and_that_uncertain(ObservedDistance distance,
        double metres, double sigma)
    {
        Measurement seen = Desk().Measure(drone with { Distance = distance }, now)!.Value;
        Assert.Equal(MeasurementKind.Sighting, seen.Kind);
        (double away, double azimuth) = Geodesic.Inverse(place, new(seen.LatitudeDegrees, seen.LongitudeDegrees));
        Assert.Equal(metres, away, 0.1);
        Assert.Equal(45, azimuth, 0.01);
        Assert.Equal(sigma, seen.SigmaHorizontalMetres);
    }

    [Fact]
    public void Overhead_is_where_the_person_is()
    {
        Measurement seen = Desk().Measure(drone with { Distance = ObservedDistance.Overhead, DirectionDegrees = null,
            PositionSigmaMetres = 1200 }, now)!.Value;
        Assert.Equal(place, new GeoPoint(seen.LatitudeDegrees, seen.LongitudeDegrees));
        Assert.Equal(1300, seen.SigmaHorizontalMetres, 9);
    }

    [Fact]
    public void What_cannot_be_placed_in_the_sky_now_is_no_measurement()
    {
        Assert.Null(Desk().Measure(drone with { DirectionDegrees = null }, now));
        Assert.Null(Desk().Measure(drone with { Position = null }, now));
        Assert.Null(Desk().Measure(drone with { What = ObservedKind.Explosion }, now));
        Assert.Null(Desk().Measure(drone with { SecondsAgo = 61 }, now));
        Assert.Null(Desk().Measure(drone with { SecondsAgo = null, SeenAt = now.AddMinutes(-5) }, now));
        Assert.Null(new ObserverDesk([]).Measure(drone, now));
    }

    [Fact]
    public void A_phone_whose_clock_is_wrong_is_believed_how_long_ago_it_was() =>
        Assert.Equal(now.AddSeconds(-4), Desk().Measure(drone with { SeenAt = now.AddDays(300) }, now)!.Value.Time);

    [Fact]
    public void A_report_that_comes_again_is_taken_once_and_ids_are_held_to_the_limit()
    {
        ObserverDesk desk = Desk();
        Assert.False(desk.IsRepeated("a"));
        Assert.True(desk.IsRepeated("a"));
        for (int i = 0; i < ObserverDesk.MostIds; i++) Assert.False(desk.IsRepeated($"{i}"));
        Assert.False(desk.IsRepeated("a")); // forgotten for the others
        Assert.True(desk.IsRepeated($"{ObserverDesk.MostIds - 1}"));
        Assert.False(desk.IsRepeated(null));
        Assert.False(desk.IsRepeated(null));
    }

    [Fact]
    public void The_watch_notes_a_report_once_however_often_it_comes()
    {
        WatchBench bench = new();
        ReportObservation report = drone with { Report = "r-1" };
        Assert.Equal(new Recorded("observation", "post 7"), Assert.Single(bench.Give(report)));
        Assert.Equal(new Recorded("observation.again", "r-1"), Assert.Single(bench.Give(report)));
        LogRow row = Assert.Single(bench.Watch.Snapshot().Log);
        Assert.Contains("Drone, direction 45°", row.Text, StringComparison.Ordinal);
        Assert.EndsWith("loud", row.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400.0, null, null)]
    [InlineData(-1.0, null, null)]
    [InlineData(null, 0, null)]
    [InlineData(null, null, -5.0)]
    public void Values_that_nobody_can_mean_are_refused(double? direction, int? count, double? ago) =>
        Assert.IsType<CommandRefused>(Assert.Single(new WatchBench().Give(
            drone with { DirectionDegrees = direction, Count = count, SecondsAgo = ago })));

    [Fact]
    public void The_tracker_takes_a_bearing_from_the_place_it_tells()
    {
        StereographicPlane plane = new(new GeoPoint(33, 44));
        SensorGeometry geometry = new(observers, plane, new TrackerOptions());
        Assert.True(geometry.TryObserve(Desk().Measure(drone, now)!.Value, 0, out Observation told));
        (double x, double y) = plane.ToPlane(place);
        Assert.Equal((x, y), (told.X, told.Y));
        GeoPoint there = Geodesic.Direct(place, 45, 10_000);
        (double toX, double toY) = plane.ToPlane(there);
        Assert.Equal(Math.Atan2(toX - x, toY - y), told.Azimuth, 1e-4);
    }

    [Fact]
    public void People_are_dealt_out_to_the_sensors_and_stay_where_they_are()
    {
        ObserverDesk desk = new([observers, observers with { Id = "people-2" }]);
        int[] sensors = [.. new[] { "a", "b", "a", "c", "b" }.Select(by =>
            desk.Measure(drone with { By = by }, now)!.Value.Sensor)];
        Assert.Equal([0, 1, 0, 0, 1], sensors);
    }

    [Fact]
    public void Reports_of_two_people_become_a_track_and_those_of_one_do_not()
    {
        Assert.Equal(0, TracksAfter("post 7", "post 7"));
        Assert.Equal(1, TracksAfter("post 7", "post 9"));
    }

    [Fact]
    public void Bearings_of_people_narrow_down_a_track_that_others_hold()
    {
        double with = EastSigmaAfter(bearings: 6), without = EastSigmaAfter(bearings: 0);
        Assert.True(with < 0.8 * without, $"{with:0} m with people, {without:0} m without");
    }

    static int TracksAfter(string first, string second)
    {
        WatchConfiguration configuration = new()
        {
            Name = "people", Exercise = true, Sender = "test", Origin = new GeoPoint(33, 44),
            Sensors = [observers with { RangeMetres = 30_000 },
                observers with { Id = "people-2", RangeMetres = 30_000 }],
        };
        MultiSensorTracker tracker =
            new(new StereographicPlane(configuration.Origin), configuration.Sensors, new TrackerOptions());
        Watch watch = new(configuration, now, (_, _) =>
            throw new InvariantBrokenException("there is no feed"), tracker);
        for (int i = 0; i < 12; i++)
        {
            ReportObservation report =
                drone with { By = i % 2 == 0 ? first : second, Distance = ObservedDistance.Near, SecondsAgo = 1 };
            watch.Apply(new(Nadhir.Journal.EntryKind.Command, now.AddSeconds(5 * i), "console",
                WatchJson.Encode(report)));
        }

        return tracker.Tracks.Count;
    }

    /// <summary>
    /// Vague reports of a hovering drone first; then people 1.5 km to the south of it say: due north.
    /// </summary>
    static double EastSigmaAfter(int bearings)
    {
        GeoPoint hover = new(33.1, 44.1), person = Geodesic.Direct(hover, 180, 1500);
        Sensor receiver = observers with { Id = "receiver", Kind = SensorKind.RemoteId, RangeMetres = 100_000 };
        Sensor people = observers with { FalsePlotsPerScan = 0.1 };
        MultiSensorTracker tracker =
            new(new StereographicPlane(new GeoPoint(33, 44)), [receiver, people], new TrackerOptions());
        DeafSink sink = new();
        Measurement seen = new()
        {
            Kind = MeasurementKind.PositionReport, Sensor = 0, Time = now, SourceTrack = 5,
                LatitudeDegrees = hover.LatitudeDegrees,
            LongitudeDegrees = hover.LongitudeDegrees, SigmaHorizontalMetres = 200, VelocityEast = 0,
                VelocityNorth = 0, HeightMetres = 100,
        };
        for (int i = 0; i < 12; i++) Process(seen with { Time = now.AddSeconds(2 * i) });
        for (int i = 0; i < bearings; i++)
        {
            Process(new()
            {
                Kind = MeasurementKind.Bearing, Sensor = 1, Time = now.AddSeconds(23 + i),
                    LatitudeDegrees = person.LatitudeDegrees,
                LongitudeDegrees = person.LongitudeDegrees, AzimuthRadians = 0, SigmaAzimuthRadians = 0.09,
            });
        }

        tracker.Advance(now.AddSeconds(30), sink);
        return Math.Sqrt(Assert.Single(tracker.Tracks).State.Covariance.EastEast);

        void Process(Measurement one) =>
            tracker.Process(new Scan { Sensor = one.Sensor, Time = one.Time, WidthRadians = 0, Measurements = [one] },
                sink);
    }

    sealed class DeafSink : ITrackSink
    {
        public void OnConfirmed(in Track track)
        {
        }

        public void OnUpdated(in Track track)
        {
        }

        public void OnDropped(in Track track)
        {
        }
    }
}
