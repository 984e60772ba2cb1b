namespace Nadhir.Simulation.Scoring;

/// <summary>
/// Error of predicted impact points and times, by how long before the impact they were told and over all; and whether
/// the told ellipses hold what they promise and are as small as they could be.
/// </summary>
static class ImpactScorer
{
    static readonly (string Name, double Low, double High)[] Bands =
        [("0-10 s", 0, 10), ("10-20 s", 10, 20), ("20-40 s", 20, 40), ("40+ s", 40, 1e9), ("all", 0, 1e9)];

    public static Dictionary<string, ImpactScore> Score(ScoringInput input, Dictionary<string, string>[] matchedAt)
    {
        Dictionary<long, int> key = [];
        for (int k = 0; k < input.Times.Length; k++) key[ScoringInput.Milliseconds(input.Times[k])] = k;
        Dictionary<string, Impact> happened =
            input.TrueImpacts.ToDictionary(impact => impact.Id, StringComparer.Ordinal);
        Dictionary<string, Tally> tallies = [];
        foreach (Impact told in input.PredictedImpacts)
        {
            if (!key.TryGetValue(ScoringInput.Milliseconds(told.ReportedAt), out int k)
                || !matchedAt[k].TryGetValue(told.Id, out string? truth)
                || !happened.TryGetValue(truth, out Impact real)) continue;
            double toGo = real.Time - told.ReportedAt;
            foreach ((string name, double low, double high) in Bands)
            {
                if (toGo < low || toGo >= high) continue;
                if (!tallies.TryGetValue(name, out Tally? tally)) tallies[name] = tally = new();
                tally.Take(told, real, input.LeastImpactArea?.Invoke(truth, told.ReportedAt));
            }
        }

        Dictionary<string, ImpactScore> scores = [];
        foreach ((string name, _, _) in Bands)
            if (tallies.TryGetValue(name, out Tally? tally)) scores[name] = tally.Conclude();
        return scores;
    }

    sealed class Tally
    {
        readonly List<double> metres = [], seconds = [], areas = [], least = [], ratios = [];
        int inside, ellipses, onTime, intervals;

        public void Take(Impact told, Impact real, double? leastArea)
        {
            double x = told.X - real.X, y = told.Y - real.Y;
            metres.Add(Math.Sqrt((x * x) + (y * y)));
            seconds.Add(Math.Abs(told.Time - real.Time));
            if (told.Told is not { } told95) return;
            ellipses++;
            if (told95.Contains(real.X, real.Y)) inside++;
            areas.Add(told95.Area);
            if (double.IsFinite(told95.Earliest + told95.Latest))
            {
                intervals++;
                if (real.Time >= told95.Earliest && real.Time <= told95.Latest) onTime++;
            }

            if (leastArea is not > 0) return;
            least.Add(leastArea.Value);
            ratios.Add(told95.Area / leastArea.Value);
        }

        public ImpactScore Conclude() =>
            new(metres.Count, Quantiles.Of(metres, 0.5), Quantiles.Of(metres, 0.9), Quantiles.Of(seconds, 0.5))
            {
                Coverage = Share(inside, ellipses),
                TimeCoverage = Share(onTime, intervals),
                MedianAreaM2 = Quantiles.Of(areas, 0.5),
                LeastAreaM2 = Quantiles.Of(least, 0.5),
                AreaRatio = Quantiles.Of(ratios, 0.5),
            };

        static double? Share(int part, int whole) => whole > 0 ? (double)part / whole : null;
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
