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

    /// <summary>How many layers of zones a zone holds: 0 for one that holds none.</summary>
    public int LevelOf(Zone zone) => Level(zone, 0);

    int Level(Zone zone, int above) => above > Zones.Length ? above : Zones.Where(other => other.Parent == zone.Id)
        .Select(other => 1 + Level(other, above + 1)).DefaultIfEmpty(0).Max();

    public Outline Home() => new(Border.Home, Origin);
}
