using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// A <see cref="Follower"/> beside each row of the engine's table that falls freely, from the end of the burn on, and
/// the impact predicted from it. Allocates when a row falls for the first time, up to a limit, and never after.
/// </summary>
sealed class FallingTracks(EngineBelief belief, BallisticEnvironment world, int capacity)
{
    /// <summary>Rows followed at a time; those past it are predicted from the engine's own hypotheses.</summary>
    public const int MostFollowed = 1024;

    /// <summary>
    /// A follower starts when so much of the belief falls freely, and ends when less than half of it does.
    /// </summary>
    const double SurelyFalling = 0.99, BarelyFalling = 0.5;
    /// <summary>
    /// Measurements of free fall before an impact is told: before them the end of the burn may still be in the
    /// velocity.
    /// </summary>
    const int FewestFixes = 2;
    /// <summary>Measurements before a follower's state is taken for the track's.</summary>
    const int FewestForState = 4;

    /// <summary>
    /// What has been lost so often steers itself, whatever it is held to be, and nothing is told of where it comes down.
    /// </summary>
    const int MostRestarts = 3;

    readonly byte[] restarts = new byte[belief.Count > 0 ? capacity : 0];
    readonly Follower?[] followers = new Follower?[belief.Count > 0 ? capacity : 0];
    readonly Stack<Follower> idle = new();
    readonly BallisticHypothesis[] hypotheses = new BallisticHypothesis[Math.Max(1, belief.Count)];
    int made;

    /// <summary>
    /// Followers begun anew because the measurements no longer fitted: another burn, or another object.
    /// </summary>
    public long RestartCount { get; private set; }
    /// <summary>Times a falling row found no follower free.</summary>
    public long UnfollowedCount { get; private set; }

    /// <summary>Forgets a row's former owner.</summary>
    public void Clear(int row)
    {
        if (restarts.Length > 0) restarts[row] = 0;
        Release(row);
    }

    void Release(int row)
    {
        if (followers.Length == 0 || followers[row] is not { } follower) return;
        idle.Push(follower);
        followers[row] = null;
    }

    /// <summary>After the engine has corrected a row by a measurement that is its own with a probability.</summary>
    public void Correct(int row, in Observation seen, double probability, TrackTable table)
    {
        if (followers.Length == 0 || seen.Kind != ObservationKind.Position) return;
        if (!seen.HasHeight || seen.HeightIsHearsay) return;
        double falling = belief.Falling(table, row);
        if (followers[row] is not { } follower)
        {
            if (falling >= SurelyFalling) Start(row, table);
        }
        else if (falling < BarelyFalling)
        {
            Release(row);
        }
        else if (probability >= 0.5)
        {
            follower.Correct(new(seen.X, seen.Y, seen.Z, seen.Xx, seen.Xy, seen.Xz, seen.Yy, seen.Yz, seen.Zz),
                seen.Time, probability, world);
            if (!follower.HasLostIt) return;
            RestartCount++;
            if (restarts[row] < MostRestarts) restarts[row]++;
            belief.Fill(table, row, hypotheses);
            follower.Start(hypotheses, table.TimeOf(row));
        }
    }

    /// <summary>
    /// Where the row's object comes down; false until it has been seen to fall freely, and when it never comes down.
    /// </summary>
    public bool TryPredict(int row, TrackTable table, double ground, out FlatImpact impact)
    {
        impact = default;
        if (followers.Length == 0 || restarts[row] >= MostRestarts) return false;
        double falling = belief.Falling(table, row);
        if (falling < BarelyFalling) return false;
        if (followers[row] is { } follower)
            return follower.Fixes >= FewestFixes
                && ImpactPredictor.Predict(follower.Lanes, ground, follower.Time, world, out impact, follower.Doubt);
        if (made < MostFollowed || falling < SurelyFalling) return false;
        belief.Fill(table, row, hypotheses);
        return ImpactPredictor.Predict(hypotheses.AsSpan(0, belief.Count), ground, table.TimeOf(row), world, out impact);
    }

    /// <summary>
    /// The followed object's state carried to a time, its lanes merged: surer than the engine's, which must stay ready for
    /// what does not fall. False while it is not followed, or not yet for long.
    /// </summary>
    public bool TryState(int row, double time, out BallisticState state)
    {
        state = default;
        if (followers.Length == 0 || followers[row] is not { } follower) return false;
        if (follower.Fixes < FewestForState || follower.Lanes.IsEmpty) return false;
        state = follower.Merged;
        FallingFilter.Predict(ref state, time - follower.Time, world);
        state.Doubt(follower.Doubt);
        return state.IsFinite;
    }

    void Start(int row, TrackTable table)
    {
        if (!idle.TryPop(out Follower? follower))
        {
            if (made == MostFollowed)
            {
                UnfollowedCount++;
                return;
            }

            made++;
            follower = new();
        }

        belief.Fill(table, row, hypotheses);
        follower.Start(hypotheses, table.TimeOf(row));
        followers[row] = follower;
    }
}
