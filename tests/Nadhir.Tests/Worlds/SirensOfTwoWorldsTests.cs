using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nadhir.Formats.Sirens;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Worlds;

/// <summary>Sirens of two worlds that meet at one broker. <c>exercise</c> is the world that receives.</summary>
public sealed class SirensOfTwoWorldsTests : IAsyncDisposable
{
    static readonly byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly Siren plain = Siren("plain"), guarded = Siren("guarded");

    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly List<IAsyncDisposable> parts = [];
    readonly ConcurrentQueue<(string Topic, string Payload)> heard = new();
    readonly int port = TestPorts.Free();

    BrokerAddress Address => new() { Port = port };

    static Siren Siren(string id) => new() { Id = id, Name = id, Zone = "z", Position = new GeoPoint(33, 44) };

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) await part.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_own_broker_passes_nothing_of_the_other_world_behind_whatever_prefix_and_counts_it(bool exercise)
    {
        EmbeddedBroker broker = await Broker(exercise);
        MqttLink link = await Link("#");
        SirenTopics own = new(exercise), other = new(!exercise), far = new(!exercise, "gateway7/");
        foreach (string topic in (string[])[other.Command("school"), far.Command("school"), $"public/cap/{(exercise ? "live" : "exercise")}"])
            await link.Publish(topic, "x"u8.ToArray(), atLeastOnce: true);
        await link.Publish(own.Command("school"), "x"u8.ToArray(), atLeastOnce: true);
        await Eventually(() => !heard.IsEmpty);
        Assert.Equal(own.Command("school"), Assert.Single(heard).Topic);
        Assert.Equal(3, broker.Foreign);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_of_the_other_world_counts_for_no_siren(bool exercise)
    {
        await Broker(exercise);
        SirenOutlet outlet = await Outlet(new()
        {
            Exercise = exercise, Broker = Address, Wiring = ImmutableDictionary<string, SirenWiring>.Empty.Add("guarded", new() { Secret = [.. secret] }),
        });
        MqttLink link = await Link("nothing");
        await Eventually(() => outlet.Health.Connected);
        Offer(outlet, "p1", plain, 1);
        Offer(outlet, "g1", guarded, 1);
        await log.Wait("p1", SirenStep.Sent);
        await log.Wait("g1", SirenStep.Sent);
        SirenTopics own = new(exercise);
        await link.Publish(own.State("plain"), SirenWire.Encode(Sounding("p1", !exercise)), atLeastOnce: true);
        await link.Publish(own.State("guarded"),
            SirenWire.Encode(new SirenKey(secret, !exercise, "guarded").Sign(Sounding("g1", exercise))), atLeastOnce: true);
        await Eventually(() => outlet.Health is { Foreign: 1, Disbelieved: 1 });
        Assert.DoesNotContain(log.All, receipt => receipt is SirenReceipt { Step: SirenStep.Acknowledged or SirenStep.Sounding } or SirenLinkReceipt { Up: true });

        await link.Publish(own.State("plain"), SirenWire.Encode(Sounding("p1", exercise)), atLeastOnce: true);
        await link.Publish(own.State("guarded"),
            SirenWire.Encode(new SirenKey(secret, exercise, "guarded").Sign(Sounding("g1", exercise))), atLeastOnce: true);
        await log.Wait("p1", SirenStep.Sounding);
        await log.Wait("g1", SirenStep.Sounding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_siren_does_not_take_the_other_worlds_sign_of_life_for_its_own_hosts(bool exercise)
    {
        await Broker(exercise);
        SirenTopics own = new(exercise);
        MqttLink link = await Link(own.Heartbeat("school"));
        SirenDeviceClient siren = new(new SirenDevice("school", exercise, ["warning"]), "School", Address, clock);
        parts.Add(siren);
        await siren.StartAsync(TestContext.Current.CancellationToken);
        await Beat(!exercise, until: () => heard.Count >= 2);
        Assert.All(heard, one => Assert.False(Hears(one.Payload)));
        await Beat(exercise, until: () => Hears(heard.Last().Payload));

        async Task Beat(bool world, Func<bool> until)
        {
            for (int i = 0; i < 200 && !until(); i++)
            {
                await link.Publish(own.HostHeartbeat, SirenWire.Encode(new HostHeartbeatMessage(clock.GetUtcNow(), world)), atLeastOnce: false);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, TestContext.Current.CancellationToken);
            }

            Assert.True(until());
        }

        static bool Hears(string state) => JsonDocument.Parse(state).RootElement.GetProperty("hostHeard").GetBoolean();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_device_off_the_shelf_of_the_other_world_is_not_switched_however_it_was_named(bool exercise)
    {
        // A broker that knows no worlds: only the outlet stands between.
        MosquittoTestBroker broker = new();
        parts.Add(broker);
        await broker.Start();
        string ours = exercise ? "exercise/" : "", theirs = exercise ? "" : "exercise/";
        SirenOutlet outlet = await Outlet(new()
        {
            Exercise = exercise, Broker = new() { Port = broker.Port },
            Wiring = ImmutableDictionary<string, SirenWiring>.Empty
                .Add("plain", new() { Device = Relay(theirs) }).Add("guarded", new() { Discovery = "homeassistant/switch/relay/config" }),
        });
        MqttLink link = await Link("#", broker.Port);
        Offer(outlet, "p1", plain, 1);
        Assert.Contains("exercise", (await log.Wait("p1", SirenStep.Failed)).Detail, StringComparison.Ordinal);
        await Eventually(() => outlet.Health.Connected);
        await link.Publish("homeassistant/switch/relay/config", Discovery(theirs), atLeastOnce: true);
        await Eventually(() => outlet.Health.Foreign == 1);
        Offer(outlet, "g1", guarded, 1);
        Assert.Contains("exercise", (await log.Wait("g1", SirenStep.Failed)).Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(heard, one => one.Topic.EndsWith("cmnd/relay/POWER", StringComparison.Ordinal));

        await link.Publish("homeassistant/switch/relay/config", Discovery(ours), atLeastOnce: true);
        await Eventually(() =>
        {
            Offer(outlet, "g2", guarded, 2);
            return heard.Contains(($"{ours}cmnd/relay/POWER", "ON"));
        });

        static SirenMapping Relay(string world) => new()
        {
            IsSwitch = true, CommandTopic = $"{world}cmnd/relay/POWER", StateTopic = $"{world}stat/relay/POWER", QueryTopic = $"{world}cmnd/relay/POWER",
        };

        static byte[] Discovery(string world) => Encoding.UTF8.GetBytes(
            $$"""{"cmd_t":"{{world}}cmnd/relay/POWER","stat_t":"{{world}}stat/relay/POWER","avty_t":"{{world}}tele/relay/LWT"}""");
    }

    async Task<EmbeddedBroker> Broker(bool exercise)
    {
        EmbeddedBroker broker = new(new() { Exercise = exercise, Port = port });
        parts.Add(broker);
        await broker.StartAsync(TestContext.Current.CancellationToken);
        return broker;
    }

    async Task<SirenOutlet> Outlet(SirenOutletOptions options)
    {
        SirenOutlet outlet = new(options, [plain, guarded], log, clock);
        parts.Add(outlet);
        await outlet.StartAsync(TestContext.Current.CancellationToken);
        return outlet;
    }

    async Task<MqttLink> Link(string topic, int? at = null)
    {
        MqttLink link = new(new(new() { Port = at ?? port }, $"link-{topic.Length}", [topic]), clock)
        {
            Changed = (_, _) => { },
            Received = (where, payload, _) => heard.Enqueue((where, Encoding.UTF8.GetString(payload))),
        };
        parts.Add(link);
        link.Start();
        await Eventually(() => link.IsConnected);
        return link;
    }

    SirenStateMessage Sounding(string command, bool exercise) => new()
    {
        State = SirenStateMessage.On, Step = SirenAnswerStep.Sounding, CommandId = command, Epoch = 1, Seq = 1, At = clock.GetUtcNow(),
        Exercise = exercise, HostHeard = true,
    };

    void Offer(SirenOutlet outlet, string id, Siren siren, long sequence)
    {
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(sequence, now, now, new SirenCommanded(id, siren.Id, "alert", SirenAction.Sound, "warning")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = 60, Expires = now.AddSeconds(60),
        }));
    }

    async Task Eventually(Func<bool> holds)
    {
        for (int i = 0; i < 400 && !holds(); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), clock, TestContext.Current.CancellationToken);
        Assert.True(holds());
    }
}
