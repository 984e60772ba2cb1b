using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>All that reports itself under one identity (a Mode S address, or a number given by one receiver).</summary>
sealed class ReportIdentity
{
    /// <summary>Places held at a time; a further one takes the place of the least supported.</summary>
    public const int MostClaims = 3;
    /// <summary>A claim not heard for so long is over, seconds; one heard within so many seconds is live.</summary>
    const double ClaimLimit = 120, Live = 30;
    const int ReportsOfSecondPlace = 5;
    /// <summary>
    /// How long a radar's agreement protects a claim, and its contradiction stands, when no radar can tell.
    /// </summary>
    const double RadarMemory = 120;

    readonly Claim[] claims = [new(), new(), new()];
    ReportDoubt? told;
    (ReportTrust, DoubtGrounds, ulong, ulong, int) toldOf;

    public ulong Key { get; private set; }
    /// <summary>A ground station's word (TIS-B), not the object's own.</summary>
    public bool IsTrafficInformation { get; private set; }
    public ReadOnlySpan<Claim> Claims => claims;
    /// <summary>Tracks in the table that carry the identity.</summary>
    public int Rows { get; set; }
    /// <summary>The last measurement of any sensor that went to one of them.</summary>
    public double LastX { get; private set; }
    public double LastY { get; private set; }
    public double LastTime { get; private set; } = double.NegativeInfinity;

    /// <summary>When a radar's plot last went to one of them.</summary>
    public double SeenByRadarAt { get; set; } = double.NegativeInfinity;

    public void Reset(ulong key, bool isTrafficInformation)
    {
        (Key, IsTrafficInformation) = (key, isTrafficInformation);
        Rows = 0;
        LastTime = SeenByRadarAt = double.NegativeInfinity;
        told = null;
        toldOf = default;
        foreach (Claim claim in claims) claim.Time = double.NegativeInfinity;
    }

    public void Note(in Observation o)
    {
        if (o.Kind != ObservationKind.Position || o.Time < LastTime) return;
        (LastX, LastY, LastTime) = (o.X, o.Y, o.Time);
    }

    /// <summary>
    /// Whether a doubted report lies where the identity's track may be: else it would go to a stranger's.
    /// </summary>
    public bool Reaches(in Observation o)
    {
        double dx = o.X - LastX, dy = o.Y - LastY, reach = 3000 + (400 * Math.Abs(o.Time - LastTime));
        return Rows > 0 && (dx * dx) + (dy * dy) < reach * reach;
    }

    /// <summary>The claim that a report belongs to, brought up to date.</summary>
    public Claim Take(in Observation o, bool smallCraft, RadarWitness witness)
    {
        Claim? best = null, other = null;
        double least = double.PositiveInfinity, apart = 0;
        foreach (Claim claim in claims)
        {
            if (o.Time - claim.Time > ClaimLimit) continue;
            bool continues = ClaimPhysics.Continues(claim, o, smallCraft, out double off);
            if (!continues && (other is null || claim.Time > other.Time)) (other, apart) = (claim, off);
            if (!continues || off >= least) continue;
            (best, least) = (claim, off);
        }

        if (best is null)
        {
            best = Weakest(o.Time);
            witness.Forget(best);
            best.Begin(o);
            if (other is not null) Contradict(best, DoubtGrounds.Jump, apart);
        }
        else
        {
            ClaimPhysics.Follow(best, o);
            if (other is not null) Compete(best, other, apart, o.Time);
            Recover(best, other, o.Time);
        }

        best.Judge();
        return best;
    }

    /// <summary>
    /// Two places that are both reported again and again: neither is believed unless a radar speaks for it. Nor is a
    /// place that is hardly ever reported twice in a row.
    /// </summary>
    static void Compete(Claim claim, Claim other, double apart, double time)
    {
        if (time - other.Time > Live || time - claim.AgreedAt < RadarMemory) return;
        if (claim.Consistent < ReportsOfSecondPlace) Contradict(claim, DoubtGrounds.Jump, apart);
        else if (other.Consistent >= ReportsOfSecondPlace) Contradict(claim, DoubtGrounds.TwoPlaces, apart);
    }

    static void Recover(Claim claim, Claim? other, double time)
    {
        if (claim.Consistent < ClaimPhysics.ReportsToTrustAgain || time - claim.ContradictedAt < RadarMemory) return;
        claim.Radar = claim.Absence = 0;
        if (other is null || time - other.Time > Live) claim.Physics = 0;
    }

    static void Contradict(Claim claim, DoubtGrounds grounds, double apart)
    {
        claim.Grounds |= grounds;
        claim.Physics = Math.Min(ClaimPhysics.Most, claim.Physics + ClaimPhysics.OfJump);
        claim.ApartMetres = apart;
    }

    Claim Weakest(double time)
    {
        Claim weakest = claims[0];
        foreach (Claim claim in claims)
        {
            if (time - claim.Time > ClaimLimit) return claim;
            bool supported = time - claim.AgreedAt < RadarMemory, best = time - weakest.AgreedAt < RadarMemory;
            if (supported == best ? claim.Consistent < weakest.Consistent : best) weakest = claim;
        }

        return weakest;
    }

    public bool IsDoubted
    {
        get
        {
            foreach (Claim claim in claims)
                if (claim.Trust != ReportTrust.Trusted && LastTime - claim.Time < ClaimLimit) return true;
            return false;
        }
    }

    /// <summary>The worst that is to be said of any place it was reported in of late; null when all is well.</summary>
    public ReportDoubt? Doubt(double now, ReadOnlySpan<string> sensors)
    {
        Claim? worst = null;
        foreach (Claim claim in claims)
        {
            if (claim.Trust == ReportTrust.Trusted || now - claim.Time > RadarMemory / 2) continue;
            if (worst is null || claim.Trust > worst.Trust || (claim.Trust == worst.Trust && claim.Time > worst.Time))
                worst = claim;
        }

        if (worst is null) return null;
        (ReportTrust, DoubtGrounds, ulong, ulong, int) of =
            (worst.Trust, worst.Grounds, worst.Against, worst.Missing, DoubtWords.Rounded(worst.ApartMetres));
        if (told is null || toldOf != of)
            (told, toldOf) = (DoubtWords.Say(worst, IsTrafficInformation, sensors), of);
        return told;
    }
}
