namespace Nadhir.Tracking.Engine;

/// <summary>
/// Turns the association probabilities of a scan into new states: each model becomes the moment-matched mixture over the
/// measurements it may have made and none, and the existence probability follows.
/// </summary>
sealed class Posterior(MotionBank bank, TrackTable table, EngineSettings settings)
{
    /// <summary>A measurement with this marginal belongs to one track alone.</summary>
    const double SurelySole = 0.9;
    const double NegligiblePart = 1e-3;

    GaussianState[] parts = new GaussianState[16];
    double[] partWeights = new double[16];
    double[] edgeTotals = new double[16];

    public void Settle(ScanWork work, int track, ReadOnlySpan<Observation> observations, IEngineListener listener)
    {
        int row = work.RowOf(track), first = work.FirstEdge(track), end = work.EndEdge(track);
        double existence = table.Existence[row], miss = work.MissOf(track);
        double seen = 0, best = 0;
        int bestEdge = -1;
        for (int e = first; e < end; e++)
        {
            double p = work.MarginalOf(e);
            seen += p;
            if (p <= best) continue;
            best = p;
            bestEdge = e;
        }

        double unseen = Math.Max(0, 1 - seen);
        double unseenExists = unseen * existence * (1 - miss) / (1 - (existence * miss));
        double next = Math.Min(seen + unseenExists, 1 - 1e-9);
        table.Existence[row] = next;
        if (seen < NegligiblePart * next || bestEdge < 0)
        {
            listener.OnMissed(row);
            return;
        }

        Correct(work, track, observations, unseenExists / next, 1 / next);
        if (best > 0.5)
        {
            table.Hits[row]++;
            double time = observations[work.ObservationOf(bestEdge)].Time;
            table.LastSeen[row] = Math.Max(table.LastSeen[row], time);
            if (best > SurelySole) table.CountSole(row, time);
        }

        listener.OnCorrected(row, work.ObservationOf(bestEdge), best);
    }

    void Correct(ScanWork work, int track, ReadOnlySpan<Observation> observations, double missShare, double scale)
    {
        int row = work.RowOf(track), first = work.FirstEdge(track), end = work.EndEdge(track), count = end - first;
        if (parts.Length < count + 1)
        {
            parts = new GaussianState[2 * (count + 1)];
            partWeights = new double[2 * (count + 1)];
            edgeTotals = new double[2 * (count + 1)];
        }

        bool anyHeight = false;
        for (int e = first; e < end; e++)
        {
            double total = 0;
            foreach (double l in work.LikelihoodsOf(e)) total += l;
            edgeTotals[e - first] = total;
            anyHeight |= observations[work.ObservationOf(e)].HasHeight;
        }

        table.HasHeight[row] |= anyHeight;
        ReadOnlySpan<GaussianState> predicted = work.StatesOf(track);
        ReadOnlySpan<double> prior = work.WeightsOf(track);
        Span<GaussianState> states = table.StatesOf(row);
        Span<double> weights = table.WeightsOf(row);
        double at = work.TimeOf(track), sum = 0;
        for (int m = 0; m < predicted.Length; m++)
        {
            double all = missShare * prior[m];
            for (int e = first; e < end; e++)
                all += scale * work.MarginalOf(e) * work.LikelihoodsOf(e)[m] / edgeTotals[e - first];
            weights[m] = all > 1e-9 ? all : 0;
            if (weights[m] == 0) continue;
            sum += all;
            int used = 0;
            double kept = 0;
            for (int e = first - 1; e < end; e++)
            {
                double share = e < first ? missShare * prior[m]
                    : scale * work.MarginalOf(e) * work.LikelihoodsOf(e)[m] / edgeTotals[e - first];
                if (share < NegligiblePart * all) continue;
                parts[used] = predicted[m];
                if (e >= first)
                {
                    ref readonly Observation o = ref observations[work.ObservationOf(e)];
                    Correction.Apply(ref parts[used], o, at - o.Time);
                }

                partWeights[used++] = share;
                kept += share;
            }

            for (int k = 0; k < used; k++) partWeights[k] /= kept;
            states[m] = used == 1 ? parts[0] : GaussianState.Merge(parts.AsSpan(0, used), partWeights.AsSpan(0, used));
        }

        table.StateTime[row] = at;
        GiveUpFamilies(weights, sum);
        table.MergeModels(row);
    }

    void GiveUpFamilies(Span<double> weights, double sum)
    {
        double kept = 0;
        for (int f = 0; f + 1 < bank.FirstOf.Length; f++)
        {
            Span<double> family = weights[bank.FirstOf[f]..bank.FirstOf[f + 1]];
            double total = 0;
            foreach (double w in family) total += w;
            if (total < settings.GiveUpFamilyBelow * sum) family.Clear();
            else kept += total;
        }

        for (int m = 0; m < weights.Length; m++) weights[m] /= kept;
    }
}
