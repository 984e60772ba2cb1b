using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Truth;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>Reads <c>nadhir-country/1</c> files.</summary>
public static class CountryLoader
{
    public const string Schema = "nadhir-country/1";

    public static CountryReading Load(string text)
    {
        (YamlReading reading, YamlMap root) = YamlReading.Open(text);
        Country country = Read(root);
        if (reading.IsClean) Check(root, country);
        IReadOnlyList<DocumentFault> faults = reading.Finish();
        return faults.Count == 0 ? new CountryReading.Loaded(country) : new CountryReading.Faulty([.. faults]);
    }

    static Country Read(YamlMap root)
    {
        if (root.Text("schema") is var schema && schema != Schema && !root.IsStandIn)
            root.Fault("schema", $"must be {Schema}");
        root.Texts("notes");
        WatchSections sections = new();
        YamlMap border = root.Map("border");
        ImmutableArray<YamlMap> zones = root.Maps("zones"), sensors = root.Maps("sensors"), sirens = root.Maps("sirens");
        Country country = new()
        {
            Id = root.Text("id"),
            Title = root.Text("title"),
            Origin = sections.Point(root.Map("origin")),
            Border = new()
            {
                Id = border.Text("id"),
                Name = border.Text("name"),
                Home = sections.Area(border),
                UncertaintyMetres = border.Number("uncertainty_m", 1, 100_000),
                Source = "invented",
            },
            Zones = [.. zones.Select(sections.Zone)],
            Sensors = [.. sensors.Select(sections.Sensor)],
            Sirens = [.. sirens.Select(sections.Siren)],
            Warning = WarningSections.Policy(root.OptionalMap("warning")),
            People = PeopleSection.Read(root.OptionalMap("people")),
        };
        References.Differ(zones, "id", [.. country.Zones.Select(zone => zone.Id)]);
        References.Exist(zones, "parent", [.. country.Zones.Select(zone => zone.Id)], "zone");
        References.Differ(sensors, "id", [.. country.Sensors.Select(sensor => sensor.Id)]);
        References.Differ(sirens, "id", [.. country.Sirens.Select(siren => siren.Id)]);
        References.Exist(sirens, "zone", [.. country.Zones.Select(zone => zone.Id)], "zone");
        return country;
    }

    static void Check(YamlMap root, Country country)
    {
        if (country.Border.Home.Rings.IsEmpty)
        {
            root.Map("border").Fault("polygon", "a border is a polygon");
            return;
        }

        Outline home = country.Home();
        ImmutableArray<YamlMap> zones = root.Maps("zones"), sensors = root.Maps("sensors");
        for (int i = 0; i < zones.Length; i++)
        {
            if (!home.Contains(ZoneShape.MiddleOf(country.Zones[i].Area)))
                zones[i].Fault("id", "its middle lies outside the border");
            if (country.LevelOf(country.Zones[i]) >= zones.Length) zones[i].Fault("parent", "is its own ancestor");
        }

        for (int i = 0; i < sensors.Length; i++)
            if (country.Sensors[i].Kind is not (SensorKind.Radar or SensorKind.Radar3D or SensorKind.Adsb))
                sensors[i].Fault("kind", "families simulate radar, radar3d and adsb");
    }
}
