using Nadhir.Sensing;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>
/// Keeps another system's track from being counted as news each time it is sent. Its successive states come out of one
/// filter, so their errors are alike: with a correlation ρ = exp(−Δt/τ) from one to the next, n of them tell no more
/// than n (1 − ρ) / (1 + ρ) independent ones (Bayley and Hammersley, J. R. Stat. Soc. Suppl. 8, 1946). Each is
/// therefore used with (1 + ρ) / (1 − ρ) times its variance, and at most one in <see cref="LeastInterval"/>.
/// </summary>
sealed class SystemTrackMemory
{
    /// <summary>Tracks of other systems remembered at a time; the longest silent is forgotten first.</summary>
    public const int MostTracks = 8192;
    /// <summary>Seconds.</summary>
    public const double LeastInterval = 2;
    /// <summary>τ, seconds: a tracking filter forgets an error within about one turn of its radars.</summary>
    public const double CorrelationTime = 10;
    /// <summary>
    /// While radars of ours see the object too, the system may have used the same plots, which are then no news. An
    /// even share of covariance intersection (Julier and Uhlmann, Proc. ACC 1997, ω = ½) doubles the variance.
    /// </summary>
    const double SharedSensors = 2, SharedFor = 30;

    readonly RecentTable<LastUse> uses = new(MostTracks);

    /// <summary>Reports passed over because the last one of the same track had just been used.</summary>
    public long PassedOver { get; private set; }

    /// <summary>Widens the observation; false when it is too soon after the last one.</summary>
    public bool Weigh(in Measurement seen, ref Observation o)
    {
        if (seen.SourceTrack < 0) return true;
        LastUse use = uses.Hear(KeyOf(seen.Sensor, seen.SourceTrack), o.Time, out bool fresh);
        double since = fresh ? double.PositiveInfinity : Math.Abs(o.Time - use.Time);
        if (since < LeastInterval - 0.01)
        {
            PassedOver++;
            return false;
        }

        if (fresh) use.RadarAt = double.NegativeInfinity;
        use.Time = fresh ? o.Time : Math.Max(use.Time, o.Time);
        double factor = Factor(since) * (o.Time - use.RadarAt < SharedFor ? SharedSensors : 1);
        o.Xx *= factor;
        o.Xy *= factor;
        o.Yy *= factor;
        o.Zz *= factor;
        o.VelocityVariance *= factor;
        return true;
    }

    /// <summary>A radar of ours saw the object of a system's track.</summary>
    public void NoteRadar(in Tag tag, double time)
    {
        if (uses.Find(KeyOf(tag.SourceSensor, tag.SourceTrack)) is { } use) use.RadarAt = Math.Max(use.RadarAt, time);
    }

    /// <summary>How much wider a report is taken that comes so many seconds after the last.</summary>
    public static double Factor(double since)
    {
        double correlation = Math.Exp(-since / CorrelationTime);
        return (1 + correlation) / (1 - correlation);
    }

    static ulong KeyOf(int sensor, int track) => ((ulong)(uint)sensor << 32) | (uint)track;

    sealed class LastUse
    {
        public double Time, RadarAt;
    }
}
