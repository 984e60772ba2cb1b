using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Nadhir.Outlets.Sirens;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>What any MQTT client may ask of the embedded broker, whose messages take our own way and not the library's.</summary>
public sealed class EmbeddedBrokerTests : IAsyncLifetime
{
    readonly int port = TestPorts.Free();
    readonly List<IMqttClient> clients = [];
    EmbeddedBroker broker = null!;

    static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        broker = new(new() { Exercise = true, Port = port });
        await broker.StartAsync(Ending);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IMqttClient client in clients) client.Dispose();
        await broker.DisposeAsync();
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtMostOnce)]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task A_message_arrives_once_with_the_lesser_of_both_qualities(MqttQualityOfServiceLevel asked)
    {
        (IMqttClient listener, ConcurrentQueue<MqttApplicationMessage> heard) = await Client("listener");
        await listener.SubscribeAsync("a/+", asked, Ending);
        await listener.SubscribeAsync("#", MqttQualityOfServiceLevel.AtMostOnce, Ending);
        (IMqttClient speaker, _) = await Client("speaker");
        MqttApplicationMessage said = new()
        {
            Topic = "a/b", PayloadSegment = "x"u8.ToArray(), QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce,
            ContentType = "text/plain", ResponseTopic = "a/r", UserProperties = [new("k", "v"u8.ToArray())], MessageExpiryInterval = 60,
        };
        await speaker.PublishAsync(said, Ending);
        await speaker.PublishStringAsync("end", "", cancellationToken: Ending);
        await Until(heard, "end");
        MqttApplicationMessage one = Assert.Single(heard, message => message.Topic == "a/b");
        Assert.Equal(asked, one.QualityOfServiceLevel);
        Assert.Equal("x", Encoding.UTF8.GetString(one.Payload.ToArray()));
        Assert.Equal(("text/plain", "a/r", 60u), (one.ContentType, one.ResponseTopic, one.MessageExpiryInterval));
        Assert.Equal("k", Assert.Single(one.UserProperties).Name);
    }

    [Fact]
    public async Task Identifiers_of_subscriptions_come_along_and_no_local_keeps_ones_own_away()
    {
        (IMqttClient both, ConcurrentQueue<MqttApplicationMessage> heard) = await Client("both");
        await both.SubscribeAsync(new MqttClientSubscribeOptions
        {
            SubscriptionIdentifier = 7, TopicFilters = [new MqttTopicFilter { Topic = "named" }],
        }, Ending);
        await both.SubscribeAsync(new MqttClientSubscribeOptions
        {
            TopicFilters = [new MqttTopicFilter { Topic = "own", NoLocal = true }, new MqttTopicFilter { Topic = "end" }],
        }, Ending);
        await both.PublishStringAsync("own", "mine", cancellationToken: Ending);
        await both.PublishStringAsync("named", "x", cancellationToken: Ending);
        await both.PublishStringAsync("end", "", cancellationToken: Ending);
        await Until(heard, "end");
        Assert.Equal([7u], Assert.Single(heard, message => message.Topic == "named").SubscriptionIdentifiers);
        Assert.DoesNotContain(heard, message => message.Topic == "own");
    }

    [Fact]
    public async Task Who_left_or_gave_up_a_topic_or_was_replaced_hears_nothing_more()
    {
        (IMqttClient first, ConcurrentQueue<MqttApplicationMessage> before) = await Client("same");
        await first.SubscribeAsync("old", cancellationToken: Ending);
        (IMqttClient second, ConcurrentQueue<MqttApplicationMessage> after) = await Client("same"); // takes its place, cleanly
        await second.SubscribeAsync("new", cancellationToken: Ending);
        await second.SubscribeAsync("given up", cancellationToken: Ending);
        await second.UnsubscribeAsync("given up", Ending);
        await second.SubscribeAsync("end", cancellationToken: Ending);
        (IMqttClient speaker, _) = await Client("speaker");
        foreach (string topic in (string[])["old", "given up", "new", "end"])
            await speaker.PublishStringAsync(topic, "x", cancellationToken: Ending);
        await Until(after, "end");
        Assert.Equal(["new", "end"], after.Select(message => message.Topic));
        Assert.Empty(before);
        await second.DisconnectAsync(cancellationToken: Ending);
        MqttClientPublishResult nobody = await Until(
            () => speaker.PublishStringAsync("new", "x", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: Ending),
            result => result.ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers);
        Assert.True(nobody.IsSuccess);
    }

    [Fact]
    public async Task What_is_retained_is_heard_inside_the_process_too_now_and_by_who_comes_later()
    {
        ConcurrentQueue<string> heard = new(), late = new();
        await using EmbeddedLink link = Inside(heard, "a/#");
        link.Start();
        (IMqttClient speaker, _) = await Client("speaker");
        await speaker.PublishStringAsync("a/b", "1", MqttQualityOfServiceLevel.AtLeastOnce, retain: true, Ending);
        await Until(() => Task.FromResult(heard), lines => lines.Contains("a/b 1", StringComparer.Ordinal));
        await using EmbeddedLink second = Inside(late, "nothing");
        second.Start();
        await second.Listen("a/b");
        await Until(() => Task.FromResult(late), lines => lines.Contains("a/b 1 retained", StringComparer.Ordinal));
        Assert.True(await second.Publish("a/c", "2"u8.ToArray(), atLeastOnce: true));
        await Until(() => Task.FromResult(heard), lines => lines.Contains("a/c 2", StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_the_other_world_passes_inside_either()
    {
        ConcurrentQueue<string> heard = new();
        await using EmbeddedLink link = Inside(heard, "#");
        link.Start();
        (IMqttClient speaker, _) = await Client("speaker");
        await speaker.PublishStringAsync("nadhir/live/siren/s/state", "x", cancellationToken: Ending);
        await link.Publish("nadhir/live/siren/s/command", "x"u8.ToArray(), atLeastOnce: true);
        await speaker.PublishStringAsync("end", "x", cancellationToken: Ending);
        await Until(() => Task.FromResult(heard), lines => lines.Contains("end x", StringComparer.Ordinal));
        Assert.Equal(["end x"], heard);
        Assert.Equal(2, broker.Foreign);
    }

    [Fact]
    public async Task A_broker_that_stops_says_so_inside_and_takes_nothing_until_it_is_back()
    {
        ConcurrentQueue<bool> states = new();
        await using EmbeddedLink link = broker.Open(["a"], (up, _) => states.Enqueue(up), (_, _, _) => { });
        link.Start();
        await Until(() => Task.FromResult(states), seen => seen.SequenceEqual([true]));
        await broker.StopAsync(Ending);
        Assert.False(link.IsConnected);
        Assert.False(await link.Publish("a", [], atLeastOnce: true));
        await broker.StartAsync(Ending);
        Assert.Equal([true, false, true], states);
        Assert.True(await link.Publish("a", [], atLeastOnce: true));
    }

    EmbeddedLink Inside(ConcurrentQueue<string> heard, string topic) => broker.Open([topic], (_, _) => { },
        (at, payload, retained) => heard.Enqueue($"{at} {Encoding.UTF8.GetString(payload)}{(retained ? " retained" : "")}"));

    async Task<(IMqttClient Client, ConcurrentQueue<MqttApplicationMessage> Heard)> Client(string id)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        clients.Add(client);
        ConcurrentQueue<MqttApplicationMessage> heard = new();
        client.ApplicationMessageReceivedAsync += message =>
        {
            // The bytes are the library's to use again.
            message.ApplicationMessage.PayloadSegment = message.ApplicationMessage.Payload.ToArray();
            heard.Enqueue(message.ApplicationMessage);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port)
            .WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(id).WithCleanStart().Build(), Ending);
        return (client, heard);
    }

    static Task Until(ConcurrentQueue<MqttApplicationMessage> heard, string topic) =>
        Until(() => Task.FromResult(heard), messages => messages.Any(message => message.Topic == topic));

    static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        T seen = await look();
        for (int i = 0; i < 400 && !holds(seen); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ending);
            seen = await look();
        }

        Assert.True(holds(seen));
        return seen;
    }
}
