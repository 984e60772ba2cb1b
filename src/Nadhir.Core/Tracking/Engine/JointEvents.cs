namespace Nadhir.Tracking.Engine;

/// <summary>
/// All ways in which a few tracks can share a few measurements, each with its weight: every hypothesis of the past times
/// every assignment of this scan, as far as the weight is not negligible. Exact but for what is cut off.
/// </summary>
sealed class JointEvents
{
    public const int MostRows = Cluster.MostRows, Missed = -1;
    const int MostPriors = 256, MostEvents = 2048, MostSteps = 60_000;
    /// <summary>Events less likely than this part of the likeliest one so far are left out.</summary>
    const double Negligible = 3e-4;

    readonly double[] priorWeight = new double[MostPriors];
    readonly int[] priorEntry = new int[MostPriors * MostRows];
    readonly double[] weight = new double[MostEvents], mostOfRest = new double[MostRows + 1];
    readonly int[] priorOf = new int[MostEvents], choice = new int[MostEvents * MostRows], order = new int[MostEvents];
    readonly int[] current = new int[MostRows];
    readonly ScanWork work;
    readonly Comparison<int> byWeight;
    bool[] taken = new bool[64];
    int prior, steps;
    double best;
    bool tooMany;

    public JointEvents(ScanWork work)
    {
        this.work = work;
        byWeight = CompareWeights;
    }

    public int RowCount { get; private set; }
    public int PriorCount { get; private set; }
    public int Count { get; private set; }

    /// <summary>Probability of an event; they sum to one after <see cref="TryEnumerate"/>.</summary>
    public double WeightOf(int e) => weight[e];
    /// <summary>The edge by which a row was measured in an event, or <see cref="Missed"/>.</summary>
    public int ChoiceOf(int e, int row) => choice[(e * MostRows) + row];
    /// <summary>The entry (branch) of a row in an event.</summary>
    public int EntryOf(int e, int row) => priorEntry[(priorOf[e] * MostRows) + row];
    /// <summary>Events in falling order of weight.</summary>
    public ReadOnlySpan<int> Order => order.AsSpan(0, Count);

    public void Begin(int rows)
    {
        RowCount = rows;
        PriorCount = 1;
        priorWeight[0] = 1;
    }

    /// <summary>A row with one branch: the same entry in every hypothesis of the past.</summary>
    public void SetAlone(int row, int entry)
    {
        for (int p = 0; p < PriorCount; p++) priorEntry[(p * MostRows) + row] = entry;
    }

    /// <summary>
    /// Rows of one cluster: every hypothesis so far times each of the cluster's. To be called before
    /// <see cref="SetAlone"/>. False when that makes too many.
    /// </summary>
    /// <param name="cluster">Its hypotheses.</param>
    /// <param name="rowOf">For each column of the cluster, its row here.</param>
    /// <param name="looks">For each row here, its look.</param>
    public bool TryMultiply(Cluster cluster, ReadOnlySpan<int> rowOf, ReadOnlySpan<int> looks)
    {
        int before = PriorCount, times = cluster.HypothesisCount;
        if (before * times > MostPriors) return false;
        for (int p = before - 1; p >= 0; p--)
        {
            for (int h = times - 1; h >= 0; h--)
            {
                int to = (p * times) + h;
                priorWeight[to] = priorWeight[p] * cluster.Weights[h];
                if (to != p) Array.Copy(priorEntry, p * MostRows, priorEntry, to * MostRows, MostRows);
                for (int m = 0; m < cluster.RowCount; m++)
                    priorEntry[(to * MostRows) + rowOf[m]] = EntryWith(looks[rowOf[m]], cluster.BranchAt(h, m));
            }
        }

        PriorCount = before * times;
        return true;
    }

    int EntryWith(int look, int branch)
    {
        ref Look of = ref work.LookAt(look);
        for (int e = of.FirstEntry; e < of.EndEntry; e++)
            if (work.EntryAt(e).Branch == branch) return e;
        throw new InvariantBrokenException("a clustered track's branch has no entry");
    }

    /// <summary>Finds the events. False when there are too many to list; then nothing can be said here.</summary>
    public bool TryEnumerate(int observations)
    {
        if (taken.Length < observations) taken = new bool[2 * observations];
        Count = steps = 0;
        best = 0;
        tooMany = false;
        for (prior = 0; prior < PriorCount && !tooMany; prior++)
        {
            double start = priorWeight[prior];
            mostOfRest[RowCount] = 1;
            for (int i = RowCount - 1; i >= 0; i--)
            {
                ref Entry entry = ref work.EntryAt(priorEntry[(prior * MostRows) + i]);
                start *= entry.MissFactor;
                double most = entry.EndEdge > entry.FirstEdge ? Math.Max(1, work.EdgeAt(entry.FirstEdge).Odds) : 1;
                mostOfRest[i] = mostOfRest[i + 1] * most;
            }

            Descend(0, start);
        }

        if (tooMany || best <= 0) return false;
        Finish();
        return true;
    }

    void Descend(int row, double soFar)
    {
        if (soFar * mostOfRest[row] < best * Negligible) return;
        if (++steps > MostSteps) tooMany = true;
        if (tooMany) return;
        if (row == RowCount)
        {
            Keep(soFar);
            return;
        }

        ref Entry entry = ref work.EntryAt(priorEntry[(prior * MostRows) + row]);
        bool missTried = false;
        for (int e = entry.FirstEdge; e < entry.EndEdge; e++)
        {
            ref Edge edge = ref work.EdgeAt(e);
            if (!missTried && edge.Odds < 1)
            {
                missTried = true;
                current[row] = Missed;
                Descend(row + 1, soFar);
            }

            if (taken[edge.Observation]) continue;
            taken[edge.Observation] = true;
            current[row] = e;
            Descend(row + 1, soFar * edge.Odds);
            taken[edge.Observation] = false;
        }

        if (missTried) return;
        current[row] = Missed;
        Descend(row + 1, soFar);
    }

    void Keep(double soFar)
    {
        if (Count == MostEvents) DropNegligible();
        if (Count == MostEvents)
        {
            tooMany = true;
            return;
        }

        weight[Count] = soFar;
        priorOf[Count] = prior;
        Array.Copy(current, 0, choice, Count * MostRows, RowCount);
        Count++;
        best = Math.Max(best, soFar);
    }

    void DropNegligible()
    {
        int kept = 0;
        for (int e = 0; e < Count; e++)
        {
            if (weight[e] < best * Negligible) continue;
            weight[kept] = weight[e];
            priorOf[kept] = priorOf[e];
            Array.Copy(choice, e * MostRows, choice, kept * MostRows, RowCount);
            kept++;
        }

        Count = kept;
    }

    void Finish()
    {
        DropNegligible();
        double sum = 0;
        for (int e = 0; e < Count; e++) sum += weight[e];
        for (int e = 0; e < Count; e++)
        {
            weight[e] /= sum;
            order[e] = e;
        }

        // Ties keep the order of enumeration, so the result never depends on the sorting.
        order.AsSpan(0, Count).Sort(byWeight);
    }

    int CompareWeights(int a, int b) => weight[a] != weight[b] ? weight[b].CompareTo(weight[a]) : a.CompareTo(b);
}
