using System.Net;
using System.Text;
using Nadhir.Commands;
using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Warning;

namespace Nadhir.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    const string Square =
        """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Iraq"},"geometry":{"type":"Polygon","coordinates":[[[39,29],[48,29],[48,37],[39,37],[39,29]]]}}]}""";

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-configuration-").FullName;

    static string Documents { get; } = Path.GetDirectoryName(Above("docs/nadhir.example.yaml"))!;

    static string Example { get; } = File.ReadAllText(Path.Combine(Documents, "nadhir.example.yaml"));

    string Countries => Put("countries.geojson", Square);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_example_loads_without_a_fault()
    {
        ConfigurationReading reading = ConfigurationLoader.Load(Put("nadhir.yaml", Example), Countries);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(reading).Configuration;
        Assert.True(host.Watch.Exercise);
        Assert.Equal(4, host.Watch.Borders[0].Home.Rings[0].Length);
        Assert.Equal(new FeedTransport.Udp("radar-north", IPAddress.Any, 8600, IPAddress.Parse("239.192.1.1")), host.Feeds[0]);
        Assert.Equal(Release.Automatic, host.Watch.Warning.WarningRelease);
        Assert.Equal(Path.Combine(folder, "record"), host.StorageFolder);
        Assert.Equal(4, host.Watch.Zones[1].Area.Rings[0].Length);
    }

    [Fact]
    public void Borders_and_sirens_have_names_by_language_and_what_has_none_says_nothing_on_record()
    {
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(ConfigurationLoader.Load(Put("nadhir.yaml", Example), Countries)).Configuration;
        Assert.Equal("حدود العراق", host.Watch.Borders[0].Names!["ar"]);
        Assert.Equal("مبنى البلدية", host.Watch.Sirens[0].Names!["ar"]);
        Assert.All(host.Watch.Sensors, sensor => Assert.Null(sensor.Names));
        Assert.DoesNotContain("\"names\":null", Encoding.UTF8.GetString(WatchJson.Encode(host.Watch)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_the_loader_knows_is_in_the_manual()
    {
        string manual = File.ReadAllText(Path.Combine(Documents, "configuration.md"));
        string outer = Example.Replace("  embedded: {address: 127.0.0.1, port: 1883}", "  host: broker", StringComparison.Ordinal);
        HashSet<string> keys = new(StringComparer.Ordinal);
        string fileZone = Example.Replace("transport: tcp-client", "transport: file", StringComparison.Ordinal)
            .Replace("    country: Iraq", "    file: countries.geojson", StringComparison.Ordinal)
            .Replace("  # push:\n  #   contact", "  push:\n    contact", StringComparison.Ordinal);
        foreach (string text in (string[])[Example, outer, fileZone])
        {
            ConfigurationLoader.Load(Put("nadhir.yaml", text), Countries, out IReadOnlyCollection<string> known);
            keys.UnionWith(known);
        }

        Assert.True(keys.Count > 90, $"{keys.Count} keys");
        string[] missing =
        [
            .. keys.Where(key => !manual.Contains($"`{key[(key.LastIndexOf('.') + 1)..]}`", StringComparison.Ordinal)
                && !manual.Contains($".{key[(key.LastIndexOf('.') + 1)..]}`", StringComparison.Ordinal)
                && !manual.Contains($"`{key}[]`", StringComparison.Ordinal)),
        ];
        Assert.All(missing, key => Assert.Contains(key, Containers));
    }

    /// <summary>Keys that only hold others, named in the manual by what they hold.</summary>
    static readonly string[] Containers =
        ["origin", "storage", "console.map", "public", "public.push", "sites[].rules", "sirens[].mqtt", "sirens[].device", "mqtt.embedded", "authorisations[].area"];

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "sender: warnings@example.invalid", "sendr: warnings@example.invalid", "did you mean 'sender'" },
        { "sender: warnings@example.invalid", "sender: two words", "must not contain blanks" },
        { "tick_s: 1", "tick_s: fast", "must be a number" },
        { "tick_s: 1", "tick_s: 100", "must be between 0.1 and 10" },
        { "exercise: true", "exercise: maybe", "must be true or false" },
        { "time_zone: Asia/Baghdad", "time_zone: Asia/Bagdad", "not a time zone" },
        { "    feed: radar-south", "    feed: radar-souht", "did you mean 'radar-south'" },
        { "    sic: 2", "    sic: 300", "must be between 0 and 255" },
        { "    kind: radar\n    feed: radar-south", "    kind: rader\n    feed: radar-south", "must be one of" },
        { "    group: 239.192.1.1", "    group: 10.0.0.1", "not a multicast address" },
        { "    group: 239.192.1.1", "    group: here", "not an IP address" },
        { "    transport: tcp-client", "    transport: pigeon", "must be one of udp" },
        { "    country: Iraq", "    country: Atlantis", "holds 0 features" },
        { "    country: Iraq", "    file: none.geojson", "cannot be read" },
        { "  # map: # maps of others under our own", "  map: {districts: none.geojson}", "cannot be read" },
        { "  # map: # maps of others under our own", "  map: {districts: nadhir.yaml}", "is not GeoJSON" },
        { "    polygon: [[32.6, 44.2], [32.6, 44.6], [32.9, 44.6], [32.9, 44.2]]",
            "    polygon: [[32.6, 44.2], [32.9, 44.6], [32.6, 44.6], [32.9, 44.2]]", "crosses itself" },
        { "    polygon: [[32.6, 44.2], [32.6, 44.6], [32.9, 44.6], [32.9, 44.2]]", "    polygon: []", "three corners" },
        { "  - {id: SRN-1, name: Town hall, names: {ar: مبنى البلدية}, zone: NORTH-DISTRICT, lat: 33.3, lon: 44.4}",
            "  - {id: SRN-1, name: Town hall, names: {ar: مبنى البلدية}, zone: NORTH-DISTRIKT, lat: 33.3, lon: 44.4}", "did you mean 'NORTH-DISTRICT'" },
        { "  - {id: SRN-1, name: Town hall, names: {ar: مبنى البلدية}, zone: NORTH-DISTRICT, lat: 33.3, lon: 44.4}",
            "  - {id: SRN-1, name: Town hall, names: {ar: مبنى البلدية}, zone: NORTH-DISTRICT, lat: 93.3, lon: 44.4}", "must be between -90 and 90" },
        { "  - id: SRN-2", "  - id: SRN-1", "is used before" },
        { "      - {zone: SOUTH-DISTRICT, at: Warning, phase: B}", "      - {zone: SOUTH-DISTRICT, at: Warning, phase: F}", "there is no phase 'F'" },
        { "direction: inbound, threat_level: raised, phase: B}", "direction: inbound, threat_level: rased, phase: B}", "did you mean 'raised'" },
        { "{border: IQ, direction: inbound", "{border: QI, direction: inbound", "there is no border 'QI'" },
        { "at: Watch, kinds: [ballistic], phase: C}", "at: Watch, kinds: [ballistics], phase: C}", "is no kind" },
        { "{zones: [SOUTH-DISTRICT, NORTH-DISTRICT], at: Watch", "{zones: [SOUTH-DISTRICT, EAST], at: Watch", "there is no zone 'EAST'" },
        { "lon: 44.4, ladder: water}", "lon: 44.4, ladder: watr}", "did you mean 'water'" },
        { "    shelters_opened: {en:", "    shelter_opened: {en:", "'shelter_opened' is no phase, measure or threat level" },
        { "{phase: C, for_h: 12, warn_before_h: 2}", "{phase: C, for_h: 1, warn_before_h: 2}", "longer than the phase lasts" },
        { "{phase: C, for_h: 12, warn_before_h: 2}", "{phase: X, for_h: 12, warn_before_h: 2}", "there is no phase 'X'" },
        { "{id: CIVIL-DEFENCE, name: Civil defence, names", "{id: CIVIL-DEFENCE, parent: CD-SOUTH, name: Civil defence, names", "would be above itself" },
        { "parent: CIVIL-DEFENCE, persons", "parent: CIVIL, persons", "there is no formation 'CIVIL'" },
        { "    valid_to: \"2024-07-30T14:00:00+03:00\"", "    valid_to: \"2024-07-29T14:00:00+03:00\"", "ends before it begins" },
        { "    valid_to: \"2024-07-30T14:00:00+03:00\"", "    valid_to: \"2024-07-30 14:00\"", "with its offset" },
        { "    mode3a: [\"4301\"]", "    mode3a: [\"4381\"]", "octal digits" },
        { "    mandate: M-1", "    mandate: M-7", "there is no mandate" },
        { "  warning_release: automatic", "  warning_release: nobody", "must be one of" },
        { "  # password_file: secrets/mqtt", "  password_file: secrets/mqtt", "is not a key known here" },
        { "  # port: 8480 # a port", "  port: 8470 # a port", "is the console's" },
        { "  unknown_after_s: 300", "  unknown_after_s: 3", "must be between 15 and 3600" },
        { "  # push:\n  #   contact: mailto:warnings@example.invalid", "  push: {contact: nobody}", "must be mailto" },
        { "  # token_file: secrets/console", "  token_file: secrets/console", "cannot be read" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_at_its_line(string right, string wrong, string message)
    {
        Assert.Contains(right, Example, StringComparison.Ordinal);
        string text = Example.Replace(right, wrong, StringComparison.Ordinal);
        int line = 1 + Example[..Example.IndexOf(right, StringComparison.Ordinal)].Count(letter => letter == '\n');
        DocumentFault[] faults = Faults(text);
        Assert.Contains(faults, fault => fault.Line == line && fault.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_said_at_once_in_order_of_lines()
    {
        string text = Example;
        foreach ((string right, string wrong) in ((string, string)[])
        [
            ("tick_s: 1", "tick_s: fast"), ("    sic: 2", "    sic: 300"), ("  - id: SRN-2", "  - id: SRN-1"),
            ("    mandate: M-1", "    mandate: M-7"), ("  port: 8470", "  port: 0"),
        ]) text = text.Replace(right, wrong, StringComparison.Ordinal);
        DocumentFault[] faults = Faults(text);
        Assert.Equal(5, faults.Length);
        Assert.Equal(faults.Select(fault => fault.Line).Order(), faults.Select(fault => fault.Line));
    }

    [Fact]
    public void What_is_missing_is_said_by_name()
    {
        DocumentFault[] faults = Faults("name: nothing else\n");
        foreach (string key in (string[])["exercise", "sender", "mqtt", "storage"])
            Assert.Contains(faults, fault => fault.Path == key && fault.Message == "is required");
    }

    [Theory, InlineData(""), InlineData("[1, 2]"), InlineData("a: [b"), InlineData("a: 1\na: 2"), InlineData("\t")]
    public void A_text_that_is_no_configuration_is_a_fault_and_never_an_exception(string text) =>
        Assert.NotEmpty(Faults(text));

    [Fact]
    public void The_command_prints_file_line_and_column_and_answers_by_its_exit_code()
    {
        StringWriter output = new(), error = new();
        string faulty = Put("faulty.yaml", Example.Replace("tick_s: 1", "tick_s: fast", StringComparison.Ordinal));
        Assert.Equal(1, CheckConfigCommand.Run(faulty, Countries, output, error));
        Assert.StartsWith($"{faulty}:8:9: tick_s: must be a number", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, CheckConfigCommand.Run(Put("right.yaml", Example), Countries, new StringWriter(), error));
        Assert.Equal(2, CheckConfigCommand.Run(Path.Combine(folder, "none.yaml"), Countries, new StringWriter(), error));
    }

    [Fact]
    public void The_manuals_example_of_what_comes_after_the_alarm_loads()
    {
        string manual = File.ReadAllText(Path.Combine(Documents, "posture.md"));
        string shown = manual[(manual.IndexOf("```yaml\n", StringComparison.Ordinal) + 8)..];
        shown = shown[..shown.IndexOf("```", StringComparison.Ordinal)];
        string text = Example[..Example.IndexOf("ladder:\n", StringComparison.Ordinal)] + shown
            + Example[Example.IndexOf("sirens:\n", StringComparison.Ordinal)..];
        ConfigurationReading reading = ConfigurationLoader.Load(Put("nadhir.yaml", text), Countries);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        WatchConfiguration watch = Assert.IsType<ConfigurationReading.Loaded>(reading).Configuration.Watch;
        Assert.Equal(4, watch.Sites[0].Rules.Length); // one for each zone of the second
        Assert.Equal("water", watch.LadderOf(watch.Sites[1]).Id);
        Assert.Equal(TimeSpan.FromHours(24), watch.Directives!.RenewAfter);
        // What stands in the record is read back as it was.
        byte[] recorded = WatchJson.Encode(watch);
        Assert.Equal(recorded, WatchJson.Encode(System.Text.Json.JsonSerializer.Deserialize(recorded, WatchJson.Default.WatchConfiguration)!));
    }

    DocumentFault[] Faults(string text) =>
        [.. Assert.IsType<ConfigurationReading.Faulty>(ConfigurationLoader.Load(Put("nadhir.yaml", text), Countries)).Faults];

    string Put(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Above(string path)
    {
        for (DirectoryInfo? up = new(AppContext.BaseDirectory); up is not null; up = up.Parent)
            if (File.Exists(Path.Combine(up.FullName, path))) return Path.Combine(up.FullName, path);
        throw new FileNotFoundException(path);
    }
}
