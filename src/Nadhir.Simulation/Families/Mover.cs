using Nadhir.Simulation.Movements;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>Something that moves in a run, and whether a zone must be warned of it.</summary>
/// <param name="ThreatFromSeconds">From then on it is a threat.</param>
public sealed record Mover(Movement Movement, ThreatKind? Threat, double ThreatFromSeconds = 0)
{
    /// <summary>So near to a zone without being in it, a warning was neither right nor wrong; metres.</summary>
    public double NearMetres => Threat == ThreatKind.Aircraft ? 5000 : 3000;

    /// <summary>Only where it comes down counts, not what it passes over.</summary>
    public bool Falls => Threat == ThreatKind.Ballistic;
}
