using CsCheck;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;

namespace Nadhir.Tests.Assessment;

public sealed class CrossingMonitorTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly StereographicPlane plane = new(new GeoPoint(33, 44));

    /// <summary>Home is a disc of 200 km; its line is known to 500 m.</summary>
    static readonly Border border = new()
    {
        Id = "B", Name = "border", UncertaintyMetres = 500, Home = new Area { Centre = new GeoPoint(33, 44), RadiusMetres = 200_000 },
    };

    [Fact]
    public void A_flight_in_and_out_gives_one_event_each_way_whose_interval_holds_the_true_time() =>
        Gen.Select(Gen.ULong, Gen.Double[0, 40]).Sample((seed, slant) =>
        {
            CrossingMonitor monitor = new(border, plane);
            Random noise = new((int)(seed % int.MaxValue));
            List<BorderCrossed> events = [];
            for (int t = 0; t < 1200; t += 4)
            {
                double along = t < 600 ? t : 1200 - t;
                if (Seen(monitor, 250_000 - (250 * along), along * slant, t, 150 * Gauss(noise)) is { } crossing) events.Add(crossing);
            }

            Assert.Equal([CrossingDirection.Inbound, CrossingDirection.Outbound], events.Select(e => e.Direction));
            Assert.All(events, e => Assert.True(e.Probability >= 0.99 && e.Earliest <= e.Time && e.Time <= e.Latest));
            double TrueTime(double u) => Math.Sqrt(Math.Pow(250_000 - (250 * u), 2) + Math.Pow(u * slant, 2)) - 200_000;
            double low = 0, high = 600;
            for (int i = 0; i < 60; i++) (low, high) = TrueTime((low + high) / 2) > 0 ? ((low + high) / 2, high) : (low, (low + high) / 2);
            Assert.InRange((events[0].Time - start).TotalSeconds, low - 4, low + 4);
            Assert.True(events[0].Earliest <= start.AddSeconds(low) && start.AddSeconds(low) <= events[0].Latest);
        }, iter: 200);

    [Fact]
    public void A_flight_along_the_line_crosses_nothing() =>
        Gen.ULong.Sample(seed =>
        {
            CrossingMonitor monitor = new(border, plane);
            Random noise = new((int)(seed % int.MaxValue));
            for (int t = 0; t < 2400; t += 4)
            {
                double angle = t * 200 / 201_500.0, radius = 201_500 + (200 * Gauss(noise));
                Assert.Null(Seen(monitor, radius * Math.Cos(angle), radius * Math.Sin(angle), t, 0));
            }
        }, iter: 100);

    [Fact]
    public void A_track_first_seen_inside_has_crossed_nothing()
    {
        CrossingMonitor monitor = new(border, plane);
        for (int t = 0; t < 100; t += 4) Assert.Null(Seen(monitor, 100_000, 0, t, 0));
        Assert.True(monitor.IsInside(1));
        Assert.False(monitor.HasCrossed(1));
    }

    static BorderCrossed? Seen(CrossingMonitor monitor, double east, double north, int seconds, double noise)
    {
        double radius = Math.Sqrt((east * east) + (north * north));
        (east, north) = (east * (1 + (noise / radius)), north * (1 + (noise / radius)));
        GeoPoint place = plane.FromPlane(east, north);
        return monitor.Update(new Track
        {
            Id = 1,
            Status = TrackStatus.Confirmed,
            State = new PlaneState
            {
                Time = start.AddSeconds(seconds), East = east, North = north, VelocityEast = -250, VelocityNorth = 0,
                Covariance = new PlaneCovariance(150 * 150, 0, 0, 0, 150 * 150, 0, 0, 25, 0, 25),
            },
            Position = new GeoPosition(place.LatitudeDegrees, place.LongitudeDegrees, 6000),
            GroundSpeed = 250,
            CourseDegrees = 270,
            AccuracyMetres = 150,
            ExistenceProbability = 1,
            FirstSeen = start,
            LastSeen = start.AddSeconds(seconds),
        }, Identity.None);
    }

    static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
