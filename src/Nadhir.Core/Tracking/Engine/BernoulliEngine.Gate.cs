using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>Which measurements may be whose, and how likely.</summary>
sealed partial class BernoulliEngine
{
    /// <summary>Tracks of one cluster are looked at together, wherever they are.</summary>
    void GatherClusters(double time, ReadOnlySpan<Observation> observations, ICoverage coverage)
    {
        for (int look = 0; look < work.LookCount; look++)
        {
            int index = Table.ClusterOf[work.LookAt(look).Row];
            if (index < 0) continue;
            Cluster cluster = Clusters[index];
            for (int m = 0; m < cluster.RowCount; m++)
                if (lookedAt[cluster.Rows[m]] != scanNumber) Gather(cluster.Rows[m], time, observations, coverage);
        }
    }

    void Gather(int row, double time, ReadOnlySpan<Observation> observations, ICoverage coverage)
    {
        lookedAt[row] = scanNumber;
        ref readonly GaussianState mean = ref Table.MeanOf(row);
        double step = time - Table.TimeOf(row);
        GaussianState glance = mean;
        glance.X += step * mean.U;
        glance.Y += step * mean.V;
        glance.Z += step * mean.W;
        coverage.Look(row, glance, out double hit, out double miss);
        bool clustered = Table.ClusterOf[row] >= 0; // then the others of the cluster may be looked at, and it with them
        if (hit <= 0 && !clustered) return;
        Survive(row, time);
        int look = work.OpenLook(row, hit, miss);
        double unanswered = coverage.UnansweredFactor(row);
        if (!clustered)
        {
            int branch = Table.BranchOf[row];
            work.OpenEntry(look, branch, Table.Existence[row]);
            int count = FindNear(row, branch, observations, out double at);
            if (count > 0) Consider(row, branch, near.AsSpan(0, count), observations, at, hit, unanswered, Table.Existence[row]);
            return;
        }

        GatherBranches(row, look, observations, hit, unanswered);
    }

    /// <summary>Every branch of a clustered track, all carried to the same time.</summary>
    void GatherBranches(int row, int look, ReadOnlySpan<Observation> observations, double hit, double unanswered)
    {
        Cluster cluster = Clusters[Table.ClusterOf[row]];
        Span<int> branches = stackalloc int[Cluster.MostHypotheses];
        branches = branches[..cluster.DistinctBranches(cluster.ColumnOf(row), branches)];
        double at = double.NegativeInfinity;
        if (hit > 0)
            foreach (int branch in branches)
                if (FindNear(row, branch, observations, out double found) > 0) at = Math.Max(at, found);
        foreach (int branch in branches)
        {
            double existence = Table.BranchExistence[branch];
            work.OpenEntry(look, branch, existence);
            if (double.IsNegativeInfinity(at)) continue;
            int count = FindNear(row, branch, observations, out double _);
            Consider(row, branch, near.AsSpan(0, count), observations, at, hit, unanswered, existence);
        }
    }

    /// <summary>The observations that may lie in the branch's gate; the time to predict to is that of the nearest.</summary>
    int FindNear(int row, int branch, ReadOnlySpan<Observation> observations, out double at)
    {
        at = Table.StateTime[branch];
        if (observations.Length == 0) return 0;
        ref readonly GaussianState mean = ref Table.Mean[branch];
        double middle = (0.5 * (firstTime + lastTime)) - at, half = 0.5 * (lastTime - firstTime);
        double longest = Math.Abs(middle) + half, square = longest * longest;
        double speed = mean.Speed, turning = 0.5 * FastestTurn * square * Math.Min(1, speed / 50);
        double variance = 2 * (mean.LargestPositionVariance + (square * GaussianState.LargestEigenvalue(mean.Uu, mean.Uv, mean.Vv)));
        double reach = (gateRadius * (Math.Sqrt(variance) + grid.LargestSigma)) + turning + (half * speed);
        int count = grid.Near(mean.X + (middle * mean.U), mean.Y + (middle * mean.V), reach, ref near);
        if (anyBearing) count = AddBearings(observations, count);
        if (anyNamed) count = AddNamed(row, observations, count);
        double rise = (10 * square) + (5 * Math.Sqrt(mean.Zz + (square * mean.Ww)));
        bool byHeight = Table.HasHeight[row];
        int nearest = -1, kept = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k < count; k++)
        {
            int j = near[k];
            ref readonly Observation o = ref observations[j];
            double lag = at - o.Time;
            if (lag > settings.OldestLag) continue;
            double away = 0;
            if (o.Kind != ObservationKind.Bearing)
            {
                double dx = o.X + (lag * mean.U) - mean.X, dy = o.Y + (lag * mean.V) - mean.Y;
                away = (dx * dx) + (dy * dy);
                double most = (gateRadius * Math.Sqrt(variance + o.Xx + o.Yy)) + turning;
                bool far = away > most * most;
                if (!far && byHeight && o.HasHeight && !o.HeightIsHearsay)
                    far = Math.Abs(o.Z + (lag * mean.W) - mean.Z) > rise + (5 * Math.Sqrt(o.Zz));
                if (far && !TagMatch.IsNamed(Table.Tags[row], o)) continue;
            }

            near[kept++] = j;
            if (away >= least) continue;
            least = away;
            nearest = j;
        }

