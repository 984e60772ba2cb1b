using Nadhir.Geodesy;
using Nadhir.Simulation.Movements;

namespace Nadhir.Simulation.Tests.Families;

public sealed class RocketFlightTests
{
    [Theory]
    [InlineData(20_000, 48, 2, 6000)]
    [InlineData(40_000, 50, 3, 7000)]
    [InlineData(70_000, 46, 5, 9000)]
    [InlineData(300_000, 36, 22, 15_000)]
    public void A_rocket_comes_down_at_its_aim(double metres, double elevation, double burn, double beta)
    {
        for (double azimuth = 10; azimuth < 360; azimuth += 90)
        {
            GeoPoint from = Invented.At(azimuth, metres);
            SampledPath? path = RocketFlight.To(from, Invented.Middle, new(elevation, burn, beta));
            Assert.NotNull(path);
            Assert.InRange(Geodesic.Inverse(path.End.Point, Invented.Middle).DistanceMetres, 0, 5);
            Assert.Equal(0, path.End.HeightMetres, 1e-9);
            Assert.InRange(Geodesic.Inverse(path.At(0).Position.Point, from).DistanceMetres, 0, 1);
        }
    }

    [Fact]
    public void Without_air_and_with_a_short_burn_it_flies_the_parabola_of_the_schoolbook()
    {
        const double range = 30_000, gravity = 9.795; // at 30° S
        SampledPath path = RocketFlight.To(Invented.At(180, range), Invented.Middle, new(45, 0.5, 1e9))!;
        double apex = Enumerable.Range(0, (int)path.DurationSeconds).Max(second => path.At(second).Position.HeightMetres);
        Assert.Equal(range / 4, apex, 0.01 * range / 4);
        Assert.Equal(Math.Sqrt(2 * range / gravity), path.DurationSeconds, 1.0);
    }
}
