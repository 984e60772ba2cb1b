using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Truth;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>
/// An invented country in which families of scenarios are played: its border, its zones, its sensors, its policy.
/// </summary>
public sealed record Country
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required GeoPoint Origin { get; init; }
    public required Border Border { get; init; }
    public ImmutableArray<Zone> Zones { get; init; } = [];
    public ImmutableArray<Sensor> Sensors { get; init; } = [];
    public ImmutableArray<Siren> Sirens { get; init; } = [];
    public required WarningPolicy Warning { get; init; }
    public required DutyOfficerPace People { get; init; }

    /// <summary>How deep a zone lies in the tree: 0 for one without a parent.</summary>
    public int LevelOf(Zone zone)
    {
        int level = 0;
        for (string? parent = zone.Parent; parent is not null && level < Zones.Length; level++)
            parent = Zones.FirstOrDefault(other => other.Id == parent)?.Parent;
        return level;
    }

    public Outline Home() => new(Border.Home, Origin);
}
