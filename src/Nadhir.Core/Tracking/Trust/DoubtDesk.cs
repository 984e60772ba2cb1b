namespace Nadhir.Tracking.Trust;

/// <summary>
/// Tells when a track's reported position begins to be doubted, when that grows or shrinks, and when it ends.
/// </summary>
sealed class DoubtDesk
{
    readonly SortedDictionary<int, ReportTrust> told = [];

    public void Take(Track track, List<Decision> decisions)
    {
        ReportTrust trust = track.ReportDoubt?.Trust ?? ReportTrust.Trusted;
        if (told.GetValueOrDefault(track.Id) == trust) return;
        if (trust == ReportTrust.Trusted) told.Remove(track.Id);
        else told[track.Id] = trust;
        decisions.Add(new ReportTrustChanged(track.Id, trust,
            track.ReportDoubt?.Reason ?? "nothing speaks against the reported position any more"));
    }

    public void Forget(int track) => told.Remove(track);
}
