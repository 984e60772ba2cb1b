using System.Net;
using Nadhir.Configuration;

namespace Nadhir.Tests.Feeds;

/// <summary>How nodes are configured, and how mistakes are told.</summary>
public sealed class SapientConfigurationTests : IDisposable
{
    const string Feed = "  - {id: nodes, transport: sapient, port: 5020, format: sapient, accept_unknown: true}";
    const string Right =
        $$"""
        name: nodes
        exercise: true
        sender: test@nadhir.invalid
        storage: {folder: record}
        mqtt:
          embedded: {address: 127.0.0.1, port: 1883}
        feeds:
        {{Feed}}
        sensors:
          - {id: A, kind: radar, feed: nodes, node: A8654CDF-4328-47de-81fa-c495589e30c8, lat: 33, lon: 44, declination_deg: 5}
          - {id: B, kind: acoustic, feed: nodes, node: a8654cdf-4328-47de-81fa-c495589e30c9, lat: 33, lon: 44}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-sapient-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_radar_that_is_a_node_needs_no_codes_of_ASTERIX()
    {
        ConfigurationReading reading = Load(Right);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(reading).Configuration;
        Assert.Equal(new FeedTransport.SapientServer("nodes", IPAddress.Any, 5020, AcceptUnknown: true, NodeId: null),
            host.Feeds[0]);
        Assert.Equal("a8654cdf-4328-47de-81fa-c495589e30c8", host.Watch.Sensors[0].NodeId);
        Assert.Equal((5.0, -1), (host.Watch.Sensors[0].DeclinationDegrees, host.Watch.Sensors[0].Sac));
    }

    [Theory]
    [InlineData("node: A8654CDF-4328-47de-81fa-c495589e30c8", "node: A8654CDF", "is not a UUID")]
    [InlineData("node: A8654CDF-4328-47de-81fa-c495589e30c8", "node: a8654cdf-4328-47de-81fa-c495589e30c9",
        "is used before")]
    [InlineData(" node: a8654cdf-4328-47de-81fa-c495589e30c9,", "", "known by the UUID of its node")]
    [InlineData("transport: sapient", "transport: udp", "comes by the transport sapient")]
    [InlineData("accept_unknown: true", "accept_unknown: maybe", "must be true or false")]
    [InlineData("accept_unknown: true", "node_id: me", "is not a UUID")]
    [InlineData("accept_unknown: true", "tls: {certificate: none.pem, authority: none.pem}", "none.pem' cannot be read")]
    [InlineData("accept_unknown: true", "tls: {authority: none.pem}", "certificate")]
    public void A_mistake_is_told(string right, string wrong, string message)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        var faulty =
            Assert.IsType<ConfigurationReading.Faulty>(Load(Right.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(faulty.Faults, fault => fault.ToString().Contains(message, StringComparison.Ordinal));
    }

    ConfigurationReading Load(string text)
    {
        string path = Path.Combine(folder, "nadhir.yaml"), countries = Path.Combine(folder, "countries.geojson");
        File.WriteAllText(path, text);
        File.WriteAllText(countries, """{"type":"FeatureCollection","features":[]}""");
        return ConfigurationLoader.Load(path, countries);
    }
}
