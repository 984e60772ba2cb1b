using Nadhir.Units;

namespace Nadhir.Tests.Units;

public class NormalAndAnglesTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(Normal.Percentile95, 0.95)]
    [InlineData(-3, 0.0013498980316300933)]
    [InlineData(1.959963984540054, 0.975)]
    public void Published_values_are_met(double x, double probability) =>
        Assert.Equal(probability, Normal.Cumulative(x), 1e-13);

    [Theory]
    [InlineData(-6, 9.865876450376981e-10)]
    [InlineData(-10, 7.619853024160527e-24)]
    [InlineData(-20, 2.753624118606233e-89)]
    public void Far_tails_keep_their_relative_precision(double x, double probability) =>
        Assert.Equal(1, Normal.Cumulative(x) / probability, 1e-10);

    [Fact]
    public void It_is_symmetric_never_falls_and_stays_a_probability()
    {
        double before = 0;
        for (int i = -40_000; i <= 40_000; i++)
        {
            double x = i / 1000.0, p = Normal.Cumulative(x);
            Assert.InRange(p, Math.Max(0, before - 1e-15), 1);
            Assert.Equal(1, p + Normal.Cumulative(-x), 1e-15);
            before = p;
        }

        Assert.Equal(0, Normal.Cumulative(double.NegativeInfinity));
        Assert.Equal(1, Normal.Cumulative(double.PositiveInfinity));
    }

    [Fact]
    public void Angles_wrap_to_the_same_direction_within_one_turn()
    {
        for (int i = -2000; i <= 2000; i++)
        {
            double degrees = i * 1.7;
            double radians = Angles.WrapRadians(degrees * Angles.DegreesToRadians);
            Assert.InRange(radians, -Math.PI, Math.PI);
            Assert.Equal(Math.Sin(degrees * Angles.DegreesToRadians), Math.Sin(radians), 1e-12);
            Assert.InRange(Angles.WrapDegrees360(degrees), 0, Math.BitDecrement(360));
            Assert.Equal(Math.Cos(radians), Math.Cos(Angles.WrapDegrees360(degrees) * Angles.DegreesToRadians), 1e-12);
        }

        Assert.Equal(Math.PI, Angles.WrapRadians(-Math.PI));
    }

    [Fact]
    public void A_hair_below_north_is_still_below_a_full_turn() =>
        Assert.InRange(Angles.WrapDegrees360(-1e-15), 0, Math.BitDecrement(360));
}
