using Nadhir.Sensing;

namespace Nadhir.Simulation.Movements;

public enum MovementKind : byte { Jet, Reconnaissance, Civil, BorderParallel, Medical, Drone, Birds, CruiseType, Rocket }

/// <summary>What an aircraft says of itself to secondary radar.</summary>
public sealed record Transponder
{
    public short Mode3A { get; init; } = -1;
    /// <summary>0 for a Mode A/C transponder.</summary>
    public uint Address { get; init; }
    public Callsign Callsign { get; init; }
    /// <summary>Steps of the height it reports: 25 ft, or 100 ft for older encoders.</summary>
    public double HeightStepFeet { get; init; } = 25;
}

/// <summary>One flying thing, as it truly is. Times in seconds from the scenario's anchor.</summary>
public sealed record Movement
{
    public required string Id { get; init; }
    public required MovementKind Kind { get; init; }
    public required IPath Path { get; init; }
    public required double StartSeconds { get; init; }
    public double EndSeconds { get; init; } = double.PositiveInfinity;
    /// <summary>None: only the primary radar sees it, and nobody knows its height.</summary>
    public Transponder? Transponder { get; init; }
    /// <summary>Probability of detection where it differs from the sensor's own: small things are seen less.</summary>
    public double? DetectionProbability { get; init; }
    /// <summary>
    /// At which share of a radar's range it is first seen: the range goes with the fourth root of what an object reflects.
    /// </summary>
    public double RangeShare { get; init; } = 1;
    /// <summary>From then on its transponder is silent.</summary>
    public double TransponderUntilSeconds { get; init; } = double.PositiveInfinity;
    /// <summary>Tells its position by itself (ADS-B), while its transponder works.</summary>
    public bool TellsPosition { get; init; }
    /// <summary>Nothing is there: somebody transmits the position reports of an aircraft that does not exist.</summary>
    public bool IsFalseReport { get; init; }
    /// <summary>Repeats its path until <see cref="EndSeconds"/>.</summary>
    public bool Repeats { get; init; }

    public double LastSeconds => Repeats ? EndSeconds : Math.Min(EndSeconds, StartSeconds + Path.DurationSeconds);

    public Transponder? TransponderAt(double seconds) => seconds < TransponderUntilSeconds ? Transponder : null;

    /// <summary>Where it is; null before it starts and after it ends.</summary>
    public TargetState? At(double seconds)
    {
        if (seconds < StartSeconds || seconds > LastSeconds) return null;
        double flown = seconds - StartSeconds;
        return Path.At(Repeats ? flown % Path.DurationSeconds : flown);
    }
}
