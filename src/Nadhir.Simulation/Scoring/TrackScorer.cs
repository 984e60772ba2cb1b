namespace Nadhir.Simulation.Scoring;

/// <summary>Scores tracks against truth; walks the evaluation times once.</summary>
public sealed class TrackScorer
{
    readonly ScoringInput input;
    readonly double c, p;
    readonly SwitchCounter switches;
    readonly Continuity continuity;
    readonly Dictionary<string, double> firstSeen = [], firstHit = [];
    readonly Dictionary<string, string>[] matchedAt;
    readonly double[] squares = new double[4];
    double gospaSum, gospaSquareSum, location, missed, spurious, neesSum, siapPosition, siapVelocity;
    int pairCount, neesCount, truthRows, trackRows, assignedTracks, trackedTruths;

    TrackScorer(ScoringInput input)
    {
        this.input = input;
        (c, p) = (input.CutOff, input.Order);
        switches = new(c, p);
        continuity = new(input.Times);
        matchedAt = [.. input.Times.Select(_ => new Dictionary<string, string>(StringComparer.Ordinal))];
    }

    public static TrackScore Score(ScoringInput input)
    {
        TrackScorer scorer = new(input);
        for (int k = 0; k < input.Times.Length; k++) scorer.Take(k);
        return scorer.Conclude();
    }

    void Take(int k)
    {
        List<ScoredState> truths = input.Truth[k], tracks = input.Tracks[k];
        List<Pair> near = NearPairs(truths, tracks, c), best = Assignment.BestPairs(near, c, p);
        double sum = 0;
        foreach (Pair pair in best) sum += Math.Pow(pair.Distance, p);
        int missing = truths.Count - best.Count, extra = tracks.Count - best.Count;
        double gospa = sum + ((missing + extra) * Math.Pow(c, p) / 2);
        gospaSum += Math.Pow(gospa, 1 / p);
        gospaSquareSum += gospa;
        location += sum;
        missed += missing;
        spurious += extra;
        foreach (Pair pair in best) TakePair(k, truths[pair.Truth], tracks[pair.Track]);
        TakeSiap(k, truths, tracks, near);
        foreach (ScoredState truth in truths)
        {
            firstSeen.TryAdd(truth.Id, input.Times[k]);
            continuity.Lives(truth.Id, k);
        }

        switches.Take(truths, tracks, near);
    }

    void TakePair(int k, in ScoredState truth, in ScoredState track)
    {
        double x = track.X - truth.X, y = track.Y - truth.Y, z = track.Z - truth.Z;
        double velocity = track.VelocityErrorTo(truth);
        squares[0] += (x * x) + (y * y) + (z * z);
        squares[1] += (x * x) + (y * y);
        squares[2] += z * z;
        squares[3] += velocity * velocity;
        pairCount++;
        matchedAt[k][track.Id] = truth.Id;
        firstHit.TryAdd(truth.Id, input.Times[k]);
        if (track.Covariance is not { Length: 6 } cover || NormalisedError(cover, x, y, z) is not { } error) return;
        neesSum += error / 3;
        neesCount++;
    }

    /// <summary>SIAP: every track goes to its nearest truth within the cut-off, many tracks to one truth.</summary>
    void TakeSiap(int k, List<ScoredState> truths, List<ScoredState> tracks, List<Pair> near)
    {
        Dictionary<int, Pair> nearest = [];
        List<int> order = [];
        foreach (Pair pair in near)
        {
            if (!nearest.TryGetValue(pair.Track, out Pair known)) order.Add(pair.Track);
            else if (pair.Distance >= known.Distance) continue;
            nearest[pair.Track] = pair;
        }

        truthRows += truths.Count;
        trackRows += tracks.Count;
        assignedTracks += nearest.Count;
        trackedTruths += nearest.Values.Select(pair => pair.Truth).Distinct().Count();
        foreach (int track in order)
        {
            Pair pair = nearest[track];
            siapPosition += pair.Distance;
            siapVelocity += truths[pair.Truth].VelocityErrorTo(tracks[track]);
            continuity.Follows(truths[pair.Truth].Id, tracks[track].Id, k);
        }
    }

