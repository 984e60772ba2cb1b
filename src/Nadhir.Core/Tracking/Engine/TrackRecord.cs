using Nadhir.Sensing;
using Nadhir.Tracking.Ballistics;

namespace Nadhir.Tracking.Engine;

/// <summary>What a row carries besides its state: number, identity by vote, who saw it when. Used again after a track's end.</summary>
sealed class TrackRecord(int sensors)
{
    const int StrongestVote = 6;

    int modeVotes, addressVotes, callsignVotes;

    /// <summary>0 while tentative.</summary>
    public int Id { get; set; }
    public DateTimeOffset ConfirmedAt { get; set; }
    public short Mode3A { get; private set; } = -1;
    public uint ModeSAddress { get; private set; }
    public Callsign Callsign { get; private set; }
    /// <summary>When it last said anything of who it is, seconds.</summary>
    public double LastReply { get; private set; }
    /// <summary>Last contribution of each sensor, seconds.</summary>
    public double[] SeenBy { get; } = new double[sensors];
    /// <summary>What each sensor last took it for; asked only when one said something.</summary>
    public ObjectReport[] ReportedBy { get; } = new ObjectReport[sensors];
    public bool HasReports { get; private set; }
    public int LastSensor { get; private set; }
    public bool WasCorrected { get; set; }
    /// <summary>Something happened to the row since it was last judged.</summary>
    public bool IsTouched { get; set; }
    /// <summary>A source that follows the object itself has confirmed it.</summary>
    public bool IsVouched { get; private set; }
    /// <summary>Class probabilities, averaged over the last updates.</summary>
    public ClassProbabilities Class { get; set; }
    public bool HasClass { get; set; }
    /// <summary>Where it was last predicted to come down; stale after each further measurement.</summary>
    public ImpactPrediction? Impact { get; set; }
    public bool IsImpactStale { get; set; }

    public void Clear()
    {
        Id = 0;
        Mode3A = -1;
        ModeSAddress = 0;
        Callsign = default;
        LastReply = double.NegativeInfinity;
        modeVotes = addressVotes = callsignVotes = 0;
        Array.Fill(SeenBy, double.NegativeInfinity);
        WasCorrected = HasClass = IsVouched = IsImpactStale = false;
        Impact = null;
        if (HasReports) Array.Clear(ReportedBy);
        HasReports = false;
    }

    /// <summary>
    /// Counts what a measurement says of the track's identity: the value said most of late stands (Boyer–Moore vote with
    /// a bounded lead, so that a changed code takes over after a few measurements).
    /// </summary>
    public void Hear(in Measurement seen, double time)
    {
        SeenBy[seen.Sensor] = Math.Max(SeenBy[seen.Sensor], time);
        LastSensor = seen.Sensor;
        IsVouched |= seen.Vouched;
        if (seen.ReportedAs.SaysSomething)
        {
            ReportedBy[seen.Sensor] = seen.ReportedAs;
            HasReports = true;
        }

        if (seen.Mode3A >= 0 || seen.ModeSAddress != 0 || !seen.Callsign.IsNone) LastReply = Math.Max(LastReply, time);
        if (seen.Mode3A >= 0) Mode3A = Vote(Mode3A, seen.Mode3A, ref modeVotes);
        if (seen.ModeSAddress != 0) ModeSAddress = Vote(ModeSAddress, seen.ModeSAddress, ref addressVotes);
        if (!seen.Callsign.IsNone) Callsign = Vote(Callsign, seen.Callsign, ref callsignVotes);
    }

    static T Vote<T>(T standing, T said, ref int votes) where T : struct, IEquatable<T>
    {
        if (votes > 0 && !standing.Equals(said))
        {
            votes--;
            return standing;
        }

        votes = Math.Min(votes + 1, StrongestVote);
        return said;
    }
}
