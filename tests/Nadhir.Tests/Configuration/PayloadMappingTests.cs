using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Formats.Acoustic;
using Nadhir.Sensing;
using Nadhir.Tests.Conventions;

namespace Nadhir.Tests.Configuration;

/// <summary>Mapping files and topics, as check-config sees them.</summary>
public sealed class PayloadMappingTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-mapping-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ConfigurationReading Load(string mapping, string topics = "[\"nodes/+/hits\"]")
    {
        File.WriteAllText(Path.Combine(folder, "mapping.yaml"), mapping);
        string configuration = Path.Combine(folder, "nadhir.yaml");
        File.WriteAllText(configuration, $$"""
            name: test
            exercise: true
            sender: test@nadhir.invalid
            mqtt: {host: broker}
            storage: {folder: record}
            feeds:
              - {id: ears, transport: mqtt, topics: {{topics}}, format: acoustic-json, mapping: mapping.yaml}
            sensors:
              - {id: n1, node: b-17, kind: acoustic, feed: ears, lat: 33, lon: 44, range_km: 5}
            """);
        return ConfigurationLoader.Load(configuration);
    }

    IEnumerable<string> Faults(string mapping, string topics = "[\"nodes/+/hits\"]") =>
        Assert.IsType<ConfigurationReading.Faulty>(Load(mapping, topics)).Faults.Select(fault => fault.ToString());

    [Fact]
    public void A_mapping_becomes_part_of_what_the_watch_decides_with()
    {
        ConfigurationReading reading = Load("""
            detections: /hits
            least_confidence: 0.3
            classes: [drone]
            fields:
              node: {topic: 2}
              time: {pointer: /meta/ts, unit: ms}
              bearing: {pointer: /doa, unit: rad, offset_deg: 90, counterclockwise: true}
              bearing_sigma: {value: 5}
              class: {pointer: /label}
              confidence: {pointer: /p, unit: percent}
            """);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        HostConfiguration host = ((ConfigurationReading.Loaded)reading).Configuration;
        PayloadMapping mapping = host.Watch.Feeds[0].Mapping!;
        Assert.Equal(new MappedField { Pointer = "/doa", Unit = "rad", OffsetDegrees = 90, Counterclockwise = true },
            mapping.Fields["bearing"]);
        Assert.True(Assert.IsType<FeedTransport.Mqtt>(host.Feeds[0]).KeepsTopic);
        Assert.Equal("b-17", host.Watch.Sensors[0].NodeId);
        byte[] encoded = WatchJson.Encode(host.Watch);
        WatchConfiguration again =
            System.Text.Json.JsonSerializer.Deserialize(encoded, WatchJson.Default.WatchConfiguration)!;
        Assert.Equal(encoded, WatchJson.Encode(again));
        Assert.Equal(6, again.Feeds[0].Mapping!.Fields.Count);
    }

    [Fact]
    public void Every_fault_of_a_mapping_is_told_with_its_line()
    {
        string[] faults =
        [
            .. Faults("""
                detections: hits
                fields:
                  node: {topic: 2, value: x}
                  bearing: {pointer: doa, unit: gon}
                  bearing_sigma: {value: wide}
                  elevaton: {pointer: /e}
                """),
        ];
        Assert.Contains(faults, fault => fault.Contains("mapping.yaml:1:", StringComparison.Ordinal)
            && fault.Contains("begins with /", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("mapping.yaml:3:", StringComparison.Ordinal)
            && fault.Contains("one of pointer", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("mapping.yaml:4:", StringComparison.Ordinal)
            && fault.Contains("deg, rad, mil", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("mapping.yaml:5:", StringComparison.Ordinal)
            && fault.Contains("must be a number", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("mapping.yaml:6:", StringComparison.Ordinal)
            && fault.Contains("elevation", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mapping_without_a_direction_is_refused() =>
        Assert.Contains(Faults("fields: {node: {value: n1}}"), fault =>
            fault.Contains("direction", StringComparison.Ordinal));

    [Theory]
    [InlineData("[\"a/#/b\"]")]
    [InlineData("[\"a+/b\"]")]
    [InlineData("[\"\"]")]
    [InlineData("[]")]
    public void A_topic_that_no_broker_takes_is_refused(string topics) =>
        Assert.Contains(Faults("fields: {bearing: {pointer: /b}}", topics), fault =>
            fault.Contains("topics", StringComparison.Ordinal));

    [Fact]
    public void The_manual_names_every_field_unit_and_key_of_a_mapping()
    {
        string manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "feeds", "acoustic.md"));
        foreach ((string field, System.Collections.Immutable.ImmutableArray<string> units) in AcousticFields.Units)
            foreach (string word in units.Prepend(field))
                Assert.Contains($"`{word}`", manual, StringComparison.Ordinal);
        foreach (string key in (string[])["detections", "least_confidence", "classes", "fields", "pointer", "topic",
            "value", "unit", "offset_deg", "counterclockwise"])
            Assert.Contains($"`{key}`", manual, StringComparison.Ordinal);
    }
}
