using System.Collections.Concurrent;
using Nadhir.Assessment;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Simulation.Tests;

/// <summary>The acceptance scenario, loaded once.</summary>
static class Babil
{
    public static string Text { get; } = File.ReadAllText(Files.Repository("scenarios/babil-2024.yaml"));

    public static Scenario Scenario { get; } = ScenarioLoader.Load(Text) switch
    {
        ScenarioReading.Loaded loaded => loaded.Scenario,
        ScenarioReading.Faulty faulty => throw new InvalidOperationException(string.Join('\n', faulty.Faults)),
        _ => throw new InvalidOperationException(),
    };

    public static Border Border()
    {
        string path = Files.Countries();
        return Scenario.BorderFrom(File.ReadAllText(path), Path.GetFileName(path), out string fault)
            ?? throw new InvalidOperationException(fault);
    }

    static readonly ConcurrentDictionary<int, PreparedScenario> prepared = [];

    /// <summary>A variant with seed 1, prepared once.</summary>
    public static PreparedScenario Prepared(int azimuth) => prepared.GetOrAdd(azimuth, each => Prepare(each));

    public static PreparedScenario Prepare(int azimuth, ulong seed = 1) =>
        new(Scenario, Border(), new() { Azimuth = azimuth, Seed = seed });
}
