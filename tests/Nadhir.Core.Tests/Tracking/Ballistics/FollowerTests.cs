using Nadhir.Geodesy;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking.Ballistics;

public sealed class FollowerTests
{
    const double Sigma = 30;

    static readonly BallisticEnvironment World = BallisticEnvironment.Flat;

    static BallisticState Launched(Random dice) => new()
    {
        Z = 800, U = 350 + (50 * dice.NextDouble()), V = 150, W = 430 + (40 * dice.NextDouble()),
        Drag = 1 / (6000 + (3000 * dice.NextDouble())),
    };

    /// <summary>What the engine may believe at the end of the burn, drawn about the truth.</summary>
    static BallisticHypothesis[] Belief(in BallisticState truth, Random dice)
    {
        GaussianState s = new()
        {
            X = truth.X + (Sigma * N(dice)), Y = truth.Y + (Sigma * N(dice)), Z = truth.Z + (Sigma * N(dice)),
            U = truth.U + (40 * N(dice)), V = truth.V + (40 * N(dice)), W = truth.W + (40 * N(dice)),
            Xx = Sigma * Sigma, Yy = Sigma * Sigma, Zz = Sigma * Sigma, Uu = 1600, Vv = 1600, Ww = 1600,
        };
        return
        [
            new() { State = BallisticState.From(s, 1.2e-4, 8e-5), Weight = 0.001, BurnSeconds = 1, BurnNoise = 3e4 },
            new() { State = BallisticState.From(s, 0, 3e-5), Weight = 0.333 },
            new() { State = BallisticState.From(s, 1 / 9000.0, 3e-5), Weight = 0.333 },
            new() { State = BallisticState.From(s, 1 / 6000.0, 3e-5), Weight = 0.333 },
        ];
    }

    static PositionFix Seen(in BallisticState truth, Random dice) => new(
        truth.X + (Sigma * N(dice)), truth.Y + (Sigma * N(dice)), truth.Z + (Sigma * N(dice)),
        Sigma * Sigma, 0, 0, Sigma * Sigma, 0, Sigma * Sigma);

    static double N(Random dice) => dice.Normal();

    [Fact]
    public void Most_rockets_land_in_the_ellipse_told_at_every_stage()
    {
        Random dice = new(21);
        const int Rockets = 150;
        int[] stages = [5, 15, 30, 45], inside = new int[4];
        double[] areas = new double[4];
        for (int rocket = 0; rocket < Rockets; rocket++)
        {
            BallisticState truth = Launched(dice);
            FlatImpact real = Land(truth);
            Follower follower = new();
            follower.Start(Belief(truth, dice), 0);
            for (int t = 1; t <= 45; t++)
            {
                FallingFilter.Predict(ref truth, 1, World);
                follower.Correct(Seen(truth, dice), t, 1, World);
                int stage = Array.IndexOf(stages, t);
                if (stage < 0) continue;
                Assert.True(ImpactPredictor.Predict(follower.Lanes, 0, t, World, out FlatImpact told, follower.Doubt));
                if (told.Contains(real.X, real.Y)) inside[stage]++;
                areas[stage] += told.Area;
            }

            Assert.InRange(follower.Lanes.Length, 1, 2);
        }

        foreach (int count in inside) Assert.InRange(count, 0.91 * Rockets, Rockets);
        for (int i = 1; i < 4; i++) Assert.True(areas[i] < areas[i - 1] / 2, "the ellipse shrinks with every stage");
    }

    /// <summary>In the frame of moving air the air is still: the truth flies there and is seen from the ground.</summary>
    [Fact]
    public void In_a_wind_that_nobody_told_the_ellipse_holds_its_share()
    {
        Random dice = new(33);
        BallisticEnvironment windy = BallisticEnvironment.Flat with { WindSigma = 10 };
        const int Rockets = 120;
        int[] stages = [8, 20, 40], inside = new int[3];
        for (int rocket = 0; rocket < Rockets; rocket++)
        {
            double windX = 10 * N(dice), windY = 10 * N(dice);
            BallisticState inAir = Launched(dice), seen = inAir;
            inAir.U -= windX;
            inAir.V -= windY;
            FlatImpact end = Land(inAir);
            (double x, double y) = (end.X + (windX * end.Time), end.Y + (windY * end.Time));
            Follower follower = new();
            follower.Start(Belief(seen, dice), 0);
            for (int t = 1; t <= 40; t++)
            {
                FallingFilter.Predict(ref inAir, 1, World);
                seen = inAir;
                (seen.X, seen.Y) = (inAir.X + (windX * t), inAir.Y + (windY * t));
                follower.Correct(Seen(seen, dice), t, 1, windy);
                int stage = Array.IndexOf(stages, t);
                if (stage < 0) continue;
                Assert.True(ImpactPredictor.Predict(follower.Lanes, 0, t, windy, out FlatImpact told, follower.Doubt));
                if (told.Contains(x, y)) inside[stage]++;
            }
        }

        foreach (int count in inside) Assert.InRange(count, 0.9 * Rockets, Rockets);
    }

