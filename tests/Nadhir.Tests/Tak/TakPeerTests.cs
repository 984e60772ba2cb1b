using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Nadhir.Identification;
using Nadhir.Outlets;
using Nadhir.Outlets.Tak;
using Nadhir.Sensing;
using Nadhir.Tak;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Tak;

/// <summary>Events go both ways between us and a peer of another make.</summary>
public sealed class TakPeerTests
{
    static readonly TakPartner partner = new()
    {
        Name = "peer", Transport = new TakTransport.Feed("tak"), Release = new() { Tells = Telling.Alerts | Telling.Zones | Telling.Tracks },
        Every = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Node_tak_connects_with_its_certificate_and_events_go_both_ways(bool asPkcs12)
    {
        using TestCertificates certificates = new();
        int port = TestPorts.Free();
        TakScene scene = new();
        scene.ShowTracks(TakScene.TrackAt(7, 33.5), TakScene.TrackAt(8, 33.6, new(IdentityKind.Cooperative, null, [])));
        await using TakOutlet outlet = scene.Outlet(partner);
        using TakTls tls = new(certificates.Make("server", asPkcs12));
        using TakServer server = new(new(IPAddress.Loopback, port), tls, true, scene.OwnPrefix, TimeProvider.System, scene.Heard);
        outlet.SpeakOver("tak", server);
        await using Running running = new(server);
        certificates.Make("client");
        await using TakPeerProcess peer = await TakPeerProcess.Start("client", new
        {
            port, certificate = certificates.Certificate("client"), key = certificates.Key("client"),
            authority = certificates.Authority,
        });
        await peer.WaitFor("connected");
        JsonElement unknown = await peer.Heard("a-u-A");
        Assert.Equal($"{scene.OwnPrefix}track.7", unknown.GetProperty("uid").GetString());
        Assert.Equal(33.5, unknown.GetProperty("lat").GetDouble());
        Assert.Equal(489.5, unknown.GetProperty("ce").GetDouble());
        await peer.Heard("a-n-A", line => line.GetProperty("uid").GetString() == $"{scene.OwnPrefix}track.8");
        await peer.WaitFor("pong");
        CheckPeersTrack(await scene.WaitForTrack());
        outlet.Offer(TakScene.Durable(scene.Message(AlertState.Warning, "M-1")));
        JsonElement alert = await peer.Heard("b-a-o-tbl");
        Assert.Contains("Take shelter <now>", alert.GetProperty("detail").ToString(), StringComparison.Ordinal);
        await scene.Receipts.Wait<MessageReceipt>(one => one is { Message: "M-1", Ok: true, Outlet: "tak:peer" });
        outlet.Offer(TakScene.Durable(scene.Message(AlertState.AllClear, "M-2", MessageType.Update)));
        await peer.Heard("b-a-o-can");
        scene.ShowTracks();
        JsonElement gone = await peer.Heard("t-x-d-d");
        Assert.Contains($"{scene.OwnPrefix}track.", gone.GetProperty("detail").ToString(), StringComparison.Ordinal);
        Assert.Empty(scene.Faults);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task We_connect_to_a_server_and_settle_the_protocol(bool weWant, bool theyOffer, bool secured)
    {
        using TestCertificates certificates = new();
        TakTlsConfiguration theirs = certificates.Make("server");
        TakScene scene = new();
        scene.ShowTracks(TakScene.TrackAt(7, 33.5));
        await using TakOutlet outlet = scene.Outlet(partner);
        await using TakPeerProcess peer = await TakPeerProcess.Start("server", new
        {
            offers = theyOffer, certificate = secured ? theirs.Certificate : null, key = theirs.Key, authority = theirs.Authority,
        });
        int port = (await peer.WaitFor("port")).GetProperty("port").GetInt32();
        using TakTls? tls = secured ? new(certificates.Make("client", asPkcs12: true)) : null;
        TakClient client = new("127.0.0.1", port, tls, weWant, scene.OwnPrefix, TimeProvider.System, scene.Heard);
        outlet.SpeakOver("tak", client);
        await using Running running = new(client);
        string form = weWant && theyOffer ? "protobuf" : "xml";
        JsonElement told = await peer.Heard("a-u-A", line => line.GetProperty("form").GetString() == form);
        Assert.Equal(33.5, told.GetProperty("lat").GetDouble());
        // Three periods from the moment it was told.
        Assert.InRange(told.GetProperty("goodFor").GetDouble(), 3, 60);
        CheckPeersTrack(await scene.WaitForTrack());
        JsonElement square = await peer.Heard("u-d-f");
        // Five corners: the first closes the line.
        Assert.Equal(5, square.GetProperty("detail").GetProperty("link").GetArrayLength());
        Assert.Empty(scene.Faults);
        // A server of theirs that answers a ping is alive.
        await TakScene.Until(() => !scene.Alive.IsEmpty, 20, () => "no sign of life");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("239.2.3.1")]
    public async Task Devices_of_the_mesh_hear_us_and_are_heard(string? group)
    {
        TakScene scene = new(exercise: true);
        scene.ShowTracks(TakScene.TrackAt(7, 33.5));
        IPAddress target = group is null ? IPAddress.Loopback : IPAddress.Parse(group);
        using UdpClient ours = new(new IPEndPoint(target, 0));
        if (group is not null) ours.JoinMulticastGroup(target, IPAddress.Loopback);
        await using TakPeerProcess peer = await TakPeerProcess.Start("mesh", new
        {
            group, to = ((IPEndPoint)ours.Client.LocalEndPoint!).Port,
        });
        int port = (await peer.WaitFor("port")).GetProperty("port").GetInt32();
        TakTransport.Mesh mesh = new(new(target, port), IPAddress.Loopback, Protobuf: true);
        await using TakOutlet outlet = scene.Outlet(
            partner with { Transport = mesh },
            partner with { Name = "old", Transport = mesh with { Protobuf = false } });
        await outlet.StartAsync(CancellationToken.None);
        foreach (string form in (string[])["mesh", "xml"])
        {
            JsonElement told = await peer.Heard("a-u-A", line => line.GetProperty("form").GetString() == form);
            Assert.Equal("e-nadhir", told.GetProperty("opex").GetString());
            Assert.Contains("EXERCISE track 7", told.GetProperty("detail").ToString(), StringComparison.Ordinal);
        }

        for (int i = 0; i < 4; i++)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
            scene.Heard((await ours.ReceiveAsync(limit.Token)).Buffer);
        }

        CheckPeersTrack(scene.Seen.First(seen => seen.Callsign.ToString() == "PEER1"));
        Assert.Equal(2, scene.Seen.Select(seen => seen.SourceTrack).Distinct().Count());
        Assert.Empty(scene.Faults);
    }

    [Fact]
    public async Task A_stranger_without_a_certificate_of_ours_is_turned_away()
    {
        using TestCertificates certificates = new(), strangers = new();
        int port = TestPorts.Free();
        TakScene scene = new();
        using TakTls tls = new(certificates.Make("server"));
        using TakServer server = new(new(IPAddress.Loopback, port), tls, true, scene.OwnPrefix, TimeProvider.System, scene.Heard);
        List<string> down = [];
        server.LinkChanged += (isUp, why) =>
        {
            lock (down) if (!isUp) down.Add(why.Words);
        };
        await using Running running = new(server);
        strangers.Make("client");
        await using TakPeerProcess peer = await TakPeerProcess.Start("client", new
        {
            port, certificate = strangers.Certificate("client"), key = strangers.Key("client"),
            authority = certificates.Authority,
        });
        await TakScene.Until(() => Count() > 0, 20, () => "nobody was turned away");
        Assert.Contains("turned away", down[0], StringComparison.Ordinal);
        Assert.Empty(scene.Seen);

        int Count()
        {
            lock (down) return down.Count;
        }
    }

    static void CheckPeersTrack(Measurement seen)
    {
        Assert.Equal(MeasurementKind.SystemTrack, seen.Kind);
        Assert.Equal((33.25, 44.5, 3000.0, 150.0),
            (seen.LatitudeDegrees, seen.LongitudeDegrees, seen.HeightMetres, seen.SigmaHorizontalMetres));
        Assert.Equal(200, seen.VelocityEast, 1e-6);
        Assert.Equal("PEER1", seen.Callsign.ToString());
    }
}

/// <summary>An endpoint that runs until the test is over.</summary>
sealed class Running : IAsyncDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly Task task;

    public Running(TakEndpoint endpoint) => task = Task.Run(() => endpoint.Run(stopping.Token));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}
