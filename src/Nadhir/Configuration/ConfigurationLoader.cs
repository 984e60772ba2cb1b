using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Documents;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Configuration;

/// <summary>A configuration, or everything that is wrong with it.</summary>
public abstract record ConfigurationReading
{
    ConfigurationReading() { }

    public sealed record Loaded(HostConfiguration Configuration) : ConfigurationReading;

    public sealed record Faulty(ImmutableArray<DocumentFault> Faults) : ConfigurationReading;
}

/// <summary>
/// Reads the one YAML file of a host and validates it whole: unknown keys, wrong types, names that do not exist, values
/// out of range, files that cannot be read, lines that cross themselves. A host starts with a faultless file or not at all.
/// </summary>
public static class ConfigurationLoader
{
    /// <param name="path">The configuration; relative paths inside it start at its folder.</param>
    /// <param name="countries">GeoJSON of countries for borders given by country, when the file names none itself.</param>
    public static ConfigurationReading Load(string path, string? countries = null) => Load(path, countries, out _);

    /// <param name="knownKeys">Every key the loader asked for, so that the manual can be checked.</param>
    internal static ConfigurationReading Load(string path, string? countries, out IReadOnlyCollection<string> knownKeys)
    {
        knownKeys = [];
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new ConfigurationReading.Faulty([new(1, 1, "", $"the file cannot be read: {unreadable.Message}")]);
        }

