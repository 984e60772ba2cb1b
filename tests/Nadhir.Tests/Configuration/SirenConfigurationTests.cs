using Nadhir.Configuration;
using Nadhir.Documents;

namespace Nadhir.Tests.Configuration;

public sealed class SirenConfigurationTests : IDisposable
{
    const string Head = """
        name: Test
        exercise: true
        sender: a@example.invalid
        origin: {lat: 33, lon: 44}
        storage: {folder: record}
        zones: [{id: Z, name: Zone, lat: 33, lon: 44, radius_km: 5}]

        """;

    const string Wired = """
        mqtt: {host: broker-a, tls: true, tls_authority: file, tls_certificate: file, tls_key: file, tls_server_name: b, siren_key_file: file}
        brokers: [{id: B, host: broker-b, prefix: gateway7/}]
        siren_tests: {every: PT6H, at: "03:30"}
        sirens:
          - {id: A, name: A, zone: Z, lat: 33, lon: 44, paths: [main, B], key_variable: SIREN_A}
          - {id: R, name: R, zone: Z, lat: 33, lon: 44, device: {kind: switch, command_topic: exercise/c, state_topic: exercise/s, query_topic: exercise/c}}
          - {id: D, name: D, zone: Z, lat: 33, lon: 44, device: {discovery: homeassistant/siren/d/config}}
          - {id: P, name: P, zone: Z, lat: 33, lon: 44}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-siren-configuration-").FullName;

    public SirenConfigurationTests() => File.WriteAllText(Path.Combine(folder, "file"), "");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ConfigurationReading Load(string text)
    {
        string path = Path.Combine(folder, "nadhir.yaml");
        File.WriteAllText(path, Head + text);
        return ConfigurationLoader.Load(path);
    }

    [Fact]
    public void Paths_secrets_devices_and_tests_are_read()
    {
        ConfigurationReading reading = Load(Wired);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(reading).Configuration;
        Assert.Equal(["main", "B"], host.Sirens.Wiring["A"].Paths);
        Assert.Equal(new SecretSource(null, "SIREN_A"), host.Sirens.Wiring["A"].Secret);
        Assert.Equal(("exercise/c", "exercise/s", true), (host.Sirens.Wiring["R"].Device!.CommandTopic, host.Sirens.Wiring["R"].Device!.StateTopic,
            host.Sirens.Wiring["R"].Device!.IsSwitch));
        Assert.Equal("homeassistant/siren/d/config", host.Sirens.Wiring["D"].Discovery);
        Assert.DoesNotContain("P", host.Sirens.Wiring.Keys);
        Assert.Equal(("B", "broker-b", "gateway7/"),
            (host.Sirens.Brokers[0].Id, host.Sirens.Brokers[0].Broker.Host, host.Sirens.Brokers[0].Prefix));
        Assert.Equal(Path.Combine(folder, "file"), host.Sirens.Secret!.File);
        Assert.Equal("b", Assert.IsType<MqttConfiguration.External>(host.Mqtt).Secure!.ServerName);
        Assert.Equal(new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(210)), host.Watch.SirenTests);
    }

    [Theory]
    [InlineData("paths: [main, B]", "paths: [main, C]", "there is no broker 'C'")]
    [InlineData("paths: [main, B]", "paths: [B, B]", "twice")]
    [InlineData("key_variable: SIREN_A", "key_variable: SIREN_A, key_file: file", "not in both")]
    [InlineData("id: B, host", "id: main, host", "used before")]
    [InlineData("every: PT6H", "every: PT7H", "part of a day")]
    [InlineData("every: PT6H", "every: daily", "part of a day")]
    [InlineData("at: \"03:30\"", "at: \"25:30\"", "time of day")]
    [InlineData("kind: switch", "kind: lamp", "siren or switch")]
    [InlineData("state_topic: exercise/s, ", "", "state_topic is missing")]
    [InlineData(", query_topic: exercise/c", "", "nothing would say that it lives")]
    [InlineData("state_topic: exercise/s,", "state_topic: exercise/s, value_template: \"{{ value | upper }}\",", "is not understood")]
    [InlineData("command_topic: exercise/c", "command_topic: c", "needs a level 'exercise'")]
    [InlineData("homeassistant/siren/d/config", "homeassistant/light/d/config", "not a topic like")]
    [InlineData("tls_key: file, ", "", "come together")]
    [InlineData("tls: true", "tls: false", "must be true")]
    public void A_mistake_is_said(string right, string wrong, string words)
    {
        Assert.Contains(right, Wired, StringComparison.Ordinal);
        ConfigurationReading reading = Load(Wired.Replace(right, wrong, StringComparison.Ordinal));
        DocumentFault[] faults = [.. Assert.IsType<ConfigurationReading.Faulty>(reading).Faults];
        Assert.Contains(faults, fault => fault.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_of_sirens_is_in_the_manual()
    {
        File.WriteAllText(Path.Combine(folder, "all.yaml"), Head + Wired);
        ConfigurationLoader.Load(Path.Combine(folder, "all.yaml"), null, out IReadOnlyCollection<string> known);
        string manual = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "docs/configuration.md"));
        string[] keys = [.. known.Where(key => key.Contains("sirens[].", StringComparison.Ordinal)
            || key.StartsWith("brokers[].", StringComparison.Ordinal) || key.StartsWith("mqtt.", StringComparison.Ordinal))
            .Select(key => key[(key.LastIndexOf('.') + 1)..]).Except(["device", "embedded"], StringComparer.Ordinal)];
        Assert.True(keys.Length > 20, $"{keys.Length} keys");
        Assert.All(keys, key => Assert.True(
            manual.Contains($"`{key}`", StringComparison.Ordinal) || manual.Contains($".{key}`", StringComparison.Ordinal), key));
    }
}
