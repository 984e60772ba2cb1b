using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Nadhir.Documents;
using Nadhir.DutyConsole;
using Nadhir.Feeds;
using Nadhir.Formats.Asterix;
using Nadhir.Outlets.Sirens;
using Nadhir.Sensing;

namespace Nadhir.Configuration;

/// <summary>Reads how a host is wired: feeds, broker, CAP, console.</summary>
sealed class HostSections(OutlineFiles files)
{
    readonly TakSections tak = new(files);

    public (FeedConfiguration Feed, FeedTransport Transport) Feed(YamlMap map)
    {
        string id = map.Text("id"), format = map.Text("format");
        if (format.Length > 0 && FeedFormats.Find(format) is null)
            map.Fault("format", $"must be one of {string.Join(", ", FeedFormats.Names)}, not '{format}'");
        ImmutableSortedDictionary<string, string> editions = map.TextByKey("editions");
        foreach ((string key, string edition) in editions)
            if (SpokenEdition.Parse(key, edition) is not { } spoken)
                map.Fault("editions",
                    $"'{key}' is not a category of three digits, like \"048\", or \"048 25/2\" (in quotes)");
            else if (AsterixCatalogue.Find(spoken.Category, edition) is null)
                map.Fault("editions", $"no edition {edition} of category {spoken.Category:000} is held, nor a newer one");
        FeedConfiguration feed = new()
        {
            Id = id,
            Format = format,
            Editions = editions,
            TrailingBytes = map.Integer("trailing_bytes", 0, 64, 0),
            EventTypes = TakSections.EventTypes(map),
            Authenticated = map.Flag("authenticated", false),
            Mapping = Mapping(map, format),
            ModeS = ModeS(map, format),
        };
        FeedTransport transport = format == "cot" && tak.Transport(map, id) is { } over ? over : Transport(map, feed);
        if (transport is not FeedTransport.File && format == "sapient" != transport is FeedTransport.SapientServer)
            map.Fault("format", "the format sapient comes by the transport sapient or file, and nothing else does by sapient");
        return (feed, transport);
    }

    static bool IsStream(FeedConfiguration feed) => FeedFormats.Find(feed.Format) is { IsStream: true };

    PayloadMapping? Mapping(YamlMap map, string format)
    {
        if (files.Existing(map, "mapping", required: false) is not { } path) return null;
        if (format != "acoustic-json") map.Fault("mapping", $"the format '{format}' takes none");
        return File.Exists(path) ? PayloadMappings.Read(map, "mapping", path) : null;
    }

    static ModeSFeedOptions? ModeS(YamlMap map, string format)
    {
        bool isSaid = false;
        foreach (string key in (string[])["repair", "range_factor"])
        {
            if (!map.Has(key)) continue;
            isSaid = true;
            if (format is not ("beast" or "avr"))
                map.Fault(key, $"is about frames of Mode S (the formats beast and avr); '{format}' has none");
        }

        ModeSFeedOptions standard = new();
        ModeSFeedOptions said = new(map.Flag("repair", standard.Repairs),
            map.Number("range_factor", 0.1, 20, standard.RangeFactor));
        return isSaid ? said : null;
    }

    FeedTransport Transport(YamlMap map, FeedConfiguration feed)
    {
        string id = feed.Id;
        switch (map.Text("transport"))
        {
            case "udp":
                IPAddress? group = map.Has("group") ? Address(map, "group", null) : null;
                if (group is not null && !IsMulticast(group)) map.Fault("group", $"'{group}' is not a multicast address");
                return new FeedTransport.Udp(id, Address(map, "address", IPAddress.Any), Port(map, null), group);
            case "tcp-client":
                return new FeedTransport.TcpClient(id, map.Text("host"), Port(map, null), IsStream(feed));
            case "tcp-server":
                return new FeedTransport.TcpServer(id, Address(map, "address", IPAddress.Any), Port(map, null), IsStream(feed));
            case "sapient":
                return new FeedTransport.SapientServer(
                    id, Address(map, "address", IPAddress.Any), Port(map, null), map.Flag("accept_unknown", otherwise: false),
                    Codes.Node(map, "node_id"), tak.Tls(map));
            case "mqtt":
                bool keepsTopic = feed.Mapping is { NeedsTopic: true };
                return new FeedTransport.Mqtt(id, MqttTopics.Read(map, "topics"), keepsTopic);
            case "http":
                return new FeedTransport.Http(id, Web(map, "url"), TimeSpan.FromSeconds(map.Number("every_s", 0.1, 3600, 1)),
                    files.Existing(map, "token_file", required: false));
            case "file":
                double? pace = map.Has("pace") ? map.Number("pace", 0.01, 100_000, 1) : null;
                return new FeedTransport.File(id, files.Existing(map, "path", required: true) ?? "", pace);
            case var other:
                if (other.Length > 0) map.Fault("transport", $"must be one of udp, tcp-client, tcp-server, sapient, mqtt, http, file, not '{other}'");
                return new FeedTransport.File(id, "");
        }
    }

