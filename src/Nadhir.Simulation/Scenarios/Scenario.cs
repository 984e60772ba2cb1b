using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Warning;

namespace Nadhir.Simulation.Scenarios;

/// <summary>A scenario as its file says it. Times in seconds from the anchor.</summary>
public sealed record Scenario
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    /// <summary>The title by language tag; null when there is the title alone.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required ScenarioSource Source { get; init; }
    public required DateTimeOffset Anchor { get; init; }
    public required string TimeZone { get; init; }
    public required string Sender { get; init; }
    public required GeoPoint Origin { get; init; }
    public required ScenarioBorder Border { get; init; }
    public ImmutableArray<Zone> Zones { get; init; } = [];
    public ImmutableArray<Site> Sites { get; init; } = [];
    public ImmutableArray<Siren> Sirens { get; init; } = [];
    public ImmutableArray<Sensor> Sensors { get; init; } = [];
    public ImmutableArray<Mandate> Mandates { get; init; } = [];
    public ImmutableArray<Authorisation> Authorisations { get; init; } = [];
    public required PhaseLadder Ladder { get; init; }
    public ImmutableArray<PhaseLadder> Ladders { get; init; } = [];
    public ImmutableArray<Formation> Formations { get; init; } = [];
    public DirectivePolicy Directives { get; init; } = new();
    public required WarningPolicy Warning { get; init; }
    public required DutyOfficerPace People { get; init; }
    public required JetPlan Jets { get; init; }
    /// <summary>Variants of equal standing: from where the jets come. None is a statement about any country.</summary>
    public required ImmutableArray<JetVariant> Variants { get; init; }
    public required ReconnaissancePlan Reconnaissance { get; init; }
    public required ParallelPlan Parallel { get; init; }
    /// <summary>Civil flights, helicopter, drone, birds.</summary>
    public ImmutableArray<Movement> Flights { get; init; } = [];
    /// <summary>Commands in order of time.</summary>
    public ImmutableArray<TimelineItem> Timeline { get; init; } = [];
    public required ScenarioTiming Timing { get; init; }

    /// <summary>The first sensor's UDP port; each next one has the next port.</summary>
    public int UdpPortBase { get; init; }

    /// <summary>The watch's configuration of this exercise over the given border.</summary>
    public WatchConfiguration Configuration(Border border) => new()
    {
        Name = Id,
        Title = Title,
        Names = Names,
        Exercise = true,
        Sender = Sender,
        Origin = Origin,
        TimeZone = TimeZone,
        Feeds = [.. Sensors.Select(sensor => new FeedConfiguration { Id = sensor.Feed, Format = "asterix" })],
        Sensors = Sensors,
        Borders = [border],
        Zones = Zones,
        Authorisations = Authorisations,
        Mandates = Mandates,
        Ladder = Ladder,
        Ladders = Ladders,
        Formations = Formations,
        Directives = Directives,
        Sites = Sites,
        Sirens = Sirens,
        Warning = Warning,
    };

    /// <summary>The border of this scenario's home out of a GeoJSON file of countries; null with a reason when it is not there.</summary>
    public Border? BorderFrom(string geoJson, string source, out string fault) =>
        Documents.GeoJsonAreas.TryRead(geoJson, Border.Country, out fault) is { } home
            ? new()
            {
                Id = Border.Id,
                Name = Border.Name,
                Names = Border.Names,
                Home = home,
                UncertaintyMetres = Border.UncertaintyMetres,
                Source = source,
            }
            : null;
}

/// <summary>The one text everything reported rests on, shown wherever a reported item is.</summary>
public sealed record ScenarioSource(
    string File, string Sha256, string Byline, string Published, bool SingleSource, string WordingRule);

public sealed record ScenarioBorder(string Id, string Name, string Country, double UncertaintyMetres,
    ImmutableSortedDictionary<string, string>? Names = null);

/// <summary>A variant is named by its azimuth; the bearing flown may differ by a little, see the scenario's file.</summary>
public readonly record struct JetVariant(int AzimuthDegrees, double FlownDegrees);

/// <summary>Aircraft of a partner flying a racetrack about a zone.</summary>
public sealed record ReconnaissancePlan(
    string Zone, double ReachMetres, double TurnRadiusMetres, double SpeedMetresPerSecond, double HeightMetres,
    double StartSeconds, double EndSeconds, ImmutableArray<string> Mode3A);

/// <summary>The civil flight along the border, outside it.</summary>
public sealed record ParallelPlan(
    GeoPoint Near, GeoPoint Towards, double OffsetMetres, double DurationSeconds, double SpeedMetresPerSecond, double HeightMetres,
    double StartSeconds, Transponder Transponder);

/// <summary>A command given at a time.</summary>
public readonly record struct TimelineItem(double Seconds, Command Command);

/// <summary>When the sensors run; between the windows they are announced as off.</summary>
public sealed record ScenarioTiming
{
    /// <summary>Sensors run from so long before the jets could first be seen…</summary>
    public required double BeforeVisibilitySeconds { get; init; }
    /// <summary>…until so long after the anchor.</summary>
    public required double StrikeUntilSeconds { get; init; }
    public required double ReconnaissanceFromSeconds { get; init; }
    public required double ReconnaissanceUntilSeconds { get; init; }
    public required double TickSeconds { get; init; }
    /// <summary>Ticks between the windows, where nothing flies.</summary>
    public required double IdleTickSeconds { get; init; }
    public required double EndSeconds { get; init; }
}
