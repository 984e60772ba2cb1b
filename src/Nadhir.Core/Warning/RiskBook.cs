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
    const double SlowSigma = 14, HeadingSigma = 0.055, SureHeadingSigma = 0.1, SureClass = 0.85, PlaceSigma = 1500;
    /// <summary>And stays so up to so much more of its velocity: between the looks of one turn and those of the next it grows a little.</summary>
    const double StaysKnown = 1.25;
    /// <summary>What is faster and not seen to fall is no track of one object, m/s.</summary>
    const double FastestFlyer = 700;
    /// <summary>Jets are not faster near the ground, m/s; cruise-type movers not higher, metres.</summary>
    const double FastestJet = 430, LowHeight = 1000;
    /// <summary>Faster than jets is known to fly, and not to fall, when it has gone straight for long.</summary>
    const double FastHeadingSigma = 0.03;
    /// <summary>Of tracks that begin on restless ground so many are of an object; one is believed when it has been steady so long.</summary>
    const double DoubtfulShare = 0.01;
    static readonly TimeSpan steadyFor = TimeSpan.FromSeconds(90), fallsSteadyFor = TimeSpan.FromSeconds(20);
    /// <summary>Share of what is so fast that falls.</summary>
    const double SurelyFast = 0.95;
    /// <summary>What may be there so soon is at the door, seconds; it counts when it has been seen for a while.</summary>
    const double DoorSeconds = 60;
    static readonly TimeSpan nearAge = TimeSpan.FromSeconds(40);
    static readonly TimeSpan knownFor = TimeSpan.FromSeconds(4), fastFor = TimeSpan.FromSeconds(90);
    /// <summary>What seems to fall but has no place to fall to is not understood yet, for so long.</summary>
    static readonly TimeSpan fallsNowhereFor = TimeSpan.FromSeconds(90);
    /// <summary>What is lost and turns back is seen again, if at all, within its way back and this.</summary>
    static readonly TimeSpan turnsBack = TimeSpan.FromSeconds(90);
    const int MostMissing = 8192;
    /// <summary>A zone that stands in the list twice.</summary>
    const int Taken = -1;

    readonly WarningPolicy policy;
    readonly PlaneArea[] areas;
    readonly ZoneIndex index;
    readonly Corroboration corroboration;
    readonly double longestWarning;
    readonly Dictionary<int, Reach> reaches = [];
    /// <summary>In which zones a track was called a false alarm, while it lives.</summary>
    readonly Dictionary<int, List<int>> mutedIn = [];
    /// <summary>What was lost over our land of late, the earliest first: at most <see cref="MostMissing"/>, then the earliest goes.</summary>
    readonly List<Missing> missing = [];
    readonly List<int> found = [];
    readonly PlacesAhead ahead = new();
    readonly Formations formations = new();
    readonly Shadows shadows = new();
    readonly RestlessGround restless = new();
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

    public void OnTrack(Track track, Standing standing, DateTimeOffset now)
    {
        if (shadows.IsShadow(track))
        {
            Discount(track.Id);
            return;
        }

        if (!reaches.TryGetValue(track.Id, out Reach? reach))
            reaches[track.Id] = reach = new() { BornEast = track.State.East, BornNorth = track.State.North };
        restless.Note(track, now);
        reach.SteadySince = IsSteady(track) ? reach.SteadySince ?? track.State.Time : null;
        TimeSpan enough = track.Impact is null ? steadyFor : fallsSteadyFor;
        reach.IsDoubtful = !(track.State.Time - reach.SteadySince >= enough)
            && restless.Holds(reach.BornEast, reach.BornNorth, now);
        (reach.East, reach.North, reach.Speed, reach.SeenAt) = (track.State.East, track.State.North, track.GroundSpeed, track.LastSeen);
        bool corroborated = corroboration.Holds(track);
        ThreatKind kind = standing == Standing.AnnouncedDrone ? ThreatKind.LowSlow : KindOf(track);
        bool full = now - reach.FullAt >= fullEvery || kind != reach.Kind || corroborated != reach.Corroborated;
        if (full) (reach.FullAt, reach.Kind, reach.Corroborated) = (now, kind, corroborated);
        // What falls comes down by itself.
        if (full) reach.Leader = kind == ThreatKind.Ballistic ? track.Id : formations.Place(track);
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
        Knowledge knowledge = standing == Standing.Expected || reach.IsDoubtful ? Knowledge.None : Know(track, reach);
        Course course = new(track.State, Habit.Of(kind));
        for (int i = known; i < found.Count; i++)
        {
            if (stamps[found[i]] == stamp) found[i] = Taken;
            else stamps[found[i]] = stamp;
        }

        ahead.Clear();
        foreach (int zone in found)
            if (zone != Taken) ahead.Add(course, areas[zone]);
        foreach (int zone in found)
        {
            if (zone == Taken) continue;
            AnnouncedDrones most = standing == Standing.AnnouncedDrone ? Risks[zone].AnnouncedDrones : AnnouncedDrones.Warning;
            if (most == AnnouncedDrones.None)
            {
                if (Risks[zone].Remove(track.Id) | reach.Zones.Remove(zone)) changed.Add(zone);
                continue;
            }

            Assess(track, reach, course, zone, kind, most == AnnouncedDrones.Watch ? Knowledge.None : knowledge, corroborated, horizon);
        }
    }

    /// <summary>Which sensors have seen any of these tracks within the last minute.</summary>
    public IEnumerable<int> SeenBy(IEnumerable<int> tracks) =>
        tracks.SelectMany(track => reaches.TryGetValue(track, out Reach? reach) ? reach.Sensors : []).Distinct().Order();

    public bool IsCounted(int track) => reaches.ContainsKey(track);

    /// <summary>The tracks that would be at the zone's margin in so long, were they to turn to it now.</summary>
    public IEnumerable<int> ThatReach(int zone, TimeSpan within)
    {
        foreach ((int track, Reach reach) in reaches)
        {
            if (MetresTo(zone, reach.East, reach.North, reach.Kind) <= reach.Speed * within.TotalSeconds) yield return track;
        }
    }

    /// <summary>From a place to the zone's margin for such a threat; negative inside.</summary>
    double MetresTo(int zone, double east, double north, ThreatKind kind) =>
        -areas[zone].Nearest(east, north).SignedMetres - Risks[zone].Rules[(int)kind].MarginMetres;

    /// <summary>It was once well known and likely enough to come soon for a zone to be warned of it alone.</summary>
    public bool HasThreatened(int track) => reaches.TryGetValue(track, out Reach? reach) && reach.HasThreatened;

    /// <summary>It is lost over our land: where it was last seen is kept for as long as it may turn up from there.</summary>
    public void Miss(int track, TimeSpan longest)
    {
        if (!reaches.TryGetValue(track, out Reach? reach) || !reach.HasThreatened) return;
        missing.RemoveAll(one => one.SeenAt + longest + turnsBack < reach.SeenAt);
        if (missing.Count == MostMissing) missing.RemoveAt(0);
        missing.Add(new(reach.East, reach.North, reach.Speed, reach.Kind, reach.SeenAt));
    }

    /// <summary>
    /// Whether something lost over our land could still come to the zone, had it turned to it when it was last seen. What was farther
    /// off than it flies in so long does not count.
    /// </summary>
    public bool MayTurnUp(int zone, TimeSpan longest, DateTimeOffset now)
    {
        foreach (Missing one in missing)
        {
            double metres = MetresTo(zone, one.East, one.North, one.Kind);
            if (metres > one.Speed * longest.TotalSeconds) continue;
            TimeSpan back = TimeSpan.FromSeconds(Math.Max(0, metres) / Math.Max(1, one.Speed));
            if (now < one.SeenAt + back + turnsBack) return true;
        }

        return false;
    }

    /// <summary>The track does not count (any more): authorised, or too slow to tell from a bird.</summary>
    public void Discount(int track)
    {
        if (!reaches.Remove(track, out Reach? reach)) return;
        formations.Forget(track);
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
        shadows.Forget(track);
        restless.Forget(track);
        if (mutedIn.Remove(track, out List<int>? muted))
            foreach (int zone in muted) Risks[zone].Forget(track);
        if (!reaches.Remove(track, out Reach? reach)) return;
        formations.Forget(track);
        foreach (int zone in reach.Zones)
        {
            Risks[zone].Lose(track, now);
            changed.Add(zone);
        }
    }

    void Assess(
        Track track, Reach reach, in Course course, int zone, ThreatKind kind, Knowledge knowledge, bool corroborated,
        double horizon)
    {
        ZoneRisk risk = Risks[zone];
        double falling = FallingShare(track);
        Exposure exposure = Exposure.None;
        double probability = 0;
        bool falls = falling > 0.5;
        if (falling > 0)
        {
            double margin = risk.Rules[(int)ThreatKind.Ballistic].MarginMetres;
            exposure = track.Impact is { } impact
                ? ImpactExposure.Of(impact, track.State.Time, areas[zone], margin)
                : ImpactExposure.Of(RoughFall.Of(track), areas[zone], margin);
            probability = falling * exposure.Probability;
        }

        if (falling < 0.95)
        {
            Exposure flying = ExposureModel.Of(course, areas[zone], risk.Rules[(int)kind].MarginMetres, horizon);
            double reached = (1 - falling) * flying.Probability * ahead.GoesOnTo(course, areas[zone]);
            if (reached > probability) (exposure, falls) = (flying, false);
            probability += reached;
        }

        bool wellKnown = knowledge == Knowledge.Well || (knowledge == Knowledge.AtTheDoor && exposure.MedianSeconds < DoorSeconds);
        KindRules rules = risk.Rules[(int)kind];
        reach.HasThreatened |= wellKnown && exposure.MedianSeconds <= rules.WarningSeconds
            && probability >= rules.Threshold(exposure.MedianSeconds);
        bool kept = risk.Update(track.Id, reach.Leader, track.State.Time, exposure, probability * Belief(track, reach), kind, falls,
            wellKnown, corroborated);
        if (kept ? reach.Zones.Add(zone) || true : reach.Zones.Remove(zone)) changed.Add(zone);
    }

    /// <summary>
    /// A Warning rests on tracks whose place and way are known: false plots that happened to fall in line make
    /// tracks too, fast ones of which neither is. It must have been so for as long as two looks of a fast radar, or since
    /// the track was confirmed. Of what is at the door and likely a missile less is asked.
    /// </summary>
    static Knowledge Know(Track track, Reach reach)
    {
        PlaneCovariance p = track.State.Covariance;
        double sigma = Math.Sqrt(Math.Max(p.VEastVEast, p.VNorthVNorth)), speed = track.GroundSpeed;
        bool isPlaced = track.AccuracyMetres < PlaceSigma && (speed < FastestFlyer || track.Impact is not null);
        bool near = isPlaced && sigma < Kept(reach.NearSince) * Math.Max(SlowSigma, SureHeadingSigma * speed);
        bool isLikely = track.Class.CruiseType > 0.5 || track.Class.Ballistic > 0.5;
        // What is surely of a kind is surely one object.
        bool isSure = track.Impact is not null || track.Class.CruiseType > SureClass;
        bool far = near && (isSure || sigma < Kept(reach.KnownSince) * Math.Max(SlowSigma, HeadingSigma * speed))
            && (track.Impact is not null || FliesForSure(track, sigma, speed));
        DateTimeOffset begun = reach.IsNew ? track.ConfirmedAt ?? track.FirstSeen : track.State.Time;
        reach.NearSince = near ? reach.NearSince ?? begun : null;
        reach.KnownSince = far ? reach.KnownSince ?? begun : null;
        reach.IsNew = false;
        if (Held(reach.KnownSince)) return Knowledge.Well;
        bool old = track.State.Time - track.FirstSeen >= nearAge;
        return old && isLikely && Held(reach.NearSince) ? Knowledge.AtTheDoor : Knowledge.None;

        static double Kept(DateTimeOffset? since) => since is null ? 1 : StaysKnown;
        bool Held(DateTimeOffset? since) => since is { } from && track.State.Time - from >= knownFor;
    }

    static bool FliesForSure(Track track, double sigma, double speed)
    {
        TimeSpan age = track.State.Time - track.FirstSeen;
        if (speed > FastestFlyer || (track.Class.Ballistic > 0.5 && age < fallsNowhereFor)) return false;
        return speed < FastestJet || (sigma < FastHeadingSigma * speed && age >= fastFor);
    }

    /// <summary>How probable it is that there is such an object.</summary>
    static double Belief(Track track, Reach reach) => track.ExistenceProbability * (reach.IsDoubtful ? DoubtfulShare : 1);

    /// <summary>It flies as one object does: its velocity is known, and it turns no harder than people can.</summary>
    static bool IsSteady(Track track)
    {
        PlaneCovariance p = track.State.Covariance;
        double sigma = Math.Sqrt(Math.Max(p.VEastVEast, p.VNorthVNorth));
        return track.GroundSpeed < FastestFlyer && sigma < Math.Max(SlowSigma, SureHeadingSigma * track.GroundSpeed);
    }

    /// <summary>
    /// How much of it falls: what is faster than jets and has not gone straight for long does, and what seems to and has a
    /// height to fall from. Without either, it flies.
    /// </summary>
    static double FallingShare(Track track)
    {
        double falling = track.Class.Ballistic;
        if (track.Impact is not null) return falling;
        if (track.GroundSpeed > FastestJet)
            return track.State.Time - track.FirstSeen < fastFor || falling > 0.5 ? Math.Max(falling, SurelyFast) : falling;
        return RoughFall.KnowsHeight(track) ? falling : 0;
    }

    internal static ThreatKind KindOf(Track track)
    {
        ClassProbabilities p = track.Class;
        // What looks like falling and has no place to fall to, no faster than a jet, flies.
        if (p.Ballistic > 0.5 && (track.Impact is not null || track.GroundSpeed > FastestJet)) return ThreatKind.Ballistic;
        if (p.Ballistic > 0.5) return IsLow(track) ? ThreatKind.CruiseType : ThreatKind.Aircraft;
        if (p.CruiseType > 0.5) return ThreatKind.CruiseType;
        return p.SlowDrone > 0.5 ? ThreatKind.LowSlow : ThreatKind.Aircraft;
    }

    static bool IsLow(Track track) => track.State.HeightMetres < LowHeight;

    enum Knowledge : byte { None, AtTheDoor, Well }

    /// <summary>Where something was last seen.</summary>
    readonly record struct Missing(double East, double North, double Speed, ThreatKind Kind, DateTimeOffset SeenAt);

    /// <summary>What is known of one track: when it was last held against all zones, and where it has a row.</summary>
    sealed class Reach
    {
        public DateTimeOffset FullAt { get; set; }
        public ThreatKind Kind { get; set; }
        public bool Corroborated { get; set; }
        public bool IsNew { get; set; } = true;
        public bool HasThreatened { get; set; }
        public double BornEast { get; init; }
        public double BornNorth { get; init; }
        public double East { get; set; }
        public double North { get; set; }
        public double Speed { get; set; }
        public DateTimeOffset SeenAt { get; set; }
        public DateTimeOffset? SteadySince { get; set; }
        /// <summary>It began where false plots make tracks, and has not shown itself to be more than one of them.</summary>
        public bool IsDoubtful { get; set; }
        /// <summary>By whom its formation is called.</summary>
        public int Leader { get; set; }
        public DateTimeOffset? KnownSince { get; set; }
        public DateTimeOffset? NearSince { get; set; }
        public SortedSet<int> Zones { get; } = [];
        public ImmutableArray<int> Sensors { get; set; } = [];
    }
}
