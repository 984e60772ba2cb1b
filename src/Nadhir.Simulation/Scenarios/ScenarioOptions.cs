using System.Collections.Immutable;

namespace Nadhir.Simulation.Scenarios;

/// <summary>What varies between runs of one scenario.</summary>
public sealed record ScenarioOptions
{
    /// <summary>From where the jets come, degrees; one of the scenario's variants.</summary>
    public int Azimuth { get; init; }
    public ulong Seed { get; init; } = 1;
    /// <summary>Sensors that fail unannounced: they never say a word.</summary>
    public ImmutableArray<string> SensorsOff { get; init; } = [];
    /// <summary>Seconds by which a sensor's clock is ahead.</summary>
    public ImmutableSortedDictionary<string, double> ClockSkewSeconds { get; init; } =
        ImmutableSortedDictionary<string, double>.Empty;
    /// <summary>Sirens whose link never comes up.</summary>
    public ImmutableArray<string> SirensDown { get; init; } = [];
    /// <summary>
    /// Shortens the reconnaissance window, in minutes from its start: three and a half hours of five radars are two
    /// thirds of a full run and repeat the same racetrack. Full when null.
    /// </summary>
    public double? ReconnaissanceMinutes { get; init; }
}
