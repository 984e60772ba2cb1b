using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Tracking;

namespace Nadhir.Warning;

/// <summary>What all tracks together mean for one zone, brought up to the present moment.</summary>
/// <param name="Probability">That any of them reaches the zone within the horizon.</param>
/// <param name="WarningProbability">The same, of those that may be there soon.</param>
/// <param name="CorroboratedProbability">The same, of those that more than one source has seen.</param>
readonly record struct RiskNow(
    double Probability, double WarningProbability, double CorroboratedProbability, ArrivalInterval? Arrival, double MedianSeconds, ThreatKind Kind,
    bool AnyLost);

/// <summary>
/// The exposures of one zone, a row a track. Tracks count as independent. A track that was lost while it was a risk stays
/// on the books until what it could have reached has been reached.
/// </summary>
sealed class ZoneRisk(Zone zone, StereographicPlane plane, WarningPolicy policy)
{
    static readonly TimeSpan ShortestHold = TimeSpan.FromMinutes(5);
    /// <summary>Rows below this are not kept.</summary>
    const double Negligible = 0.005;

    readonly SortedDictionary<int, Row> rows = [];

    public Zone Zone => zone;
    public PlaneArea Area { get; } = new(zone.Area, plane);

    /// <summary>True when the zone's figures changed.</summary>
    public bool Update(Track track, ThreatKind kind, bool corroborated)
    {
        Exposure exposure = ExposureModel.Of(track.State, Area, policy.WatchHorizon.TotalSeconds);
        double probability = exposure.Probability * track.ExistenceProbability;
        if (probability < Negligible) return rows.Remove(track.Id);
        rows[track.Id] = new Row(track.State.Time, exposure, probability, kind, corroborated, null);
        return true;
    }

    public bool Remove(int track) => rows.Remove(track);

    /// <summary>The track is no longer seen. If it was a risk, it stays one until it must have arrived or left.</summary>
    public void Lose(int track, DateTimeOffset now)
    {
        if (!rows.TryGetValue(track, out Row row)) return;
        if (row.Probability < Threshold * policy.EndingShare)
        {
            rows.Remove(track);
            return;
        }

        double latest = double.IsFinite(row.Exposure.LatestSeconds) ? row.Exposure.LatestSeconds : 0;
        TimeSpan hold = TimeSpan.FromSeconds(Math.Min(1.5 * latest, policy.WatchHorizon.TotalSeconds));
        rows[track] = row with { HeldUntil = now + (hold > ShortestHold ? hold : ShortestHold) };
    }

    double Threshold => Math.Min(policy.WatchProbability, zone.CostLossRatio);

    public IEnumerable<int> TracksAbove(double probability) =>
        rows.Where(r => r.Value.Probability >= probability).Select(r => r.Key);

    public RiskNow At(DateTimeOffset now, HashSet<int> muted)
    {
        double none = 1, noneSoon = 1, noneCorroborated = 1, best = 0, earliest = double.PositiveInfinity, latest = 0;
        double median = double.PositiveInfinity;
        ThreatKind kind = ThreatKind.Aircraft;
        bool lost = false;
        List<int>? expired = null;
        foreach ((int track, Row row) in rows)
        {
            if (row.HeldUntil is { } until)
            {
                if (now >= until) (expired ??= []).Add(track);
                else lost = true;
                continue;
            }

            if (muted.Contains(track)) continue;
            double elapsed = (now - row.At).TotalSeconds;
            double arrives = Math.Max(0, row.Exposure.MedianSeconds - elapsed);
            none *= 1 - row.Probability;
            if (arrives <= policy.WarningHorizon.TotalSeconds)
            {
                noneSoon *= 1 - row.Probability;
                if (row.Corroborated) noneCorroborated *= 1 - row.Probability;
            }

            if (row.Probability > best) (best, kind) = (row.Probability, row.Kind);
            if (row.Probability < Threshold * policy.EndingShare) continue;
            median = Math.Min(median, arrives);
            earliest = Math.Min(earliest, Math.Max(0, row.Exposure.EarliestSeconds - elapsed));
            latest = Math.Max(latest, Math.Max(0, row.Exposure.LatestSeconds - elapsed));
        }

        foreach (int track in expired ?? []) rows.Remove(track);
        ArrivalInterval? arrival = double.IsFinite(earliest)
            ? new(Microseconds(now, earliest), Microseconds(now, latest))
            : null;
        return new(1 - none, 1 - noneSoon, 1 - noneCorroborated, arrival, median, kind, lost);
    }

    static DateTimeOffset Microseconds(DateTimeOffset now, double seconds) => now.AddTicks((long)(seconds * 1e6) * 10);

    readonly record struct Row(
        DateTimeOffset At, Exposure Exposure, double Probability, ThreatKind Kind, bool Corroborated, DateTimeOffset? HeldUntil);
}
