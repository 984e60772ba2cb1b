using System.Collections.Immutable;
using Nadhir.Simulation.Sirens;

namespace Nadhir.Simulation.Scenarios;

/// <summary>A simulated world ready to be played: the same one gives the same bytes each time.</summary>
public interface IPreparedRun
{
    WatchConfiguration Configuration { get; }
    DateTimeOffset Start { get; }
    DateTimeOffset End { get; }

    /// <summary>What people order, whatever happens; in order of time.</summary>
    ImmutableArray<TimedCommand> Commands { get; }

    /// <summary>All sensors' bytes in order of arrival; lazily.</summary>
    IEnumerable<SimulatedArrival> Arrivals();

    /// <summary>Moments at which time is told to the watch.</summary>
    IEnumerable<DateTimeOffset> Ticks();

    DutyOfficer People();

    SirenLinkModel SirenLinks();
}
