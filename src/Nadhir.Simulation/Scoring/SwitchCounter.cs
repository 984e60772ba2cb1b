namespace Nadhir.Simulation.Scoring;

/// <summary>
/// CLEAR-MOT matching with memory (Bernardin and Stiefelhagen 2008): a pair is kept while it stays within the cut-off,
/// the rest is matched by least cost; a truth whose track changes counts one switch.
/// </summary>
sealed class SwitchCounter(double c, double p)
{
    readonly Dictionary<string, string> lastTrack = [], owner = [];
    Dictionary<string, string> matched = [];

    public int Switches { get; private set; }
    /// <summary>The switches to a track that had followed another truth before.</summary>
    public int Swaps { get; private set; }
    public int Fragments { get; private set; }

    public void Take(List<ScoredState> truths, List<ScoredState> tracks, List<Pair> near)
    {
        Dictionary<string, int> truthAt = [], trackAt = [];
        for (int i = 0; i < truths.Count; i++) truthAt[truths[i].Id] = i;
        for (int j = 0; j < tracks.Count; j++) trackAt[tracks[j].Id] = j;
        HashSet<(int, int)> close = [.. near.Select(pair => (pair.Truth, pair.Track))];
        Dictionary<string, string> next = [];
        HashSet<int> usedTruths = [], usedTracks = [];
        foreach ((string truth, string track) in matched)
        {
            if (!truthAt.TryGetValue(truth, out int i) || !trackAt.TryGetValue(track, out int j) || !close.Contains((i, j)))
                continue;
            next[truth] = track;
            usedTruths.Add(i);
            usedTracks.Add(j);
        }

        List<Pair> rest = [.. near.Where(pair => !usedTruths.Contains(pair.Truth) && !usedTracks.Contains(pair.Track))];
        foreach (Pair pair in Assignment.BestPairs(rest, c, p)) next[truths[pair.Truth].Id] = tracks[pair.Track].Id;
        foreach ((string truth, string track) in next) Count(truth, track);
        matched = next;
    }

    void Count(string truth, string track)
    {
        if (lastTrack.TryGetValue(truth, out string? before))
        {
            if (before != track)
            {
                Switches++;
                if (owner.TryGetValue(track, out string? followed) && followed != truth) Swaps++;
            }
            else if (!matched.ContainsKey(truth))
            {
                Fragments++;
            }
        }

        lastTrack[truth] = track;
        owner[track] = truth;
    }
}
