namespace Nadhir.Tracking.Engine;

/// <summary>
/// Decides what becomes of a component's joint events: tracks whose measurement is clear, or whose doubt concerns nobody
/// else, become one branch; tracks that may have changed places keep the likeliest hypotheses as a cluster, until later
/// measurements decide.
/// </summary>
sealed class Hypotheses(TrackTable table, ScanWork work, Clusters clusters, Posterior posterior, EngineSettings settings)
{
    const int MostRows = Cluster.MostRows, MostKept = Cluster.MostHypotheses;

    readonly int[] group = new int[MostRows], outcomeCount = new int[MostRows];
    readonly int[] outcomes = new int[MostRows * MostKept];
    readonly int[] outcomeAt = new int[MostKept * MostRows];
    readonly double[] weights = new double[MostKept], tupleWeight = new double[MostKept];
    readonly ulong[] signature = new ulong[MostKept];
    readonly int[] tupleEvent = new int[MostKept], tupleOrder = new int[MostKept];
    readonly int[] made = new int[MostRows * MostKept];
    readonly int[] oldCluster = new int[MostRows];
    readonly List<Dispute> disputes = [];
    JointEvents events = null!;
    int kept;

    /// <summary>A measurement that a cluster's tracks made in some hypotheses, a bit each, and a new object in the others.</summary>
    readonly record struct Dispute(int Observation, int Cluster, UInt128 Claimed);

    /// <summary>To be called before the components of a scan are settled.</summary>
    public void Begin() => disputes.Clear();

    /// <summary>Writes the new states of a component's rows.</summary>
    /// <param name="listed">All that may have happened to them.</param>
    /// <param name="looks">The look of each row.</param>
    /// <param name="existence">Of each row after the scan.</param>
    /// <param name="fresh">For each observation, the probability that it is a new object if no known track made it.</param>
    /// <param name="observations">Those of the scan.</param>
    public void Settle(JointEvents listed, ReadOnlySpan<int> looks, ReadOnlySpan<double> existence,
        ReadOnlySpan<double> fresh, ReadOnlySpan<Observation> observations)
    {
        events = listed;
        KeepLikeliest();
        FindOutcomes();
        Group(looks, existence, fresh);
        for (int i = 0; i < looks.Length; i++)
        {
            int row = work.LookAt(looks[i]).Row;
            oldCluster[i] = table.ClusterOf[row];
            table.Existence[row] = existence[i];
        }

        for (int i = 0; i < looks.Length; i++)
        {
            if (group[i] < 0) SettleAlone(i, looks[i], observations);
            else if (group[i] == i) SettleGroup(i, looks, fresh, observations);
        }

        for (int i = 0; i < looks.Length; i++)
        {
            int old = oldCluster[i];
            if (old < 0) continue;
            clusters.Free(old);
            for (int k = i; k < looks.Length; k++)
                if (oldCluster[k] == old) oldCluster[k] = -1;
        }
    }

    /// <summary>
    /// Makes a track just started from a disputed measurement part of the cluster: it exists only in the hypotheses in
    /// which no known track made the measurement.
    /// </summary>
    public void Enter(int row, int observation, double fresh)
    {
        foreach (Dispute dispute in disputes)
        {
            if (dispute.Observation != observation) continue;
            Cluster cluster = clusters[dispute.Cluster];
            if (cluster.RowCount is 0 or MostRows || table.VacantBranches <= MostRows) return; // decided since, or full
            int born = table.BranchOf[row], empty = table.AddBranch(), column = cluster.RowCount++;
            table.CopyBranch(born, empty);
            table.BranchExistence[born] = fresh;
            table.BranchExistence[empty] = 0;
            cluster.Rows[column] = row;
            for (int h = 0; h < cluster.HypothesisCount; h++)
                cluster.BranchAt(h, column) = (dispute.Claimed & (UInt128.One << h)) != 0 ? empty : born;
            table.ClusterOf[row] = dispute.Cluster;
            table.BranchOf[row] = cluster.BranchAt(0, column);
            return;
        }
    }

