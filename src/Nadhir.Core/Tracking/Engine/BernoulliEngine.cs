namespace Nadhir.Tracking.Engine;

/// <summary>What a scan could see: asked once for every track that a scan may concern.</summary>
interface ICoverage
{
    /// <summary>
    /// Probability that the sensor would report an object here (<paramref name="hit"/>, 0 when it did not look) and the
    /// part of it that counts against the track when nothing was reported (<paramref name="miss"/>).
    /// </summary>
    void Look(int row, in GaussianState predicted, out double hit, out double miss);

    /// <summary>Told what no known track explains, it may set the densities of new objects before tracks are started.</summary>
    void BeforeBirths(Span<Observation> observations, ReadOnlySpan<double> free) { }
}

/// <summary>Hears what the engine did to the rows of its table.</summary>
interface IEngineListener
{
    void OnBorn(int row, int observation);
    /// <summary>The row was corrected; the observation is the likeliest one.</summary>
    void OnCorrected(int row, int observation, double probability);
    /// <summary>The row was looked at and not seen, or its existence fell otherwise.</summary>
    void OnMissed(int row);
    void OnRemoved(int row);
}

sealed record EngineSettings
{
    public int Capacity { get; init; } = 8192;
    /// <summary>Mean seconds an object stays in the picture.</summary>
    public double Lifetime { get; init; } = 600;
    /// <summary>Tracks less probable than this are forgotten.</summary>
    public double ForgetBelow { get; init; } = 1e-3;
    /// <summary>Measurements that start a track of less existence than this start none.</summary>
    public double BirthBelow { get; init; } = 1e-3;
    /// <summary>Squared Mahalanobis distance beyond which a pair is not considered.</summary>
    public double Gate { get; init; } = 25;
    /// <summary>Measurements older than a track's state by more seconds than this do not concern it.</summary>
    public double OldestLag { get; init; } = 10;
    /// <summary>Families with less weight than this are given up for a track.</summary>
    public double GiveUpFamilyBelow { get; init; } = 1e-4;
}

/// <summary>
/// Poisson multi-Bernoulli filter with marginal association (Williams, IEEE Trans. AES 51(3), 2015): every track has a
/// probability of existing and a mixture of motion models; every measurement that no track explains starts one. Works on
/// a flat plane in seconds and metres; knows nothing of sensors but what the observations and the coverage say.
/// </summary>
sealed class BernoulliEngine
{
    const double FastestTurn = 12;  // metres per second squared that a gate must allow for beyond the state's covariance

    /// <summary>The gate for what a system calls by the number of the track; beyond it the number was given anew.</summary>
    const double NamedGate = 400;
    /// <summary>How much likelier than a new object such an observation is at least: so much that it starts none.</summary>
    const double NamedOdds = 1e5;

    readonly MotionBank bank;
    readonly EngineSettings settings;
    readonly ObservationGrid grid = new();
    readonly ScanWork work;
    readonly BeliefPropagation propagation = new();
    readonly Posterior posterior;
    readonly Births births;
    readonly Func<int, bool> isForgotten;
    int[] near = new int[256];
    bool anyBearing, anyNamed;
    double firstTime, lastTime;
    IEngineListener? hearing;

    public BernoulliEngine(MotionBank bank, EngineSettings settings)
    {
        this.bank = bank;
        this.settings = settings;
        Table = new(settings.Capacity, bank.Models.Length);
        work = new(bank.Models.Length);
        posterior = new(bank, Table, settings);
        births = new(bank, Table, settings);
        isForgotten = IsForgotten;
    }

    public TrackTable Table { get; }

    /// <summary>Tentative tracks given up because the table was full.</summary>
    public long ShedCount => births.ShedCount;

    /// <summary>Expected measurements of the last scan that no known track made.</summary>
    public double UnclaimedInScan { get; private set; }

    /// <summary>Uses the measurements of one look of one sensor.</summary>
    /// <param name="time">Seconds; the time for which the coverage is asked.</param>
    /// <param name="free">For each observation, the probability that no track known before made it; filled in.</param>
    public void Scan(double time, Span<Observation> observations, ICoverage coverage, IEngineListener listener,
        Span<double> free)
    {
        grid.Build(observations);
        work.Clear(observations);
        anyBearing = anyNamed = false;
        firstTime = double.PositiveInfinity;
        lastTime = double.NegativeInfinity;
        foreach (ref readonly Observation o in observations)
        {
            anyBearing |= o.Kind == ObservationKind.Bearing;
            anyNamed |= o.NamesItsObject;
            firstTime = Math.Min(firstTime, o.Time);
            lastTime = Math.Max(lastTime, o.Time);
        }

        foreach (int row in Table.Alive) Gather(row, time, observations, coverage);
        work.Close();
        propagation.Solve(work.TrackEdges, work.EdgeObservations, work.EdgeWeights, work.Unclaimed, work.EdgeMarginals, free);
        UnclaimedInScan = 0;
        foreach (double f in free) UnclaimedInScan += f;
        for (int i = 0; i < work.TrackCount; i++) posterior.Settle(work, i, observations, listener);
        Duplicates.Join(work, Table);
        coverage.BeforeBirths(observations, free);
        births.Start(observations, free, listener);
        Forget(listener);
    }

    /// <summary>Removes tracks that have become too improbable.</summary>
    public void Forget(IEngineListener listener)
    {
        hearing = listener;
        Table.RemoveWhere(isForgotten);
        hearing = null;
    }

