using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>How the statements of one bin of probability turned out.</summary>
/// <param name="Count">Those of which it is clear whether a threat came: none only came near.</param>
/// <param name="MeanStated">Of all.</param>
/// <param name="Happened">Share of these that came into the zone.</param>
/// <param name="Near">Share of all that came into the zone or near it.</param>
public sealed record ReliabilityBin(double From, double Until, int Count, double MeanStated, double Happened, double Near);

/// <summary>
/// Scores over runs: PoD, FAR and CSI as WMO/TD-No. 1023 and Wilks (Statistical Methods in the Atmospheric Sciences, chapter
/// on forecast verification) define them, and what a warning service needs besides. Shares are NaN of nothing.
/// </summary>
public sealed record SetScore
{
    const int Bins = 10;

    public required string Name { get; init; }
    public required int Runs { get; init; }
    public required int Events { get; init; }
    public required int Warned { get; init; }
    /// <summary>Probability of detection: share of the events with a Warning in force at the arrival.</summary>
    public required double Pod { get; init; }
    /// <summary>Share of the events warned of in time.</summary>
    public required double OnTime { get; init; }
    public required int Warnings { get; init; }
    public required int FalseWarnings { get; init; }
    public required int NearWarnings { get; init; }
    /// <summary>False alarm ratio: share of the Warnings with neither event nor near miss.</summary>
    public required double Far { get; init; }
    /// <summary>Critical success index: events warned of, over these and misses and false Warnings.</summary>
    public required double Csi { get; init; }
    public required double WarnedAreaHours { get; init; }
    public required double NeedlessShare { get; init; }
    public required double MeanLeadFraction { get; init; }
    public required double MedianLeadFraction { get; init; }
    public required double MedianLeadSeconds { get; init; }
    public required double MedianWatchLeadSeconds { get; init; }
    public required double MedianLatencySeconds { get; init; }
    public required double MedianDelaySeconds { get; init; }
    public required double FirstIntervalHolds { get; init; }
    public required double IntervalsHold { get; init; }
    public required int Flaps { get; init; }
    public required int Alerts { get; init; }
    public required int Undetectable { get; init; }
    /// <summary>Mean squared difference of stated probability and outcome (Brier, 1950).</summary>
    public required double Brier { get; init; }
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }
    public required double SimulatedSeconds { get; init; }
    public required double TookSeconds { get; init; }

    /// <param name="level">Zones of this level only; all when null.</param>
    public static SetScore Of(string name, IReadOnlyCollection<RunScore> runs, int? level = null)
    {
        EventScore[] events = [.. runs.SelectMany(run => run.Events).Where(each => level is null || each.Level == level)];
        WarningScore[] warnings = [.. runs.SelectMany(run => run.Warnings).Where(each => level is null || each.Level == level)];
        Statement[] statements = level is null ? [.. runs.SelectMany(run => run.Statements)] : [];
        int warned = events.Count(each => each.LeadSeconds is not null);
        int wrong = warnings.Count(each => each.Outcome == WarningOutcome.False);
        double hours = warnings.Sum(each => each.AreaHours);
        return new()
        {
            Name = name,
            Runs = runs.Count,
            Events = events.Length,
            Warned = warned,
            Pod = Share(warned, events.Length),
            OnTime = Share(events.Count(each => each.OnTime), events.Length),
            Warnings = warnings.Length,
            FalseWarnings = wrong,
            NearWarnings = warnings.Count(each => each.Outcome == WarningOutcome.Near),
            Far = Share(wrong, warnings.Length),
            Csi = Share(warned, events.Length + wrong),
            WarnedAreaHours = Math.Round(hours, 1),
            NeedlessShare = Share(warnings.Where(each => each.Outcome == WarningOutcome.False).Sum(each => each.AreaHours), hours),
            MeanLeadFraction = Mean(events.Select(each => each.LeadFraction)),
            MedianLeadFraction = Median(events.Select(each => each.LeadFraction)),
            MedianLeadSeconds = Median(Known(events, each => each.LeadSeconds)),
            MedianWatchLeadSeconds = Median(Known(events, each => each.WatchLeadSeconds)),
            MedianLatencySeconds = Median(Known(events, each => each.LatencySeconds)),
            MedianDelaySeconds = Median(Known(events, each => each.DelaySeconds)),
            FirstIntervalHolds = Share(
                events.Count(each => each.FirstIntervalHolds == true), events.Count(each => each.FirstIntervalHolds is not null)),
            IntervalsHold = Share(events.Sum(each => each.IntervalsHold), events.Sum(each => each.Intervals)),
            Flaps = warnings.Count(each => each.IsFlap),
            Alerts = runs.Sum(run => run.Alerts),
            Undetectable = runs.Sum(run => run.Undetectable),
            Brier = Mean(statements.Where(each => each.IsClear).Select(each => Math.Pow(each.Probability - (each.Happened ? 1 : 0), 2))),
            Reliability = Diagram(statements),
            SimulatedSeconds = Math.Round(runs.Sum(run => run.SimulatedSeconds)),
            TookSeconds = Math.Round(runs.Sum(run => run.TookSeconds), 1),
        };
    }

    static IReadOnlyList<ReliabilityBin> Diagram(Statement[] statements) =>
    [
        .. statements.GroupBy(each => Math.Clamp((int)(each.Probability * Bins), 0, Bins - 1)).OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityBin((double)bin.Key / Bins, (bin.Key + 1.0) / Bins, bin.Count(each => each.IsClear),
                Math.Round(bin.Average(each => each.Probability), 4),
                Share(bin.Count(each => each.Happened), bin.Count(each => each.IsClear)), Share(bin.Count(each => each.Near), bin.Count()))),
    ];

    static IEnumerable<double> Known(EventScore[] events, Func<EventScore, double?> read) =>
        events.Select(read).Where(value => value is not null).Select(value => value!.Value);

    static double Share(double part, double whole) => whole == 0 ? double.NaN : Math.Round(part / whole, 4);

    static double Mean(IEnumerable<double> values) => values.Any() ? Math.Round(values.Average(), 4) : double.NaN;

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN
            : Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 4);
    }
}
