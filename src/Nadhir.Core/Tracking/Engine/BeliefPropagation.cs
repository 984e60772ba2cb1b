namespace Nadhir.Tracking.Engine;

/// <summary>
/// Marginal probabilities of which object made which measurement, by loopy belief propagation on the bipartite graph of
/// gated pairs (Williams and Lau, IEEE Trans. AES 50(4), 2014; Meyer et al., Proc. IEEE 106(2), 2018). Exact on trees.
/// The graph is given by edges sorted by track; the work arrays are kept between calls.
/// </summary>
sealed class BeliefPropagation
{
    const double Settled = 1e-4;
    const int MostRounds = 60;

    double[] toObservation = [], toTrack = [], observationSum = [];

    /// <param name="trackEdges">Start of each track's edges, with one more entry for the end.</param>
    /// <param name="observation">Measurement of each edge, 0 to one less than the length of <paramref name="free"/>.</param>
    /// <param name="odds">
    /// Odds of each edge against the track's miss and the measurement's being unclaimed: r·Pd·L / ((1 − r·Pd) λ).
    /// </param>
    /// <param name="marginal">For each edge, the probability that the track made the measurement.</param>
    /// <param name="free">For each measurement, the probability that no known track made it.</param>
    public void Solve(ReadOnlySpan<int> trackEdges, ReadOnlySpan<int> observation, ReadOnlySpan<double> odds,
        Span<double> marginal, Span<double> free)
    {
        int edges = observation.Length, tracks = trackEdges.Length - 1;
        if (toTrack.Length < edges)
        {
            int size = Math.Max(edges, 2 * toTrack.Length);
            toObservation = new double[size];
            toTrack = new double[size];
        }

        if (observationSum.Length < free.Length) observationSum = new double[Math.Max(free.Length, 2 * observationSum.Length)];
        Span<double> sums = observationSum.AsSpan(0, free.Length);
        toTrack.AsSpan(0, edges).Fill(1);
        for (int round = 0; round < MostRounds; round++)
        {
            SendToObservations(trackEdges, odds, tracks);
            sums.Fill(1);
            for (int e = 0; e < edges; e++) sums[observation[e]] += toObservation[e];
            double change = 0;
            for (int e = 0; e < edges; e++)
            {
                double next = 1 / Math.Max(sums[observation[e]] - toObservation[e], 1);
                change = Math.Max(change, Math.Abs(next - toTrack[e]));
                toTrack[e] = next;
            }

            if (change < Settled) break;
        }

        Conclude(trackEdges, observation, odds, marginal, free);
    }

    void SendToObservations(ReadOnlySpan<int> trackEdges, ReadOnlySpan<double> odds, int tracks)
    {
        for (int i = 0; i < tracks; i++)
        {
            int from = trackEdges[i], to = trackEdges[i + 1];
            for (int e = from; e < to; e++)
            {
                double others = 1; // summed without the edge itself: a difference of large numbers would lose the small ones
                for (int k = from; k < to; k++)
                    if (k != e) others += odds[k] * toTrack[k];
                toObservation[e] = odds[e] / others;
            }
        }
    }

    void Conclude(ReadOnlySpan<int> trackEdges, ReadOnlySpan<int> observation, ReadOnlySpan<double> odds,
        Span<double> marginal, Span<double> free)
    {
        for (int i = 0; i + 1 < trackEdges.Length; i++)
        {
            double total = 1;
            for (int e = trackEdges[i]; e < trackEdges[i + 1]; e++) total += odds[e] * toTrack[e];
            for (int e = trackEdges[i]; e < trackEdges[i + 1]; e++) marginal[e] = odds[e] * toTrack[e] / total;
        }

        Span<double> sums = observationSum.AsSpan(0, free.Length);
        sums.Fill(1);
        for (int e = 0; e < observation.Length; e++) sums[observation[e]] += toObservation[e];
        for (int j = 0; j < free.Length; j++) free[j] = 1 / sums[j];
    }
}
