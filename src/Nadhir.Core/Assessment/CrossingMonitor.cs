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
        double rate = (state.VelocityEast * edge.NormalEast) + (state.VelocityNorth * edge.NormalNorth);
        double inside = Normal.Cumulative(edge.SignedMetres / sigma);
        bool? now = inside >= Certainty ? true : inside <= 1 - Certainty ? false : null;
        side.Add(new Sample(state.Time, edge.SignedMetres, sigma, state.East, state.North, rate), now is not null && now == side.Inside);
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
        Sample at = side.Passage();
        double spread = Normal.Percentile95 * at.Sigma / Math.Max(1, Math.Abs(at.Rate));
        TimeSpan half = TimeSpan.FromSeconds(Math.Min(3600, spread));
        string direction = inbound ? "IN" : "OUT";
        return new BorderCrossed($"X-{border.Id}-{track.Id}-{direction}-{side.Crossings}", track.Id, border.Id,
            inbound ? CrossingDirection.Inbound : CrossingDirection.Outbound)
        {
            Probability = probability,
            Time = at.Time,
            Earliest = at.Time - half,
            Latest = at.Time + half,
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

    readonly record struct Sample(DateTimeOffset Time, double SignedMetres, double Sigma, double East, double North, double Rate);

    sealed class TrackSide
    {
        Sample? last;
        Sample first, latest;
        bool changed;

        public bool? Inside;
        public int Crossings;
        public double CheckedEast, CheckedNorth;
        public double ClearMetres = double.NegativeInfinity;

        /// <param name="sample">Where the track is now.</param>
        /// <param name="settled">It stands with certainty where it stood before: earlier changes of sign led nowhere.</param>
        public void Add(in Sample sample, bool settled)
        {
            if (settled) changed = false;
            if (last is { } before && before.SignedMetres > 0 != sample.SignedMetres > 0)
            {
                latest = Between(before, sample);
                if (!changed) first = latest;
                changed = true;
            }

            last = sample;
        }

        /// <summary>
        /// Midway between the first and the last change of sign since the track left its old side: noise changes the sign
        /// more than once, and either end alone would be biased.
        /// </summary>
        public Sample Passage()
        {
            if (!changed) return last!.Value;
            (DateTimeOffset time, double rate) = (first.Time + ((latest.Time - first.Time) / 2), (first.Rate + latest.Rate) / 2);
            changed = false;
            return latest with
            {
                Time = Microseconds(time),
                Rate = rate,
                East = (first.East + latest.East) / 2,
                North = (first.North + latest.North) / 2,
            };
        }

        static Sample Between(in Sample before, in Sample after)
        {
            double share = before.SignedMetres / (before.SignedMetres - after.SignedMetres);
            return after with
            {
                Time = before.Time + ((after.Time - before.Time) * share),
                SignedMetres = 0,
                East = before.East + (share * (after.East - before.East)),
                North = before.North + (share * (after.North - before.North)),
            };
        }

        static DateTimeOffset Microseconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % 10), time.Offset);
    }
}
