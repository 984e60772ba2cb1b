using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nadhir.Formats.Asterix;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Tests.Demo;
using Nadhir.Tests.Outlets.Cap;
using Nadhir.Tests.Outlets.Sirens;

namespace Nadhir.Tests.Outlets;

/// <summary>
/// The real program with Mosquitto: a radar's plots come in, one person raises an alert, another releases it, and it is
/// taken back. Everyone at the end of an outlet has all of it, and the record says the same afterwards.
/// </summary>
public sealed class AlertEndToEndTests : IAsyncDisposable
{
    static readonly XNamespace cap = "urn:oasis:names:tc:emergency:cap:1.2";
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-alert-").FullName;
    readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    readonly ConcurrentQueue<(string Id, string Timestamp, string Signature, byte[] Body)> posted = new();
    readonly ConcurrentQueue<byte[]> published = new();
    readonly MosquittoTestBroker broker = new();
    WebApplication? receiver;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (receiver is not null) await receiver.DisposeAsync();
        await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_alert_reaches_siren_webhook_and_broker_its_correction_too_and_the_record_verifies()
    {
        await broker.Start();
        (int console, int radar) = (TestPorts.Free(), TestPorts.Free());
        string configuration = await Configure(console, radar, await Receive());
        BrokerAddress address = new() { Port = broker.Port };
        await using MqttLink subscriber = await Subscribe(address);
        await using SirenDeviceClient siren = new(
            new SirenDevice("hall", exercise: true, ["warning", "all-clear"]), "Town hall", address, TimeProvider.System);
        await siren.StartAsync(Cancellation);
        using (NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration))
        {
            await nadhir.WaitFor("the siren's link", boards => boards.GetProperty("sirens")[0].GetProperty("linkUp").GetBoolean());
            using Socket antenna = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            await nadhir.WaitFor("plots of the radar", boards =>
            {
                antenna.SendTo(Plot(), new IPEndPoint(IPAddress.Loopback, radar));
                return boards.GetProperty("sensors")[0].GetProperty("plots").GetInt64() > 0;
            });

            await nadhir.Post(new { type = "alert.raise", by = "duty officer", zone = "town", state = "Warning", kind = "Aircraft", reason = "seen by a patrol" });
            JsonElement waits = await nadhir.WaitFor("a second person is asked", boards => Alert(boards).GetProperty("awaitsRelease").GetBoolean());
            string alert = Alert(waits).GetProperty("id").GetString()!;
            Assert.NotEqual("Sounding", State(waits));
            await nadhir.Post(new { type = "alert.release", by = "shift leader", alert });
            await nadhir.WaitFor("the siren sounds", boards => State(boards) == "Sounding");
            await nadhir.Post(new { type = "alert.correct", by = "shift leader", alert, reason = "it was an ambulance" });
            await nadhir.WaitFor("the siren is silent", boards => State(boards) == "Ready");
            JsonElement told = await nadhir.WaitFor("everyone was told of the correction", boards =>
            {
                string last = Alert(boards).GetProperty("messages").EnumerateArray().Last().GetString()!;
                return Alert(boards).GetProperty("messages").GetArrayLength() == 3 && Alert(boards).GetProperty("deliveries").EnumerateArray()
                    .Count(one => one.GetProperty("message").GetString() == last && one.GetProperty("ok").GetBoolean()) >= 3;
            });
            string[] messages = [.. Alert(told).GetProperty("messages").EnumerateArray().Select(one => one.GetString()!)];
            string certificate = Path.Combine(folder, "certificate.pem");
            await File.WriteAllTextAsync(certificate, await nadhir.Get("/cap/certificate.pem"), Cancellation);
            CheckWebhooks(messages);
            await CheckPublished(messages, certificate);
            Assert.All(messages, message => Assert.True(File.Exists(Path.Combine(folder, "cap", $"{message}.xml"))));
            Assert.Equal(0, await nadhir.Terminate());
        }