        (YamlReading reading, YamlMap root) = YamlReading.Open(text);
        OutlineFiles files = new(Path.GetDirectoryName(Path.GetFullPath(path))!, countries);
        HostConfiguration configuration = Read(root, files);
        IReadOnlyList<DocumentFault> faults = reading.Finish();
        knownKeys = reading.KnownKeys;
        return faults.Count == 0
            ? new ConfigurationReading.Loaded(configuration)
            : new ConfigurationReading.Faulty([.. faults]);
    }

    /// <summary>A SAPIENT node is known by its UUID, in one way of writing.</summary>
    static Sensor WithNode(YamlMap map, Sensor sensor, ImmutableArray<(FeedConfiguration Feed, FeedTransport Transport)> feeds)
    {
        if (!feeds.Any(feed => feed.Feed.Id == sensor.Feed && feed.Feed.Format == "sapient")) return sensor;
        if (sensor.NodeId is null) map.Fault("node", "a sensor of a SAPIENT feed is known by the UUID of its node");
        return sensor with { NodeId = Codes.Node(map, "node") };
    }

    static HostConfiguration Read(YamlMap root, OutlineFiles files)
    {
        WatchSections sections = new(outline: files.Area);
        HostSections host = new(files);

        ImmutableArray<YamlMap> feedMaps = root.Maps("feeds");
        ImmutableArray<(FeedConfiguration Feed, FeedTransport Transport)> feeds = [.. feedMaps.Select(host.Feed)];
        References.Differ(feedMaps, "id", [.. feeds.Select(feed => feed.Feed.Id)]);
        References.Differ(feedMaps, "port", [.. feeds.Select(feed => feed.Transport is FeedTransport.Udp udp ? $"{udp.Address} {udp.Group} {udp.Port}" : "")]);
        ImmutableArray<Sensor> sensors = Unique(root, "sensors", sections.Sensor, sensor => sensor.Id);
        References.Exist(root.Maps("sensors"), "feed", [.. feeds.Select(feed => feed.Feed.Id)], "feed");
        References.Differ(root.Maps("sensors"), "sic",
            [.. sensors.Select(sensor => sensor.Sac < 0 ? "" : $"{sensor.Sac}/{sensor.Sic} of feed {sensor.Feed}")]);
        TakSections.CheckSensors(root, feeds, sensors);
        sensors = [.. root.Maps("sensors").Zip(sensors).Select(pair => WithNode(pair.First, pair.Second, feeds))];
        References.Differ(root.Maps("sensors"), "node", [.. sensors.Select(sensor => sensor.NodeId is { } node ? $"{node} of feed {sensor.Feed}" : "")]);
        ImmutableArray<Zone> zones = Unique(root, "zones", sections.Zone, zone => zone.Id);
        PhaseLadder ladder = sections.Ladder(root.OptionalMap("ladder"));
        ImmutableArray<PhaseLadder> ladders = PostureSections.Ladders(root);
        ImmutableArray<Site> sites = Unique(root, "sites", sections.Site, site => site.Id);
        ImmutableArray<Siren> sirens = Unique(root, "sirens", sections.Siren, siren => siren.Id);
        ImmutableArray<Mandate> mandates = Unique(root, "mandates", sections.Mandate, mandate => mandate.Id);
        ImmutableArray<Border> borders = ReadBorders(root, files);
        CheckReferences(root, zones, sites, mandates);
        PostureSections.Check(root, ladder, ladders, [.. zones.Select(zone => zone.Id)], [.. borders.Select(border => border.Id)]);

        ConsoleConfiguration console = host.Console(root.OptionalMap("console"));
        WatchConfiguration watch = new()
        {
            Name = root.Text("name"),
            Names = root.OptionalTextByKey("names"),
            Exercise = root.Flag("exercise"),
            Sender = Sender(root),
            Origin = Origin(root, sections, sensors, zones),
            TimeZone = TimeZone(root),
            Feeds = [.. feeds.Select(feed => feed.Feed)],
            Sensors = sensors,
            Borders = borders,
            Zones = zones,
            Firs = Firs(root, files),
            Authorisations = Unique(root, "authorisations", map => sections.Authorisation(map, zones), each => each.Id),
            Mandates = mandates,
            Ladder = ladder,
            Ladders = ladders,
            Formations = PostureSections.Formations(root),
            Directives = PostureSections.Directives(root.OptionalMap("directives")),
            Sites = sites,
            Sirens = sirens,
            Drills = Drills(root, zones),
            SirenTests = SirenSections.Tests(root.OptionalMap("siren_tests")),
            Warning = WarningSections.Policy(root.OptionalMap("warning")),
        };
        return new()
        {
            Watch = CapSections.Public(root, watch),
            Feeds = [.. feeds.Select(feed => feed.Transport)],
            Mqtt = host.Mqtt(root.Map("mqtt")),
            Cap = new CapSections(files).Cap(root, zones),
            Sirens = new SirenSections(host, files).Read(root),
            Console = console,
            Public = PublicSections.Read(root.OptionalMap("public"), console.Port),
            Dossiers = DossierSections.Read(root.Maps("dossier_profiles")),
            StorageFolder = files.Absolute(root.Map("storage").Text("folder")),
            Journal = new JournalSections(files).Read(root.OptionalMap("journal")),
            Partners = new TakSections(files).Partners(root, zones),
            TickPeriod = TimeSpan.FromSeconds(root.Number("tick_s", 0.1, 10, 1)),
        };
    }

    static void CheckReferences(
        YamlMap root, ImmutableArray<Zone> zones, ImmutableArray<Site> sites, ImmutableArray<Mandate> mandates)
    {
        string[] zoneIds = [.. zones.Select(zone => zone.Id)];
        References.Exist(root.Maps("zones"), "parent", zoneIds, "zone");
        References.Exist(root.Maps("sites"), "zone", zoneIds, "zone");
        References.Exist(root.Maps("sirens"), "zone", zoneIds, "zone");
        References.Exist(root.Maps("sirens"), "site", [.. sites.Select(site => site.Id)], "site");
        References.Exist(root.Maps("authorisations"), "mandate", [.. mandates.Select(mandate => mandate.Id)], "mandate");
    }

    static ImmutableArray<Drill> Drills(YamlMap root, ImmutableArray<Zone> zones)
    {
        ImmutableArray<Drill> drills = Unique(root, "drills", WarningSections.Drill, drill => drill.Id);
        foreach ((YamlMap map, Drill drill) in root.Maps("drills").Zip(drills))
            foreach (string zone in drill.Zones)
                if (zones.All(each => each.Id != zone)) map.Fault("zones", $"there is no zone '{zone}'");
        return drills;
    }

    static ImmutableArray<Border> ReadBorders(YamlMap root, OutlineFiles files)
    {
        string? countries = root.OptionalText("countries_file");
        return Unique(root, "borders", map =>
        {
            string id = map.Text("id");
            return new Border
            {
                Id = id,
                Name = map.OptionalText("name") ?? id,
                Names = map.OptionalTextByKey("names"),
                Home = files.Home(map, countries) ?? new Area(),
                UncertaintyMetres = map.Number("uncertainty_m", 0.1, 100_000),
                Source = map.OptionalText("source") ?? "",
            };
        }, border => border.Id);
    }

    /// <summary>Null when none is configured: a record made without them is gone on with.</summary>
    static ImmutableArray<FlightInformationRegion>? Firs(YamlMap root, OutlineFiles files)
    {
        ImmutableArray<FlightInformationRegion> firs = Unique(root, "firs", map =>
        {
            string id = map.Text("id");
            return new FlightInformationRegion
            {
                Id = id,
                Name = map.OptionalText("name") ?? id,
                Area = files.Area(map) ?? new Area(),
                UncertaintyMetres = map.Number("uncertainty_m", 0.1, 100_000, 100),
                Source = map.OptionalText("source") ?? "",
            };
        }, fir => fir.Id);
        return firs.IsEmpty ? null : firs;
    }

    /// <summary>CAP 1.2 forbids blanks, commas and markup in a sender. There is no default: a wrong one would deceive.</summary>
    static string Sender(YamlMap root)
    {
        string sender = root.Text("sender");
        if (sender.IndexOfAny([' ', ',', '<', '&']) >= 0) root.Fault("sender", "must not contain blanks, commas, < or &");
        return sender;
    }

    /// <summary>Origin of the tracking plane: as given, else amid the sensors or, without any, the zones.</summary>
    static GeoPoint Origin(YamlMap root, WatchSections sections, ImmutableArray<Sensor> sensors, ImmutableArray<Zone> zones)
    {
        if (root.OptionalMap("origin") is { } origin) return sections.Point(origin);
        GeoPoint[] points = [.. sensors.Select(sensor => sensor.Position.Point)];
        if (points.Length == 0) points = [.. zones.Where(zone => zone.Area.IsCircle).Select(zone => zone.Area.Centre!.Value)];
        if (points.Length > 0) return new(points.Average(point => point.LatitudeDegrees), points.Average(point => point.LongitudeDegrees));
        root.Fault("origin", "is required when there are no sensors");
        return new(0, 0);
    }

    static string TimeZone(YamlMap root)
    {
        string zone = root.OptionalText("time_zone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            root.Fault("time_zone", $"'{zone}' is not a time zone known to this machine (IANA name, like Asia/Baghdad)");
        return zone;
    }

    static ImmutableArray<T> Unique<T>(YamlMap root, string key, Func<YamlMap, T> read, Func<T, string> id)
    {
        ImmutableArray<YamlMap> maps = root.Maps(key);
        ImmutableArray<T> items = [.. maps.Select(read)];
        References.Differ(maps, "id", [.. items.Select(id)]);
        return items;
    }
}
