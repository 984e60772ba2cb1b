namespace Nadhir.Tracking.Engine;

/// <summary>Starts a track from every position that known tracks do not explain (measurement-driven Poisson birth).</summary>
sealed class Births(TrackTable table, Clusters clusters, TrackGrid places, Hypotheses hypotheses, EngineSettings settings)
{
    public const double UnknownHeight = 5000, UnknownHeightSigma = 3000;
    /// <summary>Measurements of known tracks with more probability than what is left by this start nothing.</summary>
    public const double LeastFree = 1e-3;
    const int KnownAfterHits = 4;
    const double KnownExistence = 0.995;
    /// <summary>What another tracker's word is worth.</summary>
    const double VouchedExistence = 0.995;

    readonly BirthMap map = new();
    readonly FirstSight[] firsts = new FirstSight[table.Capacity];

    /// <summary>Where a row was first seen, and its velocity from there to where it was seen next.</summary>
    readonly record struct FirstSight(double Time, double X, double Y, double Z, double U, double V, double W);

    /// <summary>Improbable tracks given up for more probable new ones because the table was full, and starts refused.</summary>
    public long ShedCount { get; private set; }

    /// <param name="observations">Those of the scan.</param>
    /// <param name="free">For each, the probability that no track known before made it.</param>
    /// <param name="fresh">For each, the probability that it is a new object then.</param>
    /// <param name="listener">Told of every start.</param>
    public void Start(ReadOnlySpan<Observation> observations, ReadOnlySpan<double> free, ReadOnlySpan<double> fresh,
        IEngineListener listener)
    {
        for (int j = 0; j < observations.Length; j++)
        {
            ref readonly Observation o = ref observations[j];
            double existence = free[j] * fresh[j];
            if (existence < settings.BirthBelow) continue;
            int row = table.Add();
            if (row < 0 && MakeRoom(existence, listener)) row = table.Add();
            if (row < 0)
            {
                ShedCount++;
                continue;
            }

            Begin(row, o, existence);
            places.Place(row, o.X, o.Y);
            hypotheses.Enter(row, j, fresh[j]);
            listener.OnBorn(row, j);
        }
    }

    /// <summary>The probability that a measurement which no known track made is a new object.</summary>
    public double Fresh(in Observation o, double revisit)
    {
        if (o.Kind != ObservationKind.Position) return 0;
        if (o.Vouched) return VouchedExistence;
        if (o.BirthDensity <= 0) return 0;
        double density = o.BirthDensity;
        if (revisit > 0 && o.HasHeight && !o.HeightIsHearsay)
            density += revisit * map.RateAt(o.Time, o.X, o.Y, o.Z);
        return density / (density + o.ClutterDensity);
    }

    /// <summary>Learns where tracks start and how, when one has become sure.</summary>
    public void Learn(int row, in Observation o)
    {
        int hits = table.Hits[row];
        ref FirstSight first = ref firsts[row];
        double step = o.Time - first.Time;
        if (hits == 2 && step > 0)
            first = first with { U = (o.X - first.X) / step, V = (o.Y - first.Y) / step, W = (o.Z - first.Z) / step };
        if (hits != KnownAfterHits || table.Existence[row] < KnownExistence) return;
        if (o.Kind != ObservationKind.Position || !o.HasHeight) return;
        map.Add(o.Time, first.X, first.Y, first.Z, first.U, first.V, first.W);
    }

    bool MakeRoom(double existence, IEngineListener listener)
    {
        int least = -1;
        foreach (int row in table.Alive)
            if (least < 0 || table.Existence[row] < table.Existence[least]) least = row;
        if (least < 0 || table.Existence[least] >= existence) return false;
        listener.OnRemoved(least);
        clusters.Leave(least);
        places.Remove(least);
        table.Remove(least);
        ShedCount++;
        return true;
    }

    void Begin(int row, in Observation o, double existence)
    {
        int branch = table.BranchOf[row];
        table.Existence[row] = existence;
        table.StateTime[branch] = table.ExistenceTime[row] = table.FirstSeen[row] = table.LastSeen[row] = o.Time;
        table.Hits[row] = 1;
        table.HasHeight[row] = o.HasHeight;
        table.Tags[row] = o.Tag;
        table.Families[branch] = table.Bank.All;
        firsts[row] = new(o.Time, o.X, o.Y, o.Z, 0, 0, 0);
        bool known = map.TryMotion(o.Time, o.X, o.Y, out FirstMotion motion);
        table.Bank.Begin(table.StatesOf(branch), o, known ? motion : null);
        table.MergeModels(branch);
    }
}