    public MqttConfiguration Mqtt(YamlMap map)
    {
        bool embedded = map.Has("embedded"), external = map.Has("host");
        if (embedded == external) map.Fault("embedded", "the broker is either embedded, or another with its host");
        if (map.OptionalMap("embedded") is { } inside)
            return new MqttConfiguration.Embedded(Address(inside, "address", IPAddress.Loopback), Port(inside, 1883));
        return Broker(map, map.OptionalText("host") ?? "");
    }

    /// <summary>A broker elsewhere.</summary>
    public MqttConfiguration.External Broker(YamlMap map) => Broker(map, map.Text("host"));

    MqttConfiguration.External Broker(YamlMap map, string at)
    {
        bool tls = map.Flag("tls", false);
        string? user = map.OptionalText("user"), password = files.Existing(map, "password_file", required: false);
        if (user is null && password is not null) map.Fault("password_file", "a password needs a user");
        BrokerTls secure = new()
        {
            AuthorityFile = files.Existing(map, "tls_authority", required: false),
            CertificateFile = files.Existing(map, "tls_certificate", required: false),
            KeyFile = files.Existing(map, "tls_key", required: false),
            ServerName = map.OptionalText("tls_server_name"),
        };
        if (!tls && secure != new BrokerTls()) map.Fault("tls", "must be true for its settings to mean anything");
        if (secure.CertificateFile is null != secure.KeyFile is null) map.Fault("tls_key", "a certificate and its key come together");
        return new(at, Port(map, tls ? 8883 : 1883), user, password, tls) { Secure = tls ? secure : null };
    }

    public ConsoleConfiguration Console(YamlMap? map) => map is null
        ? new(IPAddress.Loopback, 8470, null)
        : new(Address(map, "address", IPAddress.Loopback), Port(map, 8470), files.Existing(map, "token_file", required: false))
        {
            ObserversTokenFile = files.Existing(map, "observers_token_file", required: false),
            Map = map.OptionalMap("map") is { } sources ? Maps(sources) : new(),
        };

    MapSources Maps(YamlMap map) => new()
    {
        TilesFile = files.Existing(map, "tiles", required: false),
        TilesAttribution = map.OptionalText("tiles_attribution") ?? "",
        DistrictsFile = Districts(map),
        DistrictsAttribution = map.OptionalText("districts_attribution") ?? "",
        Wms = map.OptionalMap("wms") is { } wms ? new(Web(wms, "url"), wms.Text("layers"), wms.OptionalText("attribution") ?? "") : null,
    };

    /// <summary>A file that a console could not draw is told now, and not by an empty map.</summary>
    string? Districts(YamlMap map)
    {
        if (files.Existing(map, "districts", required: false) is not { } file || !File.Exists(file)) return null;
        if (GeoJsonAreas.FaultOf(File.ReadAllText(file)) is { } fault) map.Fault("districts", fault);
        return file;
    }

    public static int Port(YamlMap map, int? otherwise) =>
        otherwise is { } port ? map.Integer("port", 1, 65535, port) : map.Integer("port", 1, 65535);

    public static IPAddress Address(YamlMap map, string key, IPAddress? otherwise)
    {
        if (map.OptionalText(key) is not { } text) return otherwise ?? IPAddress.None;
        if (IPAddress.TryParse(text, out IPAddress? address)) return address;
        map.Fault(key, $"'{text}' is not an IP address");
        return IPAddress.None;
    }

    public static Uri Web(YamlMap map, string key)
    {
        string text = map.Text(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        if (text.Length > 0) map.Fault(key, $"'{text}' is not the address of a web page");
        return new Uri("http://localhost/");
    }

    public static bool IsMulticast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes()[0] is >= 224 and <= 239;
}