        (int code, string output, string errors) = await NadhirProcess.Run("verify", Path.Combine(folder, "record"));
        Assert.True(code == 0, output + errors);
    }

    static JsonElement Alert(JsonElement boards) => boards.GetProperty("alerts").EnumerateArray().FirstOrDefault() is
        { ValueKind: JsonValueKind.Object } alert ? alert : JsonElement.Parse("""{"awaitsRelease":false,"messages":[""],"deliveries":[]}""");

    static string? State(JsonElement boards) => boards.GetProperty("sirens")[0].GetProperty("state").GetString();

    void CheckWebhooks(string[] messages)
    {
        Assert.Equal(messages, posted.Select(one => one.Id));
        foreach ((string id, string timestamp, string signature, byte[] body) in posted)
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
            Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}", signature);
            Assert.Equal(id, Identifier(body));
        }
    }

    async Task CheckPublished(string[] messages, string certificate)
    {
        Assert.Equal(messages, published.Select(Identifier));
        Assert.Equal(["Alert", "Update", "Cancel"], published.Select(xml => Document(xml).Root!.Element(cap + "msgType")!.Value));
        foreach (byte[] xml in published)
        {
            string file = Path.Combine(folder, "received.xml");
            await File.WriteAllBytesAsync(file, xml, Cancellation);
            (int code, string said) = await Peer.Run("xmlsec1", "xmlsec1", ["--verify", "--trusted-pem", certificate, "--enabled-key-data", "x509", file]);
            Assert.True(code == 0, said);
        }
    }

    static XDocument Document(byte[] xml) => XDocument.Load(new MemoryStream(xml));

    static string Identifier(byte[] xml) => Document(xml).Root!.Element(cap + "identifier")!.Value;

    async Task<string> Receive()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.MapPost("/cap", async (HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            posted.Enqueue((request.Headers["webhook-id"].ToString(), request.Headers["webhook-timestamp"].ToString(),
                request.Headers["webhook-signature"].ToString(), body.ToArray()));
            return Results.Ok();
        });
        await receiver.StartAsync(Cancellation);
        return receiver.Urls.First();
    }

    async Task<MqttLink> Subscribe(BrokerAddress address)
    {
        TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MqttLink link = new(new(address, "partner", ["public/cap/exercise"]), TimeProvider.System)
        {
            Changed = (connected, _) =>
            {
                if (connected) up.TrySetResult();
            },
            Received = (_, payload, _) => published.Enqueue(payload),
        };
        link.Start();
        await up.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return link;
    }

    static byte[] Plot()
    {
        PlotBlockWriter writer = new();
        writer.Add(new PlotFields
        {
            Sac = 1, Sic = 7, TimeOfDaySeconds = TimeProvider.System.GetUtcNow().TimeOfDay.TotalSeconds, RangeMetres = 80_000,
            AzimuthRadians = 1, FlightLevelMetres = 9000, Primary = true, Secondary = true, ModeSAddress = 0xABCDEF,
        });
        return writer.Finish();
    }

    async Task<string> Configure(int console, int radar, string receiver)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), $"exercise_whsec_{Convert.ToBase64String(secret)}", Cancellation);
        string path = await NadhirProcess.Configure(folder, $$$"""
            mqtt: {host: 127.0.0.1, port: {{{broker.Port}}}, tls: false}
            console: {port: {{{console}}}}
            feeds:
              - {id: radar, format: asterix, transport: udp, address: 127.0.0.1, port: {{{radar}}}}
            sensors:
              - {id: hill, kind: radar, feed: radar, sac: 1, sic: 7, lat: 33, lon: 44.5, period_s: 4}
            zones:
              - {id: town, name: Town, lat: 33.1, lon: 44.2, radius_km: 5}
              - {id: port, name: Port, lat: 33.4, lon: 44.8, radius_km: 5}
            sirens:
              - {id: hall, name: Town hall, zone: town, lat: 33.1, lon: 44.2}
            warning:
              warning_release: two_persons
            cap:
              folder: cap
              webhooks:
                - {name: broadcaster, url: "{{{receiver}}}/cap", secret_file: secret, release: {zones: [town]}}
                - {name: harbour, url: "{{{receiver}}}/cap", secret_file: secret, release: {zones: [port]}}
              mqtt_topic: public/cap
            """);
        return path;
    }
}
