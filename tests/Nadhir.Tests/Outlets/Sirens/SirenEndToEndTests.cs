using System.Collections.Concurrent;
using System.Text;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirensOverTheEmbeddedBroker : SirenEndToEndTests
{
    private protected override ITestBroker Broker { get; } = new EmbeddedTestBroker();

    [Fact]
    public async Task It_lets_nobody_retain_a_command_and_nothing_of_the_other_world_pass()
    {
        await using MqttLink watcher = Link("watcher", "nadhir/#", out ConcurrentQueue<string> seen);
        watcher.Start();
        await Eventually(() => seen.Any(line => line.StartsWith("nadhir/live/nadhir/heartbeat", StringComparison.Ordinal)));
        await using MqttLink intruder = Link("intruder", "nothing", out _);
        intruder.Start();
        await Connected(intruder);
        await intruder.Publish("nadhir/live/siren/s1/command", "x"u8.ToArray(), atLeastOnce: true, retain: true);
        await intruder.Publish("nadhir/exercise/siren/s1/command", "x"u8.ToArray(), atLeastOnce: true);
        await intruder.Publish("nadhir/live/marker", "x"u8.ToArray(), atLeastOnce: true, retain: true);
        await Eventually(() => seen.Contains("nadhir/live/marker x", StringComparer.Ordinal));
        await using MqttLink late = Link("late", "nadhir/#", out ConcurrentQueue<string> heard);
        late.Start();
        await Eventually(() => heard.Contains("nadhir/live/marker retained x", StringComparer.Ordinal));
        Assert.DoesNotContain(seen.Concat(heard), line => line.Contains("/command", StringComparison.Ordinal));
    }
}

/// <summary>As a running system has it: the outlet speaks to the broker it hosts without a connection.</summary>
public sealed class SirensInsideTheEmbeddedBroker : SirenEndToEndTests
{
    readonly EmbeddedTestBroker broker = new();

    private protected override ITestBroker Broker => broker;
    private protected override EmbeddedBroker Inside => broker.Broker;
}

public sealed class SirensOverMosquitto : SirenEndToEndTests
{
    private protected override ITestBroker Broker { get; } = new MosquittoTestBroker();
}

/// <summary>The outlet and a device that speaks the real protocol, over a real broker, in real time.</summary>
public abstract class SirenEndToEndTests : IAsyncLifetime
{
    static readonly Siren Siren = new() { Id = "s1", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };
    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly SirenDevice device = new("s1", exercise: false, ["wail"]);
    SirenOutlet outlet = null!;
    SirenDeviceClient client = null!;

    private protected abstract ITestBroker Broker { get; }

    private protected virtual EmbeddedBroker? Inside => null;

    BrokerAddress Address => new() { Port = Broker.Port };
    SirenOutlet NewOutlet() => new(new() { Exercise = false, Broker = Address, Inside = Inside }, [Siren], log, clock);

