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

    /// <summary>
    /// How probable it is that a report of the row says nothing of who it is: little where the sensor has heard its replies.
    /// </summary>
    double UnansweredFactor(int row) => 1;

    /// <summary>Seconds between two looks at the same place; 0 when the sensor does not look round.</summary>
    double Revisit { get; }

    /// <summary>Told what no known track explains, it may set the densities of new objects before tracks are started.</summary>
    void BeforeBirths(Span<Observation> observations, ReadOnlySpan<double> free) { }
}

/// <summary>Hears what the engine did to the rows of its table.</summary>
interface IEngineListener
{
    void OnBorn(int row, int observation);
    /// <summary>
    /// The row was corrected; the observation is the likeliest one, <paramref name="seen"/> the probability that any was it.
    /// </summary>
    void OnCorrected(int row, int observation, double probability, double seen);
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
sealed partial class BernoulliEngine
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
    readonly double gateRadius;
    readonly ObservationGrid grid = new();
    readonly TrackGrid places;
    readonly ScanWork work;
    readonly Association association;
    readonly Births births;
    readonly ClusterEstimate clusterEstimate;
    readonly ModelStates[] ahead;
    readonly GaussianState[] shown = new GaussianState[Cluster.MostRows];
    readonly double[] shownExistence = new double[Cluster.MostRows];
    /// <summary>Per row: the last scan that looked at it, and whether it is in <see cref="ended"/>.</summary>
    readonly long[] lookedAt;
    readonly bool[] isEnded;
    readonly List<int> ended = [];
    int[] near = new int[256], concerned = new int[1024];
    double[] fresh = new double[256];
    long scanNumber;
    bool anyBearing, anyNamed;
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
            if (!Table.IsAlive(row)) continue; // shed for a new one
            if (Table.Existence[row] < settings.ForgetBelow) End(row);
            else Place(row);
        }

        Forget(listener);
    }

    /// <summary>The rows that a scan may concern: all of a small table, those within reach of a large one.</summary>
    ReadOnlySpan<int> Concerned(ICoverage coverage)
    {
        if (Table.Count < FewTracks || !coverage.TryReach(out double x, out double y, out double distance)) return Table.Alive;
        if (!places.IsWorthAsking(distance)) return Table.Alive;
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
    public GaussianState At(int row, double time) => At(row, time, out double _);

    /// <summary>
    /// The same, and how probable it is that an object is there: of two tracks that have met, one of which has gone, one
    /// is shown as sure, though nobody knows which.
    /// </summary>
    public GaussianState At(int row, double time, out double existence)
    {
        int index = Table.ClusterOf[row];
        if (index < 0)
        {
            existence = Table.Existence[row];
            return BranchAt(Table.BranchOf[row], time);
        }

        Cluster cluster = Clusters[index];
        clusterEstimate.At(cluster, time, shown, shownExistence);
        existence = shownExistence[cluster.ColumnOf(row)];
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
}
