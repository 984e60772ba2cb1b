namespace Nadhir.Simulation.Scoring;

/// <summary>
/// Least-cost assignment of a square matrix by shortest augmenting paths (Jonker and Volgenant 1987), O(n³), and the
/// pairing of two point sets built on it.
/// </summary>
static class Assignment
{
    /// <summary>Column of each row in the assignment of least total cost.</summary>
    public static int[] Solve(double[,] cost)
    {
        int n = cost.GetLength(0);
        double[] rowPotential = new double[n + 1], columnPotential = new double[n + 1];
        int[] rowOf = new int[n + 1];
        for (int i = 1; i <= n; i++)
        {
            rowOf[0] = i;
            int column = 0;
            int[] way = new int[n + 1];
            double[] low = new double[n + 1];
            bool[] used = new bool[n + 1];
            Array.Fill(low, double.PositiveInfinity);
            do
            {
                used[column] = true;
                int row = rowOf[column], next = 0;
                double delta = double.PositiveInfinity;
                for (int j = 1; j <= n; j++)
                {
                    if (used[j]) continue;
                    double reduced = cost[row - 1, j - 1] - rowPotential[row] - columnPotential[j];
                    if (reduced < low[j])
                    {
                        low[j] = reduced;
                        way[j] = column;
                    }

                    if (low[j] >= delta) continue;
                    delta = low[j];
                    next = j;
                }

                for (int j = 0; j <= n; j++)
                {
                    if (used[j])
                    {
                        rowPotential[rowOf[j]] += delta;
                        columnPotential[j] -= delta;
                    }
                    else
                    {
                        low[j] -= delta;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            while (column != 0)
            {
                rowOf[column] = rowOf[way[column]];
                column = way[column];
            }
        }

        int[] columns = new int[n];
        for (int j = 1; j <= n; j++) columns[rowOf[j] - 1] = j - 1;
        return columns;
    }

    /// <summary>
    /// The pairs that make GOSPA least. A pair costs d^p, an unmatched point c^p/2; a pair at c or farther never pays, so
    /// the problem falls apart into the connected groups of nearer pairs.
    /// </summary>
    public static List<Pair> BestPairs(IReadOnlyList<Pair> pairs, double c, double p)
    {
        Dictionary<int, List<Pair>> byTruth = [], byTrack = [];
        List<int> order = [];
        foreach (Pair pair in pairs)
        {
            if (!byTruth.TryGetValue(pair.Truth, out List<Pair>? row))
            {
                byTruth[pair.Truth] = row = [];
                order.Add(pair.Truth);
            }

            row.Add(pair);
            if (!byTrack.TryGetValue(pair.Track, out List<Pair>? column)) byTrack[pair.Track] = column = [];
            column.Add(pair);
        }

        HashSet<int> seen = [];
        List<Pair> best = [];
        foreach (int start in order)
        {
            if (!seen.Add(start)) continue;
            (List<int> truths, List<int> tracks) = Group(start, byTruth, byTrack, seen);
            if (truths.Count == 1 && tracks.Count == 1) best.Add(byTruth[start][0]);
            else Match(truths, tracks, byTruth, c, p, best);
        }

        return best;
    }

    static (List<int> Truths, List<int> Tracks) Group(int start, Dictionary<int, List<Pair>> byTruth,
        Dictionary<int, List<Pair>> byTrack, HashSet<int> seen)
    {
        List<int> truths = [], tracks = [];
        HashSet<int> taken = [];
        Stack<int> open = new([start]);
        while (open.TryPop(out int truth))
        {
            truths.Add(truth);
            foreach (Pair pair in byTruth[truth])
            {
                if (!taken.Add(pair.Track)) continue;
                tracks.Add(pair.Track);
                foreach (Pair other in byTrack[pair.Track])
                    if (seen.Add(other.Truth)) open.Push(other.Truth);
            }
        }

        return (truths, tracks);
    }

    static void Match(List<int> truths, List<int> tracks, Dictionary<int, List<Pair>> byTruth, double c, double p,
        List<Pair> best)
    {
        int n = Math.Max(truths.Count, tracks.Count);
        double[,] cost = new double[n, n];
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) cost[a, b] = Math.Pow(c, p);
        for (int a = 0; a < truths.Count; a++)
            foreach (Pair pair in byTruth[truths[a]]) cost[a, tracks.IndexOf(pair.Track)] = Math.Pow(pair.Distance, p);
        int[] columns = Solve(cost);
        for (int a = 0; a < truths.Count; a++)
        {
            if (columns[a] >= tracks.Count) continue;
            int track = tracks[columns[a]];
            int at = byTruth[truths[a]].FindIndex(pair => pair.Track == track);
            if (at >= 0) best.Add(byTruth[truths[a]][at]);
        }
    }
}

/// <summary>A truth and a track (by position in their lists) closer than the cut-off.</summary>
readonly record struct Pair(int Truth, int Track, double Distance);
