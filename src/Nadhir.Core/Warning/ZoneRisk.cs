using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nadhir.Assessment;
using Nadhir.Units;

namespace Nadhir.Warning;

/// <summary>What all tracks together mean for one zone, brought up to the present moment.</summary>
/// <param name="Probability">That any of them reaches the zone within the horizon.</param>
/// <param name="Pressure">
/// The largest ratio, over the kinds of threat, of the probability of what may be there soon to the cost/loss ratio: a
/// Warning is due from 1.
/// </param>
/// <param name="CorroboratedPressure">The same, of tracks that more than one source has seen.</param>
/// <param name="Kind">Of the greatest danger.</param>
readonly record struct RiskNow(
    double Probability, double Pressure, double CorroboratedPressure, ThreatKind Kind, bool AnyLost);

/// <summary>
/// The exposures of one zone, a row a track. Tracks count as independent. A track that was lost while it was a risk goes
/// on as it went, with less and less weight, until it must have arrived or left.
/// </summary>
sealed class ZoneRisk(Zone zone, WarningPolicy policy)
{
    /// <summary>Rows below this are not kept.</summary>
    const double Negligible = 0.005;
    static readonly TimeSpan shortestHold = TimeSpan.FromMinutes(5);
    /// <summary>A lost track still flies: low ones pass behind hills. Its weight at first, and the time in which that fades.</summary>
    const double LostShare = 0.6;
    const double LostFade = 400;
    /// <summary>What an unseen track may win or lose of its way, share of the time it is unseen, one sigma.</summary>
    const double LostDrift = 0.1;
    /// <summary>What falls unseen is down by the latest moment told; this longer at most, seconds.</summary>
    const double FallGrace = 20;
    /// <summary>Memory of the probability: a share of the time to go, at most so many seconds.</summary>
    const double MemoryShare = 0.03, LongestMemory = 8;
    const int Kinds = 5;

    readonly SortedDictionary<int, Row> rows = [];
    readonly HashSet<int> muted = [];
    readonly Dictionary<(ThreatKind Kind, int Leader), Together> together = [];

    /// <summary>What those who fly together mean, as one.</summary>
    struct Together
    {
        public double Comes, Soon, Corroborated;
    }

    public Zone Zone => zone;
    public ImmutableArray<KindRules> Rules { get; } = KindRules.Of(policy, zone);
    public AnnouncedDrones AnnouncedDrones { get; } = zone.AnnouncedDrones ?? policy.AnnouncedDrones;
    public bool IsIdle => rows.Count == 0;

    /// <summary>True when the track has a row here now.</summary>
    public bool Update(int track, int leader, DateTimeOffset at, in Exposure exposure, double probability, ThreatKind kind, bool falls,
        bool wellKnown, bool corroborated)
    {
        if (probability < Negligible || muted.Contains(track))
        {
            rows.Remove(track);
            return false;
        }

        if (!falls && rows.TryGetValue(track, out Row before)) probability = Steadied(before, at, exposure, probability);
        rows[track] = new Row(leader, at, exposure, probability, kind, falls, wellKnown, corroborated);
        return true;
    }

    /// <summary>
    /// Each look turns the course a little to and fro. Of what is far off the mean of some looks counts: who asks often enough
    /// whether a number that trembles is above a line hears yes in the end.
    /// </summary>
    static double Steadied(in Row before, DateTimeOffset at, in Exposure exposure, double probability)
    {
        double memory = Math.Min(LongestMemory, exposure.MedianSeconds * MemoryShare), step = (at - before.At).TotalSeconds;
        if (!(memory > 0.1) || !(step >= 0)) return probability;
        return probability + ((before.Probability - probability) * Math.Exp(-step / memory));
    }

    public bool Remove(int track) => rows.Remove(track);

    public void Mute(int track)
    {
        muted.Add(track);
        rows.Remove(track);
    }

    /// <summary>The track's number is never used again: a false alarm that is lost is over.</summary>
    public void Forget(int track) => muted.Remove(track);

    /// <summary>The track is no longer seen. If it was a risk, it stays one until it must have arrived or left.</summary>
    public void Lose(int track, DateTimeOffset now)
    {
        if (!rows.TryGetValue(track, out Row row)) return;
        if (row.Probability < Threshold(row.Kind) * policy.EndingShare)
        {
            rows.Remove(track);
            return;
        }

        double latest = double.IsFinite(row.Exposure.LatestSeconds) ? row.Exposure.LatestSeconds : 0;
        if (row.Falls)
        {
            rows[track] = row with { LostAt = now, HeldUntil = row.At + TimeSpan.FromSeconds(latest + FallGrace) };
            return;
        }

        TimeSpan hold = TimeSpan.FromSeconds(Math.Min(1.5 * latest, policy.WatchHorizon.TotalSeconds));
        rows[track] = row with { LostAt = now, HeldUntil = now + (hold > shortestHold ? hold : shortestHold) };
    }

    double Threshold(ThreatKind kind) => Math.Min(policy.WatchProbability, Rules[(int)kind].CostLossRatio);

