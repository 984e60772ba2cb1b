using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.Feeds;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets.Sirens;
using Nadhir.Sensing;
using Nadhir.Storage;
using Nadhir.Tests.Outlets.Sirens;

namespace Nadhir.Tests.Feeds;

/// <summary>Messages of a real broker become entries of the journal.</summary>
public sealed class MqttFeedTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-mqtt-feed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Each_message_of_a_topic_is_one_entry_with_its_topic_where_asked_for()
    {
        await using MosquittoTestBroker broker = new();
        await broker.Start();
        IReadOnlyList<Entry> entries = await Collect(broker.Port, keepsTopic: true, async (feed, publisher) =>
        {
            await Publish(publisher, "nodes/b-17/hits", "one");
            await Publish(publisher, "elsewhere", "not ours");
            await Publish(publisher, "nodes/c-3/hits", "two");
            await Until(() => feed.Count == 2);
        });
        Assert.Equal(["nodes/b-17/hits\0one", "nodes/c-3/hits\0two"],
            entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.All(entries, entry => Assert.Equal("ears", entry.Source));
    }

    [Fact]
    public async Task The_payload_stays_as_it_is_where_the_topic_is_not_asked_for_and_old_messages_are_passed_over()
    {
        await using EmbeddedTestBroker broker = new();
        await broker.Start();
        await using MqttLink early = Link(broker.Port, "early");
        early.Start();
        await Until(() => early.IsConnected);
        Assert.True(await early.Publish("nodes/b-17/hits", "of yesterday"u8.ToArray(), atLeastOnce: true,
            retain: true));
        IReadOnlyList<Entry> entries = await Collect(broker.Port, keepsTopic: false, async (feed, publisher) =>
        {
            await Publish(publisher, "nodes/b-17/hits", "of now");
            await Until(() => feed.Count == 1);
        });
        Assert.Equal("of now", Encoding.UTF8.GetString(Assert.Single(entries).Payload.Span));
    }

    [Fact]
    public async Task A_broker_that_was_away_is_found_again()
    {
        await using MosquittoTestBroker broker = new();
        await broker.Start();
        IReadOnlyList<Entry> entries = await Collect(broker.Port, keepsTopic: false, async (feed, publisher) =>
        {
            await Publish(publisher, "nodes/b-17/hits", "before");
            await Until(() => feed.Count == 1);
            await broker.Kill();
            await Until(() => !publisher.IsConnected);
            await broker.Start();
            await Until(() => publisher.IsConnected);
            // The feed may find the broker later than the publisher: what nobody listens to is gone.
            for (int i = 0; i < 100 && feed.Count == 1; i++)
            {
                await publisher.Publish("nodes/b-17/hits", "after"u8.ToArray(), atLeastOnce: true);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System,
                    TestContext.Current.CancellationToken);
            }
        });
        Assert.Equal("before", Encoding.UTF8.GetString(entries[0].Payload.Span));
        Assert.True(entries.Count > 1, "nothing was heard after the broker came back");
        Assert.Equal("after", Encoding.UTF8.GetString(entries[^1].Payload.Span));
    }

    async Task<IReadOnlyList<Entry>> Collect(int port, bool keepsTopic, Func<Counted, MqttLink, Task> play)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using SqliteJournal journal = SqliteJournal.Create(folder, new JournalOptions());
        WatchConfiguration configuration = new()
        {
            Name = "test", Exercise = true, Sender = "test", Origin = new GeoPoint(33, 44),
            Feeds = [new FeedConfiguration { Id = "ears", Format = "acoustic-json" }],
        };
        journal.Append(new Entry(EntryKind.Configuration, now, "", WatchJson.Encode(configuration)));
        journal.Commit();
        using var loop = new WatchLoop(new Recorder(journal, Engine.Build(configuration, now)), now,
            SigningKey.ForExercise("exercise/feed"), TimeProvider.System, TimeSpan.FromMilliseconds(200),
                NullLogger<WatchLoop>.Instance);
        using CancellationTokenSource stopping = new();
        Task running = Task.Run(() => loop.Run(stopping.Token), TestContext.Current.CancellationToken);
        MqttFeedOptions options = new("ears", new BrokerAddress { Port = port }, ["nodes/+/hits"], keepsTopic);
        await using (MqttFeed feed = new(options, loop, TimeProvider.System, NullLogger<MqttFeed>.Instance))
        {
            Task listening = feed.Run(stopping.Token);
            await using MqttLink publisher = Link(port, "publisher");
            publisher.Start();
            await Until(() => feed.IsConnected && publisher.IsConnected);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System,
                TestContext.Current.CancellationToken);
            await play(new(loop), publisher);
            await stopping.CancelAsync();
            await listening;
        }

        await running;
        return [.. journal.Read().Select(each => each.Entry).Where(entry => entry.Kind == EntryKind.Received)];
    }

    static MqttLink Link(int port, string name) =>
        new(new(new BrokerAddress { Port = port }, name, []), TimeProvider.System)
    {
        Changed = (_, _) => { },
        Received = (_, _, _) => { },
    };

    static async Task Publish(MqttLink link, string topic, string text) =>
        Assert.True(await link.Publish(topic, Encoding.UTF8.GetBytes(text), atLeastOnce: true));

    static async Task Until(Func<bool> holds)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }

    /// <summary>Arrivals of the feed that the watch has taken.</summary>
    sealed class Counted(WatchLoop loop)
    {
        public long Count => loop.Boards.Feeds.FirstOrDefault(row => row.Id == "ears")?.Arrivals ?? 0;
    }
}
