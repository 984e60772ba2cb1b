using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// One <see cref="FallingFilter"/> beside each row of the engine's table that falls freely, from the end of the burn on, and
/// the impact predicted from it; before that, from the engine's own hypotheses. Fixed capacity; rows as in the table.
/// </summary>
sealed class FallingTracks(EngineBelief belief, BallisticEnvironment world, int capacity)
{
    /// <summary>A filter starts when so much of the belief falls freely, and ends when less than half of it does.</summary>
    const double SurelyFalling = 0.97, BarelyFalling = 0.5;
    /// <summary>An impact is told when the track is ballistic with this probability.</summary>
    const double BallisticEnough = 0.5;
    const double Gate = 25, FitMemory = 0.85, WorstFit = 8;
    const int MostRejected = 3;

    struct Follower
    {
        public BallisticState State;
        public double Time, Fit;
        public int Rejected;
        public bool Runs;
    }

    readonly Follower[] followers = new Follower[belief.Count > 0 ? capacity : 0];
    readonly BallisticHypothesis[] hypotheses = new BallisticHypothesis[Math.Max(1, belief.Count)];

    /// <summary>Filters begun anew because the measurements no longer fitted: another burn, or another object.</summary>
    public long RestartCount { get; private set; }

    public void Clear(int row)
    {
        if (followers.Length > 0) followers[row].Runs = false;
    }

    /// <summary>After the engine has corrected a row by a measurement that is its own with a probability.</summary>
    /// <param name="states">The row's states and weights after the correction, at <paramref name="stateTime"/>.</param>
    public void Correct(int row, in Observation seen, double probability, ReadOnlySpan<GaussianState> states,
        ReadOnlySpan<double> weights, double stateTime)
    {
        if (followers.Length == 0 || seen.Kind != ObservationKind.Position || !seen.HasHeight || seen.HeightIsHearsay) return;
        (_, double falling) = belief.Fill(states, weights, hypotheses);
        ref Follower follower = ref followers[row];
        if (!follower.Runs)
        {
            if (falling >= SurelyFalling) Start(ref follower, stateTime);
            return;
        }

        if (falling < BarelyFalling)
        {
            follower.Runs = false;
            return;
        }

        if (probability < 0.5 || seen.Time < follower.Time) return;
        FallingFilter.Predict(ref follower.State, seen.Time - follower.Time, world);
        follower.Time = seen.Time;
        PositionFix fix = new(seen.X, seen.Y, seen.Z, seen.Xx, seen.Xy, seen.Xz, seen.Yy, seen.Yz, seen.Zz);
        double distance = FallingFilter.Correct(ref follower.State, fix, Gate, 1 / probability);
        follower.Rejected = distance <= Gate ? 0 : follower.Rejected + 1;
        follower.Fit = (FitMemory * follower.Fit) + ((1 - FitMemory) * Math.Min(distance, Gate));
        if (follower.Rejected < MostRejected && follower.Fit < WorstFit && follower.State.IsFinite) return;
        RestartCount++;
        Start(ref follower, stateTime);
    }

    /// <summary>Where the row's object comes down; false while it is not held to be ballistic, or never comes down.</summary>
    public bool TryPredict(int row, ReadOnlySpan<GaussianState> states, ReadOnlySpan<double> weights, double stateTime,
        double ground, out FlatImpact impact)
    {
        impact = default;
        if (followers.Length == 0) return false;
        (double ballistic, double falling) = belief.Fill(states, weights, hypotheses);
        if (ballistic < BallisticEnough) return false;
        ref readonly Follower follower = ref followers[row];
        if (!follower.Runs || falling < BarelyFalling)
            return ImpactPredictor.Predict(hypotheses.AsSpan(0, belief.Count), ground, stateTime, world, out impact);
        BallisticHypothesis only = new() { State = follower.State, Weight = 1 };
        return ImpactPredictor.Predict(new(in only), ground, follower.Time, world, out impact);
    }

    void Start(ref Follower follower, double time)
    {
        follower.State = EngineBelief.Merge(hypotheses);
        (follower.Time, follower.Fit, follower.Rejected, follower.Runs) = (time, 3, 0, follower.State.IsFinite);
    }
}
