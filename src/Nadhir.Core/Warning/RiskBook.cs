using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>
/// What every track means for every zone. A track is held against the zones it may reach soon whenever it moves, and
/// against all it may reach within the horizon every ten seconds: what is far off does not change faster.
/// </summary>
sealed class RiskBook
{
    static readonly TimeSpan fullEvery = TimeSpan.FromSeconds(10);
    /// <summary>Near is what may be reached in so many warning horizons.</summary>
    const double NearHorizons = 1.5;
    /// <summary>Farthest that a mover without a class is looked ahead for, however fast, metres.</summary>
    const double Farthest = 1_500_000;
    /// <summary>A track is well known below these: one sigma of its speed, m/s or share of it; of its place, metres.</summary>
    const double SlowSigma = 14, HeadingSigma = 0.1, PlaceSigma = 1500;
    /// <summary>What is faster and not seen to fall is no track of one object, m/s.</summary>
    const double FastestFlyer = 700;
    /// <summary>Jets are not faster near the ground, m/s; cruise-type movers not higher, metres.</summary>
    const double FastestJet = 450, LowHeight = 1000;
    static readonly TimeSpan knownFor = TimeSpan.FromSeconds(4);

    readonly WarningPolicy policy;
    readonly PlaneArea[] areas;
    readonly ZoneIndex index;
    readonly Corroboration corroboration;
    readonly double longestWarning;
    readonly Dictionary<int, Reach> reaches = [];
    /// <summary>In which zones a track was called a false alarm, while it lives.</summary>
    readonly Dictionary<int, List<int>> mutedIn = [];
    readonly List<int> found = [];
    readonly int[] stamps;
    readonly SortedSet<int> changed = [];
    int stamp;

    public RiskBook(WatchConfiguration configuration, StereographicPlane plane, ZoneTree tree)
    {
        policy = configuration.Warning;
        corroboration = new(configuration);
        areas = [.. configuration.Zones.Select(zone => new PlaneArea(zone.Area, plane))];
        Risks = [.. configuration.Zones.Select(zone => new ZoneRisk(zone, policy))];
        index = new(areas, tree.IsPlace);
        stamps = new int[areas.Length];
        longestWarning = Risks.SelectMany(risk => risk.Rules).Select(rules => rules.WarningSeconds)
            .DefaultIfEmpty(policy.WarningHorizon.TotalSeconds).Max();
    }

    public ZoneRisk[] Risks { get; }

    /// <summary>The zones whose figures have changed since they were last taken, in order.</summary>
    public void TakeChanged(List<int> zones)
    {
        zones.Clear();
        zones.AddRange(changed);
        changed.Clear();
    }

    public void OnTrack(Track track, DateTimeOffset now)
    {
        if (!reaches.TryGetValue(track.Id, out Reach? reach)) reaches[track.Id] = reach = new();
        bool corroborated = corroboration.Holds(track);
        ThreatKind kind = KindOf(track);
        bool full = now - reach.FullAt >= fullEvery || kind != reach.Kind || corroborated != reach.Corroborated;
        if (full) (reach.FullAt, reach.Kind, reach.Corroborated) = (now, kind, corroborated);
        double horizon = policy.WatchHorizon.TotalSeconds;
        double near = 10_000 + (track.GroundSpeed * 1.2 * (full ? horizon : NearHorizons * longestWarning));
        found.Clear();
        stamp++;
        if (full) found.AddRange(reach.Zones);
        int known = found.Count;
        foreach (int zone in found) stamps[zone] = stamp;
        index.Near(track.State.East, track.State.North, Math.Min(near, Farthest), found);
        if (track.Impact is { } impact) index.Near(impact.East, impact.North, 2 * impact.SemiMajorMetres, found);
        reach.Sensors = track.Sensors;
        bool wellKnown = IsWellKnown(track, reach);
        Course course = new(track.State, Habit.Of(kind));
        for (int i = 0; i < found.Count; i++)
        {
            int zone = found[i];
            if (i >= known && stamps[zone] == stamp) continue;
            stamps[zone] = stamp;
            Assess(track, reach, course, zone, kind, wellKnown, corroborated, horizon);
        }
    }

    /// <summary>Which sensors have seen any of these tracks within the last minute.</summary>
    public IEnumerable<int> SeenBy(IEnumerable<int> tracks) =>
        tracks.SelectMany(track => reaches.TryGetValue(track, out Reach? reach) ? reach.Sensors : []).Distinct().Order();