    /// <summary>A cluster of one is none.</summary>
    public void End()
    {
        foreach (Dispute dispute in disputes)
            if (clusters[dispute.Cluster].RowCount == 1) clusters.Decide(dispute.Cluster);
    }

    void KeepLikeliest()
    {
        ReadOnlySpan<int> order = events.Order;
        double least = settings.KeepHypothesesAbove * events.WeightOf(order[0]);
        int most = Math.Min(settings.MostHypotheses, MostKept);
        for (kept = 0; kept < order.Length && kept < most; kept++)
        {
            weights[kept] = events.WeightOf(order[kept]);
            if (weights[kept] < least) break;
        }
    }

    /// <summary>The different ways each row's look ends among the kept events; a miss counts per branch.</summary>
    void FindOutcomes()
    {
        for (int i = 0; i < events.RowCount; i++)
        {
            outcomeCount[i] = 0;
            for (int e = 0; e < kept; e++)
            {
                int key = KeyOf(events.Order[e], i), at = 0;
                while (at < outcomeCount[i] && outcomes[(i * MostKept) + at] != key) at++;
                if (at == outcomeCount[i]) outcomes[(i * MostKept) + outcomeCount[i]++] = key;
                outcomeAt[(e * MostRows) + i] = at;
            }
        }
    }

    /// <summary>An edge, or −1 less the entry that was missed.</summary>
    int KeyOf(int e, int row)
    {
        int edge = events.ChoiceOf(e, row);
        return edge >= 0 ? edge : -1 - events.EntryOf(e, row);
    }

