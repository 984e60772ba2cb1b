using System.Runtime.Intrinsics;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking.Ballistics;

public sealed class FallingTracksTests
{
    static readonly FlatSensor Radar = new()
    {
        Id = "R", Kind = FlatSensorKind.Radar3D, Range = 60_000, LeastRange = 500, FalsePerScan = 0.1,
        LeastElevation = -0.01, MostElevation = 1.2,
    };

    /// <summary>A rocket that burnt out 20 km north and flies south past the radar, seen each second without error.</summary>
    static List<FlatTrack> Follow(int seconds, bool predicts, out FlatImpact real)
    {
        BallisticState rocket = new() { X = 3000, Y = 20_000, Z = 300, U = 40, V = -420, W = 400, Drag = 1 / 7200.0 };
        BallisticHypothesis known = new() { State = rocket, Weight = 1 };
        Assert.True(ImpactPredictor.Predict(new(in known), 0, 0, BallisticEnvironment.Flat, out real));
        FlatTracker tracker = new([Radar], 64, predicts);
        for (int t = 0; t <= seconds; t++)
        {
            double ground = Math.Sqrt((rocket.X * rocket.X) + (rocket.Y * rocket.Y));
            double range = Math.Sqrt((ground * ground) + (rocket.Z * rocket.Z));
            double azimuth = Math.Atan2(rocket.X, rocket.Y), elevation = Math.Asin(rocket.Z / range);
            FlatDetection seen = new(t, range, azimuth, elevation, 15, 0.002, 0.002);
            tracker.Process(0, t, [seen]);
            FallingFilter.Predict(ref rocket, 1, BallisticEnvironment.Flat);
        }

        List<FlatTrack> shown = [];
        tracker.Report(seconds, shown);
        return shown;
    }

    [Fact]
    public void A_rocket_s_track_carries_where_it_comes_down_and_is_surer_later()
    {
        FlatTrack early = Assert.Single(Follow(20, predicts: true, out FlatImpact real));
        FlatTrack late = Assert.Single(Follow(45, predicts: true, out _));
        Assert.True(early.Impact!.Value.Contains(real.X, real.Y) && late.Impact!.Value.Contains(real.X, real.Y));
        Assert.True(late.Impact.Value.Area < early.Impact.Value.Area / 4);
        Assert.InRange(real.Time, late.Impact.Value.Earliest, late.Impact.Value.Latest);
    }

    [Fact]
    public void No_impact_is_told_at_first_sight_nor_when_it_is_not_asked_for()
    {
        Assert.All(Follow(1, predicts: true, out _), track => Assert.Null(track.Impact));
        Assert.All(Follow(20, predicts: false, out _), track => Assert.Null(track.Impact));
    }

    [Fact]
    public void When_all_followers_are_taken_the_next_rockets_are_counted_and_predicted_from_the_lanes()
    {
        MotionBank bank = MotionBanks.Surveillance(withRockets: true);
        const int Rows = FallingTracks.MostFollowed + 2;
        FallingTracks falling = new(new(bank), BallisticEnvironment.Earth(33), Rows);
        TrackTable table = Table(bank, Rows, new()
        {
            Z = 5000, U = 300, W = 50, Xx = 1e4, Yy = 1e4, Zz = 1e4, Uu = 100, Vv = 100, Ww = 100,
        });
        Observation seen = new() { HasHeight = true, Z = 5000, Xx = 1e4, Yy = 1e4, Zz = 1e4, Tag = Tag.None };
        for (int row = 0; row < Rows; row++) falling.Correct(row, seen, 1, table);
        Assert.Equal(2, falling.UnfollowedCount);
        Assert.False(falling.TryPredict(0, table, 0, out _), "a follower waits for measurements of the fall");
        Assert.True(falling.TryPredict(Rows - 1, table, 0, out FlatImpact impact));
        Assert.InRange(impact.X, 5000, 15_000);
        falling.Clear(7);
        falling.Correct(Rows - 1, seen, 1, table);
        Assert.False(falling.TryPredict(Rows - 1, table, 0, out _), "it has the follower that row 7 left");
        Assert.Equal(2, falling.UnfollowedCount);
    }

    [Fact]
    public void A_followed_row_tells_its_state_at_any_later_time()
    {
        MotionBank bank = MotionBanks.Surveillance(withRockets: true);
        FallingTracks falling = new(new(bank), BallisticEnvironment.Flat, 4);
        TrackTable table = Table(bank, 1, new() { Z = 5000, U = 300, Xx = 900, Yy = 900, Zz = 900, Uu = 400, Vv = 400, Ww = 400 });
        BallisticState truth = new() { Z = 5000, U = 300, Drag = 1 / 6000.0 };
        for (int t = 0; t <= 10; t++)
        {
            Observation seen = new() { Time = t, HasHeight = true, X = truth.X, Z = truth.Z, Xx = 900, Yy = 900, Zz = 900 };
            Assert.Equal(t > 4, falling.TryState(0, t, out _));
            table.StateTime[table.BranchOf[0]] = t;
            falling.Correct(0, seen, 1, table);
            FallingFilter.Predict(ref truth, 1, BallisticEnvironment.Flat);
        }

        Assert.True(falling.TryState(0, 11, out BallisticState told));
        Assert.Equal(truth.X, told.X, 30.0);
        Assert.Equal(truth.Z, told.Z, 30.0);
        Assert.InRange(told.Covariance[0, 0], 1, 900);
        Assert.False(falling.TryState(1, 11, out _));
    }

    [Fact]
    public void A_bank_without_rockets_tells_no_impacts()
    {
        MotionBank bank = MotionBanks.Surveillance(withRockets: false);
        FallingTracks falling = new(new(bank), BallisticEnvironment.Flat, 4);
        TrackTable table = Table(bank, 1, new() { Uu = 1, Vv = 1, Ww = 1 });
        falling.Correct(0, new() { HasHeight = true, Tag = Tag.None }, 1, table);
        falling.Clear(0);
        Assert.False(falling.TryPredict(0, table, 0, out _));
    }

    /// <summary>Rows that surely fall with β = 6000 kg/m², or, in a bank without rockets, do what its last model does.</summary>
    static TrackTable Table(MotionBank bank, int rows, in GaussianState state)
    {
        TrackTable table = new(rows + 1, bank);
        for (int i = 0; i < rows; i++)
        {
            int row = table.Add(), branch = table.BranchOf[row], last = bank.Count - 1;
            double[] weights = new double[ModelStates.LaneCount];
            int known = Array.FindIndex(bank.Families[last].Models, m => m.BallisticCoefficient == 6000);
            weights[known >= 0 ? known : bank.Families[last].Models.Length - 1] = 1;
            table.Families[branch] = (byte)(1 << last);
            table.StatesOf(branch)[last] = ModelStates.Of(state, Vector512.Create<double>(weights));
            table.MergeModels(branch);
        }

        return table;
    }
}