    /// <summary>The tracks that count: at or above the share of their threshold from which an alert would not end.</summary>
    public IEnumerable<int> Counted() =>
        rows.Where(r => r.Value.Probability >= Threshold(r.Value.Kind) * policy.EndingShare).Select(r => r.Key);

    public RiskNow At(DateTimeOffset now)
    {
        Expire(now);
        Span<double> none = stackalloc double[Kinds], noneCorroborated = stackalloc double[Kinds];
        none.Fill(1);
        noneCorroborated.Fill(1);
        double worst = 0;
        ThreatKind kind = ThreatKind.Aircraft;
        bool lost = false;
        together.Clear();
        foreach (Row row in rows.Values)
        {
            KindRules rules = Rules[(int)row.Kind];
            double probability = row.Present(now), ratio = probability / rules.CostLossRatio;
            lost |= row.HeldUntil is not null;
            if (ratio > worst) (worst, kind) = (ratio, row.Kind);
            ref Together flight = ref CollectionsMarshal.GetValueRefOrAddDefault(together, (row.Kind, row.Leader), out bool _);
            flight.Comes = Math.Max(flight.Comes, probability);
            if (row.ArrivesIn(now) > rules.WarningSeconds) continue;
            if (!row.IsWellKnown) continue;
            // What is far off counts for less than what must be decided now.
            double weight = probability * rules.CostLossRatio / rules.Threshold(row.ArrivesIn(now));
            flight.Soon = Math.Max(flight.Soon, weight);
            if (row.Corroborated) flight.Corroborated = Math.Max(flight.Corroborated, weight);
        }

        double never = 1;
        foreach (((ThreatKind Kind, int) of, Together flight) in together)
        {
            never *= 1 - flight.Comes;
            none[(int)of.Kind] *= 1 - flight.Soon;
            noneCorroborated[(int)of.Kind] *= 1 - flight.Corroborated;
        }

        double pressure = 0, corroborated = 0;
        for (int i = 0; i < Kinds; i++)
        {
            double one = (1 - none[i]) / Rules[i].CostLossRatio;
            // The kind that warns comes before one that is merely likelier to come at all.
            if (one > pressure) (pressure, kind) = (one, (ThreatKind)i);
            corroborated = Math.Max(corroborated, (1 - noneCorroborated[i]) / Rules[i].CostLossRatio);
        }

        return new(1 - never, pressure, corroborated, kind, lost);
    }

    /// <summary>
    /// When the first of them arrives, given that any does: 5 and 95 % of the distribution of the earliest arrival. Null
    /// when there is nothing to arrive.
    /// </summary>
    public ArrivalInterval? Arrival(DateTimeOffset now)
    {
        double any = ArrivedBy(double.PositiveInfinity, now);
        if (any <= 0) return null;
        return new(Microseconds(now, Quantile(0.05)), Microseconds(now, Quantile(0.95)));

        double Quantile(double share)
        {
            double low = 0, high = 2 * policy.WatchHorizon.TotalSeconds;
            if (ArrivedBy(0, now) >= share * any) return 0;
            for (int i = 0; i < 40; i++)
            {
                double middle = (low + high) / 2;
                if (ArrivedBy(middle, now) < share * any) low = middle;
                else high = middle;
            }

            return high;
        }
    }

    double ArrivedBy(double seconds, DateTimeOffset now)
    {
        double none = 1;
        foreach (Row row in rows.Values)
        {
            if (row.Probability < Threshold(row.Kind) * policy.EndingShare) continue;
            double arrived = double.IsInfinity(seconds) ? 1
                : Normal.Rough((seconds - row.ArrivesIn(now)) / row.SigmaNow(now));
            // What should have been there by now and is not comes next.
            if (seconds <= 0 && row.Exposure.MedianSeconds > 0) arrived = 0;
            none *= 1 - (row.Present(now) * arrived);
        }

        return 1 - none;
    }

    void Expire(DateTimeOffset now)
    {
        List<int>? expired = null;
        foreach ((int track, Row row) in rows)
            if (now >= row.HeldUntil) (expired ??= []).Add(track);
        foreach (int track in expired ?? []) rows.Remove(track);
    }

    static DateTimeOffset Microseconds(DateTimeOffset now, double seconds) => now.AddTicks((long)(seconds * 1e6) * 10);

    readonly record struct Row(
        int Leader, DateTimeOffset At, Exposure Exposure, double Probability, ThreatKind Kind, bool Falls, bool IsWellKnown,
        bool Corroborated,
        DateTimeOffset LostAt = default, DateTimeOffset? HeldUntil = null)
    {
        public double Present(DateTimeOffset now) => HeldUntil is null || Falls
            ? Probability
            : Probability * LostShare * Math.Exp(-Math.Max(0, (now - LostAt).TotalSeconds) / LostFade);

        public double ArrivesIn(DateTimeOffset now) => Math.Max(0, Exposure.MedianSeconds - (now - At).TotalSeconds);

        public double SigmaNow(DateTimeOffset now)
        {
            double unseen = HeldUntil is null ? 0 : LostDrift * Math.Max(0, (now - LostAt).TotalSeconds);
            return Math.Sqrt((Exposure.SigmaSeconds * Exposure.SigmaSeconds) + (unseen * unseen) + 1e-6);
        }
    }
}
