using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.Assessment;

/// <summary>
/// Finds when tracks pass one border. A track has a side once it stands there with probability 0.99; an event is due when
/// the other side reaches 0.99. The band in between is the hysteresis: a flight along the line changes no side. The
/// uncertainty of the track and of the line itself both count.
/// </summary>
sealed class CrossingMonitor(Border border, StereographicPlane plane)
{
    /// <summary>Probability at which a side is taken as certain.</summary>
    public const double Certainty = 0.99;
    const int HistoryLength = 64;

    readonly PlaneArea home = new(border.Home, plane);
    readonly Dictionary<int, TrackSide> sides = [];

    public Border Border => border;

    /// <summary>True and false for inside and outside with certainty, null between.</summary>
    public bool? IsInside(int track) => sides.TryGetValue(track, out TrackSide? side) ? side.Inside : null;

    public bool HasCrossed(int track) => sides.TryGetValue(track, out TrackSide? side) && side.Crossings > 0;

    public void Forget(int track) => sides.Remove(track);

    /// <summary>The crossing this update establishes, or null.</summary>
    public BorderCrossed? Update(Track track, Identification.Identity identity)
    {
        if (!sides.TryGetValue(track.Id, out TrackSide? side)) sides[track.Id] = side = new TrackSide();
        PlaneState state = track.State;
        // The distance to a line changes no faster than the point moves: far away there is nothing to compute.
        double moved = Math.Sqrt(Square(state.East - side.CheckedEast) + Square(state.North - side.CheckedNorth));
        if (side.ClearMetres - moved > 20 * (border.UncertaintyMetres + track.AccuracyMetres)) return null;

        NearestEdge edge = home.Nearest(state.East, state.North);
        (side.CheckedEast, side.CheckedNorth, side.ClearMetres) = (state.East, state.North, Math.Abs(edge.SignedMetres));
        double sigma = Math.Sqrt(Square(border.UncertaintyMetres) + VarianceAcross(state.Covariance, edge));
        side.Add(new Sample(state.Time, edge.SignedMetres, sigma, state.East, state.North));
        double inside = Normal.Cumulative(edge.SignedMetres / sigma);
        bool? now = inside >= Certainty ? true : inside <= 1 - Certainty ? false : null;
        if (now is null || now == side.Inside) return null;
        bool first = side.Inside is null;
        side.Inside = now;
        if (first) return null;
        side.Crossings++;
        return Describe(track, identity, side, now.Value, now.Value ? inside : 1 - inside);
    }

    BorderCrossed Describe(
        Track track, Identification.Identity identity, TrackSide side, bool inbound, double probability)
    {
        (DateTimeOffset time, Sample at, double rate) = side.Passage(inbound);
        double spread = Normal.Percentile95 * at.Sigma / Math.Max(1, Math.Abs(rate));
        TimeSpan half = TimeSpan.FromSeconds(Math.Min(3600, spread));
        string direction = inbound ? "IN" : "OUT";
        return new BorderCrossed($"X-{border.Id}-{track.Id}-{direction}-{side.Crossings}", track.Id, border.Id,
            inbound ? CrossingDirection.Inbound : CrossingDirection.Outbound)
        {
            Probability = probability,
            Time = time,
            Earliest = time - half,
            Latest = time + half,
            Point = plane.FromPlane(at.East, at.North),
            SigmaMetres = at.Sigma,
            HeightMetres = track.Position.HeightMetres,
            CourseDegrees = track.CourseDegrees,
            Identity = identity,
        };
    }

    static double VarianceAcross(in PlaneCovariance p, in NearestEdge edge) => Math.Max(0,
        (edge.NormalEast * edge.NormalEast * p.EastEast) + (2 * edge.NormalEast * edge.NormalNorth * p.EastNorth)
        + (edge.NormalNorth * edge.NormalNorth * p.NorthNorth));

    static double Square(double value) => value * value;

    readonly record struct Sample(DateTimeOffset Time, double SignedMetres, double Sigma, double East, double North);

    sealed class TrackSide
    {
        readonly Queue<Sample> samples = new(HistoryLength);

        public bool? Inside;
        public int Crossings;
        public double CheckedEast, CheckedNorth;
        public double ClearMetres = double.NegativeInfinity;

        public void Add(in Sample sample)
        {
            if (samples.Count == HistoryLength) samples.Dequeue();
            samples.Enqueue(sample);
        }

        /// <summary>
        /// The latest change of sign in the history, between samples in proportion to their distances; and the speed
        /// across the line, metres per second.
        /// </summary>
        public (DateTimeOffset Time, Sample At, double Rate) Passage(bool inbound)
        {
            Sample before = default, after = default, last = default;
            bool any = false, found = false;
            foreach (Sample sample in samples)
            {
                if (any && last.SignedMetres > 0 != inbound && sample.SignedMetres > 0 == inbound)
                    (before, after, found) = (last, sample, true);
                (last, any) = (sample, true);
            }

            if (!found) return (last.Time, last, 1);
            double share = before.SignedMetres / (before.SignedMetres - after.SignedMetres);
            TimeSpan between = after.Time - before.Time;
            double rate = (after.SignedMetres - before.SignedMetres) / Math.Max(1e-3, between.TotalSeconds);
            return (Microseconds(before.Time + (between * share)), new Sample(before.Time, 0, after.Sigma,
                before.East + (share * (after.East - before.East)), before.North + (share * (after.North - before.North))), rate);
        }

        static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % 10), time.Offset);
    }
}
