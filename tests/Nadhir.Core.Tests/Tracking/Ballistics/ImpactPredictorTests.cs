using CsCheck;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking.Ballistics;

public sealed class ImpactPredictorTests
{
    static readonly BallisticEnvironment Still = BallisticEnvironment.Flat with { AccelerationNoise = 0 };

    static GaussianState Rocket(double sigmaPosition, double sigmaSpeed) => new()
    {
        X = 1000, Y = 2000, Z = 6000, U = 300, V = -200, W = 100,
        Xx = Sq(sigmaPosition), Yy = Sq(sigmaPosition), Zz = Sq(sigmaPosition),
        Xu = 0.5 * sigmaPosition * sigmaSpeed, Yv = 0.5 * sigmaPosition * sigmaSpeed,
        Zw = -0.3 * sigmaPosition * sigmaSpeed, Uu = Sq(sigmaSpeed), Vv = Sq(sigmaSpeed), Ww = Sq(sigmaSpeed),
    };

    static BallisticHypothesis Falling(in GaussianState s, double drag, double dragSigma, double weight = 1) =>
        new() { State = BallisticState.From(s, drag, dragSigma), Weight = weight };

    [Fact]
    public void The_ellipse_and_the_interval_hold_what_they_promise_over_drawn_states()
    {
        BallisticHypothesis[] belief =
        [
            Falling(Rocket(40, 6), 0, 3e-6, 0.2), Falling(Rocket(40, 6), 1 / 9000.0, 6e-6, 0.5),
            Falling(Rocket(60, 9), 1 / 6000.0, 9e-6, 0.3),
        ];
        Assert.True(ImpactPredictor.Predict(belief, 0, 0, Still, out FlatImpact told));
        Random dice = new(7);
        int inside = 0, early = 0, late = 0;
        const int Draws = 4000;
        for (int i = 0; i < Draws; i++)
        {
            double which = dice.NextDouble();
            BallisticState drawn = Draw(belief[which < 0.2 ? 0 : which < 0.7 ? 1 : 2].State, dice);
            FlatImpact there = One(new() { State = drawn, Weight = 1 });
            if (told.Contains(there.X, there.Y)) inside++;
            if (there.Time < told.Earliest) early++;
            if (there.Time > told.Latest) late++;
        }

        Assert.InRange((double)inside / Draws, 0.93, 0.97);
        Assert.InRange((double)early / Draws, 0.035, 0.065);
        Assert.InRange((double)late / Draws, 0.035, 0.065);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    public void The_ellipse_of_two_far_apart_beliefs_still_holds_95_percent(double share)
    {
        BallisticHypothesis[] belief =
            [Falling(Rocket(40, 6), 0, 0, 1 - share), Falling(Rocket(80, 12), 1 / 3000.0, 0, share)];
        Assert.True(ImpactPredictor.Predict(belief, 0, 0, Still, out FlatImpact told));
        Random dice = new(11);
        int inside = 0;
        for (int i = 0; i < 3000; i++)
        {
            BallisticState drawn = Draw(belief[dice.NextDouble() < share ? 1 : 0].State, dice);
            FlatImpact there = One(new() { State = drawn, Weight = 1 });
            if (told.Contains(there.X, there.Y)) inside++;
        }

        Assert.InRange(inside / 3000.0, 0.93, 0.985);
    }

    [Fact]
    public void The_ellipse_shrinks_as_the_state_becomes_surer() =>
        Gen.Select(Gen.Double[1, 200], Gen.Double[0.5, 40], Gen.Double[0, 3e-4], Gen.Double[0.3, 0.95])
            .Sample((p, v, drag, less) =>
        {
            FlatImpact wide = One(Falling(Rocket(p, v), drag, 2e-5));
            FlatImpact narrow = One(Falling(Rocket(less * p, less * v), drag, less * 2e-5));
            Assert.True(narrow.Area < wide.Area);
            Assert.True(narrow.Latest - narrow.Earliest < wide.Latest - wide.Earliest);
        });

    [Fact]
    public void Less_is_known_in_a_wind_and_while_it_may_still_burn()
    {
        BallisticHypothesis still = Falling(Rocket(20, 3), 1 / 7000.0, 1e-6), burning = still;
        burning.BurnSeconds = 1;
        burning.BurnNoise = 1000;
        BallisticEnvironment windy = Still with { WindSigma = 10, DensitySigma = 0.05 };
        Assert.True(One(still, windy).Area > 1.2 * One(still).Area);
        Assert.True(One(burning).Area > 10 * One(still).Area);
    }

    [Fact]
    public void No_state_however_absurd_gives_an_impact_that_is_no_number() =>
        Gen.Select(Odd, Odd, Odd, Odd, Odd, Odd, Odd).Sample((z, u, w, drag, cover, burn, ground) =>
        {
            BallisticHypothesis odd = new()
            {
                State = new() { Z = z, U = u, V = -u, W = w, Drag = drag },
                Weight = 1,
                BurnSeconds = burn,
                BurnNoise = cover,
            };
            for (int i = 0; i < BallisticState.Size; i++) odd.State.Covariance[i, i] = cover;
            BallisticHypothesis[] belief = [odd, Falling(Rocket(20, 3), 1e-4, 0, 1e-3)];
            BallisticEnvironment world = BallisticEnvironment.Earth(33);
            if (!ImpactPredictor.Predict(belief, ground, 5, world, out FlatImpact impact)) return;
            (double major, double minor, double bearing) = impact.Ellipse;
            Assert.True(double.IsFinite(impact.X + impact.Y + impact.Time + impact.Earliest + impact.Latest));
            Assert.True(double.IsFinite(major + minor + bearing), $"{impact}");
            Assert.True(impact.Earliest <= impact.Latest && impact.Earliest >= 5 && impact.Time >= 5, $"{impact}");
        }, iter: 3000);

    static readonly Gen<double> Odd = Gen.OneOf(
        Gen.Const(0.0), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity),
        Gen.Double[-1e3, 1e3], Gen.Double[0, 1], Gen.Double[-1e-3, 1e-3], Gen.Double[-1e6, 1e6]);

