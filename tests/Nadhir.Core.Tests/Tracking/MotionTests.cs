using CsCheck;
using Nadhir.Core.Tests.Tracking.Plain;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking;

public sealed class MotionTests
{
    static readonly Gen<Observation> AnyPosition =
        Gen.Select(Gen.Double[-500, 500], Gen.Double[-500, 500], Gen.Double[20, 400], Gen.Double[-0.9, 0.9])
            .Select((x, y, sigma, tilt) => new Observation
            {
                X = x, Y = y, Xx = sigma * sigma, Yy = sigma * sigma / 4, Xy = tilt * sigma * sigma / 2,
                HasHeight = true, Z = 5050, Zz = 900, Xz = 0.1 * sigma * 30, Yz = 0.1 * sigma * 15, Tag = Tag.None,
            });

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(-0.12)]
    public void Coasting_twice_is_coasting_once_for_longer(double rate) =>
        Gen.Select(PlainStates.Any, Gen.Double[0, 8], Gen.Double[0, 8]).Sample((from, first, second) =>
        {
            PlainMotion model = new()
            {
                Kind = rate == 0 ? MotionKind.Straight : MotionKind.Turn, TurnRate = rate, HorizontalNoise = 0, VerticalNoise = 2,
            };
            GaussianState twice = from, once = from;
            model.Predict(ref twice, first);
            model.Predict(ref twice, second);
            model.Predict(ref once, first + second);
            Close(once, twice);
        });

    [Fact]
    public void Straight_coasting_adds_the_same_noise_in_one_step_or_two() =>
        Gen.Select(PlainStates.Any, Gen.Double[0, 8], Gen.Double[0, 8]).Sample((from, first, second) =>
        {
            PlainMotion model = new() { Kind = MotionKind.Straight, HorizontalNoise = 5, VerticalNoise = 2 };
            GaussianState twice = from, once = from;
            model.Predict(ref twice, first);
            model.Predict(ref twice, second);
            model.Predict(ref once, first + second);
            Close(once, twice);
        });

    [Fact]
    public void A_turn_keeps_the_speed() =>
        Gen.Select(PlainStates.Any, Gen.Double[0, 30]).Sample((state, time) =>
        {
            double before = state.Speed;
            new PlainMotion { Kind = MotionKind.Turn, TurnRate = 0.1 }.Predict(ref state, time);
            Assert.Equal(before, state.Speed, 1e-6);
        });

    [Fact]
    public void A_fall_without_drag_is_a_parabola()
    {
        GaussianState state = new() { U = 300, W = 400, Xx = 1, Yy = 1, Zz = 1, Uu = 1, Vv = 1, Ww = 1 };
        new PlainMotion { Kind = MotionKind.Ballistic }.Predict(ref state, 20);
        Assert.Equal(6000, state.X, 1e-6);
        Assert.Equal((400 * 20) - (0.5 * 9.80665 * 400), state.Z, 1e-6);
    }

    [Fact]
    public void Predicting_and_correcting_keep_covariances_positive() =>
        Gen.Select(PlainStates.Any, AnyPosition.Array[1, 6], Gen.Double[0.1, 12]).Sample((state, seen, wait) =>
        {
            PlainMotion model = new() { Kind = MotionKind.Turn, TurnRate = 0.05, HorizontalNoise = 1, VerticalNoise = 0.1 };
            foreach (Observation from in seen)
            {
                model.Predict(ref state, wait);
                Observation o = from;
                o.X += state.X;
                o.Y += state.Y;
                double before = state.Xx + state.Yy + state.Zz;
                PlainCorrection.Apply(ref state, o, 0);
                Assert.True(state.Xx + state.Yy + state.Zz <= before * (1 + 1e-9), "a correction makes nothing less certain");
                Assert.True(IsPositive(state), "the covariance has a Cholesky factor");
            }
        });

    [Fact]
    public void A_bearing_narrows_across_the_line_of_sight_only()
    {
        GaussianState state = new() { Y = 3000, Xx = 1e6, Yy = 1e6, Uu = 100, Vv = 100 };
        PlainCorrection.Apply(ref state, new()
        {
            Kind = ObservationKind.Bearing, Azimuth = 0.02, AzimuthVariance = 1e-4, Tag = Tag.None,
        }, 0);
        Assert.InRange(state.Xx, 0, 1000);
        Assert.Equal(1e6, state.Yy, 1);
        Assert.InRange(state.X, 55, 65);
    }

    [Fact]
    public void The_likelihood_of_a_correlated_position_is_the_full_Gaussian_density() =>
        Gen.Select(PlainStates.Any, AnyPosition).Sample((state, o) =>
        {
            o.X += state.X;
            o.Y += state.Y;
            double[,] s =
            {
                { state.Xx + o.Xx, state.Xy + o.Xy, o.Xz },
                { state.Xy + o.Xy, state.Yy + o.Yy, o.Yz },
                { o.Xz, o.Yz, state.Zz + o.Zz },
            };
            double[] e = [o.X - state.X, o.Y - state.Y, o.Z - state.Z];
            (double determinant, double square) = Quadratic(s, e);
            double expected = Math.Exp(-0.5 * square) / Math.Sqrt(Math.Pow(2 * Math.PI, 3) * determinant);
            double density = PlainCorrection.Likelihood(state, o, 0, out double distance);
            Assert.Equal(square, distance, 1e-6 * (1 + square));
            Assert.Equal(1, density / expected, 1e-6);
        });

    static (double Determinant, double Square) Quadratic(double[,] m, double[] e)
    {
        double a = (m[1, 1] * m[2, 2]) - (m[1, 2] * m[2, 1]), b = (m[0, 2] * m[2, 1]) - (m[0, 1] * m[2, 2]);
        double c = (m[0, 1] * m[1, 2]) - (m[0, 2] * m[1, 1]), determinant = (m[0, 0] * a) + (m[1, 0] * b) + (m[2, 0] * c);
        double d = (m[0, 0] * m[2, 2]) - (m[0, 2] * m[2, 0]), f = (m[0, 2] * m[1, 0]) - (m[0, 0] * m[1, 2]);
        double g = (m[0, 0] * m[1, 1]) - (m[0, 1] * m[1, 0]);
        double square = ((a * e[0] * e[0]) + (d * e[1] * e[1]) + (g * e[2] * e[2])
            + (2 * ((b * e[0] * e[1]) + (c * e[0] * e[2]) + (f * e[1] * e[2])))) / determinant;
        return (determinant, square);
    }

    static void Close(in GaussianState a, in GaussianState b)
    {
        double[] left = PlainStates.Numbers(a), right = PlainStates.Numbers(b);
        for (int i = 0; i < left.Length; i++) Assert.Equal(left[i], right[i], 1e-6 * (1 + Math.Abs(left[i])));
    }

    static bool IsPositive(in GaussianState s)
    {
        double[,] m =
        {
            { s.Xx, s.Xy, s.Xu, s.Xv }, { s.Xy, s.Yy, s.Yu, s.Yv }, { s.Xu, s.Yu, s.Uu, s.Uv }, { s.Xv, s.Yv, s.Uv, s.Vv },
        };
        for (int k = 0; k < 4; k++)
        {
            if (!(m[k, k] > 0)) return false;
            for (int i = k + 1; i < 4; i++)
            {
                double factor = m[i, k] / m[k, k];
                for (int j = k; j < 4; j++) m[i, j] -= factor * m[k, j];
            }
        }

        return s.Zz > 0 && s.Ww > 0 && (s.Zz * s.Ww) - (s.Zw * s.Zw) > 0;
    }
}