    /// <summary>e' P⁻¹ e for a symmetric 3×3 P; none when P is not positive.</summary>
    static double? NormalisedError(double[] m, double x, double y, double z)
    {
        (double a, double b, double c, double d, double e, double f) = (m[0], m[1], m[2], m[3], m[4], m[5]);
        double m00 = (d * f) - (e * e), m01 = (c * e) - (b * f), m02 = (b * e) - (c * d);
        double determinant = (a * m00) + (b * m01) + (c * m02);
        if (determinant <= 0) return null;
        double m11 = (a * f) - (c * c), m12 = (b * c) - (a * e), m22 = (a * d) - (b * b);
        return ((m00 * x * x) + (m11 * y * y) + (m22 * z * z)
            + (2 * ((m01 * x * y) + (m02 * x * z) + (m12 * y * z)))) / determinant;
    }

    /// <summary>All pairs closer than the cut-off, through a grid of cells of that size.</summary>
    static List<Pair> NearPairs(List<ScoredState> truths, List<ScoredState> tracks, double c)
    {
        Dictionary<(int, int, int), List<int>> grid = [];
        for (int j = 0; j < tracks.Count; j++)
        {
            (int, int, int) cell = CellOf(tracks[j], c);
            if (!grid.TryGetValue(cell, out List<int>? inside)) grid[cell] = inside = [];
            inside.Add(j);
        }

        List<Pair> pairs = [];
        for (int i = 0; i < truths.Count; i++)
        {
            (int x, int y, int z) = CellOf(truths[i], c);
            for (int gx = x - 1; gx <= x + 1; gx++)
                for (int gy = y - 1; gy <= y + 1; gy++)
                    for (int gz = z - 1; gz <= z + 1; gz++)
                    {
                        if (!grid.TryGetValue((gx, gy, gz), out List<int>? inside)) continue;
                        foreach (int j in inside)
                        {
                            double distance = truths[i].DistanceTo(tracks[j]);
                            if (distance < c) pairs.Add(new(i, j, distance));
                        }
                    }
        }

        return pairs;
    }

    static (int X, int Y, int Z) CellOf(in ScoredState s, double c) =>
        ((int)Math.Floor(s.X / c), (int)Math.Floor(s.Y / c), (int)Math.Floor(s.Z / c));

    TrackScore Conclude()
    {
        int n = input.Times.Length;
        double half = Math.Pow(c, p) / 2;
        List<double> latency = [.. firstSeen.Where(seen => firstHit.ContainsKey(seen.Key))
            .Select(seen => firstHit[seen.Key] - seen.Value)];
        double? Mean(double sum, int count) => count > 0 ? sum / count : null;
        double? Root(double sum, int count) => count > 0 ? Math.Sqrt(sum / count) : null;
        (double? longest, double? rate) = continuity.Conclude();
        return new()
        {
            Scenario = input.Scenario,
            Seed = input.Seed,
            C = c,
            P = p,
            EvalTimes = n,
            TruthRows = truthRows,
            TrackRows = trackRows,
            IgnoredRows = input.IgnoredRows,
            DistinctTracks = input.Tracks.SelectMany(rows => rows.Select(row => row.Id)).Distinct(StringComparer.Ordinal).Count(),
            Targets = firstSeen.Count,
            GospaMean = gospaSum / n,
            GospaRms = p == 2 ? Math.Sqrt(gospaSquareSum / n) : null,
            LocPart = Math.Sqrt(location / n),
            MissedPart = Math.Sqrt(missed * half / n),
            FalsePart = Math.Sqrt(spurious * half / n),
            MissedPerTime = missed / n,
            FalsePerTime = spurious / n,
            RmsePos = Root(squares[0], pairCount),
            RmseH = Root(squares[1], pairCount),
            RmseZ = Root(squares[2], pairCount),
            RmseVel = Root(squares[3], pairCount),
            SiapCompleteness = Mean(trackedTruths, truthRows),
            SiapAmbiguity = Mean(assignedTracks, trackedTruths),
            SiapSpuriousness = trackRows > 0 ? (double)(trackRows - assignedTracks) / trackRows : 0,
            SiapPosErr = Mean(siapPosition, assignedTracks),
            SiapVelErr = Mean(siapVelocity, assignedTracks),
            SiapLs = longest,
            SiapRate = rate,
            IdSwitches = switches.Switches,
            Swaps = switches.Swaps,
            Fragments = switches.Fragments,
            LatencyMean = Mean(latency.Sum(), latency.Count),
            LatencyP95 = Quantiles.Of(latency, 0.95),
            Never = firstSeen.Count - latency.Count,
            Anees = Mean(neesSum, neesCount),
            Impact = input.PredictedImpacts.Count > 0 ? ImpactScorer.Score(input, matchedAt) : null,
        };
    }
}
