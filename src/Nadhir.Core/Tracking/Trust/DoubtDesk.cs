namespace Nadhir.Tracking.Trust;

/// <summary>
/// Tells when a track's reported position begins to be doubted, when that grows or shrinks, and when it ends.
/// </summary>
sealed class DoubtDesk
{
    /// <summary>Two aircraft that pass each other contradict one another for a few looks: that refutes neither.</summary>
    static readonly TimeSpan refutedFor = TimeSpan.FromSeconds(10);

    readonly SortedDictionary<int, ReportTrust> told = [];
    readonly Dictionary<int, DateTimeOffset> refutedSince = [];

    public void Take(Track track, List<Decision> decisions)
    {
        ReportTrust trust = track.ReportDoubt?.Trust ?? ReportTrust.Trusted;
        if (trust != ReportTrust.Refuted) refutedSince.Remove(track.Id);
        else refutedSince.TryAdd(track.Id, track.State.Time);
        if (told.GetValueOrDefault(track.Id) == trust) return;
        if (trust == ReportTrust.Trusted) told.Remove(track.Id);
        else told[track.Id] = trust;
        decisions.Add(new ReportTrustChanged(track.Id, trust,
            track.ReportDoubt?.Reason ?? "nothing speaks against the reported position any more"));
    }

    /// <summary>Radar has refuted what it says of its place, and goes on to.</summary>
    public bool IsRefuted(Track track) =>
        refutedSince.TryGetValue(track.Id, out DateTimeOffset since) && track.State.Time - since >= refutedFor;

    public void Forget(int track)
    {
        told.Remove(track);
        refutedSince.Remove(track);
    }
}
