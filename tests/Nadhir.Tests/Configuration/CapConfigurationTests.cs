using Nadhir.Configuration;
using Nadhir.Documents;
using Nadhir.Outlets;
using Nadhir.Tests.Conventions;
using Nadhir.Warning;

namespace Nadhir.Tests.Configuration;

public sealed class CapConfigurationTests : IDisposable
{
    const string Cap = """
        cap:
          folder: cap
          profiles: [ipaws, cap-cp]
          event_codes: {SAME: CDW, "profile:CAP-CP:Event:0.4": civilEmerg}
          parameters: {EAS-ORG: CIV}
          signing_key: key.pem
          signing_certificate: certificate.pem
          webhooks:
            - {name: broadcaster, url: "https://broadcaster.example.invalid/cap", secret_file: secret}
            - name: city
              url: http://127.0.0.1/cap
              secret_file: secret
              release: {zones: [NORTH-DISTRICT], kinds: [ballistic, unknown], states: [warning], least_urgency: immediate, least_severity: severe, exercises: false}
          mqtt_topic: public/cap
          mqtt_release: {kinds: [low_slow]}
          feed_release: {states: [watch, warning]}

        sender_name: Civil Protection
        web: https://protection.example.invalid/
        contact: duty officer
        languages: [ar, en]
        """;

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-cap-configuration-").FullName;

    public CapConfigurationTests()
    {
        foreach (string file in (string[])["key.pem", "certificate.pem", "secret"]) File.WriteAllText(Path.Combine(folder, file), "");
        File.WriteAllText(Path.Combine(folder, "countries.geojson"),
            """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Iraq"},"geometry":{"type":"Polygon","coordinates":[[[39,29],[48,29],[48,37],[39,37],[39,29]]]}}]}""");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Document(string name) => Path.Combine(Repository.Root, "docs", name);

    ConfigurationReading Load(string cap, out IReadOnlyCollection<string> keys)
    {
        string text = File.ReadAllText(Document("nadhir.example.yaml")).Replace("cap:\n  folder: cap\n", cap + "\n", StringComparison.Ordinal)
            .Replace("    cost_loss_ratio: 0.2\n", "    cost_loss_ratio: 0.2\n    geocodes: {SAME: \"006037 006059\"}\n", StringComparison.Ordinal);
        string path = Path.Combine(folder, "nadhir.yaml");
        File.WriteAllText(path, text);
        return ConfigurationLoader.Load(path, Path.Combine(folder, "countries.geojson"), out keys);
    }

    [Fact]
    public void All_of_cap_is_read_and_every_key_of_it_is_in_the_manual()
    {
        ConfigurationReading reading = Load(Cap, out IReadOnlyCollection<string> keys);
        if (reading is ConfigurationReading.Faulty faulty) Assert.Fail(string.Join('\n', faulty.Faults));
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(reading).Configuration;
        CapConfiguration cap = host.Cap!;
        Assert.Equal(["ipaws", "cap-cp"], cap.Profiles.Select(one => one.Name));
        Assert.Equal("CDW", cap.Additions.EventCodes["SAME"]);
        Assert.Equal(new CapWebhook("broadcaster", new Uri("https://broadcaster.example.invalid/cap"), Path.Combine(folder, "secret")), cap.Webhooks[0]);
        ReleaseRule release = cap.Webhooks[1].Release;
        Assert.Equal(["NORTH-DISTRICT"], release.Zones);
        Assert.Equal([ThreatKind.Ballistic, ThreatKind.Unknown], release.Kinds);
        Assert.Equal([AlertState.Warning], release.States);
        Assert.Equal((LeastUrgency.Immediate, LeastSeverity.Severe, false), (release.LeastUrgency, release.LeastSeverity, release.Exercises));
        Assert.Equal([ThreatKind.LowSlow], cap.MqttRelease.Kinds);
        Assert.Equal([AlertState.Watch, AlertState.Warning], cap.FeedRelease.States);
        Assert.True(cap.MqttRelease.Exercises);
        Assert.Equal((true, "public/cap", "Civil Protection"), (cap.Sign, cap.MqttTopic, host.Watch.SenderName));
        Assert.Equal(["ar", "en"], host.Watch.Languages!.Value.ToArray());
        Assert.Contains(host.Watch.Zones, zone => zone.Geocodes?["SAME"] == "006037 006059");
        string manual = File.ReadAllText(Document("configuration.md"));
        Assert.All(keys.Where(key => key.StartsWith("cap.", StringComparison.Ordinal) || key is "web" or "contact" or "languages" or "sender_name"),
            key => Assert.True(manual.Contains($"`{key}`", StringComparison.Ordinal) || manual.Contains($"`{key}[]`", StringComparison.Ordinal), key));
    }

    [Theory]
    [InlineData("profiles: [ipaws, cap-cp]", "profiles: [cap-xx]", "must be of ipaws, cap-cp, cap-au")]
    [InlineData("languages: [ar, en]", "languages: [fr]", "no words in 'fr'")]
    [InlineData("languages: [ar, en]", "languages: [ar, ar]", "names a language twice")]
    [InlineData("mqtt_topic: public/cap", "mqtt_topic: public/#", "is one topic")]
    [InlineData("web: https://protection.example.invalid/", "web: ftp://x", "not the address of a web page")]
    [InlineData("  signing_key: key.pem\n", "", "a certificate needs its signing_key")]
    [InlineData("  folder: cap\n", "  folder: cap\n  sign: false\n", "is not used when sign is false")]
    [InlineData("secret_file: secret}", "secret_file: none}", "cannot be read")]
    [InlineData("states: [warning]", "states: [all_clear]", "must be of watch, warning, not 'all_clear'")]
    [InlineData("kinds: [low_slow]", "tell: [tracks]", "is not a key known here")]
    [InlineData("  folder: cap\n", "  folder: cap\n  signature: rot13\n", "must be of rsa, ecdsa")]
    [InlineData("  folder: cap\n", "  folder: cap\n  signature: ecdsa\n", "of the key we make ourselves")]
    [InlineData("kinds: [low_slow]", "kinds: [drone]", "must be of aircraft, low_slow")]
    [InlineData("zones: [NORTH-DISTRICT]", "zones: [Nowhere]", "there is no zone 'Nowhere'")]
    [InlineData("least_severity: severe", "least_severity: bad", "must be of extreme, severe")]
    public void A_mistake_is_said(string right, string wrong, string message)
    {
        Assert.Contains(right, Cap, StringComparison.Ordinal);
        ConfigurationReading reading = Load(Cap.Replace(right, wrong, StringComparison.Ordinal), out _);
        Assert.Contains(Assert.IsType<ConfigurationReading.Faulty>(reading).Faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));
    }
}
