using Nadhir.Geodesy;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Tests.Outlets.Sirens;

public sealed class SirenOutletTests
{
    static readonly TimeProvider Clock = TimeProvider.System;
    readonly ReceiptLog log = new();

    static Siren NewSiren(string id) => new() { Id = id, Name = id, Zone = "z", Position = new GeoPoint(33, 44) };

    static DurableDecision Sound(string siren, long sequence)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return new(sequence, now, now, new SirenCommanded($"c{sequence}", siren, "alert", SirenAction.Sound, "wail")
        {
            Epoch = 1, Sequence = sequence, DurationSeconds = 30, Expires = now.AddSeconds(30),
        });
    }

    [Fact]
    public void What_cannot_be_carried_out_is_said_at_once()
    {
        SirenOutlet outlet = new(new() { Exercise = false }, [NewSiren("s1"), NewSiren("a/b")], log, Clock);
        outlet.Offer(Sound("nobody", 1));
        outlet.Offer(Sound("a/b", 2));
        outlet.Offer(new DurableDecision(3, default, default, new Recorded("event", "e1")));
        Assert.Equal([SirenStep.Failed, SirenStep.Failed], log.All.Cast<SirenReceipt>().Select(receipt => receipt.Step));
    }

    [Fact]
    public void A_full_inbox_says_so_for_each_command_it_cannot_take()
    {
        SirenOutlet outlet = new(new() { Exercise = false }, [NewSiren("s1")], log, Clock);
        for (int i = 0; i < SirenOutlet.InboxLimit + 3; i++) outlet.Offer(Sound("s1", i));
        Assert.Equal(3, log.All.Length);
        Assert.All(log.All.Cast<SirenReceipt>(), receipt => Assert.Contains("full", receipt.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_broker_links_are_down_and_commands_expire_aloud()
    {
        await using SirenOutlet outlet = new(
            new() { Exercise = false, Broker = new() { Port = TestPorts.Free() } }, [NewSiren("s1")], log, Clock);
        await outlet.StartAsync(CancellationToken.None);
        DateTimeOffset now = Clock.GetUtcNow();
        outlet.Offer(new DurableDecision(1, now, now, new SirenCommanded("c1", "s1", "alert", SirenAction.Sound, "wail")
        {
            Epoch = 1, Sequence = 1, DurationSeconds = 5, Expires = now.AddSeconds(1),
        }));
        await log.WaitLink(up: false);
        SirenReceipt expired = await log.Wait("c1", SirenStep.Expired);
        Assert.Equal("the broker could not be reached", expired.Detail);
        Assert.False(outlet.Health.Connected);
    }

    [Fact]
    public async Task A_fault_of_ours_is_counted_and_the_loop_goes_on()
    {
        await using SirenOutlet outlet = new(new() { Exercise = false, Broker = new() { Port = TestPorts.Free() } },
            [NewSiren("bad"), NewSiren("s1")], new FailingFor("bad", log), Clock);
        await outlet.StartAsync(CancellationToken.None);
        DateTimeOffset past = Clock.GetUtcNow().AddMinutes(-1);
        foreach (string siren in new[] { "bad", "s1" })
        {
            outlet.Offer(new DurableDecision(1, past, past, new SirenCommanded(siren, siren, "a", SirenAction.Sound, "wail")
            {
                Epoch = 1, Sequence = 1, DurationSeconds = 5, Expires = past,
            }));
        }

        await log.Wait("s1", SirenStep.Expired);
        Assert.True(outlet.Health.Faults > 0);
        Assert.Contains("the journal is closed", outlet.Health.LastFault!, StringComparison.Ordinal);
    }

    sealed class FailingFor(string siren, ReceiptLog log) : IReceiptSink
    {
        public void Offer(string source, Receipt receipt)
        {
            if (receipt is SirenReceipt step && step.Siren == siren) throw new InvalidOperationException("the journal is closed");
            log.Offer(source, receipt);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_said()
    {
        int port = TestPorts.Free();
        await using EmbeddedBroker broker = new(new() { Exercise = true, Port = port, User = "nadhir", Password = "right" });
        await broker.StartAsync(CancellationToken.None);
        BrokerAddress wrong = new() { Port = port, User = "nadhir", Password = "wrong" };
        await using SirenOutlet refused = new(new() { Exercise = true, Broker = wrong, ClientId = "wrong" }, [NewSiren("s1")], log, Clock);
        await refused.StartAsync(CancellationToken.None);
        SirenLinkReceipt down = await log.WaitLink(up: false);
        Assert.Contains("BadUserNameOrPassword", down.Detail, StringComparison.Ordinal);

        await using SirenDeviceClient device = new(
            new("s1", exercise: true, ["wail"]), "School", wrong with { Password = "right" }, Clock);
        await device.StartAsync(CancellationToken.None);
        await using SirenOutlet welcome = new(
            new() { Exercise = true, Broker = wrong with { Password = "right" } }, [NewSiren("s1")], log, Clock);
        await welcome.StartAsync(CancellationToken.None);
        await log.WaitLink(up: true);
    }

    [Fact]
    public async Task Two_hundred_sirens_sound_once_each()
    {
        const int count = 200;
        int port = TestPorts.Free();
        await using EmbeddedBroker broker = new(new() { Exercise = false, Port = port });
        await broker.StartAsync(CancellationToken.None);
        BrokerAddress address = new() { Port = port, Timeout = TimeSpan.FromSeconds(10) };
        SirenDevice[] devices = [.. Enumerable.Range(0, count).Select(i => new SirenDevice($"s{i}", exercise: false, ["wail"]))];
        SirenDeviceClient[] clients = [.. devices.Select(device => new SirenDeviceClient(device, device.Id, address, Clock))];
        foreach (SirenDeviceClient client in clients) await client.StartAsync(CancellationToken.None);
        await using SirenOutlet outlet = new(
            new() { Exercise = false, Broker = address }, devices.Select(device => NewSiren(device.Id)), log, Clock);
        await outlet.StartAsync(CancellationToken.None);
        for (int i = 0; i < count; i++) await log.Wait<SirenLinkReceipt>(link => link.Up && link.Siren == $"s{i}", seconds: 60);

        for (int i = 0; i < count; i++) outlet.Offer(Sound($"s{i}", i + 1));
        for (int i = 0; i < count; i++) await log.Wait($"c{i + 1}", SirenStep.Sounding, seconds: 60);
        Assert.All(devices, device => Assert.Equal(1, device.Soundings));
        Dictionary<string, DateTimeOffset> durable = log.All.OfType<SirenReceipt>().Where(one => one.Step == SirenStep.Sent)
            .ToDictionary(one => one.CommandId, one => one.DurableAt!.Value, StringComparer.Ordinal);
        double[] waits = [.. log.All.OfType<SirenReceipt>().Where(one => one.Step == SirenStep.Acknowledged)
            .Select(one => (one.At - durable[one.CommandId]).TotalMilliseconds).Order()];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"durable to acknowledged, {count} sirens at once: p50 {waits[count / 2]:0} ms, last {waits[^1]:0} ms");
        foreach (SirenDeviceClient client in clients) await client.Cut();
    }
}
