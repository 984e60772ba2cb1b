using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>What a scan could see: asked once for every track that a scan may concern.</summary>
interface ICoverage
{
    /// <summary>
    /// Probability that the sensor would report an object here (<paramref name="hit"/>, 0 when it did not look) and the
    /// part of it that counts against the track when nothing was reported (<paramref name="miss"/>).
    /// </summary>
    void Look(int row, in GaussianState predicted, out double hit, out double miss);

    /// <summary>Where the sensor stands and how far it sees; no when it may see anywhere.</summary>
    bool TryReach(out double x, out double y, out double distance)
    {
        x = y = distance = 0;
        return false;
    }

    /// <summary>Seconds between two looks at the same place; 0 when the sensor does not look round.</summary>
    double Revisit { get; }

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
    /// <summary>Tracks at least so probable may have several branches.</summary>
    public double BranchAbove { get; init; } = 0.1;
    /// <summary>And those that have them keep them as long as they are at least so probable.</summary>
    public double StayAbove { get; init; } = 0.02;
    /// <summary>Joint events less likely than this part of the likeliest are not kept as hypotheses; and how many are at most.</summary>
    public double KeepHypothesesAbove { get; init; } = 0.002;
    public int MostHypotheses { get; init; } = 30;
    /// <summary>
    /// Hypotheses are one when their states differ by less than this, as the sum over position and velocity of the squared
    /// differences over the sum of the variances.
    /// </summary>
    public double AlikeWithin { get; init; } = 2;
}

/// <summary>
/// Poisson multi-Bernoulli filter (Williams, IEEE Trans. AES 51(3), 2015) with hypotheses where they matter (in the manner
/// of the mixture filter of García-Fernández et al., IEEE Trans. AES 54(4), 2018): every track has a probability of
/// existing and a mixture of motion models; tracks that may have changed places share hypotheses; every measurement that
/// no track explains starts one. Works on a flat plane in seconds and metres; knows nothing of sensors but what the
/// observations and the coverage say.
/// </summary>
sealed class BernoulliEngine
{
    const double FastestTurn = 12;  // metres per second squared that a gate must allow for beyond the state's covariance

    /// <summary>The gate for what a system calls by the number of the track; beyond it the number was given anew.</summary>
    const double NamedGate = 400;
    /// <summary>How much likelier than a new object such an observation is at least: so much that it starts none.</summary>
    const double NamedOdds = 1e5;
    const double LeastOdds = 1e-4;
    /// <summary>Tables with fewer tracks are gone through as a whole.</summary>
    const int FewTracks = 2048;

    readonly MotionBank bank;
    readonly EngineSettings settings;
    readonly ObservationGrid grid = new();
    readonly ScanWork work;
    readonly Association association;
    readonly Births births;
    readonly ModelStates[] ahead;
    readonly ClusterEstimate clusterEstimate;
    readonly GaussianState[] shown = new GaussianState[Cluster.MostRows];
    readonly TrackGrid places;
    readonly long[] lookedAt;
    readonly bool[] isEnded;
    long scanNumber;
    readonly List<int> ended = [];
    int[] near = new int[256], concerned = new int[1024];
    double[] fresh = new double[256];
    bool anyBearing, anyNamed;
    readonly double gateRadius;
    double firstTime, lastTime;

    public BernoulliEngine(MotionBank bank, EngineSettings settings)
    {
        this.bank = bank;
        this.settings = settings;
        Table = new(settings.Capacity, bank);
        Clusters = new(Table);
        work = new(bank.Count);
        places = new(settings.Capacity);
        lookedAt = new long[settings.Capacity];
        isEnded = new bool[settings.Capacity];
        association = new(Table, work, Clusters, settings);
        births = new(Table, Clusters, places, association.Hypotheses, settings);
        gateRadius = Math.Sqrt(settings.Gate);
        ahead = new ModelStates[bank.Count];
        clusterEstimate = new(this);
    }

    public TrackTable Table { get; }
    public Clusters Clusters { get; }

    /// <summary>Tentative tracks given up because the table was full.</summary>
    public long ShedCount => births.ShedCount;

    /// <summary>Uses the measurements of one look of one sensor.</summary>
    /// <param name="time">Seconds; the time for which the coverage is asked.</param>
    /// <param name="free">For each observation, the probability that no track known before made it; filled in.</param>
    public void Scan(double time, Span<Observation> observations, ICoverage coverage, IEngineListener listener,
        Span<double> free)
    {
        Forget(listener);
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

        scanNumber++;
        foreach (int row in Concerned(coverage)) Gather(row, time, observations, coverage);
        GatherClusters(time, observations, coverage);
        association.Weigh(observations.Length, free);
        coverage.BeforeBirths(observations, free);
        if (fresh.Length < observations.Length) fresh = new double[2 * observations.Length];
        for (int j = 0; j < observations.Length; j++)
            fresh[j] = free[j] < Births.LeastFree ? 0 : births.Fresh(observations[j], coverage.Revisit);
        association.Settle(observations, fresh, births, listener);
        Duplicates.Join(work, Table);
        births.Start(observations, free, fresh, listener);
        association.Hypotheses.End();
        for (int look = 0; look < work.LookCount; look++)
        {
            int row = work.LookAt(look).Row;
            if (Table.Existence[row] < settings.ForgetBelow) End(row);
            else Place(row);
        }

        Forget(listener);
    }

