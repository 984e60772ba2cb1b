using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Simulation.Movements;
using Nadhir.Warning;

namespace Nadhir.Simulation.Scenarios;

/// <summary>A scenario, or everything that is wrong with its file.</summary>
public abstract record ScenarioReading
{
    ScenarioReading() { }

    public sealed record Loaded(Scenario Scenario) : ScenarioReading;

    public sealed record Faulty(ImmutableArray<DocumentFault> Faults) : ScenarioReading;
}

/// <summary>
/// Reads <c>nadhir-scenario/1</c> files. Besides form, it enforces their rules: a provenance on every item, and no
/// coordinate finer than the scenario allows.
/// </summary>
public static class ScenarioLoader
{
    public const string Schema = "nadhir-scenario/1";

    public static ScenarioReading Load(string text)
    {
        (YamlReading reading, YamlMap root) = YamlReading.Open(text);
        Scenario scenario = Read(root);
        IReadOnlyList<DocumentFault> faults = reading.Finish();
        return faults.Count == 0 ? new ScenarioReading.Loaded(scenario) : new ScenarioReading.Faulty([.. faults]);
    }

    static Scenario Read(YamlMap root)
    {
        if (root.Text("schema") is var schema && schema != Schema && !root.IsStandIn)
            root.Fault("schema", $"must be {Schema}");
        root.Texts("notes");
        YamlMap time = root.Map("time"), geography = root.Map("geography"), movements = root.Map("movements");
        double precision = geography.Number("precision_deg", 0.1, 10);
        if (geography.Text("datum") is var datum && datum != "WGS84" && !geography.IsStandIn)
            geography.Fault("datum", "must be WGS84");
        WatchSections sections = new(tagged: true, precision);
        sections.Provenance(time);
        time.OptionalText("anchor_event");

        ImmutableArray<Zone> zones = Unique(geography.Maps("zones"), sections.Zone, zone => zone.Id);
        HashSet<string> zoneIds = [.. zones.Select(zone => zone.Id)];
        PhaseLadder ladder = sections.Ladder(root.OptionalMap("ladder"));
        ImmutableArray<PhaseLadder> ladders = PostureSections.Ladders(root);
        ImmutableArray<Site> sites = Unique(root.Maps("sites"), sections.Site, site => site.Id);
        PostureSections.Check(root, ladder, ladders, [.. zoneIds], [geography.Map("border").Text("id")]);
        Refer(root.Maps("sites"), "zone", zoneIds, "zone");
        ImmutableArray<Siren> sirens = Unique(root.Maps("sirens"), sections.Siren, siren => siren.Id);
        Refer(root.Maps("sirens"), "zone", zoneIds, "zone");
        Refer(root.Maps("sirens"), "site", [.. sites.Select(site => site.Id)], "site");
        ImmutableArray<Sensor> sensors = Unique(root.Maps("sensors"), sections.Sensor, sensor => sensor.Id);
        foreach (YamlMap observer in root.Maps("observers")) ReadObserver(observer, sections);
        ImmutableArray<Mandate> mandates = Unique(root.Maps("mandates"), sections.Mandate, mandate => mandate.Id);
        ImmutableArray<Authorisation> authorisations =
            Unique(root.Maps("authorisations"), map => sections.Authorisation(map, zones), each => each.Id);
        Refer(root.Maps("authorisations"), "mandate", [.. mandates.Select(mandate => mandate.Id)], "mandate");

        DateTimeOffset anchor = time.Instant("anchor");
        MovementSections reader = new(sections, anchor);
        (JetPlan jets, ImmutableArray<JetVariant> variants) = reader.Jets(movements.Map("jets"));
        Refer([movements.Map("jets")], "target_zone", zoneIds, "zone");
        ReconnaissancePlan reconnaissance = reader.Reconnaissance(movements.Map("reconnaissance"));
        Refer([movements.Map("reconnaissance")], "zone", zoneIds, "zone");
        ParallelPlan parallel = reader.Parallel(movements.Map("border_parallel"));
        ImmutableArray<Movement> flights = Unique(movements.Maps("flights"), reader.Flight, flight => flight.Id);

        return new()
        {
            Id = root.Text("id"),
            Title = root.Text("title"),
            Names = root.OptionalTextByKey("names"),
            Source = ReadSource(root.Map("source")),
            Anchor = anchor,
            TimeZone = time.Text("zone"),
            Sender = root.Text("sender"),
            Origin = sections.Point(geography.Map("origin")),
            Border = ReadBorder(geography.Map("border"), sections),
            Zones = zones,
            Sites = sites,
            Sirens = sirens,
            Sensors = sensors,
            Mandates = mandates,
            Authorisations = [.. authorisations, .. reader.FlightPlans],
            Ladder = ladder,
            Ladders = ladders,
            Formations = PostureSections.Formations(root),
            Directives = PostureSections.Directives(root.OptionalMap("directives")),
            Warning = WarningSections.Policy(root.OptionalMap("warning")),
            People = ReadPeople(root.OptionalMap("people"), sections),
            Jets = jets,
            Variants = variants,
            Reconnaissance = reconnaissance,
            Parallel = parallel,
            Flights = flights,
            Timeline = TimelineSection.Read(root, sections),
            Timing = ReadTiming(root.Map("simulation"), sections),
            UdpPortBase = root.Map("simulation").Integer("udp_port_base", 1024, 65000),
        };
    }

    static ScenarioSource ReadSource(YamlMap map) => new(
        map.Text("file"), map.Text("sha256"), map.OptionalText("byline") ?? "", map.Text("published"),
        map.Flag("single_source"), map.Text("wording_rule"));

    static ScenarioBorder ReadBorder(YamlMap map, WatchSections sections)
    {
        sections.Provenance(map);
        return new(map.Text("id"), map.Text("name"), map.Text("country"), map.Number("uncertainty_m", 1, 100_000), map.OptionalTextByKey("names"));
    }

    static void ReadObserver(YamlMap map, WatchSections sections)
    {
        sections.Provenance(map);
        map.Text("id");
        map.Number("position_sigma_km", 0, 100);
        map.Number("latency_min_s", 0, 3600);
        map.Number("latency_max_s", 0, 3600);
    }

    static DutyOfficerPace ReadPeople(YamlMap? map, WatchSections sections)
    {
        if (map is not null) sections.Provenance(map);
        return PeopleSection.Read(map);
    }

    static ScenarioTiming ReadTiming(YamlMap map, WatchSections sections)
    {
        sections.Provenance(map);
        return new()
        {
            BeforeVisibilitySeconds = map.Number("before_visibility_s", 0, 3600),
            StrikeUntilSeconds = map.Number("strike_until_s", 0, 86400),
            ReconnaissanceFromSeconds = map.Number("reconnaissance_from_s", 0, 1e6),
            ReconnaissanceUntilSeconds = map.Number("reconnaissance_until_s", 0, 1e6),
            TickSeconds = map.Number("tick_s", 0.1, 60),
            IdleTickSeconds = map.Number("idle_tick_s", 0.1, 600),
            EndSeconds = map.Number("end_s", 0, 1e6),
        };
    }

    /// <summary>Reads a list whose identifiers must differ.</summary>
    static ImmutableArray<T> Unique<T>(ImmutableArray<YamlMap> maps, Func<YamlMap, T> read, Func<T, string> id)
    {
        ImmutableArray<T> items = [.. maps.Select(read)];
        References.Differ(maps, "id", [.. items.Select(id)]);
        return items;
    }

    static void Refer(ImmutableArray<YamlMap> maps, string key, HashSet<string> known, string what) =>
        References.Exist(maps, key, known, what);
}
