using System.Collections.Immutable;
using System.Net;
using Nadhir.Documents;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Sensing;
using Nadhir.Tak;
using Nadhir.Warning;

namespace Nadhir.Configuration;

/// <summary>Reads how Cursor-on-Target comes in and goes out: links of feeds, certificates, partners.</summary>
sealed class TakSections(OutlineFiles files)
{
    /// <summary>The group and port on which devices of the mesh announce themselves.</summary>
    const string Group = "239.2.3.1";
    const int MeshPort = 6969, ClearPort = 8087, SecurePort = 8089;

    public static ImmutableSortedDictionary<string, string> EventTypes(YamlMap map)
    {
        ImmutableSortedDictionary<string, string> types = map.TextByKey("event_types");
        if (types.Count > CotTypeTable.MostPatterns) map.Fault("event_types", $"more than {CotTypeTable.MostPatterns}");
        foreach ((string pattern, string use) in types)
        {
            if (CotTypeTable.UseOf(use) is null)
                map.Fault("event_types", $"'{pattern}' must be taken for track, sighting or nothing, not '{use}'");
            if (pattern.Split('-').Any(part => part.Length == 0))
                map.Fault("event_types", $"'{pattern}' is not a type like a-*-A (parts divided by hyphens)");
        }

        return types;
    }

    /// <summary>Null when the transport is one that every format has.</summary>
    public FeedTransport? Transport(YamlMap map, string id) => map.OptionalText("transport") switch
    {
        "tcp-client" when Link(map) is var link =>
            new FeedTransport.TakClient(id, map.Text("host"), HostSections.Port(map, PortOf(link)), link),
        "tcp-server" when Link(map) is var link => new FeedTransport.TakServer(
            id, HostSections.Address(map, "address", IPAddress.Any), HostSections.Port(map, PortOf(link)), link),
        _ => null,
    };

    public ImmutableArray<TakPartner> Partners(YamlMap root, ImmutableArray<Zone> zones)
    {
        ImmutableArray<YamlMap> maps = root.Maps("partners");
        Dictionary<string, string> formats = [];
        foreach (YamlMap feed in root.Maps("feeds"))
            formats.TryAdd(feed.OptionalText("id") ?? "",
                $"{feed.OptionalText("format")} {feed.OptionalText("transport")}");
        ImmutableArray<TakPartner> partners = [.. maps.Select(map => Partner(map, formats, zones))];
        References.Differ(maps, "name", [.. partners.Select(partner => partner.Name)]);
        return partners;
    }

    /// <summary>Events name no sensor: of each kind a feed can have one.</summary>
    public static void CheckSensors(
        YamlMap root, ImmutableArray<(FeedConfiguration Feed, FeedTransport Transport)> feeds,
        ImmutableArray<Sensor> sensors)
    {
        HashSet<string> ours = [.. feeds.Where(feed => feed.Feed.Format == "cot").Select(feed => feed.Feed.Id)];
        HashSet<(string, SensorKind)> taken = [];
        foreach ((YamlMap map, Sensor sensor) in root.Maps("sensors").Zip(sensors))
        {
            if (!ours.Contains(sensor.Feed)) continue;
            if (sensor.Kind is not (SensorKind.System or SensorKind.Observer))
                map.Fault("kind", "a sensor on a feed of format cot is of kind system or observer");
            else if (!taken.Add((sensor.Feed, sensor.Kind)))
                map.Fault("kind",
                    $"the feed '{sensor.Feed}' has another sensor of this kind; its events could not be told apart");
        }
    }

    TakPartner Partner(YamlMap map, Dictionary<string, string> formats, ImmutableArray<Zone> zones) => new()
    {
        Name = map.Text("name"),
        Transport = Transport(map, formats),
        Release = ReleaseSections.Picture(map, zones),
        Every = TimeSpan.FromSeconds(map.Number("every_s", 1, 60, 5)),
    };

    TakTransport Transport(YamlMap map, Dictionary<string, string> formats)
    {
        switch (map.Text("transport"))
        {
            case "feed":
                string feed = map.Text("feed");
                if (feed.Length > 0 && formats.GetValueOrDefault(feed) is not ("cot tcp-client" or "cot tcp-server"))
                    map.Fault("feed", $"'{feed}' is not a feed of format cot over TCP");
                return new TakTransport.Feed(feed);
            case "udp":
                IPAddress target = HostSections.Address(map, "group", IPAddress.Parse(Group));
                return new TakTransport.Mesh(new(target, HostSections.Port(map, MeshPort)),
                    HostSections.Address(map, "address", IPAddress.Any), map.Flag("protobuf", true));
            case "tcp-client":
                TakLinkConfiguration link = Link(map);
                return new TakTransport.Client(map.Text("host"), HostSections.Port(map, PortOf(link)), link);
            case "tcp-server":
                TakLinkConfiguration served = Link(map);
                return new TakTransport.Server(
                    HostSections.Address(map, "address", IPAddress.Any), HostSections.Port(map, PortOf(served)),
                    served);
            case var other:
                if (other.Length > 0)
                    map.Fault("transport", $"must be one of feed, udp, tcp-client, tcp-server, not '{other}'");
                return new TakTransport.Feed("");
        }
    }

    TakLinkConfiguration Link(YamlMap map) =>
        new(Tls(map), map.Flag("protobuf", true));

    /// <summary>Null: in the clear.</summary>
    public TakTlsConfiguration? Tls(YamlMap link) => link.OptionalMap("tls") is { } map
        ? new(files.Existing(map, "certificate", required: true) ?? "", files.Existing(map, "key", required: false),
            files.Existing(map, "password_file", required: false), files.Existing(map, "authority", required: true) ?? "",
            map.OptionalText("server_name"))
        : null;

    static int PortOf(TakLinkConfiguration link) => link.Tls is null ? ClearPort : SecurePort;
}