    bool IsForgotten(int row)
    {
        if (Table.Existence[row] >= settings.ForgetBelow) return false;
        hearing!.OnRemoved(row);
        return true;
    }

    /// <summary>Lowers existence by the chance that the object left since it was last reckoned.</summary>
    public void Survive(int row, double time)
    {
        double step = time - Table.ExistenceTime[row];
        if (step <= 0) return;
        Table.Existence[row] *= Math.Exp(-step / settings.Lifetime);
        Table.ExistenceTime[row] = time;
    }

    /// <summary>The merged state of a row carried to a time not before its own.</summary>
    public GaussianState At(int row, double time)
    {
        double step = time - Table.StateTime[row];
        if (step <= 0) return Table.Mean[row];
        Span<GaussianState> states = stackalloc GaussianState[bank.Models.Length];
        Span<double> weights = stackalloc double[bank.Models.Length];
        bank.Predict(Table.StatesOf(row), Table.WeightsOf(row), step, states, weights);
        return GaussianState.Merge(states, weights);
    }

    void Gather(int row, double time, ReadOnlySpan<Observation> observations, ICoverage coverage)
    {
        ref readonly GaussianState mean = ref Table.Mean[row];
        double step = time - Table.StateTime[row];
        GaussianState glance = mean;
        glance.X += step * mean.U;
        glance.Y += step * mean.V;
        glance.Z += step * mean.W;
        coverage.Look(row, glance, out double hit, out double miss);
        if (hit <= 0) return;
        Survive(row, time);
        int track = work.OpenTrack(row, hit, miss);
        if (observations.Length == 0) return;
        int count = FindNear(row, observations, out int nearest);
        if (nearest < 0) return;
        double at = Math.Max(Table.StateTime[row], observations[nearest].Time);
        work.PredictTo(track, at);
        Span<GaussianState> states = work.StatesOf(track);
        Span<double> weights = work.WeightsOf(track);
        bank.Predict(Table.StatesOf(row), Table.WeightsOf(row), at - Table.StateTime[row], states, weights);
        for (int k = 0; k < count; k++) Consider(row, near[k], observations, at, hit, miss, states, weights);
    }

    /// <summary>The observations that may lie in the track's gate, and the one nearest to where it would be then.</summary>
    int FindNear(int row, ReadOnlySpan<Observation> observations, out int nearest)
    {
        ref readonly GaussianState mean = ref Table.Mean[row];
        double middle = (0.5 * (firstTime + lastTime)) - Table.StateTime[row], half = 0.5 * (lastTime - firstTime);
        double longest = Math.Abs(middle) + half;
        double reach = (Math.Sqrt(settings.Gate) * (Math.Sqrt(mean.LargestPositionVariance
            + (longest * longest * GaussianState.LargestEigenvalue(mean.Uu, mean.Uv, mean.Vv))) + grid.LargestSigma))
            + (0.5 * FastestTurn * longest * longest * Math.Min(1, mean.Speed / 50)) + (half * mean.Speed);
        int count = grid.Near(mean.X + (middle * mean.U), mean.Y + (middle * mean.V), reach, ref near);
        if (anyBearing) count = AddBearings(observations, count);
        if (anyNamed) count = AddNamed(row, observations, count);
        nearest = -1;
        double least = double.PositiveInfinity;
        for (int k = 0; k < count; k++)
        {
            ref readonly Observation o = ref observations[near[k]];
            double lag = Table.StateTime[row] - o.Time;
            if (lag > settings.OldestLag) continue;
            double dx = o.X + (lag * mean.U) - mean.X, dy = o.Y + (lag * mean.V) - mean.Y;
            double square = o.Kind == ObservationKind.Bearing ? 0 : (dx * dx) + (dy * dy);
            if ((square > 2 * reach * reach && !TagMatch.IsNamed(Table.Tags[row], o)) || square >= least) continue;
            least = square;
            nearest = near[k];
        }

        return count;
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

    void Consider(int row, int j, ReadOnlySpan<Observation> observations, double at, double hit, double miss,
        ReadOnlySpan<GaussianState> states, ReadOnlySpan<double> weights)
    {
        ref readonly Observation o = ref observations[j];
        double lag = at - o.Time;
        if (lag > settings.OldestLag) return;
        Span<double> likelihoods = work.NextLikelihoods();
        double total = 0, closest = double.PositiveInfinity;
        for (int m = 0; m < states.Length; m++)
        {
            likelihoods[m] = 0;
            if (weights[m] <= 1e-9) continue;
            likelihoods[m] = weights[m] * Correction.Likelihood(states[m], o, lag, out double distance);
            total += likelihoods[m];
            if (distance < closest) closest = distance;
        }

        bool named = TagMatch.IsNamed(Table.Tags[row], o);
        if (closest > (named ? NamedGate : settings.Gate)) return;
        total *= TagMatch.Factor(Table.Tags[row], o.Tag);
        if (named && total < NamedOdds * (o.ClutterDensity + o.BirthDensity))
        {
            // The system follows its object round turns that we do not foresee: its word on which one it is stands.
            total = NamedOdds * (o.ClutterDensity + o.BirthDensity);
            if (closest > settings.Gate) weights.CopyTo(likelihoods);
        }

        double existence = Table.Existence[row];
        double odds = existence * hit * total / (1 - (existence * miss));
        if (!(odds > 1e-6 * (o.ClutterDensity + o.BirthDensity))) return;
        work.KeepEdge(j, odds);
    }
}
