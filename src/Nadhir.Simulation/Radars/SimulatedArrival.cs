namespace Nadhir.Simulation;

/// <summary>Bytes of a simulated feed and when they reach the host.</summary>
public readonly record struct SimulatedArrival(DateTimeOffset At, string Feed, byte[] Bytes);
