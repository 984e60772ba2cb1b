using CsCheck;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Tests.Assessment;

public sealed class ExposureTests
{
    static readonly PlaneArea zone = new(new Area { Centre = new GeoPoint(33, 44), RadiusMetres = 10_000 }, new StereographicPlane(new GeoPoint(33, 44)));

    [Fact]
    public void It_is_a_probability_with_an_interval_in_order() =>
        Gen.Select(Gen.Double[-300, 300], Gen.Double[-300, 300], Gen.Double[0, 700], Gen.Double[0, 6.28], Gen.Double[10, 2000], Gen.Double[0.1, 100])
            .Sample((eastKm, northKm, speed, course, sigma, sigmaSpeed) =>
            {
                Exposure e = Of(eastKm, northKm, speed, course, sigma, sigmaSpeed);
                Assert.InRange(e.Probability, 0, 1);
                Assert.True(e.EarliestSeconds <= e.MedianSeconds && e.MedianSeconds <= e.LatestSeconds);
            });

    [Fact]
    public void Inside_it_is_certain_and_now() => Assert.Equal(Exposure.Inside, Of(3, 3, 100, 1));

    [Fact]
    public void Towards_the_zone_is_worse_than_past_it_and_past_it_worse_than_away() =>
        Gen.Double[30, 200].Sample(km =>
        {
            double towards = Of(km, 0, 250, -Math.PI / 2).Probability, past = Of(km, 0, 250, -Math.PI / 2 + 0.6).Probability;
            double away = Of(km, 0, 250, Math.PI / 2).Probability;
            Assert.True(towards > 0.6 && towards > past && past >= away && away < 1e-3, $"{towards} {past} {away}");
        });

    [Fact]
    public void The_faster_the_earlier() =>
        Gen.Select(Gen.Double[100, 300], Gen.Double[10, 300]).Sample((speed, more) =>
            Assert.True(Of(60, 0, speed + more, -Math.PI / 2).MedianSeconds < Of(60, 0, speed, -Math.PI / 2).MedianSeconds));

    [Fact]
    public void The_arrival_at_the_edge_is_distance_over_speed() =>
        Assert.Equal((60_000 - 10_000) / 250.0, Of(60, 0, 250, -Math.PI / 2).MedianSeconds, 0.5);

    [Fact]
    public void A_course_that_passes_within_the_margin_puts_the_zone_at_risk_when_the_margin_begins()
    {
        Exposure near = Of(100, 13, 250, -Math.PI / 2);
        Assert.True(near.Probability > 0.6);
        Assert.Equal((100_000 - Math.Sqrt((15_000 * 15_000) - (13_000 * 13_000))) / 250, near.MedianSeconds, 1.0);
        Assert.True(Of(100, 30, 250, -Math.PI / 2).Probability < 0.25);
    }

    [Fact]
    public void What_hardly_moves_goes_nowhere() => Assert.Equal(0, Of(30, 0, 3, -Math.PI / 2).Probability);

    [Fact]
    public void Beyond_the_horizon_there_is_no_risk() => Assert.Equal(0, Of(290, 0, 50, -Math.PI / 2).Probability);

    static Exposure Of(double eastKm, double northKm, double speed, double course, double sigma = 100, double sigmaSpeed = 2) =>
        ExposureModel.Of(new Course(new PlaneState
        {
            Time = DateTimeOffset.UnixEpoch, East = eastKm * 1000, North = northKm * 1000,
            VelocityEast = speed * Math.Sin(course), VelocityNorth = speed * Math.Cos(course),
            Covariance = new PlaneCovariance(sigma * sigma, 0, 0, 0, sigma * sigma, 0, 0, sigmaSpeed * sigmaSpeed, 0, sigmaSpeed * sigmaSpeed),
        }, Habit.Of(ThreatKind.Aircraft)), zone, 5000, 2700);
}