    /// <summary>The rows that a scan may concern: all of a small table, those within reach of a large one.</summary>
    ReadOnlySpan<int> Concerned(ICoverage coverage)
    {
        if (Table.Count < FewTracks || !coverage.TryReach(out double x, out double y, out double distance)) return Table.Alive;
        int count = places.Near(x, y, distance, ref concerned);
        return concerned.AsSpan(0, count);
    }

    void Place(int row)
    {
        ref readonly GaussianState mean = ref Table.MeanOf(row);
        places.Place(row, mean.X, mean.Y);
    }

    /// <summary>Lets every row's place follow its track: to be called every few seconds.</summary>
    public void PlaceAll(double time)
    {
        foreach (int row in Table.Alive)
        {
            ref readonly GaussianState mean = ref Table.MeanOf(row);
            double step = time - Table.TimeOf(row);
            places.Place(row, mean.X + (step * mean.U), mean.Y + (step * mean.V));
        }
    }

    /// <summary>Marks a row for <see cref="Forget"/>.</summary>
    public void End(int row)
    {
        Table.Existence[row] = 0;
        if (isEnded[row]) return;
        isEnded[row] = true;
        ended.Add(row);
    }

    /// <summary>Removes the rows that have been ended.</summary>
    public void Forget(IEngineListener listener)
    {
        if (ended.Count == 0) return;
        foreach (int row in ended)
        {
            isEnded[row] = false;
            listener.OnRemoved(row);
            Clusters.Leave(row);
            places.Remove(row);
            Table.Remove(row);
        }

        ended.Clear();
    }

    /// <summary>Lowers existence by the chance that the object left since it was last reckoned.</summary>
    public void Survive(int row, double time)
    {
        double step = time - Table.ExistenceTime[row];
        if (step <= 0) return;
        double stays = Math.Exp(-step / settings.Lifetime);
        Table.Existence[row] *= stays;
        Table.ExistenceTime[row] = time;
        if (Table.ClusterOf[row] < 0) return;
        Cluster cluster = Clusters[Table.ClusterOf[row]];
        Span<int> branches = stackalloc int[Cluster.MostHypotheses];
        foreach (int branch in branches[..cluster.DistinctBranches(cluster.ColumnOf(row), branches)])
            Table.BranchExistence[branch] *= stays;
    }

    /// <summary>How probable it is that the row has the past it is shown with; less than one only in a cluster.</summary>
    public double CertaintyOf(int row)
    {
        int index = Table.ClusterOf[row];
        return index < 0 ? 1 : Clusters[index].Certainty(Clusters[index].ColumnOf(row));
    }

    /// <summary>The state of a row to show at a time not before its own.</summary>
    public GaussianState At(int row, double time)
    {
        int index = Table.ClusterOf[row];
        if (index < 0) return BranchAt(Table.BranchOf[row], time);
        Cluster cluster = Clusters[index];
        clusterEstimate.At(cluster, time, shown);
        return shown[cluster.ColumnOf(row)];
    }

    /// <summary>The state of a branch at a time not before its own.</summary>
    public GaussianState BranchAt(int branch, double time)
    {
        double step = time - Table.StateTime[branch];
        if (step <= 0) return Table.Mean[branch];
        Table.StatesOf(branch).CopyTo(ahead);
        bank.Predict(ahead, Table.Families[branch], step);
        return bank.Merge(ahead, Table.Families[branch]);
    }

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
        if (!clustered)
        {
            int branch = Table.BranchOf[row];
            work.OpenEntry(look, branch, Table.Existence[row]);
            int count = FindNear(row, branch, observations, out double at);
            if (count > 0) Consider(row, branch, near.AsSpan(0, count), observations, at, hit, Table.Existence[row]);
            return;
        }

        GatherBranches(row, look, observations, hit);
    }

    /// <summary>Every branch of a clustered track, all carried to the same time.</summary>
    void GatherBranches(int row, int look, ReadOnlySpan<Observation> observations, double hit)
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
            Consider(row, branch, near.AsSpan(0, count), observations, at, hit, existence);
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
        double hit, double existence)
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
            double told = total * TagMatch.Factor(Table.Tags[row], o.Tag), unclaimed = work.Unclaimed(j);
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

    static double Likelihood(ReadOnlySpan<ModelStates> states, byte families, in Observation o, double lag, double gate,
        Span<Octet> likelihoods, out bool inGate)
    {
        double total = 0;
        inGate = false;
        for (int f = 0; f < states.Length; f++)
        {
            likelihoods[f] = Octet.Zero;
            if ((families & (1 << f)) == 0) continue;
            ref readonly ModelStates s = ref states[f];
            Octet likelihood = s.Weight * Correction.Likelihood(s, o, lag, out Octet distance);
            Octet counts = Vector512.GreaterThan(s.Weight, Vector512.Create(1e-9));
            inGate |= Vector512.LessThanOrEqualAny(
                Vector512.ConditionalSelect(counts, distance, Vector512.Create(double.PositiveInfinity)), Vector512.Create(gate));
            likelihoods[f] = likelihood;
            total += Vector512.Sum(likelihood);
        }

        return total;
    }
}
