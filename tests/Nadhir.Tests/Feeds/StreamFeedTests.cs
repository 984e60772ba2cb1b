using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.Feeds;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Tests.Feeds;

/// <summary>What comes over TCP and HTTP becomes entries of the journal.</summary>
public sealed class StreamFeedTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-stream-feed-").FullName;
    readonly SqliteJournal journal;
    readonly WatchLoop loop;
    readonly CancellationTokenSource stopping = new();
    readonly Task running;

    public StreamFeedTests()
    {
        WatchConfiguration configuration = new()
        {
            Name = "streams", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
            Feeds = [new FeedConfiguration { Id = "feed", Format = "asterix" }],
        };
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        journal = SqliteJournal.Create(folder, new JournalOptions());
        journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        journal.Commit();
        loop = new(new Recorder(journal, Engine.Build(configuration, start)), start, SigningKey.ForExercise("exercise/streams"),
            TimeProvider.System, TimeSpan.FromHours(1), NullLogger<WatchLoop>.Instance);
        running = Task.Run(() => loop.Run(stopping.Token));
    }

    public void Dispose()
    {
        stopping.Cancel();
        running.Wait(TimeSpan.FromSeconds(10));
        loop.Dispose();
        journal.Dispose();
        stopping.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Blocks_of_a_source_that_connects_arrive_whole_however_they_are_cut()
    {
        using TcpServerFeed feed = Server(isStream: false);
        Task listening = feed.Run(stopping.Token);
        byte[] block = Block();
        using (TcpClient radar = await Connect(feed))
        {
            foreach (byte one in (byte[])[.. block, .. block, .. block])
            {
                await radar.GetStream().WriteAsync(new[] { one }, TestContext.Current.CancellationToken);
                await Task.Yield();
            }

            await Until(() => Arrived >= 2);
        }

        foreach (Entry entry in await Entries(listening)) Assert.Equal(block, entry.Payload.ToArray());
    }

    [Fact]
    public async Task Who_connects_later_takes_the_place_of_who_was_there()
    {
        using TcpServerFeed feed = Server(isStream: true);
        Task listening = feed.Run(stopping.Token);
        using TcpClient first = await Connect(feed);
        await Send(first, "of the first");
        await Until(() => Arrived == 1);
        using TcpClient second = await Connect(feed);
        await Send(second, "of the second");
        await Until(() => Arrived == 2);
        Assert.Equal(0, await first.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal(["of the first", "of the second"], (await Entries(listening)).Select(Text));
    }

    [Fact]
    public async Task A_source_that_went_away_is_found_again()
    {
        using TcpListener source = new(IPAddress.Loopback, 0);
        source.Start();
        int port = ((IPEndPoint)source.LocalEndpoint).Port;
        TcpFeed feed = new("feed", "127.0.0.1", port, new StreamIntake("feed", isStream: true, loop, TimeProvider.System),
            TimeProvider.System, NullLogger<TcpFeed>.Instance);
        Task connecting = feed.Run(stopping.Token);
        foreach (string text in (string[])["before", "after"])
        {
            using TcpClient link = await source.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            long seen = Arrived;
            await Send(link, text);
            await Until(() => Arrived > seen);
        }

        Assert.Equal(["before", "after"], (await Entries(connecting)).Select(Text));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_with_the_name_of_the_feed()
    {
        using TcpServerFeed feed = Server(isStream: true);
        FeedException fault = Assert.Throws<FeedException>(() => new TcpServerFeed("second", feed.Endpoint,
            new StreamIntake("second", isStream: true, loop, TimeProvider.System), NullLogger<TcpServerFeed>.Instance));
        Assert.Contains("second", fault.Message, StringComparison.Ordinal);
        await stopping.CancelAsync();
    }

    [Fact]
    public async Task A_document_is_asked_for_again_and_again_also_after_its_server_failed()
    {
        int asked = 0;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication web = builder.Build();
        web.MapGet("/data.json", (HttpContext context) =>
        {
            int now = Interlocked.Increment(ref asked);
            if (context.Request.Headers.Authorization != "Bearer open") return Results.Unauthorized();
            return now == 2 ? Results.StatusCode(503) : Results.Text($"answer {now}");
        });
        await web.StartAsync(TestContext.Current.CancellationToken);
        using HttpFeed feed = new("feed", new Uri($"{web.Urls.First()}/data.json"), TimeSpan.FromMilliseconds(50), "open", loop,
            TimeProvider.System, NullLogger<HttpFeed>.Instance);
        Task asking = feed.Run(stopping.Token);
        await Until(() => Arrived >= 3);
        Assert.Equal(["answer 1", "answer 3", "answer 4"], (await Entries(asking)).Take(3).Select(Text));
    }

    [Fact]
    public async Task Datagrams_of_a_multicast_group_arrive()
    {
        IPAddress group = IPAddress.Parse("239.255.71.4");
        using UdpClient free = new(0, AddressFamily.InterNetwork);
        int port = ((IPEndPoint)free.Client.LocalEndPoint!).Port;
        free.Close();
        using UdpFeed feed = new("feed", new IPEndPoint(IPAddress.Loopback, port), group, loop, TimeProvider.System, NullLogger<UdpFeed>.Instance);
        Task listening = feed.Run(stopping.Token);
        using UdpClient radar = new(AddressFamily.InterNetwork) { MulticastLoopback = true };
        radar.Client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        byte[] block = Block();
        await radar.SendAsync(block, new IPEndPoint(group, port), TestContext.Current.CancellationToken);
        await Until(() => Arrived == 1);
        Assert.Equal(block, Assert.Single(await Entries(listening)).Payload.ToArray());
    }

    TcpServerFeed Server(bool isStream) => new("feed", new IPEndPoint(IPAddress.Loopback, 0),
        new StreamIntake("feed", isStream, loop, TimeProvider.System), NullLogger<TcpServerFeed>.Instance);

    static async Task<TcpClient> Connect(TcpServerFeed feed)
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(feed.Endpoint, TestContext.Current.CancellationToken);
        return client;
    }

    static async Task Send(TcpClient client, string text) =>
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    long Arrived => loop.Boards.Feeds.FirstOrDefault(row => row.Id == "feed")?.Arrivals ?? 0;

    /// <summary>Ends the feed and the loop; what was received.</summary>
    async Task<IReadOnlyList<Entry>> Entries(Task feed)
    {
        await stopping.CancelAsync();
        await feed;
        await running;
        return [.. journal.Read().Select(each => each.Entry).Where(entry => entry.Kind == EntryKind.Received)];
    }

    static string Text(Entry entry) => Encoding.UTF8.GetString(entry.Payload.Span);

    static byte[] Block()
    {
        PlotBlockWriter writer = new();
        writer.Add(new PlotFields { Sac = 1, Sic = 2, TimeOfDaySeconds = 3600, RangeMetres = 50_000, AzimuthRadians = 1 });
        return writer.Finish().ToArray();
    }

    static async Task Until(Func<bool> holds)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }
}
