using System.Collections.Immutable;
using Nadhir.Posture;
using Nadhir.Warning;

namespace Nadhir.Simulation.Scenarios;

/// <summary>A command and when it is given.</summary>
public readonly record struct TimedCommand(DateTimeOffset At, Command Command);

/// <summary>How fast the simulated people act, seconds; all invented.</summary>
public sealed record DutyOfficerPace
{
    public double AcknowledgeSeconds { get; init; } = 15;
    public double ReleaseSeconds { get; init; } = 10;
    public double AllClearSeconds { get; init; } = 20;
    public double DirectiveSeconds { get; init; } = 300;
}

/// <summary>
/// The people at the console, simulated: acknowledge a warning, release one that waits for them, give the all-clear some
/// time after the watch proposes it; and the formations that acknowledge a directive. Deterministic.
/// </summary>
public sealed class DutyOfficer(DutyOfficerPace pace, IEnumerable<IssueDirective> directives)
{
    const string First = "duty officer (simulated)", Second = "second duty officer (simulated)";

    readonly ImmutableDictionary<string, IssueDirective> directives = 
        directives.ToImmutableDictionary(each => each.Directive, StringComparer.Ordinal);
    readonly HashSet<string> acknowledged = new(StringComparer.Ordinal);

    /// <summary>What the people do about a decision of this time; empty for most.</summary>
    public IReadOnlyList<TimedCommand> OnDecision(DateTimeOffset time, Decision decision)
    {
        switch (decision)
        {
            case AllClearProposed proposed:
                return [After(pace.AllClearSeconds, new EndAlert(proposed.Alert) { By = First })];
            case ReleaseRequested requested:
                string by = requested.Given.Contains(First, StringComparer.Ordinal) ? Second : First;
                return [After(pace.ReleaseSeconds, new ReleaseAlert(requested.Alert) { By = by })];
            case AlertChanged { State: AlertState.Warning } changed when acknowledged.Add($"alert {changed.Alert}"):
                return [After(pace.AcknowledgeSeconds, new AcknowledgeAlert(changed.Alert) { By = First })];
            case Recorded recorded when directives.TryGetValue(recorded.Id, out IssueDirective? directive)
                && acknowledged.Add($"directive {recorded.Id}"):
                return
                [
                    .. directive.To.Select((formation, i) => After(
                        pace.DirectiveSeconds * (i + 1),
                        new ReportDirective(recorded.Id, formation, DirectiveState.Acknowledged, "simulated")
                        {
                            By = $"{formation} (simulated)",
                        })),
                ];
            default:
                return [];
        }

        TimedCommand After(double seconds, Command command) => new(time.AddSeconds(seconds), command);
    }
}