    /// <summary>Puts rows that stay in doubt together about the same measurements, or from before, into groups.</summary>
    void Group(ReadOnlySpan<int> looks, ReadOnlySpan<double> existence, ReadOnlySpan<double> fresh)
    {
        int n = looks.Length;
        for (int i = 0; i < n; i++)
        {
            double least = table.ClusterOf[work.LookAt(looks[i]).Row] >= 0 ? settings.StayAbove : settings.BranchAbove;
            group[i] = outcomeCount[i] > 1 && existence[i] >= least ? i : -1;
        }

        for (int i = 0; i < n; i++)
        {
            for (int k = i + 1; k < n && group[i] >= 0; k++)
            {
                if (group[k] < 0 || group[k] == group[i]) continue;
                int cluster = table.ClusterOf[work.LookAt(looks[i]).Row];
                bool before = cluster >= 0 && table.ClusterOf[work.LookAt(looks[k]).Row] == cluster;
                if (!before && !ShareMeasurement(i, k)) continue;
                int from = Math.Max(group[i], group[k]), to = Math.Min(group[i], group[k]);
                for (int m = 0; m < n; m++)
                    if (group[m] == from) group[m] = to;
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (group[i] != i) continue;
            bool alone = true;
            for (int k = i + 1; k < n; k++) alone &= group[k] != i;
            if (alone && !MayBeNew(i, fresh)) group[i] = -1;
        }
    }

    /// <summary>Whether a measurement that a row made in some events only may start a track of some weight in the others.</summary>
    bool MayBeNew(int i, ReadOnlySpan<double> fresh)
    {
        for (int a = 0; a < outcomeCount[i]; a++)
        {
            int edge = outcomes[(i * MostKept) + a];
            if (edge >= 0 && fresh[work.EdgeAt(edge).Observation] >= settings.BranchAbove) return true;
        }

        return false;
    }

    bool ShareMeasurement(int i, int k)
    {
        for (int a = 0; a < outcomeCount[i]; a++)
        {
            int left = outcomes[(i * MostKept) + a];
            if (left < 0) continue;
            for (int b = 0; b < outcomeCount[k]; b++)
            {
                int right = outcomes[(k * MostKept) + b];
                if (right >= 0 && work.EdgeAt(left).Observation == work.EdgeAt(right).Observation) return true;
            }
        }

        return false;
    }

    /// <summary>One branch from all that may have happened to a row.</summary>
    void SettleAlone(int i, int look, ReadOnlySpan<Observation> observations)
    {
        ref Look of = ref work.LookAt(look);
        int row = of.Row, target = table.BranchOf[row];
        if (of.EndEntry - of.FirstEntry == 1)
        {
            posterior.TakeMarginals(of.FirstEntry, out double _);
        }
        else
        {
            posterior.Clear();
            for (int e = 0; e < kept; e++)
            {
                int edge = events.ChoiceOf(events.Order[e], i), entry = events.EntryOf(events.Order[e], i);
                posterior.Add(entry, edge, weights[e] * (edge >= 0 ? 1 : work.EntryAt(entry).MissExistence));
            }
        }

        posterior.Write(target, observations);
        for (int e = of.FirstEntry; e < of.EndEntry; e++)
            if (work.EntryAt(e).Branch != target) table.FreeBranch(work.EntryAt(e).Branch);
        table.ClusterOf[row] = -1;
    }

    void SettleGroup(int leader, ReadOnlySpan<int> looks, ReadOnlySpan<double> fresh, ReadOnlySpan<Observation> observations)
    {
        Span<int> members = stackalloc int[MostRows];
        int count = 0;
        for (int i = leader; i < looks.Length; i++)
            if (group[i] == leader) members[count++] = i;
        members = members[..count];
        int tuples = FindTuples(members), needed = 0;
        foreach (int i in members) needed += outcomeCount[i];
        if (table.VacantBranches < needed + MostRows) tuples = 1; // no room for doubt: the likeliest is taken
        MakeBranches(members, tuples, observations);
        int cluster = tuples > 1 ? clusters.Add() : -1;
        for (int m = 0; m < count; m++)
        {
            ref Look look = ref work.LookAt(looks[members[m]]);
            for (int e = look.FirstEntry; e < look.EndEntry; e++) table.FreeBranch(work.EntryAt(e).Branch);
            table.BranchOf[look.Row] = BranchIn(0, members[m]);
            table.ClusterOf[look.Row] = cluster;
        }

        if (cluster < 0) return;
        Cluster to = clusters[cluster];
        to.RowCount = count;
        to.HypothesisCount = tuples;
        double sum = 0;
        for (int h = 0; h < tuples; h++) sum += tupleWeight[tupleOrder[h]];
        for (int m = 0; m < count; m++) to.Rows[m] = work.LookAt(looks[members[m]]).Row;
        for (int h = 0; h < tuples; h++)
        {
            to.Weights[h] = tupleWeight[tupleOrder[h]] / sum;
            for (int m = 0; m < count; m++) to.BranchAt(h, m) = BranchIn(h, members[m]);
        }

        NoteDisputes(cluster, members, tuples, fresh);
    }

    /// <summary>Notes the measurements that may be new objects in some of a cluster's hypotheses and are not in others.</summary>
    void NoteDisputes(int cluster, ReadOnlySpan<int> members, int tuples, ReadOnlySpan<double> fresh)
    {
        int from = disputes.Count;
        for (int h = 0; h < tuples; h++)
        {
            foreach (int i in members)
            {
                int edge = outcomes[(i * MostKept) + outcomeAt[(tupleEvent[tupleOrder[h]] * MostRows) + i]];
                if (edge < 0) continue;
                int observation = work.EdgeAt(edge).Observation, at = from;
                if (fresh[observation] < settings.BranchAbove) continue;
                while (at < disputes.Count && disputes[at].Observation != observation) at++;
                if (at == disputes.Count) disputes.Add(new(observation, cluster, 0));
                disputes[at] = disputes[at] with { Claimed = disputes[at].Claimed | (UInt128.One << h) };
            }
        }

        UInt128 all = tuples == 128 ? UInt128.MaxValue : (UInt128.One << tuples) - 1;
        for (int at = disputes.Count - 1; at >= from; at--)
            if (disputes[at].Claimed == all) disputes.RemoveAt(at);
        if (disputes.Count == from && members.Length == 1) clusters.Decide(cluster);
    }

    int BranchIn(int tuple, int i) => made[(i * MostKept) + outcomeAt[(tupleEvent[tupleOrder[tuple]] * MostRows) + i]];

    /// <summary>
    /// The different joint outcomes of the members, heaviest first. Two that put alike states on the same measurements,
    /// whichever track they give them to, are taken as one with the heavier's account: nothing to come can tell them apart.
    /// </summary>
    int FindTuples(ReadOnlySpan<int> members)
    {
        int count = 0;
        for (int e = 0; e < kept; e++)
        {
            ulong sum = 0;
            foreach (int i in members) sum += Stir(MadeIn(e, i));
            int at = 0;
            while (at < count && (signature[at] != sum || !AreAlike(tupleEvent[at], e, members))) at++;
            if (at == count)
            {
                signature[count] = sum;
                tupleWeight[count] = 0;
                tupleEvent[count++] = e;
            }

            tupleWeight[at] += weights[e];
        }

        for (int h = 0; h < count; h++) tupleOrder[h] = h;
        for (int h = 1; h < count; h++) // few, and nearly sorted
        {
            int moving = tupleOrder[h], at = h;
            for (; at > 0 && tupleWeight[tupleOrder[at - 1]] < tupleWeight[moving]; at--) tupleOrder[at] = tupleOrder[at - 1];
            tupleOrder[at] = moving;
        }

        return count;
    }

    /// <summary>The measurement a member made in a kept event, or −1.</summary>
    int MadeIn(int e, int i)
    {
        int edge = events.ChoiceOf(events.Order[e], i);
        return edge >= 0 ? work.EdgeAt(edge).Observation : -1;
    }

    bool AreAlike(int e, int other, ReadOnlySpan<int> members)
    {
        int taken = 0; // members of the other event, a bit each
        foreach (int i in members)
        {
            bool found = false;
            foreach (int k in members)
            {
                if ((taken & (1 << k)) != 0 || MadeIn(e, i) != MadeIn(other, k) || !AreAlike(BranchIn(e, i), BranchIn(other, k)))
                    continue;
                taken |= 1 << k;
                found = true;
                break;
            }

            if (!found) return false;
        }

        return true;

        int BranchIn(int of, int member) => work.EntryAt(events.EntryOf(events.Order[of], member)).Branch;
    }

    bool AreAlike(int a, int b)
    {
        if (a == b) return true;
        if ((table.BranchExistence[a] > 0.5) != (table.BranchExistence[b] > 0.5)) return false;
        ref readonly GaussianState s = ref table.Mean[a], t = ref table.Mean[b];
        double square = Part(s.X - t.X, s.Xx + t.Xx) + Part(s.Y - t.Y, s.Yy + t.Yy) + Part(s.Z - t.Z, s.Zz + t.Zz)
            + Part(s.U - t.U, s.Uu + t.Uu) + Part(s.V - t.V, s.Vv + t.Vv) + Part(s.W - t.W, s.Ww + t.Ww);
        return square < settings.AlikeWithin;

        static double Part(double difference, double variances) => difference * difference / Math.Max(variances, 1e-12);
    }

    /// <summary>The finaliser of SplitMix64: sums of different sets hardly ever agree.</summary>
    static ulong Stir(int value)
    {
        ulong z = (ulong)(value + 2) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A branch for every outcome that a tuple uses.</summary>
    void MakeBranches(ReadOnlySpan<int> members, int tuples, ReadOnlySpan<Observation> observations)
    {
        foreach (int i in members) made.AsSpan(i * MostKept, outcomeCount[i]).Fill(-1);
        for (int h = 0; h < tuples; h++)
        {
            int e = tupleEvent[tupleOrder[h]];
            foreach (int i in members)
            {
                ref int branch = ref made[(i * MostKept) + outcomeAt[(e * MostRows) + i]];
                if (branch >= 0) continue;
                branch = table.AddBranch();
                WriteOutcome(branch, i, e, observations);
            }
        }
    }

    void WriteOutcome(int target, int i, int e, ReadOnlySpan<Observation> observations)
    {
        int entry = events.EntryOf(events.Order[e], i), edge = events.ChoiceOf(events.Order[e], i);
        posterior.Clear();
        posterior.Add(entry, edge, 1);
        posterior.Write(target, observations);
        table.BranchExistence[target] = edge >= 0 ? 1 - 1e-9 : work.EntryAt(entry).MissExistence;
    }
}