    public async ValueTask InitializeAsync()
    {
        await Broker.Start();
        outlet = NewOutlet();
        client = new(device, "School", Address, clock);
        await outlet.StartAsync(CancellationToken.None);
        await client.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null) await client.DisposeAsync();
        if (outlet is not null) await outlet.DisposeAsync();
        await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_command_is_sent_acknowledged_sounds_and_ends()
    {
        await log.WaitLink(up: true);
        DateTimeOffset durable = clock.GetUtcNow();
        Offer("c1", 1, duration: 1);
        await log.Wait("c1", SirenStep.Silent);
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding, SirenStep.Silent], log.StepsOf("c1"));
        SirenReceipt sent = await log.Wait("c1", SirenStep.Sent);
        Assert.True(sent.DurableAt >= durable);
        SirenReceipt acknowledged = await log.Wait("c1", SirenStep.Acknowledged);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"durable to acknowledged: {(acknowledged.At - sent.DurableAt!.Value).TotalMilliseconds:0.0} ms");
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public async Task Offered_again_after_a_restart_it_sounds_once()
    {
        await log.WaitLink(up: true);
        Offer("c1", 1, duration: 60);
        await log.Wait("c1", SirenStep.Sounding);
        await outlet.DisposeAsync();
        outlet = NewOutlet();
        await outlet.StartAsync(CancellationToken.None);
        int before = log.All.Length;
        Offer("c1", 1, duration: 60);
        await log.Wait<SirenReceipt>(receipt => receipt.Step == SirenStep.Acknowledged, after: before);
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public async Task Silence_ends_a_sounding_siren()
    {
        await log.WaitLink(up: true);
        Offer("c1", 1, duration: 60);
        await log.Wait("c1", SirenStep.Sounding);
        Offer("c2", 2, duration: 0, SirenAction.Silence);
        await log.Wait("c2", SirenStep.Silent);
        Assert.False(device.IsSounding);
    }

    [Fact]
    public async Task A_cut_cable_is_a_link_down_at_once_by_the_will()
    {
        await log.WaitLink(up: true);
        int before = log.All.Length;
        DateTimeOffset cut = clock.GetUtcNow();
        await client.Cut();
        SirenLinkReceipt down = await log.WaitLink(up: false, after: before);
        Assert.Equal("its will: offline", down.Detail);
        Assert.True(down.At - cut < TimeSpan.FromSeconds(2), $"down after {down.At - cut}");
    }

    [Fact]
    public async Task A_hung_device_is_a_link_down_after_three_missed_heartbeats_and_its_return_is_seen()
    {
        await log.WaitLink(up: true);
        int before = log.All.Length;
        DateTimeOffset hung = clock.GetUtcNow();
        client.IsMute = true;
        SirenLinkReceipt down = await log.WaitLink(up: false, after: before);
        Assert.InRange((down.At - hung).TotalSeconds, 1.9, 5);
        before = log.All.Length;
        client.IsMute = false;
        await log.WaitLink(up: true, after: before);
    }

    [Fact]
    public async Task A_broker_killed_and_restarted_delivers_what_is_still_valid()
    {
        await log.WaitLink(up: true);
        int before = log.All.Length;
        await Broker.Kill();
        SirenLinkReceipt down = await log.WaitLink(up: false, after: before);
        // A dying broker may still deliver the device's will before our own connection breaks: either is true.
        Assert.True(down.Detail == "its will: offline" || down.Detail.StartsWith("no broker", StringComparison.Ordinal),
            down.Detail);
        Offer("short", 1, duration: 5, validSeconds: 1);
        await log.Wait("short", SirenStep.Expired);
        Offer("long", 2, duration: 5);
        before = log.All.Length;
        await Broker.Start();
        await log.Wait("long", SirenStep.Sounding, seconds: 30);
        await log.WaitLink(up: true, after: before);
        Assert.Equal([SirenStep.Expired], log.StepsOf("short"));
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public async Task A_command_is_never_retained()
    {
        await log.WaitLink(up: true);
        Offer("c1", 1, duration: 5);
        await log.Wait("c1", SirenStep.Acknowledged);
        await using MqttLink late = Link("late", "#", out ConcurrentQueue<string> heard);
        late.Start();
        await Eventually(() => heard.Any(line => line.StartsWith("homeassistant/siren/nadhir-live-s1/config retained", StringComparison.Ordinal)));
        await Eventually(() => heard.Any(line => line.StartsWith("nadhir/live/siren/s1/heartbeat", StringComparison.Ordinal)));
        Assert.DoesNotContain(heard, line => line.StartsWith("nadhir/live/siren/s1/command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_of_the_other_world_are_refused_and_counted()
    {
        await log.WaitLink(up: true);
        await using MqttLink liar = Link("liar", "nothing", out _);
        liar.Start();
        await Connected(liar);
        byte[] state = Encoding.UTF8.GetBytes(
            """{"state":"ON","step":"sounding","commandId":"c9","at":"2026-01-01T00:00:00Z","exercise":true}""");
        await liar.Publish("nadhir/live/siren/s1/state", state, atLeastOnce: true);
        await liar.Publish("nadhir/live/siren/s1/state", "not json"u8.ToArray(), atLeastOnce: true);
        await liar.Publish("nadhir/live/siren/nobody/state", state, atLeastOnce: true);
        await Eventually(() => outlet.Health is { Foreign: 1, Unreadable: 1, Strangers: 1 });
        Assert.Empty(log.StepsOf("c9"));
    }

    private protected MqttLink Link(string name, string topic, out ConcurrentQueue<string> heard)
    {
        ConcurrentQueue<string> lines = heard = new();
        return new MqttLink(new(Address, name, [topic]), clock)
        {
            Changed = (_, _) => { },
            Received = (at, payload, retained) => lines.Enqueue($"{at}{(retained ? " retained" : "")} {Encoding.UTF8.GetString(payload)}"),
        };
    }

    private protected static Task Connected(MqttLink link) => Eventually(() => link.IsConnected);

    private protected static async Task Eventually(Func<bool> holds)
    {
        for (int i = 0; i < 400 && !holds(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(holds());
    }

    void Offer(string id, long sequence, int duration, SirenAction action = SirenAction.Sound, int validSeconds = 30)
    {
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(sequence, now, now, new SirenCommanded(id, "s1", "alert", action, "wail")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = duration, Expires = now.AddSeconds(validSeconds),
        }));
    }
}
