namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Follows one falling object: a Gaussian sum over its drag, one filter a lane, that measurements weigh and that melts
/// together as the drag becomes known. One owner; used again for other objects.
/// </summary>
sealed class Follower
{
    public const int MostLanes = 8;

    const double Gate = 25, FitMemory = 0.85, ExpectedFit = 3, WorstFit = 8;
    const double LeastWeight = 1e-4, SameDrag = 0.7; // of a sigma
    const int MostRejected = 3;
    /// <summary>
    /// The engine's states at the end of a burn are too sure of themselves by about this factor of variance.
    /// </summary>
    const double FirstDoubt = 1.15;

    readonly BallisticHypothesis[] lanes = new BallisticHypothesis[MostLanes];
    int count, rejected;
    double fit;

    public double Time { get; private set; }

    /// <summary>Measurements used since the start.</summary>
    public int Fixes { get; private set; }

    /// <summary>The measurements no longer fit any lane: another burn, or another object.</summary>
    public bool HasLostIt => rejected >= MostRejected || fit > WorstFit || count == 0;

    public ReadOnlySpan<BallisticHypothesis> Lanes => lanes.AsSpan(0, count);

    /// <summary>
    /// Variance is told this many times larger when late measurements lie farther off than they should.
    /// </summary>
    public double Doubt => Math.Max(1, fit / (1.2 * ExpectedFit));

    /// <summary>The lanes as one Gaussian; there must be one.</summary>
    public BallisticState Merged
    {
        get
        {
            BallisticState merged = lanes[0].State;
            double weight = lanes[0].Weight;
            for (int i = 1; i < count; i++)
            {
                weight += lanes[i].Weight;
                merged = BallisticState.Merge(merged, 1 - (lanes[i].Weight / weight), lanes[i].State);
            }

            return merged;
        }
    }

    /// <summary>Begins with those hypotheses that fall freely; weights become relative to them.</summary>
    public void Start(ReadOnlySpan<BallisticHypothesis> belief, double time)
    {
        (Time, fit, rejected, count, Fixes) = (time, ExpectedFit, 0, 0, 0);
        foreach (ref readonly BallisticHypothesis h in belief)
            if (h.BurnSeconds == 0 && h.Weight > 0 && count < MostLanes && h.State.IsFinite)
            {
                lanes[count] = h;
                lanes[count++].State.Doubt(FirstDoubt);
            }

        Normalise();
    }

    /// <param name="probability">That the measurement is this object's; its covariance is widened for the
    /// doubt.</param>
    public void Correct(in PositionFix seen, double time, double probability, BallisticEnvironment world)
    {
        double step = time - Time, nearest = double.PositiveInfinity;
        if (!(step >= 0)) return;
        Time = time;
        Span<double> evidence = stackalloc double[MostLanes];
        for (int i = 0; i < count; i++)
        {
            FallingFilter.Predict(ref lanes[i].State, step, world);
            evidence[i] = FallingFilter.Correct(ref lanes[i].State, seen, Gate, 1 / probability, out double distance);
            nearest = Math.Min(nearest, distance);
        }

        fit = (FitMemory * fit) + ((1 - FitMemory) * Math.Min(nearest, Gate));
        rejected = nearest <= Gate ? 0 : rejected + 1;
        if (rejected > 0) return;
        Fixes++;
        double best = double.NegativeInfinity;
        for (int i = 0; i < count; i++) best = Math.Max(best, evidence[i]);
        for (int i = 0; i < count; i++) lanes[i].Weight *= Math.Exp(evidence[i] - best);
        Normalise();
        Melt();
    }

    void Normalise()
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += lanes[i].Weight;
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            double weight = lanes[i].Weight / sum;
            if (!(weight > LeastWeight) || !lanes[i].State.IsFinite) continue;
            if (kept != i) lanes[kept] = lanes[i];
            lanes[kept++].Weight = weight;
        }

        count = kept;
    }

    /// <summary>Joins lanes that have come to mean the same drag.</summary>
    void Melt()
    {
        for (int i = 0; i < count; i++)
            for (int j = count - 1; j > i; j--)
            {
                ref readonly BallisticState a = ref lanes[i].State;
                ref readonly BallisticState b = ref lanes[j].State;
                double apart = a.Drag - b.Drag;
                double variance = Math.Min(a.DragVariance, b.DragVariance);
                if (apart * apart > SameDrag * SameDrag * variance) continue;
                double weight = lanes[i].Weight + lanes[j].Weight;
                BallisticState merged = BallisticState.Merge(a, lanes[i].Weight / weight, b);
                lanes[i].State = merged;
                lanes[i].Weight = weight;
                lanes[j] = lanes[--count];
            }
    }
}
