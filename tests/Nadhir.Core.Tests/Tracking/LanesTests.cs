using System.Runtime.Intrinsics;
using CsCheck;
using Nadhir.Core.Tests.Tracking.Plain;
using Nadhir.Tracking;
using Nadhir.Tracking.Engine;
using Octet = System.Runtime.Intrinsics.Vector512<double>;

namespace Nadhir.Core.Tests.Tracking;

/// <summary>The eight lanes against the plain version, number by number.</summary>
public sealed class LanesTests
{
    static readonly Gen<GaussianState[]> AnyEight = PlainStates.Any.Array[8];

    static readonly Gen<Observation> AnyObservation =
        Gen.Select(Gen.Double[-500, 500], Gen.Double[20, 400], Gen.Double[-0.9, 0.9], Gen.Int[0, 4])
            .Select((away, sigma, tilt, sort) => new Observation
            {
                X = away, Y = -away / 3, Xx = sigma * sigma, Yy = sigma * sigma / 4, Xy = tilt * sigma * sigma / 2,
                HasHeight = sort is 1 or 2 or 3, HeightIsHearsay = sort == 2, Z = 5050, Zz = 900,
                Xz = sort == 1 ? 0.1 * sigma * 30 : 0, Yz = sort == 1 ? 0.1 * sigma * 15 : 0,
                HasVelocity = sort == 3, U = 120, V = -80, VelocityVariance = 100, Tag = Tag.None,
                Kind = sort == 4 ? ObservationKind.Bearing : ObservationKind.Position, Azimuth = tilt, AzimuthVariance = 1e-3,
            });

    [Theory]
    [InlineData(nameof(MotionKind.Straight))]
    [InlineData(nameof(MotionKind.Turn))]
    [InlineData(nameof(MotionKind.Ballistic))]
    public void Each_lane_moves_like_the_plain_model(string name) =>
        Gen.Select(PlainStates.Any, Gen.Double[0.01, 12], Gen.Double[-0.1, 0.1]).Sample((state, step, turn) =>
        {
            MotionKind kind = Enum.Parse<MotionKind>(name);
            double rate = kind == MotionKind.Turn ? turn : 0;
            MotionModel model = new()
            {
                Kind = kind, TurnRate = rate, BallisticCoefficient = 6000, HorizontalNoise = 2, VerticalNoise = 0.5,
            };
            PlainMotion plain = new()
            {
                Kind = kind, TurnRate = rate, BallisticCoefficient = 6000, HorizontalNoise = 2, VerticalNoise = 0.5,
            };
            ModelStates lanes = ModelStates.Of(state, Vector512.CreateScalar(1.0));
            Kernel(model).Predict(ref lanes, step);
            plain.Predict(ref state, step);
            Close(state, lanes.Lane(0));
        });

    [Fact]
    public void Mixing_by_a_pool_is_mixing_pair_by_pair() =>
        Gen.Select(AnyEight, Gen.Double[0.01, 1].Array[8], Gen.Double[0.1, 6]).Sample((states, weights, step) =>
        {
            double[] dwell = [20, 5, 10, 15, 8, 30, 12, 9], odds = [10, 1, 1, 2, 2, 0.5, 0.5, 3];
            FamilyKernel kernel = new(Family([.. states.Select(_ => Still)], dwell, odds));
            double sum = weights.Sum();
            ModelStates lanes = Pack(states, [.. weights.Select(w => w / sum)]);
            kernel.Predict(ref lanes, step);
            double total = odds.Sum();
            for (int j = 0; j < 8; j++)
            {
                GaussianState[] parts = states;
                double[] share = [.. Enumerable.Range(0, 8).Select(i => weights[i] / sum * (i == j
                    ? Math.Exp(-step / dwell[i]) : (1 - Math.Exp(-step / dwell[i])) * odds[j] / (total - odds[i])))];
                double all = share.Sum();
                GaussianState mixed = GaussianState.Merge(parts, [.. share.Select(s => s / all)]);
                new PlainMotion { Kind = MotionKind.Straight }.Predict(ref mixed, step);
                Assert.Equal(all, lanes.Weight[j], 1e-9);
                Close(mixed, lanes.Lane(j));
            }
        });

    [Fact]
    public void Each_lane_is_as_likely_and_is_corrected_as_in_the_plain_version() =>
        Gen.Select(AnyEight, AnyObservation, Gen.Int[0, 1]).Sample((states, seen, late) =>
        {
            Observation o = seen;
            double lag = late * 3;
            o.X += states[0].X - (o.Kind == ObservationKind.Bearing ? 4000 : 0);
            o.Y += states[0].Y;
            ModelStates lanes = Pack(states, [.. Enumerable.Repeat(0.125, 8)]);
            Octet likelihood = Correction.Likelihood(lanes, o, lag, out Octet distance);
            Correction.Apply(ref lanes, o, lag);
            for (int i = 0; i < 8; i++)
            {
                double expected = PlainCorrection.Likelihood(states[i], o, lag, out double square);
                Assert.Equal(square, distance[i], 1e-6 * (1 + square));
                Assert.Equal(expected, likelihood[i], 1e-9 + (1e-6 * expected));
                PlainCorrection.Apply(ref states[i], o, lag);
                Close(states[i], lanes.Lane(i));
            }
        });

