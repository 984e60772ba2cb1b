namespace Nadhir.Tracking.Engine;

/// <summary>
/// Who made which measurement. The looks of a scan fall apart into components that share no measurement. A track alone
/// with its measurements is settled in closed form; a few tracks by listing all that may have happened; many by belief
/// propagation on their marginals.
/// </summary>
sealed class Association
{
    const int MostRows = JointEvents.MostRows, LargeRows = 5;
    /// <summary>A measurement with this marginal belongs to one track alone.</summary>
    const double SurelySole = 0.9;
    const double NegligiblePart = 1e-3;

    readonly TrackTable table;
    readonly ScanWork work;
    readonly Clusters clusters;
    readonly BeliefPropagation propagation = new();
    /// <summary>Lists of large components are kept until they are settled, as many as there are places.</summary>
    readonly JointEvents[] kept;
    readonly JointEvents again;
    readonly Posterior posterior;
    readonly Hypotheses hypotheses;
    readonly int[] looks = new int[MostRows + 1], columnRows = new int[MostRows];
    readonly double[] existence = new double[MostRows];
    int[] trackEdges = new int[64], edgeList = new int[64], localObservation = new int[64], observationList = new int[64];
    int[] localOf = new int[64], last = new int[64];
    double[] odds = new double[64], marginals = new double[64], localFree = new double[64];
    Manner[] manner = new Manner[64];
    int[] listOf = new int[64];
    int keptCount;

    /// <summary>How a component, named by its root, was weighed.</summary>
    enum Manner : byte { Alone, Listed, Propagated }

    public Association(TrackTable table, ScanWork work, Clusters clusters, EngineSettings settings)
    {
        this.table = table;
        this.work = work;
        this.clusters = clusters;
        again = new(work);
        kept = [new(work), new(work), new(work), new(work)];
        posterior = new(table, work);
        hypotheses = new(table, work, clusters, posterior, settings);
    }

    public Hypotheses Hypotheses => hypotheses;

    /// <summary>
    /// Finds who made which measurement: <paramref name="free"/> becomes the probability that no known track made it.
    /// </summary>
    public void Weigh(int observations, Span<double> free)
    {
        free.Fill(1);
        keptCount = 0;
        Connect();
        Room(ref manner, work.LookCount);
        Room(ref listOf, work.LookCount);
        for (int look = 0; look < work.LookCount; look++)
        {
            if (Root(look) != look) continue;
            ref Look first = ref work.LookAt(look);
            if (first.Next < 0 && first.EndEntry - first.FirstEntry == 1)
            {
                manner[look] = Manner.Alone;
                WeighAlone(first.FirstEntry, free);
            }
            else if (TryList(look, observations, free))
            {
                manner[look] = Manner.Listed;
            }
            else
            {
                manner[look] = Manner.Propagated;
                Decide(look);
                Propagate(look, free);
            }
        }
    }

    bool TryList(int root, int observations, Span<double> free)
    {
        int count = Collect(root);
        if (count > MostRows) return false;
        bool isLarge = count >= LargeRows && keptCount < kept.Length;
        JointEvents events = isLarge ? kept[keptCount] : again;
        if (!TryList(events, count, observations)) return false;
        listOf[root] = isLarge ? keptCount++ : -1;
        TakeMarginals(events, count, free);
        return true;
    }

    /// <summary>Settles every look by what <see cref="Weigh"/> found.</summary>
    /// <param name="observations">Those of the scan.</param>
    /// <param name="fresh">For each, the probability that it is a new object if no known track made it.</param>
    /// <param name="births">Learns from tracks that have become sure.</param>
    /// <param name="listener">Told what became of each track.</param>
    public void Settle(ReadOnlySpan<Observation> observations, ReadOnlySpan<double> fresh, Births births,
        IEngineListener listener)
    {
        hypotheses.Begin();
        for (int look = 0; look < work.LookCount; look++)
        {
            if (Root(look) != look) continue;
            if (manner[look] == Manner.Listed)
            {
                SettleListed(look, fresh, observations);
                continue;
            }

            for (int each = look; each >= 0; each = work.LookAt(each).Next) SettleByMarginals(each, observations);
        }

        for (int look = 0; look < work.LookCount; look++) Tell(look, observations, births, listener);
    }

    /// <summary>Large lists were kept; small ones are made again, the same.</summary>
    void SettleListed(int root, ReadOnlySpan<double> fresh, ReadOnlySpan<Observation> observations)
    {
        int count = Collect(root), list = listOf[root];
        JointEvents events = list >= 0 ? kept[list] : again;
        bool listed = list >= 0 || TryList(events, count, observations.Length);
        Invariant.Require(listed, "what was listed once can be listed again");
        FindExistence(events, count);
        hypotheses.Settle(events, looks.AsSpan(0, count), existence.AsSpan(0, count), fresh, observations);
    }