    [Fact]
    public void What_is_below_the_ground_and_sinking_has_landed_where_it_is()
    {
        FlatImpact impact = One(new() { State = new() { X = 7, Y = 8, Z = -20, W = -200 }, Weight = 1 });
        Assert.Equal((7, 8, 0), (impact.X, impact.Y, impact.Time));
        Assert.InRange(impact.Ellipse.SemiMajor, 0, 1);
    }

    [Fact]
    public void What_leaves_the_earth_has_no_impact()
    {
        BallisticHypothesis escaping = new() { State = new() { Z = 1e5, W = 11_900 }, Weight = 1 };
        Assert.False(ImpactPredictor.Predict(new(in escaping), 0, 0, BallisticEnvironment.Earth(33), out _));
        Assert.False(ImpactPredictor.Predict([], 0, 0, Still, out _));
    }

    [Fact]
    public void A_known_ellipse_has_its_axes_and_bearing()
    {
        FlatImpact impact = new(0, 0, 0, 50, 50 - 1e-9, 50, 0, 0);
        Assert.Equal(45, impact.Ellipse.BearingDegrees, 1e-6);
        FlatImpact east = new(0, 0, 0, 400, 0, 100, 0, 0);
        Assert.Equal(90, east.Ellipse.BearingDegrees, 1e-9);
        Assert.Equal(20 * Math.Sqrt(FlatImpact.Square95), east.Ellipse.SemiMajor, 1e-9);
        Assert.True(east.Contains(48, 0) && !east.Contains(50, 0) && !east.Contains(0, 25));
    }

    [Fact]
    public void Prediction_allocates_nothing()
    {
        BallisticHypothesis[] belief = [Falling(Rocket(40, 6), 0, 3e-6), Falling(Rocket(40, 6), 1e-4, 3e-6)];
        long least = long.MaxValue;
        for (int trial = 0; trial < 20 && least > 0; trial++) // the compiler may allocate in some of them, on our thread
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) ImpactPredictor.Predict(belief, 0, 0, Still, out _);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    static FlatImpact One(in BallisticHypothesis h, BallisticEnvironment? world = null)
    {
        Assert.True(ImpactPredictor.Predict(new(in h), 0, 0, world ?? Still, out FlatImpact impact));
        return impact;
    }

    /// <summary>A state drawn from a Gaussian by its Cholesky factor.</summary>
    internal static BallisticState Draw(in BallisticState mean, Random dice)
    {
        const int N = BallisticState.Size;
        double[,] factor = new double[N, N];
        for (int j = 0; j < N; j++)
            for (int i = j; i < N; i++)
            {
                double sum = mean.Covariance[i, j];
                for (int k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(Math.Max(0, sum)) : factor[j, j] > 0 ? sum / factor[j, j] : 0;
            }

        double[] unit = [.. Enumerable.Range(0, N).Select(_ => dice.Normal())], move = new double[N];
        for (int i = 0; i < N; i++)
            for (int k = 0; k <= i; k++) move[i] += factor[i, k] * unit[k];
        BallisticState drawn = mean;
        drawn.Covariance = default;
        drawn.Move(move);
        return drawn;
    }

    static double Sq(double v) => v * v;
}
