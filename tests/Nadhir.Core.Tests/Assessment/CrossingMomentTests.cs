using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;

namespace Nadhir.Tests.Assessment;

public class CrossingMomentTests
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly StereographicPlane plane = new(new(50, 20));

    /// <summary>Home lies north of the plane's east axis.</summary>
    static CrossingMonitor Monitor() => new(new Border
    {
        Id = "B",
        Name = "Border",
        UncertaintyMetres = 500,
        Home = new Area { Rings = [[plane.FromPlane(-300_000, 0), plane.FromPlane(300_000, 0), plane.FromPlane(300_000, 200_000), plane.FromPlane(-300_000, 200_000)]] },
    }, plane);

    static BorderCrossed? At(CrossingMonitor monitor, double seconds, double east, double north, double ve, double vn, double sigma) =>
        monitor.Update(new Track
        {
            Id = 1,
            Status = TrackStatus.Confirmed,
            State = new PlaneState
            {
                Time = start.AddSeconds(seconds), East = east, North = north, VelocityEast = ve, VelocityNorth = vn,
                Covariance = new(sigma * sigma, 0, 0, 0, sigma * sigma, 0, 0, 4, 0, 4),
            },
            Position = new(50, 20, 1000),
            GroundSpeed = 50,
            CourseDegrees = 0,
            AccuracyMetres = sigma,
            ExistenceProbability = 1,
            FirstSeen = start,
            LastSeen = start.AddSeconds(seconds),
        }, Identity.None);

    static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    [Fact]
    public void In_and_out_again_are_one_event_each_and_a_flight_first_seen_inside_did_not_come_in()
    {
        CrossingMonitor monitor = Monitor();
        List<CrossingDirection> seen = [];
        for (int t = 0; t < 1200; t += 4)
            if (At(monitor, t, 0, t < 600 ? -15_000 + (50 * t) : 15_000 - (50 * (t - 600)), 0, t < 600 ? 50 : -50, 100) is { } crossing)
            {
                Assert.InRange(crossing.Probability, CrossingMonitor.Certainty, 1);
                seen.Add(crossing.Direction);
            }

        Assert.Equal([CrossingDirection.Inbound, CrossingDirection.Outbound], seen);
        CrossingMonitor inside = Monitor();
        for (int t = 0; t < 400; t += 4) Assert.Null(At(inside, t, 0, 5_000 + (50 * t), 0, 50, 100));
        Assert.False(inside.HasCrossed(1));
    }

    [Fact]
    public void A_flight_along_the_line_crosses_nothing_in_forty_minutes()
    {
        Random random = new(3);
        for (int run = 0; run < 20; run++)
        {
            CrossingMonitor monitor = Monitor();
            for (int t = 0; t < 2400; t += 4)
                Assert.Null(At(monitor, t, -60_000 + (50 * t), -1_500 + (200 * Gauss(random)), 50, 0, 200));
        }
    }

    [Theory]
    [InlineData(50, 200)]
    [InlineData(200, 200)]
    [InlineData(50, 30)]
    [InlineData(6, 200)]
    public void The_stated_interval_holds_the_true_moment_nine_times_in_ten(double speed, double noise)
    {
        Random random = new(11);
        int crossings = 0, held = 0;
        for (int run = 0; run < 300; run++)
        {
            CrossingMonitor monitor = Monitor();
            double trueLine = 500 * Gauss(random), began = random.NextDouble() * 4;
            for (double t = began; t < 8_000 / speed; t += 4)
            {
                double north = -4_000 + (speed * t);
                if (At(monitor, t, 0, north + (noise * Gauss(random)), 40, speed, noise) is not { } crossing) continue;
                DateTimeOffset truth = start.AddSeconds((4_000 + trueLine) / speed);
                crossings++;
                if (truth >= crossing.Earliest && truth <= crossing.Latest) held++;
            }
        }

        Assert.InRange(crossings, 295, 305);
        Assert.InRange(held, 0.85 * crossings, crossings);
    }
}
