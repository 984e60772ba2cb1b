namespace Nadhir.Simulation.Scoring;

/// <summary>Error of predicted impact points and times, by how long before the impact they were told.</summary>
static class ImpactScorer
{
    static readonly (string Name, double Low, double High)[] Bands =
        [("0-10 s", 0, 10), ("10-20 s", 10, 20), ("20-40 s", 20, 40), ("40+ s", 40, 1e9)];

    public static Dictionary<string, ImpactScore> Score(ScoringInput input, Dictionary<string, string>[] matchedAt)
    {
        Dictionary<long, int> key = [];
        for (int k = 0; k < input.Times.Length; k++) key[ScoringInput.Milliseconds(input.Times[k])] = k;
        Dictionary<string, Impact> happened = input.TrueImpacts.ToDictionary(impact => impact.Id, StringComparer.Ordinal);
        Dictionary<string, (List<double> Metres, List<double> Seconds)> errors = [];
        foreach (Impact told in input.PredictedImpacts)
        {
            if (!key.TryGetValue(ScoringInput.Milliseconds(told.ReportedAt), out int k)
                || !matchedAt[k].TryGetValue(told.Id, out string? truth)
                || !happened.TryGetValue(truth, out Impact real)) continue;
            double toGo = real.Time - told.ReportedAt;
            foreach ((string name, double low, double high) in Bands)
            {
                if (toGo < low || toGo >= high) continue;
                if (!errors.TryGetValue(name, out (List<double> Metres, List<double> Seconds) list)) errors[name] = list = ([], []);
                double x = told.X - real.X, y = told.Y - real.Y;
                list.Metres.Add(Math.Sqrt((x * x) + (y * y)));
                list.Seconds.Add(Math.Abs(told.Time - real.Time));
            }
        }

        Dictionary<string, ImpactScore> scores = [];
        foreach ((string name, _, _) in Bands)
            if (errors.TryGetValue(name, out (List<double> Metres, List<double> Seconds) list))
                scores[name] = new(list.Metres.Count, Quantiles.Of(list.Metres, 0.5), Quantiles.Of(list.Metres, 0.9),
                    Quantiles.Of(list.Seconds, 0.5));
        return scores;
    }
}

static class Quantiles
{
    /// <summary>The smallest value that at least a share of all values does not exceed.</summary>
    public static double? Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return null;
        int at = Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1);
        return sorted[Math.Max(0, at)];
    }
}
