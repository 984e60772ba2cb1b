namespace Nadhir.Tracking.Engine;

/// <summary>
/// The work of one scan: the tracks looked at, their predictions and the gated pairs, in arrays that are kept and grow
/// only while the picture does.
/// </summary>
sealed class ScanWork(int models)
{
    int[] rows = new int[64], edgeStart = new int[65], edgeObservation = new int[256];
    double[] hit = new double[64], miss = new double[64], time = new double[64];
    GaussianState[] states = new GaussianState[64 * models];
    double[] weights = new double[64 * models];
    double[] edgeWeight = new double[256], edgeMarginal = new double[256], likelihood = new double[256 * models];
    double[] unclaimed = new double[64];
    int[] claimant = new int[64];
    int edges, observations;

    public int TrackCount { get; private set; }
    public ReadOnlySpan<int> TrackEdges => edgeStart.AsSpan(0, TrackCount + 1);
    public ReadOnlySpan<int> EdgeObservations => edgeObservation.AsSpan(0, edges);
    public ReadOnlySpan<double> EdgeWeights => edgeWeight.AsSpan(0, edges);
    public Span<double> EdgeMarginals => edgeMarginal.AsSpan(0, edges);
    /// <summary>For each observation, density of clutter and new objects.</summary>
    public ReadOnlySpan<double> Unclaimed => unclaimed.AsSpan(0, observations);

    public void Clear(ReadOnlySpan<Observation> scan)
    {
        TrackCount = edges = 0;
        observations = scan.Length;
        if (unclaimed.Length < observations) unclaimed = new double[Math.Max(observations, 2 * unclaimed.Length)];
        if (claimant.Length < observations) claimant = new int[Math.Max(observations, 2 * claimant.Length)];
        claimant.AsSpan(0, observations).Fill(-1);
        for (int j = 0; j < observations; j++)
            unclaimed[j] = Math.Max(scan[j].ClutterDensity + scan[j].BirthDensity, 1e-30);
    }

    /// <summary>Says which track claimed the observation before (−1 for none), and notes this one.</summary>
    public int Claim(int observation, int track)
    {
        int earlier = claimant[observation];
        claimant[observation] = track;
        return earlier;
    }

    public int OpenTrack(int row, double hitProbability, double missProbability)
    {
        if (TrackCount == rows.Length) Grow();
        int track = TrackCount++;
        rows[track] = row;
        hit[track] = hitProbability;
        miss[track] = missProbability;
        time[track] = double.NaN;
        edgeStart[track] = edges;
        return track;
    }

    void Grow()
    {
        int size = 2 * rows.Length;
        Array.Resize(ref rows, size);
        Array.Resize(ref edgeStart, size + 1);
        Array.Resize(ref hit, size);
        Array.Resize(ref miss, size);
        Array.Resize(ref time, size);
        Array.Resize(ref states, size * models);
        Array.Resize(ref weights, size * models);
    }

    public void PredictTo(int track, double at) => time[track] = at;

    /// <summary>Room for the next edge's likelihood of each model; kept by <see cref="KeepEdge"/>, else written over.</summary>
    public Span<double> NextLikelihoods()
    {
        if (edges == edgeObservation.Length)
        {
            int size = 2 * edges;
            Array.Resize(ref edgeObservation, size);
            Array.Resize(ref edgeWeight, size);
            Array.Resize(ref edgeMarginal, size);
            Array.Resize(ref likelihood, size * models);
        }

        return likelihood.AsSpan(edges * models, models);
    }

    public void KeepEdge(int observation, double odds)
    {
        edgeObservation[edges] = observation;
        edgeWeight[edges] = odds;
        edges++;
    }

    public void Close() => edgeStart[TrackCount] = edges;

    public int RowOf(int track) => rows[track];
    public double HitOf(int track) => hit[track];
    public double MissOf(int track) => miss[track];
    /// <summary>Time of the prediction; NaN when there was nothing to predict for.</summary>
    public double TimeOf(int track) => time[track];
    public int FirstEdge(int track) => edgeStart[track];
    public int EndEdge(int track) => edgeStart[track + 1];
    public Span<GaussianState> StatesOf(int track) => states.AsSpan(track * models, models);
    public Span<double> WeightsOf(int track) => weights.AsSpan(track * models, models);
    public int ObservationOf(int edge) => edgeObservation[edge];
    public double MarginalOf(int edge) => edgeMarginal[edge];
    /// <summary>Weight times likelihood of each model for an edge.</summary>
    public ReadOnlySpan<double> LikelihoodsOf(int edge) => likelihood.AsSpan(edge * models, models);
}
