namespace Nadhir.Tracking.Trust;

/// <summary>
/// One place that an identity claims to be in, followed from report to report, and the evidence against it in nats. An
/// identity that is reported in two places has two claims. Plane metres and seconds.
/// </summary>
sealed class Claim
{
    public const double DoubtedFrom = 6, TrustedBelow = 2, RefutedFrom = 10;
    /// <summary>Nothing is refuted before radars have seen the object elsewhere twice.</summary>
    const double LeastRadar = 7;

    /// <summary>When it was last heard; −∞ for none.</summary>
    public double Time = double.NegativeInfinity;
    public double X, Y, U, V, Variance, Height;
    public bool HasVelocity;

    /// <summary>
    /// Where and when the comparison of told and actual displacement began, and the displacement told since.
    /// </summary>
    public double AnchorX, AnchorY, AnchorTime, ToldX, ToldY;

    /// <summary>
    /// Evidence by its own motion, by radars that see the object elsewhere, by radars that see nothing there.
    /// </summary>
    public double Physics, Radar, Absence;
    /// <summary>When a radar last spoke against it and for it.</summary>
    public double ContradictedAt = double.NegativeInfinity, AgreedAt = double.NegativeInfinity;
    /// <summary>Reports in a row that its own motion explains.</summary>
    public int Consistent;

    public DoubtGrounds Grounds;
    /// <summary>How far it is from where the object was seen, or was before.</summary>
    public double ApartMetres;
    /// <summary>Radars against and for it, a bit each, the first 64 sensors.</summary>
    public ulong Against, For;
    /// <summary>Radars that miss it, a bit each.</summary>
    public ulong Missing;

    /// <summary>Where radars last saw it, while they agreed with it.</summary>
    public double SeenX, SeenY, SeenU, SeenV, SeenAt = double.NegativeInfinity;
    public double LastMiss = double.NegativeInfinity;

    public ReportTrust Trust { get; private set; }

    public void Begin(in Engine.Observation o)
    {
        Physics = Radar = Absence = ApartMetres = 0;
        ContradictedAt = AgreedAt = SeenAt = LastMiss = double.NegativeInfinity;
        Consistent = 0;
        Grounds = DoubtGrounds.None;
        Against = For = Missing = 0;
        Trust = ReportTrust.Trusted;
        Place(o);
        Anchor();
    }

    public void Place(in Engine.Observation o)
    {
        (Time, X, Y, U, V, HasVelocity) = (o.Time, o.X, o.Y, o.U, o.V, o.HasVelocity);
        Variance = Math.Max(o.Xx, o.Yy);
        Height = o.HasHeight ? o.Z : double.NaN;
    }

    public void Anchor()
    {
        (AnchorX, AnchorY, AnchorTime) = (X, Y, Time);
        ToldX = ToldY = 0;
    }

    /// <summary>
    /// Weighs the evidence anew. Between doubt and trust lies a margin, so that one report does not change it.
    /// </summary>
    public void Judge()
    {
        double against = Physics + Radar + Absence;
        if (against >= RefutedFrom && Radar >= LeastRadar) Trust = ReportTrust.Refuted;
        else if (against >= DoubtedFrom) Trust = ReportTrust.Doubted;
        else if (against < TrustedBelow)
        {
            Trust = ReportTrust.Trusted;
            Grounds = DoubtGrounds.None;
        }
        else if (Trust == ReportTrust.Refuted)
        {
            Trust = ReportTrust.Doubted;
        }
    }
}
