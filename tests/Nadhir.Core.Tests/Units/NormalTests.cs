using CsCheck;
using Nadhir.Units;

namespace Nadhir.Tests.Units;

public sealed class NormalTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-3, 0.0013498980316300933)]
    [InlineData(1.6448536269514722, 0.95)]
    [InlineData(3.6, 0.99984089140984226)]
    [InlineData(-6, 9.8658764503769814e-10)]
    public void The_distribution_has_its_published_values(double x, double expected) =>
        Assert.Equal(expected, Normal.Cumulative(x), 1e-12);

    [Fact]
    public void It_rises_and_is_symmetric() =>
        Gen.Select(Gen.Double[-8, 8], Gen.Double[0, 1]).Sample((x, step) =>
        {
            Assert.True(Normal.Cumulative(x + step) >= Normal.Cumulative(x) - 1e-13);
            Assert.Equal(1, Normal.Cumulative(x) + Normal.Cumulative(-x), 1e-12);
        });

    [Fact]
    public void Wrapping_an_angle_keeps_where_it_points() =>
        Gen.Double[-1000, 1000].Sample(radians =>
        {
            double wrapped = Angles.WrapRadians(radians);
            Assert.InRange(wrapped, -Math.PI, Math.PI);
            Assert.Equal(Math.Sin(radians), Math.Sin(wrapped), 1e-9);
            Assert.Equal(Math.Cos(radians), Math.Cos(wrapped), 1e-9);
            Assert.InRange(Angles.WrapDegrees360(radians), 0, 360);
        });
}
