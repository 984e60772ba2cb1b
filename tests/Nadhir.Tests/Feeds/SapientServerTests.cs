using System.Buffers.Binary;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Nadhir.Configuration;
using Nadhir.Feeds;
using Nadhir.Formats.Sapient;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Storage;
using Nadhir.Tak;
using Nadhir.Tests.Tak;

namespace Nadhir.Tests.Feeds;

/// <summary>Nodes that connect, speak well, speak badly, or not at all.</summary>
public sealed class SapientServerTests : IDisposable
{
    static readonly DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly WatchConfiguration configuration = new()
    {
        Name = "nodes", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
        Feeds = [new FeedConfiguration { Id = "nodes", Format = "sapient" }],
        Sensors =
        [
            new Sensor
            {
                Id = "HILL", Kind = SensorKind.Radar, Feed = "nodes", NodeId = SapientPeer.Node,
                    Position = new GeoPosition(33, 44, 0),
            },
        ],
    };

    readonly string folder = Directory.CreateTempSubdirectory("nadhir-sapient-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public Task A_node_registers_reports_and_detects_and_all_of_it_is_on_record() => Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        SapientDocument ack = (await peer.Answer())!;
        Assert.Equal("registration_ack", ack.Content()!.Name);
        await peer.Send(Framed(SapientPeer.Status));
        await peer.Send(Framed(SapientPeer.Detection(12_000)));
        // What is answered last has been heard last.
        await peer.Send(Framed("\"alert\":{\"alertId\":\"01GGYFBAXH4VYRQYEX7S3XGK3H\"}"));
        Assert.Equal("alert_ack", (await peer.Answer())!.Content()!.Name);
    }, boards =>
    {
        Assert.Equal((SensorState.Working, 1), (boards.Sensors[0].State, boards.Sensors[0].Plots));
        Assert.Equal(4, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals);
        Assert.Empty(boards.Feeds.Single(feed => feed.Id == "nodes").Faults);
    });

    [Fact]
    public Task An_invalid_message_is_answered_with_its_reasons_and_the_connection_goes_on() => Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        await peer.Answer();
        byte[] invalid = Framed("\"detectionReport\":{\"objectId\":\"01GGYFBAXH4VYRQYEX7S3XGK3H\"}");
        await peer.Send(invalid);
        SapientDocument error = (await peer.Answer())!;
        int content = error.Find(SapientDocument.Root, Flex335.Root["error"]);
        Assert.Equal(invalid[4..], error.Bytes(content, Flex335.Message("Error")["packet"]).ToArray());
        Assert.Equal("detection_report.report_id missing",
            error.Text(content, Flex335.Message("Error")["error_message"]));
        await peer.Send(Framed(SapientPeer.Detection(12_000)));
        await LastWord(peer);
    }, boards =>
    {
        Assert.Equal(1, boards.Sensors[0].Plots);
        FaultCount fault = Assert.Single(boards.Feeds.Single(feed => feed.Id == "nodes").Faults);
        Assert.Equal((nameof(DecodeFault.BadValue), 1), (fault.Fault, fault.Count));
    });

    [Fact]
    public Task Two_hundred_messages_in_one_write_lose_none() => Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        await peer.Answer();
        await peer.Send([.. Enumerable.Range(1, 200).SelectMany(i => Framed(SapientPeer.Detection(1000 + (100 * i))))]);
        await LastWord(peer);
    }, boards => Assert.Equal(200, boards.Sensors[0].Plots));

    [Fact]
    public Task A_message_that_comes_one_byte_at_a_time_is_one_message() => Serve(async (peer, _) =>
    {
        await peer.OneByteAtATime([.. Framed(SapientPeer.Registration), .. Framed(SapientPeer.Detection(12_000))]);
        await peer.Answer();
        await LastWord(peer);
    }, boards =>
    {
        Assert.Equal(1, boards.Sensors[0].Plots);
        Assert.Equal(3, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals);
    });

    [Fact]
    public Task A_message_beyond_the_limit_is_refused_in_words_before_the_connection_is_closed() =>
        Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        await peer.Answer();
        byte[] header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, SapientFrame.MostBytes + 1);
        await peer.Send([.. header, .. new byte[1000]]);
        SapientDocument error = (await peer.Answer())!;
        int content = error.Find(SapientDocument.Root, Flex335.Root["error"]);
        Assert.Contains("at most 1048576", error.Text(content, Flex335.Message("Error")["error_message"]),
            StringComparison.Ordinal);
        Assert.Null(await peer.Answer());
    }, boards => Assert.Equal(nameof(DecodeFault.BadLength),
        Assert.Single(boards.Feeds.Single(feed => feed.Id == "nodes").Faults).Fault));

    [Fact]
    public Task A_stranger_is_refused_and_counted_by_its_name() => Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration, SapientPeer.Stranger));
        SapientDocument ack = (await peer.Answer())!;
        int content = ack.Find(SapientDocument.Root, Flex335.Root["registration_ack"]);
        Assert.Equal(0, ack.Integer(content, Flex335.Message("RegistrationAck")["acceptance"], -1));
        Assert.NotEmpty(ack.Text(content, Flex335.Message("RegistrationAck")["ack_response_reason"]));
    }, boards =>
    {
        FaultCount fault = Assert.Single(boards.Feeds.Single(feed => feed.Id == "nodes").Faults);
        Assert.Equal(nameof(DecodeFault.UnknownSensor), fault.Fault);
        Assert.StartsWith($"node {SapientPeer.Stranger}", fault.LastDetail, StringComparison.Ordinal);
    });

    [Fact]
    public Task Who_sends_nothing_but_nonsense_is_cut_off() => Serve(async (peer, _) =>
    {
        byte[] nonsense = [4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF];
        for (int i = 0; i < SapientConnection.MostInvalidInARow; i++) await peer.Send(nonsense);
        for (int i = 0; i < SapientConnection.MostInvalidInARow; i++) Assert.NotNull(await peer.Answer());
        Assert.Null(await peer.Answer());
    }, boards =>
        Assert.Equal(SapientConnection.MostInvalidInARow, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals));

    [Fact]
    public Task Several_nodes_speak_at_once_and_one_connection_too_many_is_turned_away() =>
        Serve(async (peer, server) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        await peer.Answer();
        List<SapientPeer> others = [];
        for (int i = 1; i < SapientServer.MostConnections; i++) others.Add(new(server.Address));
        foreach (SapientPeer other in others) await other.Send(Framed(SapientPeer.Status));
        foreach (SapientPeer other in others) await LastWord(other);
        using (SapientPeer last = new(server.Address)) Assert.Null(await last.Answer());
        others.ForEach(other => other.Dispose());
        await LastWord(peer);
    }, boards =>
        Assert.Equal(2 * SapientServer.MostConnections, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals));

    [Fact]
    public Task Who_connects_and_says_nothing_gives_its_place_back() => Serve(async (peer, server) =>
    {
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(10));
        for (int i = 0; i < 1000 && server.Connections == 0; i++)
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, server.Connections);
        for (int i = 0; i < 1000 && server.Connections > 0; i++)
        {
            clock.Advance(SapientConnection.FirstWordWithin);
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Null(await peer.Answer());
    }, boards => Assert.Equal(0, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals));

    [Fact]
    public Task A_node_that_says_goodbye_is_lost_coverage_at_once() => Serve(async (peer, _) =>
    {
        await peer.Send(Framed(SapientPeer.Registration));
        await peer.Answer();
        await peer.Send(Framed(SapientPeer.Status));
        await peer.Send(Framed(SapientPeer.Status.Replace("SYSTEM_OK", "SYSTEM_GOODBYE", StringComparison.Ordinal)));
        await LastWord(peer);
    }, boards => Assert.Equal((SensorState.Lost, "the node said goodbye"), (boards.Sensors[0].State, boards.Sensors[0].Reason)));

    [Fact]
    public void The_sensor_board_says_what_a_node_says_of_itself_and_a_detection_brings_it_back()
    {
        Watch watch = Engine.Build(configuration, start);
        SensorRow Hear(string content)
        {
            watch.Apply(new Entry(EntryKind.Received, start, "nodes", Framed(content)));
            watch.Apply(new Entry(EntryKind.Tick, start, "", default));
            return watch.Snapshot().Sensors[0];
        }

        Assert.Equal("registered, NODE_TYPE_RADAR, mode Default", Hear(SapientPeer.Registration).Word?.Words);
        SensorRow broken = Hear(SapientPeer.Status.Replace("SYSTEM_OK", "SYSTEM_ERROR", StringComparison.Ordinal));
        Assert.Equal(new SensorWord("registered, NODE_TYPE_RADAR, system Error, detects nothing, mode Default", IsFault: true), broken.Word);
        Assert.Equal(SensorState.Working, broken.State);
        Assert.Equal(SensorState.Lost, Hear(SapientPeer.Status.Replace("SYSTEM_OK", "SYSTEM_GOODBYE", StringComparison.Ordinal)).State);
        Assert.Equal(SensorState.Working, Hear(SapientPeer.Detection(12_000)).State);
    }

    [Fact]
    public async Task A_node_speaks_through_TLS_and_one_without_a_certificate_is_turned_away()
    {
        using TestCertificates certificates = new();
        await Serve(async (_, server) =>
        {
            using SapientPeer secured = new(server.Address, new TakTls(certificates.Make("node")));
            await secured.Send(Framed(SapientPeer.Registration));
            Assert.Equal("registration_ack", (await secured.Answer())!.Content()!.Name);
            await secured.Send(Framed(SapientPeer.Detection(12_000)));
            await LastWord(secured);
            using SapientPeer clear = new(server.Address);
            await clear.Send(Framed(SapientPeer.Registration));
            await Assert.ThrowsAnyAsync<Exception>(async () => Assert.NotNull(await clear.Answer()));
        }, boards => Assert.Equal(3, boards.Feeds.Single(feed => feed.Id == "nodes").Arrivals), certificates.Make("server"));
    }

    readonly FakeTimeProvider clock = new(start);

    static byte[] Framed(string content, string node = SapientPeer.Node) => SapientPeer.Framed(content, start, node);

    /// <summary>Asks something that is answered, so that all before it has been heard.</summary>
    static async Task LastWord(SapientPeer peer)
    {
        await peer.Send(Framed("\"alert\":{\"alertId\":\"01GGYFBAXH4VYRQYEX7S3XGK3H\"}"));
        Assert.Equal("alert_ack", (await peer.Answer())!.Content()!.Name);
    }

    /// <summary>Runs a server and its loop; then looks at what the watch has made of it, and at the record.</summary>
    async Task Serve(Func<SapientPeer, SapientServer, Task> act, Action<Boards> check, TakTlsConfiguration? tls = null)
    {
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions());
        journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        journal.Commit();
        using CancellationTokenSource stopping = new();
        using WatchLoop loop = new(new Recorder(journal, Engine.Build(configuration, start)), start,
            SigningKey.ForExercise("exercise/sapient"), clock, TimeSpan.FromHours(1), NullLogger<WatchLoop>.Instance);
        using SapientServer server =
            new(new("nodes", IPAddress.Loopback, 0, AcceptUnknown: false, NodeId: null, tls), configuration, loop,
            clock, NullLogger<SapientServer>.Instance);
        Task serving = server.Run(stopping.Token), running = loop.Run(stopping.Token);
        using (SapientPeer peer = new(server.Address)) await act(peer, server);
        await stopping.CancelAsync();
        await serving;
        await running;
        check(loop.Boards);
        Watch again = Engine.Build(configuration, start);
        foreach ((_, Entry entry) in journal.Read().Where(each => each.Entry.Kind == EntryKind.Received))
            again.Apply(entry);
        Assert.Equal(loop.Boards.Sensors[0].Plots, again.Snapshot().Sensors[0].Plots);
    }
}
