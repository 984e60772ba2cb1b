using System.Text.Json;
using System.Text.RegularExpressions;
using Nadhir.Commands;
using Nadhir.Configuration;
using Nadhir.Formats.CursorOnTarget;
using Nadhir.Tests.Conventions;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Outlets.Sirens;

namespace Nadhir.Tests.Tak;

/// <summary>The whole program with a partner of another make.</summary>
public sealed partial class TakServeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-tak-serve-").FullName;
    readonly TestCertificates certificates = new();

    public void Dispose()
    {
        certificates.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_partners_aircraft_becomes_a_track_that_the_partner_is_told_and_the_record_recomputes()
    {
        (int tak, int console, int mqtt) = (TestPorts.Free(), TestPorts.Free(), TestPorts.Free());
        certificates.Make("server");
        certificates.Make("client");
        string configuration = await NadhirProcess.Configure(folder, $$$"""
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            console: {port: {{{console}}}}
            feeds:
              - id: tak
                format: cot
                transport: tcp-server
                address: 127.0.0.1
                port: {{{tak}}}
                tls: {certificate: "{{{certificates.Certificate("server")}}}", key: "{{{certificates.Key("server")}}}", authority: "{{{certificates.Authority}}}"}
            sensors:
              - {id: neighbour, kind: system, feed: tak, lat: 33, lon: 44.5, period_s: 2, lost_after_s: 5}
            zones:
              - {id: town, name: Town, lat: 33.1, lon: 44.2, radius_km: 5}
            partners:
              - {name: neighbour, transport: feed, feed: tak, release: {tell: [tracks, zones, alerts]}, every_s: 1}
            """);
        using NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        await nadhir.WaitFor("listening", _ => true);
        await using (TakPeerProcess peer = await TakPeerProcess.Start("client", new
        {
            port = tak, certificate = certificates.Certificate("client"), key = certificates.Key("client"),
            authority = certificates.Authority, moves = true,
        }))
        {
            await nadhir.WaitFor("the partner's reports", boards => boards.GetProperty("sensors")[0].GetProperty("plots").GetInt64() > 4);
            JsonElement told = await peer.Wait(line => Uid(line).StartsWith("nadhir.test@nadhir.example.track.", StringComparison.Ordinal), seconds: 60);
            Assert.Equal("e-nadhir", told.GetProperty("opex").GetString());
            Assert.InRange(told.GetProperty("lat").GetDouble(), 33.2, 33.3);
            Assert.Contains("EXERCISE PEER1", told.GetProperty("detail").ToString(), StringComparison.Ordinal);
            JsonElement zone = await peer.Heard("u-d-c-c");
            Assert.Contains("EXERCISE Town", zone.GetProperty("detail").ToString(), StringComparison.Ordinal);
        }

        JsonElement lost = await nadhir.WaitFor("coverage lost", boards =>
            boards.GetProperty("sensors")[0].GetProperty("state").GetString() is "Lost" or "lost");
        Assert.Contains("the link is down", lost.GetProperty("log").ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await nadhir.Terminate());
        (int code, string output, string errors) = await NadhirProcess.Run("verify", Path.Combine(folder, "record"));
        Assert.True(code == 0, output + errors);

        static string Uid(JsonElement line) => line.TryGetProperty("uid", out JsonElement uid) ? uid.GetString()! : "";
    }

    [Fact]
    public void The_example_of_the_manual_loads()
    {
        string manual = File.ReadAllText(Path.Combine(Repository.Root, "docs/feeds/cursor-on-target.md"));
        certificates.Make("nadhir", asPkcs12: true);
        string example = Yaml().Match(manual).Groups["yaml"].Value
            .Replace("nadhir.p12.password", certificates.Pkcs12("nadhir").Replace(".p12", ".password", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("certificate: nadhir.p12", $"certificate: {certificates.Pkcs12("nadhir")}", StringComparison.Ordinal)
            .Replace("tak-ca.pem", certificates.Authority, StringComparison.Ordinal);
        HostConfiguration host = Assert.IsType<ConfigurationReading.Loaded>(Load(example)).Configuration;
        Assert.Equal(3, host.Partners.Length);
        Assert.Equal(8089, Assert.IsType<FeedTransport.TakClient>(host.Feeds[0]).Port);
        Assert.IsType<FeedTransport.TakServer>(host.Feeds[1]);
        Assert.Equal("track", host.Watch.Feeds[2].EventTypes["a-*-G-E-S"]);
    }

    [Theory]
    [InlineData("partners: [{name: a, transport: feed, feed: radar, release: {tell: [tracks]}}]", "is not a feed of format cot")]
    [InlineData("partners: [{name: a, transport: pigeon, release: {tell: [tracks]}}]", "must be one of feed, udp")]
    [InlineData("partners: [{name: a, transport: udp}]", "is told nothing")]
    [InlineData("partners: [{name: a, transport: udp, tracks: true, alerts: true}]", "release: {tell: [alerts, tracks]}")]
    [InlineData("partners: [{name: a, transport: udp, release: {tell: [secrets]}}]", "must be of alerts, zones, tracks")]
    [InlineData("partners: [{name: a, transport: udp, release: {zones: [nowhere]}}]", "there is no zone")]
    [InlineData("partners: [{name: a, transport: udp, release: {tell: [zones]}}, {name: a, transport: udp, release: {tell: [zones]}}]", "is used before")]
    [InlineData("partners: [{name: a, transport: tcp-client, host: h, release: {tell: [zones]}, tls: {certificate: none.pem, authority: none.pem}}]", "cannot be read")]
    [InlineData("feeds: [{id: t, format: cot, transport: tcp-server, event_types: {a-*-A: enemy}}]", "track, sighting or nothing")]
    [InlineData("feeds: [{id: t, format: cot, transport: udp, port: 1}]\nsensors: [{id: a, kind: system, feed: t, lat: 1, lon: 1}, {id: b, kind: system, feed: t, lat: 1, lon: 1}]", "could not be told apart")]
    [InlineData("feeds: [{id: t, format: cot, transport: udp, port: 1}]\nsensors: [{id: a, kind: adsb, feed: t, lat: 1, lon: 1}]", "system or observer")]
    public void A_mistake_is_said(string text, string message) => Assert.Contains(
        Assert.IsType<ConfigurationReading.Faulty>(Load(text)).Faults,
        fault => fault.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_file_of_events_is_decoded_by_the_command()
    {
        CotEvent ping = TakControlWords.Control("x.", CotTypes.Ping, new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        string path = Path.Combine(folder, "events.cot");
        File.WriteAllBytes(path, [.. CotXmlWriter.Write(ping), .. TakProtobuf.WriteStream(new(null, ping)), .. "<event"u8]);
        using MemoryStream output = new();
        using StringWriter errors = new();
        Assert.Equal(1, DecodeCommand.Run(path, "cot", [], explain: false, output, errors));
        string[] lines = System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimEnd().Split('\n');
        Assert.Equal(["xml", "stream"], lines.Select(line => JsonElement.Parse(line).GetProperty("form").GetString()));
        Assert.Contains("6 bytes passed over", errors.ToString(), StringComparison.Ordinal);
    }

    ConfigurationReading Load(string text)
    {
        string path = Path.Combine(folder, "some.yaml");
        File.WriteAllText(path, $$$"""
            name: test
            exercise: true
            sender: test@nadhir.example
            origin: {lat: 33, lon: 44.5}
            storage: {folder: record}
            mqtt: {embedded: {}}
            {{{text}}}
            """);
        return ConfigurationLoader.Load(path);
    }

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Yaml();
}
