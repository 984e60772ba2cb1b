using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Families;
using Nadhir.Simulation.Movements;
using Nadhir.Warning;

namespace Nadhir.Simulation.Tests.Families;

/// <summary>The country and families that come with the program, and a small world made by hand.</summary>
static class Invented
{
    public static readonly GeoPoint Middle = new(-30, -20);

    public static readonly Zone Town = new()
    {
        Id = "TOWN", Name = "Town", Parent = "LAND", Area = new() { Centre = Middle, RadiusMetres = 5000 }, SecondsToShelter = 60,
    };

    public static readonly Zone Land = new()
    {
        Id = "LAND", Name = "Land", SecondsToShelter = 60,
        Area = new() { Rings = [[At(45, 60_000), At(135, 60_000), At(225, 60_000), At(315, 60_000)]] },
    };

    public static readonly Sensor Radar = new()
    {
        Id = "R", Kind = SensorKind.Radar, Feed = "r", Sac = 9, Sic = 1, Position = new(-30, -20, 0), AntennaMetres = 30,
        RangeMetres = 300_000, Period = TimeSpan.FromSeconds(4), FalsePlotsPerScan = 0,
    };

    public static Country Shipped { get; } = Load();

    public static Country Small { get; } = new()
    {
        Id = "small",
        Title = "Small",
        Origin = Middle,
        Border = new() { Id = "B", Name = "B", Home = Land.Area, UncertaintyMetres = 100 },
        Zones = [Land, Town],
        Sensors = [Radar],
        Warning = new(),
        People = new(),
    };

    public static string Text(string name) => File.ReadAllText(Files.Repository($"scenarios/families/{name}.yaml"));

    public static FamilyReading Read(string text) => FamilyLoader.Load(text, name => name == "country.yaml" ? Shipped : null);

    public static Family Family(string name) => Assert.IsType<FamilyReading.Loaded>(Read(Text(name))).Family;

    public static GeoPoint At(double bearing, double metres) => Geodesic.Direct(Middle, bearing, metres);

    /// <summary>Straight from one place to another.</summary>
    public static Mover Straight(
        GeoPoint from, GeoPoint to, double speed, double height, ThreatKind? threat, double start = 0) =>
        new(new Movement
        {
            Id = "M", Kind = MovementKind.Jet, StartSeconds = start,
            Path = new FlightPath([new(from, height), new(to, height)], speed),
        }, threat);

    public static ImmutableArray<ZoneShape> Shapes =>
        [.. Small.Zones.Select(zone => new ZoneShape(zone, Small.LevelOf(zone)))];

    static Country Load() => Assert.IsType<CountryReading.Loaded>(CountryLoader.Load(Text("country"))).Country;
}