    /// <summary>The track does not count (any more): authorised, or too slow to tell from a bird.</summary>
    public void Discount(int track)
    {
        if (!reaches.Remove(track, out Reach? reach)) return;
        foreach (int zone in reach.Zones)
            if (Risks[zone].Remove(track)) changed.Add(zone);
    }

    /// <summary>A person called these a false alarm: while they live they do not raise this zone again.</summary>
    public void Mute(int zone, IEnumerable<int> tracks)
    {
        foreach (int track in tracks)
        {
            Risks[zone].Mute(track);
            if (mutedIn.TryGetValue(track, out List<int>? zones)) zones.Add(zone);
            else mutedIn[track] = [zone];
        }
    }

    public void Lose(int track, DateTimeOffset now)
    {
        corroboration.Forget(track);
        if (mutedIn.Remove(track, out List<int>? muted))
            foreach (int zone in muted) Risks[zone].Forget(track);
        if (!reaches.Remove(track, out Reach? reach)) return;
        foreach (int zone in reach.Zones)
        {
            Risks[zone].Lose(track, now);
            changed.Add(zone);
        }
    }

    void Assess(
        Track track, Reach reach, in Course course, int zone, ThreatKind kind, bool wellKnown, bool corroborated,
        double horizon)
    {
        ZoneRisk risk = Risks[zone];
        double falling = track.Class.Ballistic;
        Exposure exposure = Exposure.None;
        double probability = 0;
        if (track.Impact is { } impact)
        {
            exposure = ImpactExposure.Of(impact, track.State.Time, areas[zone], risk.Rules[(int)ThreatKind.Ballistic].MarginMetres);
            probability = falling * exposure.Probability;
        }

        if (track.Impact is null || falling < 0.95)
        {
            Exposure flying = ExposureModel.Of(course, areas[zone], risk.Rules[(int)kind].MarginMetres, horizon);
            double share = track.Impact is null ? 1 : 1 - falling;
            if (share * flying.Probability > probability) exposure = flying;
            probability += share * flying.Probability;
        }

        bool kept = risk.Update(track.Id, track.State.Time, exposure, probability * track.ExistenceProbability, kind, wellKnown,
            corroborated);
        if (kept ? reach.Zones.Add(zone) || true : reach.Zones.Remove(zone)) changed.Add(zone);
    }

    /// <summary>
    /// A Warning rests on tracks whose place and way are known: false plots that happened to fall in line make
    /// tracks too, fast ones of which neither is. It must have been so for as long as two looks of a fast radar, or since
    /// the track was confirmed.
    /// </summary>
    static bool IsWellKnown(Track track, Reach reach)
    {
        PlaneCovariance p = track.State.Covariance;
        double sigma = Math.Sqrt(Math.Max(p.VEastVEast, p.VNorthVNorth)), speed = track.GroundSpeed;
        bool known = sigma < Math.Max(SlowSigma, HeadingSigma * speed) && track.AccuracyMetres < PlaceSigma
            && (speed < FastestFlyer || track.Impact is not null);
        if (!known) reach.KnownSince = null;
        else reach.KnownSince ??= reach.IsNew ? track.ConfirmedAt ?? track.FirstSeen : track.State.Time;
        reach.IsNew = false;
        return reach.KnownSince is { } since && track.State.Time - since >= knownFor;
    }

    static ThreatKind KindOf(Track track)
    {
        ClassProbabilities p = track.Class;
        // What looks like falling and has no place to fall to, no faster than a jet, flies.
        if (p.Ballistic > 0.5 && (track.Impact is not null || track.GroundSpeed > FastestJet)) return ThreatKind.Ballistic;
        if (p.Ballistic > 0.5) return IsLow(track) ? ThreatKind.CruiseType : ThreatKind.Aircraft;
        if (p.CruiseType > 0.5) return ThreatKind.CruiseType;
        return p.SlowDrone > 0.5 ? ThreatKind.LowSlow : ThreatKind.Aircraft;
    }

    static bool IsLow(Track track) => track.State.HeightMetres < LowHeight;

    /// <summary>What is known of one track: when it was last held against all zones, and where it has a row.</summary>
    sealed class Reach
    {
        public DateTimeOffset FullAt { get; set; }
        public ThreatKind Kind { get; set; }
        public bool Corroborated { get; set; }
        public bool IsNew { get; set; } = true;
        public DateTimeOffset? KnownSince { get; set; }
        public SortedSet<int> Zones { get; } = [];
        public ImmutableArray<int> Sensors { get; set; } = [];
    }
}
