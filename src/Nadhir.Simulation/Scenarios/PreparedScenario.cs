using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Sirens;
using Nadhir.Simulation.Truth;

namespace Nadhir.Simulation.Scenarios;

/// <summary>Sensors run from here to there, seconds from the anchor.</summary>
public readonly record struct SensorWindow(double FromSeconds, double UntilSeconds)
{
    public bool Holds(double seconds) => seconds >= FromSeconds && seconds <= UntilSeconds;
}

/// <summary>
/// A scenario laid over a border, in one variant, with one seed: everything a run needs. The same scenario, border and
/// options give the same bytes.
/// </summary>
public sealed class PreparedScenario : IPreparedRun
{
    public PreparedScenario(Scenario scenario, Border border, ScenarioOptions options)
    {
        Scenario = scenario;
        Options = options;
        Configuration = scenario.Configuration(border);
        Outline home = new(border.Home, scenario.Origin);
        Movements = MovementPlanner.Plan(scenario, home, options.Azimuth, out double borderMetres);
        Truth = ScenarioTruth.Of(scenario, Movements, home, borderMetres);
        ScenarioTiming timing = scenario.Timing;
        double reconnaissanceUntil = options.ReconnaissanceMinutes is { } minutes
            ? Math.Min(timing.ReconnaissanceUntilSeconds, timing.ReconnaissanceFromSeconds + (60 * minutes))
            : timing.ReconnaissanceUntilSeconds;
        Windows =
        [
            new(Math.Floor(Truth.FirstVisibilitySeconds - timing.BeforeVisibilitySeconds), timing.StrikeUntilSeconds),
            new(timing.ReconnaissanceFromSeconds, reconnaissanceUntil),
        ];
        Start = InstantOf(Windows[0].FromSeconds);
        End = InstantOf(timing.EndSeconds);
        Commands = [.. AllCommands().OrderBy(item => item.Seconds).Select(item => new TimedCommand(InstantOf(item.Seconds), item.Command))];
    }

    public Scenario Scenario { get; }
    public ScenarioOptions Options { get; }
    public WatchConfiguration Configuration { get; }
    public ImmutableArray<Movement> Movements { get; }
    public ScenarioTruth Truth { get; }
    public ImmutableArray<SensorWindow> Windows { get; }
    public DateTimeOffset Start { get; }
    public DateTimeOffset End { get; }

    /// <summary>The timeline's commands and the announcements of the sensors' pauses, in order of time.</summary>
    public ImmutableArray<TimedCommand> Commands { get; }

    public DateTimeOffset InstantOf(double seconds) => Scenario.Anchor.AddTicks((long)Math.Round(seconds * 1e6) * 10);

    public double SecondsOf(DateTimeOffset time) => (time - Scenario.Anchor).TotalSeconds;

    /// <summary>All radars' datagrams in order of arrival; lazily, a rotation at a time.</summary>
    public IEnumerable<SimulatedArrival> Arrivals() =>
        Merging.ByTime([.. Working().Select(sensor =>
        {
            RadarSimulator radar = new(sensor, Movements, Scenario.Anchor, Options.Seed,
                Options.ClockSkewSeconds.GetValueOrDefault(sensor.Id));
            return Windows.SelectMany(window => radar.Arrivals(window.FromSeconds, window.UntilSeconds));
        })]);

    /// <summary>Moments at which time is told to the watch: dense while sensors run, sparse between.</summary>
    public IEnumerable<DateTimeOffset> Ticks()
    {
        double end = Scenario.Timing.EndSeconds;
        for (double seconds = Windows[0].FromSeconds; seconds <= end;)
        {
            yield return InstantOf(seconds);
            bool working = Windows.Any(window => window.Holds(seconds));
            double next = seconds + (working ? Scenario.Timing.TickSeconds : Scenario.Timing.IdleTickSeconds);
            // A window opens on a tick of its own, never in the middle of a sparse step.
            foreach (SensorWindow window in Windows)
                if (window.FromSeconds > seconds && window.FromSeconds < next) next = window.FromSeconds;
            seconds = next;
        }
    }

    public DutyOfficer People() => new(Scenario.People, Scenario.Timeline.Select(item => item.Command).OfType<IssueDirective>());

    public SirenLinkModel SirenLinks() => new(Scenario.Sirens, Options.Seed, Options.SirensDown);

    IEnumerable<Sensor> Working() => Scenario.Sensors.Where(sensor =>
        sensor.Kind == SensorKind.Radar && !Options.SensorsOff.Contains(sensor.Id, StringComparer.Ordinal));

    /// <summary>A pause is announced when it begins and revoked when the next window opens. Failed sensors stay unannounced.</summary>
    IEnumerable<TimelineItem> AllCommands()
    {
        const string by = "scenario";
        foreach (TimelineItem item in Scenario.Timeline) yield return item;
        for (int i = 0; i < Windows.Length; i++)
        {
            foreach (Sensor sensor in Working())
            {
                if (i > 0)
                    yield return new(Windows[i].FromSeconds,
                        new AnnounceOutage(sensor.Id, Off: false, "the simulation resumes this sensor") { By = by });
                yield return new(Windows[i].UntilSeconds,
                    new AnnounceOutage(sensor.Id, Off: true, "outside the simulated windows") { By = by });
            }
        }
    }
}
