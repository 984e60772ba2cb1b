using Nadhir.Simulation.Families;

namespace Nadhir.Reports;

/// <summary>Why a run is worth a look.</summary>
sealed record RunFinding(
    string Reason, string Family, string Variant, ulong Seed, string Zone, double Seconds, double Weight, string Detail);

/// <summary>Scores of a set of runs; the names of the members are the stable keys of <c>nadhir report --json</c>.</summary>
sealed record SetReport
{
    const int FindingsOfAReason = 8;

    public required IReadOnlyList<SetScore> Families { get; init; }
    public required SetScore Total { get; init; }
    /// <summary>By how many layers of zones a zone holds: 0 the places, at the top the regions.</summary>
    public required IReadOnlyList<SetScore> Levels { get; init; }
    public required IReadOnlyList<RunFinding> Worst { get; init; }

    public static SetReport Of(IReadOnlyList<RunScore> runs) => new()
    {
        Families = [.. runs.GroupBy(run => run.Family, StringComparer.Ordinal).Select(group => SetScore.Of(group.Key, [.. group]))],
        Total = SetScore.Of("all", runs),
        Levels =
        [
            .. runs.SelectMany(run => run.Events.Select(each => each.Level).Concat(run.Warnings.Select(each => each.Level)))
                .Distinct().Order().Select(level => SetScore.Of($"level {level}", runs, level)),
        ],
        Worst =
        [
            .. runs.SelectMany(Findings).GroupBy(finding => finding.Reason, StringComparer.Ordinal)
                .SelectMany(group => group.OrderByDescending(finding => finding.Weight).Take(FindingsOfAReason)),
        ],
    };

    static IEnumerable<RunFinding> Findings(RunScore run)
    {
        foreach (EventScore at in run.Events)
        {
            if (at.LeadSeconds is null)
                yield return Of("missed", at.Zone, at.ArrivalSeconds, at.PossibleSeconds,
                    $"{at.Kind} {at.Mover}, {at.PossibleSeconds:0} s were possible");
            else if (!at.OnTime)
                yield return Of("late", at.Zone, at.ArrivalSeconds, at.PossibleSeconds - at.LeadSeconds.Value,
                    $"{at.Kind} {at.Mover}, lead {at.LeadSeconds:0} s of {at.PossibleSeconds:0} s");
        }

        foreach (WarningScore warning in run.Warnings)
        {
            if (warning.Outcome == WarningOutcome.False)
                yield return Of("false", warning.Zone, warning.FromSeconds, warning.AreaHours,
                    $"{warning.Kind} P {warning.Probability:0.00}, {warning.UntilSeconds - warning.FromSeconds:0} s, {warning.AreaHours:0} km² h");
            if (warning.IsFlap)
                yield return Of("flap", warning.Zone, warning.FromSeconds, 1, $"{warning.Alert} soon after another");
        }

        RunFinding Of(string reason, string zone, double seconds, double weight, string detail) =>
            new(reason, run.Family, run.Variant, run.Seed, zone, Math.Round(seconds, 1), Math.Round(weight, 1), detail);
    }
}
