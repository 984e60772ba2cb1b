using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

/// <summary>One siren at two brokers.</summary>
public sealed class SirenPathTests : IAsyncLifetime
{
    static readonly Siren Siren = new() { Id = "s1", Name = "School", Zone = "z", Position = new GeoPoint(33, 44) };
    readonly TimeProvider clock = TimeProvider.System;
    readonly ReceiptLog log = new();
    readonly EmbeddedTestBroker first = new(), second = new();
    readonly SirenDevice device = new("s1", exercise: false, ["wail"]);
    SirenOutlet outlet = null!;
    SirenDeviceClient client = null!;

    public async ValueTask InitializeAsync()
    {
        await first.Start();
        await second.Start();
        outlet = new(
            new()
            {
                Exercise = false,
                Broker = new() { Port = first.Port },
                FurtherBrokers = [new("B", new() { Port = second.Port })],
                Wiring = ImmutableDictionary<string, SirenWiring>.Empty.Add("s1", new() { Paths = ["main", "B"] }),
            },
            [Siren], log, clock);
        client = new(device, "School", new() { Port = first.Port }, clock) { FurtherBrokers = [new() { Port = second.Port }] };
        await outlet.StartAsync(CancellationToken.None);
        await client.StartAsync(CancellationToken.None);
        await log.Wait<SirenLinkReceipt>(link => link.Detail == "main: heard; B: heard");
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await outlet.DisposeAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    void Offer(string id, long sequence)
    {
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(sequence, now, now, new SirenCommanded(id, "s1", "alert", SirenAction.Sound, "wail")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = 60, Expires = now.AddSeconds(30),
        }));
    }

    [Fact]
    public async Task With_both_paths_it_sounds_once()
    {
        Offer("c1", 1);
        await log.Wait("c1", SirenStep.Sounding);
        Assert.Equal(1, device.Soundings);
    }

    [Fact]
    public async Task With_the_first_broker_dead_it_is_reached_over_the_second_and_the_board_says_so()
    {
        int before = log.All.Length;
        await first.Kill();
        SirenLinkReceipt one = await log.Wait<SirenLinkReceipt>(
            link => link.Detail.EndsWith("; B: heard", StringComparison.Ordinal) && !link.Detail.StartsWith("main: heard", StringComparison.Ordinal),
            after: before);
        Assert.True(one.Up);
        Assert.Equal(["main", "B"], one.Cause!.Figures);
        Assert.Equal([CauseCode.NoBroker, CauseCode.Heard], one.Cause.Parts!.Value.Select(part => part.Code));
        Offer("c1", 1);
        await log.Wait("c1", SirenStep.Sounding);
        Assert.Equal(1, device.Soundings);
        before = log.All.Length;
        await second.Kill();
        await log.WaitLink(up: false, after: before);
    }

    [Fact]
    public async Task A_first_path_that_carries_signs_of_life_and_no_answers_is_given_up_after_two_seconds()
    {
        // The siren stands at the second broker only; somebody keeps the first one's link alive in its name.
        await client.DisposeAsync();
        client = new(device, "School", new() { Port = second.Port }, clock);
        await client.StartAsync(CancellationToken.None);
        MqttLink? speaker = null;
        await using MqttLink echo = speaker = new(new(new() { Port = first.Port }, "echo", ["nadhir/live/nadhir/heartbeat"]), clock)
        {
            Changed = (_, _) => { },
            Received = (topic, payload, retained) => _ = EchoOf(),
        };
        int before = log.All.Length;
        echo.Start();
        await log.Wait<SirenLinkReceipt>(link => link.Detail == "main: heard; B: heard", after: before);
        DateTimeOffset asked = clock.GetUtcNow();
        Offer("c1", 1);
        SirenReceipt sounding = await log.Wait("c1", SirenStep.Sounding);
        Assert.True(sounding.At - asked >= TimeSpan.FromSeconds(1.9), $"over the second path after {sounding.At - asked}");
        Assert.Equal(1, device.Soundings);

        Task EchoOf() => speaker!.Publish("nadhir/live/siren/s1/heartbeat",
            """{"state":"OFF","at":"2026-01-01T00:00:00Z","hostHeard":true}"""u8.ToArray(), atLeastOnce: false);
    }
}
