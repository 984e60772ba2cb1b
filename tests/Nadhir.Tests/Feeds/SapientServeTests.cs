using System.Net;
using System.Text.Json;
using Nadhir.Formats.Sapient;
using Nadhir.Tests.Demo;

namespace Nadhir.Tests.Feeds;

/// <summary>The real program, configured as the manual says, and a node that connects to it.</summary>
public sealed class SapientServeTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-sapient-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_node_that_connects_to_the_running_program_is_seen_on_its_console()
    {
        int console = Ports.Free(), broker = Ports.Free(), nodes = Ports.Free();
        string configuration = Path.Combine(folder, "nadhir.yaml");
        await File.WriteAllTextAsync(configuration, Configured(console, broker, nodes),
            TestContext.Current.CancellationToken);
        using NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        using SapientPeer peer = await SapientPeer.Connect(new(IPAddress.Loopback, nodes));
        await peer.Send(Framed(SapientPeer.Registration));
        SapientDocument ack = (await peer.Answer())!;
        Assert.Equal(1, ack.Integer(ack.Find(SapientDocument.Root, Flex335.Root["registration_ack"]),
            Flex335.Message("RegistrationAck")["acceptance"], -1));
        await peer.Send(Framed(SapientPeer.Status));
        await nadhir.WaitFor("the sensor works", boards =>
            Sensor(boards).GetProperty("state").GetString() == "Working");
        await peer.Send(Framed("\"detectionReport\":{\"objectId\":\"01GGYFBAXH4VYRQYEX7S3XGK3H\"}"));
        Assert.Equal("error", (await peer.Answer())!.Content()!.Name);
        await peer.Send(Framed(SapientPeer.Detection(12_000)));
        await nadhir.WaitFor("a plot has arrived", boards => Sensor(boards).GetProperty("plots").GetInt64() == 1);
        await nadhir.Kill();
    }

    static JsonElement Sensor(JsonElement boards) => boards.GetProperty("sensors")[0];

    static byte[] Framed(string content) => SapientPeer.Framed(content, TimeProvider.System.GetUtcNow());

    static string Configured(int console, int broker, int nodes) =>
        $$"""
        name: SAPIENT test
        exercise: true
        sender: test@nadhir.invalid
        storage: {folder: record}
        mqtt:
          embedded: {address: 127.0.0.1, port: {{broker}}}
        console: {address: 127.0.0.1, port: {{console}}}
        feeds:
          - {id: nodes, transport: sapient, address: 127.0.0.1, port: {{nodes}}, format: sapient}
        sensors:
          - id: HILL
            kind: radar
            feed: nodes
            node: {{SapientPeer.Node}}
            lat: 33.0
            lon: 44.0
            range_km: 20
            period_s: 10
        """;
}
