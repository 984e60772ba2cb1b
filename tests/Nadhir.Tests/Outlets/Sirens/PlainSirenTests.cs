using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Nadhir.Formats.Sirens;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>A relay as Tasmota speaks it, at a real broker: told ON and OFF, and nothing else.</summary>
public sealed class PlainSirenTests : IAsyncLifetime
{
    const string Discovery = "homeassistant/switch/relay/config";

    static readonly Siren Siren = new() { Id = "relay", Name = "Relay", Zone = "z", Position = new GeoPoint(33, 44) };
    static readonly SirenMapping Tasmota = new()
    {
        IsSwitch = true, CommandTopic = "cmnd/relay/POWER", StateTopic = "stat/relay/POWER", AvailabilityTopic = "tele/relay/LWT",
        PayloadAvailable = "Online", PayloadNotAvailable = "Offline", QueryTopic = "cmnd/relay/POWER",
    };

    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly EmbeddedTestBroker broker = new();
    readonly ConcurrentQueue<(string Payload, bool Retained)> told = new();
    MqttLink relay = null!;
    SirenOutlet? outlet;
    volatile bool isOn, isDeaf;

    public async ValueTask InitializeAsync()
    {
        await broker.Start();
        relay = new(new(new() { Port = broker.Port }, "relay", [Tasmota.CommandTopic]) { Will = (Tasmota.AvailabilityTopic!, "Offline") }, clock)
        {
            Changed = (connected, why) =>
            {
                if (connected) _ = relay.Publish(Tasmota.AvailabilityTopic!, "Online"u8.ToArray(), atLeastOnce: true, retain: true);
            },
            Received = (topic, payload, retained) =>
            {
                string word = Encoding.UTF8.GetString(payload);
                told.Enqueue((word, retained));
                if (word.Length > 0 && !isDeaf) isOn = word == "ON";
                _ = relay.Publish(Tasmota.StateTopic, Encoding.UTF8.GetBytes(isOn ? "ON" : "OFF"), atLeastOnce: false);
            },
        };
        relay.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (outlet is not null) await outlet.DisposeAsync();
        await relay.DisposeAsync();
        await broker.DisposeAsync();
    }

    string[] Words => [.. told.Where(word => word.Payload.Length > 0).Select(word => word.Payload)];

    async Task Start(SirenWiring wiring)
    {
        outlet = new(
            new()
            {
                Exercise = false, Broker = new() { Port = broker.Port },
                Wiring = ImmutableDictionary<string, SirenWiring>.Empty.Add("relay", wiring),
            },
            [Siren], log, clock);
        await outlet.StartAsync(CancellationToken.None);
    }

    void Offer(string id, int duration, SirenAction action = SirenAction.Sound, bool test = false, double valid = 20)
    {
        DateTimeOffset now = clock.GetUtcNow();
        outlet!.Offer(new DurableDecision(1, now, now, new SirenCommanded(id, "relay", "alert", action, "warning")
        {
            Epoch = 1, Sequence = int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture),
            DurationSeconds = duration, Expires = now.AddSeconds(valid), SilentTest = test,
        }));
    }

    [Fact]
    public async Task It_is_switched_on_and_by_us_off_when_the_duration_is_over()
    {
        await Start(new() { Device = Tasmota });
        SirenLinkReceipt up = await log.WaitLink(up: true);
        Assert.Equal(SirenGuard.Unfenced, up.Guard);
        Offer("c1", duration: 2);
        await log.Wait("c1", SirenStep.Silent);
        Assert.Equal([SirenStep.Sent, SirenStep.Acknowledged, SirenStep.Sounding, SirenStep.Silent], log.StepsOf("c1"));
        Assert.False(isOn);
        Assert.Equal(["ON", "OFF"], Words.Distinct(StringComparer.Ordinal));
        Assert.DoesNotContain(told, word => word.Retained);
    }

    [Fact]
    public async Task Silence_ends_it_and_a_silent_test_asks_without_a_sound()
    {
        await Start(new() { Device = Tasmota });
        await log.WaitLink(up: true);
        Offer("c1", duration: 1, test: true);
        await log.Wait("c1", SirenStep.Silent);
        Assert.Empty(Words);
        Offer("c2", duration: 300);
        await log.Wait("c2", SirenStep.Sounding);
        Offer("c3", duration: 0, SirenAction.Silence);
        await log.Wait("c3", SirenStep.Silent);
        Assert.False(isOn);
        Assert.Empty(log.All.OfType<SirenDoubtReceipt>());
    }

    [Fact]
    public async Task It_is_never_told_what_has_expired()
    {
        await Start(new() { Device = Tasmota });
        await log.WaitLink(up: true);
        Offer("c1", duration: 60, valid: -1);
        await log.Wait("c1", SirenStep.Expired);
        Offer("c2", duration: 1, test: true);
        await log.Wait("c2", SirenStep.Silent);
        Assert.DoesNotContain("ON", Words);
    }

    [Fact]
    public async Task It_says_how_it_is_switched_in_its_discovery_message()
    {
        byte[] message = """
            {"cmd_t":"cmnd/relay/POWER","stat_t":"stat/relay/POWER","avty_t":"tele/relay/LWT","pl_avail":"Online","pl_not_avail":"Offline"}
            """u8.ToArray();
        await Start(new() { Discovery = Discovery });
        Offer("c1", duration: 5);
        SirenReceipt early = await log.Wait("c1", SirenStep.Failed);
        Assert.Contains("discovery message has not come", early.Detail, StringComparison.Ordinal);
        while (!await relay.Publish(Discovery, message, atLeastOnce: true, retain: true))
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, TestContext.Current.CancellationToken);
        await log.WaitLink(up: true);
        Offer("c2", duration: 1);
        await log.Wait("c2", SirenStep.Silent);
        Offer("c3", duration: 1, test: true);
        SirenReceipt untestable = await log.Wait("c3", SirenStep.Failed);
        Assert.Contains("query_topic", untestable.Detail, StringComparison.Ordinal);
        Assert.Equal(CauseCode.NoQueryTopic, untestable.Cause!.Code);
    }

    [Fact]
    public async Task One_that_does_not_go_off_is_named()
    {
        await Start(new() { Device = Tasmota });
        await log.WaitLink(up: true);
        Offer("c1", duration: 1);
        await log.Wait("c1", SirenStep.Sounding);
        isDeaf = true;
        await log.Wait<SirenDoubtReceipt>(doubt => doubt.Doubt == SirenDoubt.SoundsUnbidden, seconds: 40);
        Assert.True(Words.Count(word => word == "OFF") >= 5);
    }

    [Fact]
    public async Task Its_will_and_its_silence_are_a_link_down()
    {
        await Start(new() { Device = Tasmota });
        await log.WaitLink(up: true);
        int before = log.All.Length;
        await relay.Cut();
        SirenLinkReceipt down = await log.WaitLink(up: false, after: before);
        Assert.Equal("its will: offline", down.Detail);
    }
}