    [Fact]
    public void Merging_the_lanes_is_merging_the_plain_states() =>
        Gen.Select(AnyEight, Gen.Double[0.01, 1].Array[8]).Sample((states, weights) =>
        {
            double[] shares = [.. weights.Select(w => w / weights.Sum())];
            MotionBank bank = new(Family([.. states.Select(_ => Still)], [1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1]));
            Close(GaussianState.Merge(states, shares), bank.Merge([Pack(states, shares)], 1));
        });

    [Fact]
    public void The_exponential_is_the_exponential() =>
        Gen.Double[-720, 700].Array[8].Sample(x =>
        {
            Octet e = Lanes.Exp(Vector512.Create<double>(x));
            for (int i = 0; i < 8; i++) Assert.Equal(1, e[i] / Math.Exp(Math.Max(-708, x[i])), 1e-13);
        });

    [Fact]
    public void The_same_scans_give_the_same_bits_however_well_the_code_is_compiled_by_then()
    {
        // The first runs are in quickly compiled code, the last ones in optimised code.
        string first = Once();
        for (int again = 0; again < 40; again++) Assert.Equal(first, Once());

        static string Once()
        {
            FlatSensor radar = new()
            {
                Id = "R", Kind = FlatSensorKind.Radar3D, Period = 1, Range = 60_000, LeastRange = 500, FalsePerScan = 5,
                LeastElevation = -0.01, MostElevation = 1.2,
            };
            FlatTracker tracker = new([radar], 256);
            Random random = new(11);
            List<FlatTrack> shown = [];
            for (int t = 0; t < 60; t++)
            {
                List<FlatDetection> seen = [];
                for (int i = 0; i < 6; i++)
                    seen.Add(new(t, 20_000 + (300 * i) + (200 * t) + (20 * random.NextDouble()),
                        0.3 + (0.004 * t) + (0.003 * random.NextDouble()), 0.3 + (0.002 * i), 20, 0.002, 0.002));
                for (int i = 0; i < 5; i++)
                    seen.Add(new(t, 60_000 * random.NextDouble(), 6 * random.NextDouble(), random.NextDouble(), 20, 0.002, 0.002));
                tracker.Process(0, t, [.. seen]);
                tracker.Report(t, shown);
            }

            Assert.True(shown.Count > 100);
            return string.Join('\n', shown.Select(s => $"{s.X:R} {s.Y:R} {s.Z:R} {s.Xx:R} {s.Existence:R}"));
        }
    }

    static MotionModel Still => new() { Kind = MotionKind.Straight };

    static FamilyKernel Kernel(MotionModel model) => new(Family([model], [1], [1]));

    static MotionFamily Family(MotionModel[] models, double[] dwell, double[] odds) => new()
    {
        Name = "test", Models = models, Dwell = dwell, NextOdds = odds, FirstOdds = odds, Prior = 1, FirstSpeed = 100, FirstClimb = 10,
    };

    static ModelStates Pack(GaussianState[] states, double[] weights)
    {
        Octet Each(Func<GaussianState, double> of) => Vector512.Create<double>([.. states.Select(of)]);
        return new()
        {
            Weight = Vector512.Create<double>(weights),
            X = Each(s => s.X), Y = Each(s => s.Y), U = Each(s => s.U), V = Each(s => s.V),
            Xx = Each(s => s.Xx), Xy = Each(s => s.Xy), Xu = Each(s => s.Xu), Xv = Each(s => s.Xv),
            Yy = Each(s => s.Yy), Yu = Each(s => s.Yu), Yv = Each(s => s.Yv),
            Uu = Each(s => s.Uu), Uv = Each(s => s.Uv), Vv = Each(s => s.Vv),
            Z = Each(s => s.Z), W = Each(s => s.W), Zz = Each(s => s.Zz), Zw = Each(s => s.Zw), Ww = Each(s => s.Ww),
        };
    }

    static void Close(in GaussianState a, in GaussianState b)
    {
        double[] left = PlainStates.Numbers(a), right = PlainStates.Numbers(b);
        double scale = 1 + Math.Sqrt(a.Xx + a.Yy + a.Zz) + Math.Sqrt(a.Uu + a.Vv + a.Ww);
        for (int i = 0; i < left.Length; i++)
            Assert.Equal(left[i], right[i], 1e-6 * ((i is >= 4 and < 14 or >= 16 ? scale * scale : scale) + Math.Abs(left[i])));
    }
}