    /// <summary>The looks of a component, up to one more than can be listed; says how many.</summary>
    int Collect(int root)
    {
        int count = 0;
        for (int look = root; look >= 0 && count <= MostRows; look = work.LookAt(look).Next) looks[count++] = look;
        return count;
    }

    /// <summary>Joins looks that share a measurement or a cluster, and strings each component together from its root.</summary>
    void Connect()
    {
        if (last.Length < work.LookCount) last = new int[2 * work.LookCount];
        for (int look = 0; look < work.LookCount; look++)
        {
            ref Look of = ref work.LookAt(look);
            for (int e = work.EntryAt(of.FirstEntry).FirstEdge; e < work.EntryAt(of.EndEntry - 1).EndEdge; e++)
            {
                ref int owner = ref work.OwnerOf(work.EdgeAt(e).Observation);
                if (owner >= 0) Join(owner, look);
                owner = look;
            }

            int cluster = table.ClusterOf[of.Row];
            if (cluster < 0) continue;
            ref int firstOf = ref clusters[cluster].FirstLook;
            if (firstOf >= 0 && firstOf < look && work.LookAt(firstOf).Row >= 0
                && table.ClusterOf[work.LookAt(firstOf).Row] == cluster) Join(firstOf, look);
            else firstOf = look;
        }

        for (int look = 0; look < work.LookCount; look++)
        {
            int root = Root(look);
            if (root == look) last[root] = look;
            else
            {
                work.LookAt(last[root]).Next = look;
                last[root] = look;
            }
        }
    }

    /// <summary>The root is always the first look of its component.</summary>
    int Root(int look)
    {
        while (work.LookAt(look).Parent != look)
        {
            ref Look of = ref work.LookAt(look);
            of.Parent = work.LookAt(of.Parent).Parent;
            look = of.Parent;
        }

        return look;
    }

    void Join(int a, int b)
    {
        a = Root(a);
        b = Root(b);
        if (a < b) work.LookAt(b).Parent = a;
        else if (b < a) work.LookAt(a).Parent = b;
    }

    void WeighAlone(int entryIndex, Span<double> free)
    {
        ref Entry entry = ref work.EntryAt(entryIndex);
        double total = 1;
        for (int e = entry.FirstEdge; e < entry.EndEdge; e++) total += work.EdgeAt(e).Odds;
        for (int e = entry.FirstEdge; e < entry.EndEdge; e++)
        {
            ref Edge edge = ref work.EdgeAt(e);
            edge.Marginal = edge.Odds / total;
            free[edge.Observation] = 1 - edge.Marginal;
        }
    }

    /// <summary>Makes the one branch of a look the mixture over its edges' marginals and a miss.</summary>
    void SettleByMarginals(int look, ReadOnlySpan<Observation> observations)
    {
        ref Look of = ref work.LookAt(look);
        ref Entry entry = ref work.EntryAt(of.FirstEntry);
        double exists = Math.Min(posterior.TakeMarginals(of.FirstEntry, out double seen), 1 - 1e-9);
        table.Existence[of.Row] = exists;
        int branch = entry.Branch;
        if (seen >= NegligiblePart * exists)
        {
            posterior.Write(branch, observations);
        }
        else if (entry.Predicted)
        {
            table.StateTime[branch] = entry.At;
            table.MergeModels(branch);
        }
    }

    /// <summary>Lists the joint events of the collected component; says no when they are too many.</summary>
    bool TryList(JointEvents events, int count, int observations)
    {
        ReadOnlySpan<int> component = looks.AsSpan(0, count);
        events.Begin(count);
        for (int i = 0; i < count; i++)
        {
            int cluster = table.ClusterOf[work.LookAt(component[i]).Row];
            if (cluster < 0) continue;
            Cluster c = clusters[cluster];
            if (work.LookAt(component[i]).Row != c.Rows[0]) continue; // each cluster once
            for (int m = 0; m < c.RowCount; m++)
                for (int k = 0; k < count; k++)
                    if (work.LookAt(component[k]).Row == c.Rows[m]) columnRows[m] = k;
            if (!events.TryMultiply(c, columnRows.AsSpan(0, c.RowCount), component)) return false;
        }

        for (int i = 0; i < count; i++)
        {
            ref Look look = ref work.LookAt(component[i]);
            if (table.ClusterOf[look.Row] < 0) events.SetAlone(i, look.FirstEntry);
        }

        return events.TryEnumerate(observations);
    }