    [Fact]
    public void The_drag_becomes_known_in_flight()
    {
        Random dice = new(5);
        BallisticState truth = Launched(dice);
        Follower follower = new();
        follower.Start(Belief(truth, dice), 0);
        for (int t = 1; t <= 40; t++)
        {
            FallingFilter.Predict(ref truth, 1, World);
            follower.Correct(Seen(truth, dice), t, 1, World);
        }

        BallisticState known = follower.Lanes[0].State;
        Assert.InRange(Math.Sqrt(known.DragVariance) * 7500, 0, 0.03);
        Assert.InRange(known.Drag - truth.Drag, -4 * Math.Sqrt(known.DragVariance), 4 * Math.Sqrt(known.DragVariance));
    }

    [Fact]
    public void A_follower_whose_measurements_go_elsewhere_says_that_it_lost_its_object()
    {
        Random dice = new(9);
        BallisticState truth = Launched(dice);
        Follower follower = new();
        follower.Start(Belief(truth, dice), 0);
        for (int t = 1; t <= 12; t++)
        {
            FallingFilter.Predict(ref truth, 1, World);
            follower.Correct(Seen(truth, dice), t, 1, World);
            Assert.False(follower.HasLostIt);
        }

        truth.Y += 3000;
        for (int t = 13; t <= 15; t++)
        {
            FallingFilter.Predict(ref truth, 1, World);
            follower.Correct(Seen(truth, dice), t, 1, World);
        }

        Assert.True(follower.HasLostIt);
    }

    [Fact]
    public void A_measurement_that_may_be_another_s_moves_less()
    {
        BallisticState sure = BallisticState.From(default, 1e-4, 1e-5), doubted;
        for (int i = 0; i < 3; i++) sure.Covariance[i, i] = 400;
        doubted = sure;
        PositionFix seen = new(30, 0, 0, 900, 0, 0, 900, 0, 900);
        FallingFilter.Correct(ref sure, seen, 25, 1, out double near);
        FallingFilter.Correct(ref doubted, seen, 25, 1 / 0.5, out double nearer);
        Assert.True(sure.X > doubted.X && doubted.X > 0 && near > nearer);
    }

    [Fact]
    public void An_impact_on_the_plane_lies_on_the_geodesic_and_beyond_the_horizon()
    {
        StereographicPlane plane = new(new(33, 44));
        (double east, double north) = plane.ToPlane(new(34.5, 45.8));
        double convergence = plane.ConvergenceAt(new(34.5, 45.8)), scale = plane.ScaleAt(east, north);
        // 250 km towards true azimuth 200°, as a flight from there would say it on the plane.
        double bearing = (200 * Math.PI / 180) + convergence;
        double far = scale * 250_000;
        FlatImpact flat = new(east + (far * Math.Sin(bearing)), north + (far * Math.Cos(bearing)), 300,
            1e6, 0, 4e6, 290, 312);
        ImpactPrediction told = PlaneImpacts.Publish(plane, east, north, flat, 40, DateTimeOffset.UnixEpoch)!;
        (double distance, double azimuth) = Geodesic.Inverse(new(34.5, 45.8), told.Position.Point);
        Assert.Equal(250_000, distance, 1.0);
        Assert.Equal(200, (azimuth + 360) % 360, 1e-4);
        Assert.Equal(40, told.Position.HeightMetres);
        Assert.Equal(2000 * Math.Sqrt(FlatImpact.Square95), told.SemiMajorMetres, 20.0);
        Assert.InRange(told.BearingDegrees is > 90 and var b ? 180 - b : told.BearingDegrees, 0, 2);
        Assert.Equal(22, (told.Latest - told.Earliest).TotalSeconds, 1e-3);
        (double x, double y) = plane.ToPlane(told.Position.Point);
        Assert.Equal((x, y), (told.East, told.North));
    }

    static FlatImpact Land(in BallisticState truth)
    {
        BallisticHypothesis only = new() { State = truth, Weight = 1 };
        Assert.True(ImpactPredictor.Predict(new(in only), 0, 0, World, out FlatImpact there));
        return there;
    }
}
