namespace Nadhir.Simulation.Scoring;

/// <summary>SIAP continuity: the longest run of one track on a truth, and how often the track number must change.</summary>
sealed class Continuity(double[] times)
{
    readonly Dictionary<string, (int First, int Last)> lives = [];
    readonly Dictionary<string, Dictionary<string, List<int>>> segments = [];

    public void Lives(string truth, int k) =>
        lives[truth] = lives.TryGetValue(truth, out (int First, int Last) life) ? (life.First, k) : (k, k);

    public void Follows(string truth, string track, int k)
    {
        if (!segments.TryGetValue(truth, out Dictionary<string, List<int>>? tracks)) segments[truth] = tracks = [];
        if (!tracks.TryGetValue(track, out List<int>? at)) tracks[track] = at = [];
        at.Add(k);
    }

    /// <summary>Share of the truths' lives covered by their longest runs, and changes of track number per tracked second.</summary>
    public (double? Longest, double? Rate) Conclude()
    {
        double longest = 0, life = 0, tracked = 0;
        int changes = 0;
        foreach ((string truth, (int first, int last)) in lives)
        {
            life += times[last] - times[first];
            if (!segments.TryGetValue(truth, out Dictionary<string, List<int>>? tracks)) continue;
            List<(int From, int To)> runs = [.. tracks.Values.SelectMany(Runs)];
            longest += runs.Max(run => times[run.To] - times[run.From]);
            SortedSet<int> covered = [];
            foreach ((int from, int to) in runs)
                for (int k = from; k <= to; k++) covered.Add(k);
            foreach (int k in covered)
                if (covered.Contains(k + 1)) tracked += times[k + 1] - times[k];
            changes += FewestRuns(runs, covered) - 1;
        }

        return (life > 0 ? longest / life : null, tracked > 0 ? changes / tracked : null);
    }

    static IEnumerable<(int From, int To)> Runs(List<int> at)
    {
        int from = at[0], to = at[0];
        foreach (int k in at.Skip(1))
        {
            if (k == to + 1)
            {
                to = k;
                continue;
            }

            yield return (from, to);
            from = to = k;
        }

        yield return (from, to);
    }

    /// <summary>Greedy cover: from the earliest uncovered time, the run that reaches farthest.</summary>
    static int FewestRuns(List<(int From, int To)> runs, SortedSet<int> covered)
    {
        int needed = 0, position = covered.Min;
        while (true)
        {
            int reach = runs.Where(run => run.From <= position && position <= run.To).Max(run => run.To);
            needed++;
            if (reach >= covered.Max) return needed;
            position = covered.GetViewBetween(reach + 1, covered.Max).Min;
        }
    }
}