    void TakeMarginals(JointEvents events, int rows, Span<double> free)
    {
        for (int e = 0; e < events.Count; e++)
        {
            for (int i = 0; i < rows; i++)
            {
                int edge = events.ChoiceOf(e, i);
                if (edge < 0) continue;
                work.EdgeAt(edge).Marginal += events.WeightOf(e);
                ref double left = ref free[work.EdgeAt(edge).Observation];
                left = Math.Max(0, left - events.WeightOf(e));
            }
        }
    }

    /// <summary>How probable each row of the listed component is after the scan.</summary>
    void FindExistence(JointEvents events, int rows)
    {
        existence.AsSpan(0, rows).Clear();
        for (int e = 0; e < events.Count; e++)
            for (int i = 0; i < rows; i++)
                existence[i] += events.WeightOf(e)
                    * (events.ChoiceOf(e, i) >= 0 ? 1 : work.EntryAt(events.EntryOf(e, i)).MissExistence);
        for (int i = 0; i < rows; i++) existence[i] = Math.Min(existence[i], 1 - 1e-9);
    }

    /// <summary>Ends the ambiguities in a component that is too large to list: each row goes on with its likeliest branch.</summary>
    void Decide(int root)
    {
        for (int look = root; look >= 0; look = work.LookAt(look).Next)
        {
            ref Look of = ref work.LookAt(look);
            of.EndEntry = of.FirstEntry + 1; // the first branch is the likeliest one
            if (table.ClusterOf[of.Row] >= 0) clusters.Decide(table.ClusterOf[of.Row]);
        }
    }

    void Propagate(int root, Span<double> free)
    {
        int tracks = 0, edges = 0, observations = 0;
        if (localOf.Length < free.Length) localOf = new int[2 * free.Length];
        for (int look = root; look >= 0; look = work.LookAt(look).Next)
        {
            Room(ref trackEdges, tracks + 2);
            trackEdges[tracks++] = edges;
            ref Entry entry = ref work.EntryAt(work.LookAt(look).FirstEntry);
            for (int e = entry.FirstEdge; e < entry.EndEdge; e++)
            {
                int j = work.EdgeAt(e).Observation;
                if (free[j] > 0)
                {
                    free[j] = -1; // taken into the list
                    Room(ref observationList, observations + 1);
                    localOf[j] = observations;
                    observationList[observations++] = j;
                }

                Room(ref edgeList, edges + 1);
                Room(ref localObservation, edges + 1);
                Room(ref odds, edges + 1);
                edgeList[edges] = e;
                localObservation[edges] = localOf[j];
                odds[edges++] = work.EdgeAt(e).Odds;
            }
        }

        trackEdges[tracks] = edges;
        Room(ref marginals, edges);
        Room(ref localFree, observations);
        propagation.Solve(trackEdges.AsSpan(0, tracks + 1), localObservation.AsSpan(0, edges), odds.AsSpan(0, edges),
            marginals.AsSpan(0, edges), localFree.AsSpan(0, observations));
        for (int e = 0; e < edges; e++) work.EdgeAt(edgeList[e]).Marginal = marginals[e];
        for (int j = 0; j < observations; j++) free[observationList[j]] = localFree[j];
    }

    static void Room<T>(ref T[] array, int count)
    {
        if (array.Length < count) Array.Resize(ref array, Math.Max(count, 2 * array.Length));
    }

    /// <summary>Counts what a track was seen by and tells it.</summary>
    void Tell(int look, ReadOnlySpan<Observation> observations, Births births, IEngineListener listener)
    {
        ref Look of = ref work.LookAt(look);
        double seen = 0, most = 0;
        int likeliest = -1;
        for (int e = work.EntryAt(of.FirstEntry).FirstEdge; e < work.EntryAt(of.EndEntry - 1).EndEdge; e++)
        {
            double p = work.EdgeAt(e).Marginal;
            seen += p;
            if (p <= most) continue;
            most = p;
            likeliest = e;
        }

        if (likeliest < 0 || seen < NegligiblePart * table.Existence[of.Row])
        {
            listener.OnMissed(of.Row);
            return;
        }

        int observation = work.EdgeAt(likeliest).Observation;
        ref readonly Observation o = ref observations[observation];
        table.HasHeight[of.Row] |= o.HasHeight;
        if (seen > 0.5)
        {
            table.Hits[of.Row]++;
            table.LastSeen[of.Row] = Math.Max(table.LastSeen[of.Row], o.Time);
            if (most > SurelySole) table.CountSole(of.Row, o.Time);
            births.Learn(of.Row, o);
        }

        listener.OnCorrected(of.Row, observation, most, seen);
    }
}
