using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>A change of an alert's state; seconds from the start of the run.</summary>
public sealed record AlertStep(
    double Seconds, string Zone, string Alert, AlertState State, ThreatKind Kind, double Probability,
    double? EarliestSeconds, double? LatestSeconds);

/// <summary>What an alert said at a moment of its life.</summary>
public sealed record AlertSighting(
    double Seconds, string Zone, string Alert, AlertState State, double Probability, double? EarliestSeconds,
    double? LatestSeconds);

/// <summary>
/// What a run's watch said of alerts, for scoring: each change of state, and every ten seconds the figures of those alive.
/// </summary>
public sealed class WarningLog(DateTimeOffset start)
{
    public const double SightingSeconds = 10;

    readonly List<AlertStep> steps = [];
    readonly List<AlertSighting> sightings = [];
    readonly HashSet<string> alive = new(StringComparer.Ordinal);
    double due = SightingSeconds;

    public IReadOnlyList<AlertStep> Steps => steps;
    public IReadOnlyList<AlertSighting> Sightings => sightings;

    /// <summary>An alert is in Watch or Warning.</summary>
    public bool IsAnyAlive => alive.Count > 0;

    public void Take(DateTimeOffset time, Decision decision)
    {
        if (decision is not AlertChanged changed) return;
        steps.Add(new((time - start).TotalSeconds, changed.Zone, changed.Alert, changed.State, changed.Kind,
            changed.Probability, SecondsOf(changed.Arrival?.Earliest), SecondsOf(changed.Arrival?.Latest)));
        if (changed.State is AlertState.Watch or AlertState.Warning) alive.Add(changed.Alert);
        else alive.Remove(changed.Alert);
    }

    /// <summary>Looks at the alerts when it is time to.</summary>
    public void Look(DateTimeOffset time, IWatch watch)
    {
        double seconds = (time - start).TotalSeconds;
        if (seconds < due) return;
        while (due <= seconds) due += SightingSeconds;
        if (!IsAnyAlive) return;
        foreach (AlertRow row in watch.Snapshot().Alerts)
            if (row.State is AlertState.Watch or AlertState.Warning)
                sightings.Add(new(seconds, row.Zone, row.Id, row.State, row.Probability,
                    SecondsOf(row.Arrival?.Earliest), SecondsOf(row.Arrival?.Latest)));
    }

    double? SecondsOf(DateTimeOffset? time) => time is { } at ? (at - start).TotalSeconds : null;
}
