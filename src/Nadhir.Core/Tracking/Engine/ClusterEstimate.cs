namespace Nadhir.Tracking.Engine;

/// <summary>
/// Where the tracks of a cluster are best shown. Each hypothesis gives each track a state; shown is the mean over
/// hypotheses of the object that lies nearest to the track's place in the likeliest one, whichever track the hypothesis
/// takes it for. That makes the mean distance of the set least (Guerriero et al., MMOSPA, FUSION 2010), where the
/// likeliest hypothesis alone may be far off and the mean of each track would draw them all together.
/// </summary>
sealed class ClusterEstimate(BernoulliEngine engine)
{
    const int MostSwaps = 64;
    /// <summary>Squared distance, in variances, at which an object that is there is taken for one that is not.</summary>
    const double Gone = 100;

    readonly GaussianState[] likeliest = new GaussianState[Cluster.MostRows], other = new GaussianState[Cluster.MostRows];
    readonly double[] likeliestExistence = new double[Cluster.MostRows], existence = new double[Cluster.MostRows];
    readonly GaussianState[] parts = new GaussianState[Cluster.MostHypotheses * Cluster.MostRows];
    readonly double[] shares = new double[Cluster.MostHypotheses * Cluster.MostRows];

    /// <summary>The state to show for each column of the cluster at a time not before its own, and how probable it is.</summary>
    public void At(Cluster cluster, double time, Span<GaussianState> shown, Span<double> probability)
    {
        int rows = cluster.RowCount, hypotheses = cluster.HypothesisCount;
        probability[..rows].Clear();
        for (int m = 0; m < rows; m++)
        {
            likeliest[m] = engine.BranchAt(cluster.BranchAt(0, m), time);
            likeliestExistence[m] = engine.Table.BranchExistence[cluster.BranchAt(0, m)];
        }

        for (int h = 0; h < hypotheses; h++)
        {
            for (int m = 0; m < rows; m++)
            {
                int branch = cluster.BranchAt(h, m);
                other[m] = h == 0 ? likeliest[m] : engine.BranchAt(branch, time);
                existence[m] = engine.Table.BranchExistence[branch];
            }

            if (h > 0) Align(rows);
            for (int m = 0; m < rows; m++)
            {
                parts[(m * Cluster.MostHypotheses) + h] = other[m];
                probability[m] += cluster.Weights[h] * existence[m];
                shares[(m * Cluster.MostHypotheses) + h] = cluster.Weights[h] * Math.Max(existence[m], 1e-9);
            }
        }

        for (int m = 0; m < rows; m++)
        {
            Span<double> weights = shares.AsSpan(m * Cluster.MostHypotheses, hypotheses);
            double sum = 0;
            foreach (double w in weights) sum += w;
            for (int h = 0; h < hypotheses; h++) weights[h] /= sum;
            shown[m] = GaussianState.Merge(parts.AsSpan(m * Cluster.MostHypotheses, hypotheses), weights);
        }
    }

    /// <summary>Exchanges objects of the other hypothesis as long as that brings it nearer to the likeliest one.</summary>
    void Align(int rows)
    {
        int swaps = 0;
        for (bool better = true; better && swaps < MostSwaps;)
        {
            better = false;
            for (int a = 0; a < rows; a++)
            {
                for (int b = a + 1; b < rows; b++)
                {
                    double now = Apart(a, a) + Apart(b, b), then = Apart(a, b) + Apart(b, a);
                    if (then >= now * (1 - 1e-9)) continue;
                    (other[a], other[b]) = (other[b], other[a]);
                    (existence[a], existence[b]) = (existence[b], existence[a]);
                    better = true;
                    swaps++;
                }
            }
        }
    }

    /// <summary>Squared distance between an object of the likeliest hypothesis and one of the other; one that is gone is far off.</summary>
    double Apart(int a, int b)
    {
        ref readonly GaussianState s = ref likeliest[a], t = ref other[b];
        double x = s.X - t.X, y = s.Y - t.Y, z = s.Z - t.Z;
        double gone = likeliestExistence[a] - existence[b];
        return (x * x) + (y * y) + (z * z) + (Gone * gone * gone * (s.Xx + s.Yy));
    }
}