        if (nearest >= 0) at = Math.Max(at, observations[nearest].Time);
        return kept;
    }

    int AddBearings(ReadOnlySpan<Observation> observations, int count)
    {
        for (int j = 0; j < observations.Length; j++)
        {
            if (observations[j].Kind != ObservationKind.Bearing) continue;
            if (near.Length <= count) Array.Resize(ref near, 2 * near.Length);
            near[count++] = j;
        }

        return count;
    }

    int AddNamed(int row, ReadOnlySpan<Observation> observations, int count)
    {
        int found = count;
        for (int j = 0; j < observations.Length; j++)
        {
            if (!TagMatch.IsNamed(Table.Tags[row], observations[j]) || near.AsSpan(0, found).Contains(j)) continue;
            if (near.Length <= count) Array.Resize(ref near, 2 * near.Length);
            near[count++] = j;
        }

        return count;
    }

    /// <summary>Carries the last entry's branch to a time and adds an edge for each observation in its gate.</summary>
    void Consider(int row, int branch, ReadOnlySpan<int> candidates, ReadOnlySpan<Observation> observations, double at,
        double hit, double unanswered, double existence)
    {
        Span<ModelStates> states = Table.StatesOf(branch);
        byte families = Table.Families[branch];
        bank.Predict(states, families, at - Table.StateTime[branch]);
        ref Entry entry = ref work.EntryAt(work.EntryCount - 1);
        entry.At = Table.StateTime[branch] = at;
        entry.Predicted = true;
        double missFactor = entry.MissFactor;
        foreach (int j in candidates)
        {
            ref readonly Observation o = ref observations[j];
            double lag = at - o.Time;
            if (lag > settings.OldestLag) continue;
            Span<Octet> likelihoods = work.NextLikelihoods();
            bool named = TagMatch.IsNamed(Table.Tags[row], o);
            double total = Likelihood(states, families, o, lag, named ? NamedGate : settings.Gate, likelihoods, out bool inGate);
            if (!inGate) continue;
            double told = total * TagMatch.Factor(Table.Tags[row], o.Tag, unanswered), unclaimed = work.Unclaimed(j);
            if (named && told < NamedOdds * unclaimed)
            {
                // The system follows its object round turns that we do not foresee: its word on which one it is stands.
                told = NamedOdds * unclaimed;
                if (!(total > 1e-30))
                {
                    for (int f = 0; f < states.Length; f++) likelihoods[f] = states[f].Weight;
                    total = 1;
                }
            }

            double odds = existence * hit * told / (missFactor * unclaimed);
            if (odds > LeastOdds) work.KeepEdge(j, total, odds);
        }
    }

    double Likelihood(ReadOnlySpan<ModelStates> states, byte families, in Observation o, double lag, double gate,
        Span<Octet> likelihoods, out bool inGate)
    {
        double total = 0;
        inGate = false;
        for (int f = 0; f < states.Length; f++)
        {
            likelihoods[f] = Octet.Zero;
            if ((families & (1 << f)) == 0) continue;
            ref readonly ModelStates s = ref states[f];
            Octet likelihood = s.Weight * Correction.Likelihood(s, o, lag, out Octet distance) * bank.ReplyFactor(f, o.Tag);
            Octet counts = Vector512.GreaterThan(s.Weight, Vector512.Create(1e-9));
            inGate |= Vector512.LessThanOrEqualAny(
                Vector512.ConditionalSelect(counts, distance, Vector512.Create(double.PositiveInfinity)), Vector512.Create(gate));
            likelihoods[f] = likelihood;
            total += Lanes.Sum(likelihood);
        }

        return total;
    }
}
