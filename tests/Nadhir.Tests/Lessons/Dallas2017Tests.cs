using System.Collections.Concurrent;
using Nadhir.Core.Tests.Desks;
using Nadhir.Formats.Sirens;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Tests.Outlets.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Lessons;

/// <summary>
/// In April 2017 somebody sounded all 156 sirens of Dallas fifteen times in a night, by a radio signal that had been
/// heard before and was played again: the sirens knew neither who sent it nor when.
/// </summary>
public sealed class Dallas2017Tests : IAsyncLifetime
{
    static readonly byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];

    readonly EmbeddedTestBroker broker = new();
    readonly ReceiptLog log = new();
    readonly ConcurrentQueue<byte[]> overheard = new();
    readonly SirenDevice device = Device();
    readonly TimeProvider clock = TimeProvider.System;
    SirenOutlet outlet = null!;
    SirenDeviceClient client = null!;
    MqttLink attacker = null!;

    static SirenDevice Device(SirenMark? remembered = null, string id = "n") =>
        new(id, exercise: false, ["warning"], remembered, new SirenKey(secret, exercise: false, id));

    static Siren Siren => WatchBench.Plain.Sirens[0];

    static string Topic => new SirenTopics(Exercise: false).Command("n");

    public async ValueTask InitializeAsync()
    {
        await broker.Start();
        BrokerAddress address = new() { Port = broker.Port };
        outlet = new(new() { Exercise = false, Broker = address, Secret = [.. secret] }, [Siren], log, clock);
        client = new(device, "N", address, clock);
        attacker = new(new(address, "attacker", [Topic]), clock) { Changed = (_, _) => { }, Received = (_, payload, _) => overheard.Enqueue(payload) };
        await outlet.StartAsync(CancellationToken.None);
        await client.StartAsync(CancellationToken.None);
        attacker.Start();
        await log.WaitLink(up: true);
        for (int i = 0; i < 200 && !attacker.IsConnected; i++) await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
    }

    public async ValueTask DisposeAsync()
    {
        await attacker.DisposeAsync();
        await client.DisposeAsync();
        await outlet.DisposeAsync();
        await broker.DisposeAsync();
    }

    /// <summary>What the watch orders of its siren, sounding a second only; the bytes as they went over the air.</summary>
    async Task<byte[]> Overhear()
    {
        WatchBench bench = new();
        DateTimeOffset now = clock.GetUtcNow();
        SirenCommanded ordered = Assert.Single(bench.See(1, 80).OfType<SirenCommanded>()) with { Expires = now.AddSeconds(20), DurationSeconds = 1 };
        outlet.Offer(new DurableDecision(1, now, now, ordered));
        await log.Wait(ordered.CommandId, SirenStep.Silent);
        Assert.Equal(1, device.Soundings);
        return overheard.First();
    }

    [Fact]
    public async Task Played_again_bit_by_bit_over_the_same_broker_it_sounds_nothing()
    {
        byte[] heard = await Overhear();
        int before = log.All.Length;
        for (int i = 0; i < 15; i++) await attacker.Publish(Topic, heard, atLeastOnce: true);
        // A newer command of the host is obeyed: the siren has looked at everything before it.
        DateTimeOffset now = clock.GetUtcNow();
        outlet.Offer(new DurableDecision(2, now, now, new SirenCommanded("later", "n", "a", SirenAction.Sound, "warning")
        {
            Epoch = 1, Sequence = 100, DurationSeconds = 1, Expires = now.AddSeconds(20),
        }));
        await log.Wait<SirenReceipt>(one => one is { CommandId: "later", Step: SirenStep.Sounding }, after: before);
        Assert.Equal(2, device.Soundings);
    }

    [Fact]
    public async Task Nor_does_it_after_a_power_cut_at_another_siren_or_when_its_time_is_over()
    {
        byte[] heard = await Overhear();
        DateTimeOffset now = clock.GetUtcNow();
        Silent("", Device(device.Mark), heard, now);
        Silent("not authenticated", Device(id: "another"), heard, now);
        Silent("expired", Device(), heard, now.AddMinutes(1));
        SirenDevice blank = Device();
        blank.Accept(heard, now);
        Assert.Equal(1, blank.Soundings);
    }

    [Fact]
    public async Task No_changed_bit_is_obeyed()
    {
        byte[] heard = await Overhear();
        SirenDevice fresh = Device();
        DateTimeOffset now = clock.GetUtcNow();
        Assert.True(SirenWire.TryDecode(heard, out SirenCommandMessage? whole, out _));
        int looked = 0;
        for (int bit = 0; bit < heard.Length * 8; bit++)
        {
            byte[] changed = [.. heard];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            // The same word in another way: the sign of an offset of zero, or what is less than a millisecond.
            bool same = SirenWire.TryDecode(changed, out SirenCommandMessage? read, out _)
                && read!.Expires.ToUnixTimeMilliseconds() == whole!.Expires.ToUnixTimeMilliseconds() && read with { Expires = whole.Expires } == whole;
            if (same) continue;
            looked++;
            fresh.Accept(changed, now);
            Assert.Equal(0, fresh.Soundings);
        }

        Assert.True(looked > heard.Length * 7, $"{looked} of {heard.Length * 8}");
    }

    [Fact]
    public void A_proven_command_of_an_old_epoch_or_number_is_not_obeyed()
    {
        SirenKey key = new(secret, exercise: false, "n");
        DateTimeOffset now = clock.GetUtcNow();
        SirenDevice siren = Device();
        siren.Accept(Proven(epoch: 2, number: 5), now);
        siren.Silence(now, Cause.Of(CauseCode.SwitchedOff));
        Silent("not newer than 2/5", siren, Proven(epoch: 1, number: 999), now, soundings: 1);
        Silent("not newer than 2/5", siren, Proven(epoch: 2, number: 4), now, soundings: 1);
        siren.Accept(Proven(epoch: 2, number: 6), now);
        Assert.Equal(2, siren.Soundings);

        byte[] Proven(int epoch, long number) => SirenWire.Encode(key.Sign(new SirenCommandMessage
        {
            CommandId = $"{epoch}-{number}", Epoch = epoch, Seq = number, Action = SirenAction.Sound, Tone = "warning", Duration = 60,
            Expires = now.AddSeconds(30), Exercise = false,
        }));
    }

    static void Silent(string why, SirenDevice siren, byte[] command, DateTimeOffset now, int soundings = 0)
    {
        SirenStateMessage[] answers = [.. siren.Accept(command, now)];
        Assert.Equal((soundings, false), (siren.Soundings, siren.IsSounding));
        if (why.Length > 0) Assert.Equal((SirenAnswerStep.Refused, why), (answers[^1].Step, answers[^1].Detail));
    }
}
