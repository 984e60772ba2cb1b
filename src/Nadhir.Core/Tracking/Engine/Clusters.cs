namespace Nadhir.Tracking.Engine;

/// <summary>
/// A few tracks whose measurements could not be told apart for certain: what may have happened, as hypotheses that say for
/// each track which of its branches is true. Sorted by falling weight; the weights sum to one.
/// </summary>
sealed class Cluster
{
    public const int MostRows = 20, MostHypotheses = 128;

    int firstLook = -1;

    public int RowCount { get; set; }
    public int HypothesisCount { get; set; }
    /// <summary>The first look of the present scan at one of its rows, if it is one.</summary>
    public ref int FirstLook => ref firstLook;
    public int[] Rows { get; } = new int[MostRows];
    public double[] Weights { get; } = new double[MostHypotheses];
    public int[] Branches { get; } = new int[MostHypotheses * MostRows];

    public int ColumnOf(int row) => Array.IndexOf(Rows, row, 0, RowCount);
    public ref int BranchAt(int hypothesis, int column) => ref Branches[(hypothesis * MostRows) + column];

    /// <summary>The different branches of a column, in order of first appearance.</summary>
    public int DistinctBranches(int column, Span<int> found)
    {
        int count = 0;
        for (int h = 0; h < HypothesisCount; h++)
        {
            int branch = BranchAt(h, column);
            if (!found[..count].Contains(branch)) found[count++] = branch;
        }

        return count;
    }

    /// <summary>How probable it is that a column's row has the past that the likeliest hypothesis gives it.</summary>
    public double Certainty(int column)
    {
        double sum = 0;
        for (int h = 0; h < HypothesisCount; h++)
            if (BranchAt(h, column) == BranchAt(0, column)) sum += Weights[h];
        return sum;
    }

    public void RemoveColumn(int column)
    {
        RowCount--;
        for (int m = column; m < RowCount; m++) Rows[m] = Rows[m + 1];
        for (int h = 0; h < HypothesisCount; h++)
            for (int m = column; m < RowCount; m++) BranchAt(h, m) = BranchAt(h, m + 1);
    }
}

/// <summary>The clusters of an engine; their objects are used again.</summary>
sealed class Clusters(TrackTable table)
{
    readonly List<Cluster> all = [];
    readonly Stack<int> vacant = [];

    public Cluster this[int cluster] => all[cluster];

    public int Add()
    {
        if (!vacant.TryPop(out int index))
        {
            index = all.Count;
            all.Add(new Cluster());
        }

        return index;
    }

    /// <summary>Gives the cluster's object back; its rows and branches are the caller's.</summary>
    public void Free(int cluster)
    {
        all[cluster].RowCount = all[cluster].HypothesisCount = 0;
        vacant.Push(cluster);
    }

    /// <summary>Ends the ambiguity by taking the likeliest hypothesis as what happened.</summary>
    public void Decide(int cluster)
    {
        Cluster c = all[cluster];
        for (int m = 0; m < c.RowCount; m++) Settle(c, m);
        Free(cluster);
    }

    /// <summary>Takes a row out of its cluster with its likeliest branch; a cluster of one is decided.</summary>
    public void Leave(int row)
    {
        int cluster = table.ClusterOf[row];
        if (cluster < 0) return;
        Cluster c = all[cluster];
        int column = c.ColumnOf(row);
        Settle(c, column);
        c.RemoveColumn(column);
        if (c.RowCount < 2) Decide(cluster);
    }

    /// <summary>Makes one branch of a column the row's only one.</summary>
    void Settle(Cluster c, int column)
    {
        Span<int> branches = stackalloc int[Cluster.MostHypotheses];
        int row = c.Rows[column], count = c.DistinctBranches(column, branches);
        for (int k = 0; k < count; k++)
            if (branches[k] != table.BranchOf[row]) table.FreeBranch(branches[k]);
        table.ClusterOf[row] = -1;
    }
}
