using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench sirens</c>: sirens over a real broker, of which some are dead, slow or lying. An alarm is given; how
/// long until the board is right about every one of them? The watch, the outlet, the broker and the devices are the real
/// ones; only the disk is left out.
/// </summary>
static class SirenBench
{
    public static async Task<int> Run(TextWriter output, int count, string? broker)
    {
        (string Host, int Port)? elsewhere = broker is null ? null : SirenCommand.Endpoint(broker, 1883);
        if (count is < 20 or > 5000 || (broker is not null && elsewhere is null))
        {
            Console.Error.WriteLine("nadhir bench sirens: --count is 20 to 5000, --broker is HOST[:PORT]");
            return 2;
        }

        SirenMeasurement result = await SirenTrial.Run(count, elsewhere, TimeSpan.FromSeconds(60), TimeProvider.System);
        output.WriteLine($"{count} sirens at {(broker ?? "the embedded broker")}: {result.Bad}");
        output.WriteLine($"links up after {result.LinksUp.TotalSeconds:0.0} s");
        output.WriteLine(result.Right is { } right
            ? $"board right about every siren {right.TotalSeconds:0.00} s after the alarm"
            : $"board NOT right within 60 s about: {string.Join(", ", result.Wrong.Take(10))}");
        output.WriteLine($"about the honest ones {result.HonestRight?.TotalSeconds:0.00} s, about the dead {result.DeadRight?.TotalSeconds:0.00} s,"
            + $" the slow {result.SlowRight?.TotalSeconds:0.00} s, the lying {result.LyingRight?.TotalSeconds:0.00} s");
        output.WriteLine($"durable command to acknowledgement: p50 {result.AckP50:0} ms, p99 {result.AckP99:0} ms");
        output.WriteLine($"processor: {result.Cpu.TotalSeconds:0.0} s over {result.Elapsed.TotalSeconds:0.0} s, broker and devices included;"
            + $" {result.CpuOfAlarm:0.0} s from the alarm on; at rest {result.CpuAtRest * 100:0} % of one core");
        return result.Right is null ? 1 : 0;
    }
}

/// <summary>What one trial came to; null: not within the time.</summary>
sealed record SirenMeasurement(
    string Bad, TimeSpan LinksUp, TimeSpan? Right, TimeSpan? HonestRight, TimeSpan? DeadRight, TimeSpan? SlowRight,
    TimeSpan? LyingRight, IReadOnlyList<string> Wrong, double AckP50, double AckP99, TimeSpan Cpu, TimeSpan Elapsed,
    double CpuAtRest, double CpuOfAlarm);

/// <summary>One alarm to many sirens, some of them bad.</summary>
sealed class SirenTrial : IReceiptSink
{
    enum Kind { Honest, Dead, Slow, Lying }

    static readonly SirenVice[] lies =
    [
        SirenVice.NeverAcknowledges, SirenVice.WrongCommand, SirenVice.WrongProof, SirenVice.SoundsAlways, SirenVice.Deaf,
    ];

    readonly Channel<Entry> entries = Channel.CreateUnbounded<Entry>();
    readonly List<double> acknowledged = [];
    readonly Dictionary<string, DateTimeOffset> sent = new(StringComparer.Ordinal);
    readonly TimeProvider clock;

    SirenTrial(TimeProvider clock) => this.clock = clock;

    public void Offer(string source, Receipt receipt)
    {
        if (receipt is SirenReceipt { Step: SirenStep.Acknowledged } step)
            lock (acknowledged)
                if (sent.TryGetValue(step.CommandId, out DateTimeOffset at)) acknowledged.Add((step.At - at).TotalMilliseconds);
        entries.Writer.TryWrite(new Entry(EntryKind.Receipt, clock.GetUtcNow(), source, WatchJson.Encode(receipt)));
    }

    /// <param name="limit">How long the links may take to come up, and then the board to be right.</param>
    public static Task<SirenMeasurement> Run(int count, (string Host, int Port)? broker, TimeSpan limit, TimeProvider clock) =>
        new SirenTrial(clock).Measure(count, broker, limit);

    async Task<SirenMeasurement> Measure(int count, (string Host, int Port)? elsewhere, TimeSpan limit)
    {
        int port = elsewhere?.Port ?? FreePort.Tcp();
        await using EmbeddedBroker own = new(new() { Exercise = true, Port = port });
        if (elsewhere is null) await own.StartAsync(CancellationToken.None);
        BrokerAddress address = new() { Host = elsewhere?.Host ?? "127.0.0.1", Port = port, Timeout = TimeSpan.FromSeconds(20) };
        byte[] secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        Kind[] kinds = [.. Enumerable.Range(0, count).Select(i => (i % 20) switch { 3 => Kind.Dead, 8 => Kind.Slow, 13 => Kind.Lying, _ => Kind.Honest })];
        Siren[] sirens = [.. Enumerable.Range(0, count).Select(i => new Siren
        {
            Id = $"s{i:0000}", Name = $"Siren {i}", Zone = $"z{i % 20}", Position = new GeoPoint(33, 44),
        })];
        SirenDeviceClient[] devices = [.. sirens.Select((siren, i) => Device(siren, kinds[i], i, address, secret))];
        Process process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long begun = clock.GetTimestamp();
        foreach (SirenDeviceClient device in devices) await device.StartAsync(CancellationToken.None);

        Watch watch = Engine.Build(Configuration(sirens), clock.GetUtcNow());
        await using SirenOutlet outlet = new(new() { Exercise = true, Broker = address, Inside = elsewhere is null ? own : null, Secret = [.. secret] }, sirens, this, clock);
        await outlet.StartAsync(CancellationToken.None);
        // The lying ones with a wrong proof are never heard: theirs is no link.
        int forgers = devices.Count(device => device.Vice == SirenVice.WrongProof);
        await Turn(watch, outlet, limit, () => watch.Snapshot().Sirens.Count(row => row.LinkUp) >= count - forgers);
        TimeSpan linksUp = clock.GetElapsedTime(begun);
        process.Refresh();
        TimeSpan cpuBefore = process.TotalProcessorTime;
        long rest = clock.GetTimestamp();
        await Turn(watch, outlet, TimeSpan.FromSeconds(5), () => false);
        process.Refresh();
        double atRest = (process.TotalProcessorTime - cpuBefore) / clock.GetElapsedTime(rest);

        // As in a system that runs, the first alarm is not the first command: sirens are tested in silence each day.
        for (int i = 0; i < count; i++)
            if (kinds[i] == Kind.Honest) Order(watch, outlet, new TestSiren(sirens[i].Id) { By = "bench" });
        await Turn(watch, outlet, limit, () => watch.Snapshot().Sirens.Where((row, i) => kinds[i] == Kind.Honest).All(row => row.Test?.Passed is not null));
        lock (acknowledged) acknowledged.Clear();

        for (int i = 0; i < count; i++)
            if (kinds[i] == Kind.Dead) devices[i].IsMute = true;
        process.Refresh();
        TimeSpan cpuAtAlarm = process.TotalProcessorTime;
        long alarm = clock.GetTimestamp();
        Order(watch, outlet, new RaiseAlert("all", AlertState.Warning, ThreatKind.Aircraft, "bench") { By = "bench" });
        Dictionary<Kind, TimeSpan?> right = [];
        await Turn(watch, outlet, limit, () =>
        {
            TimeSpan at = clock.GetElapsedTime(alarm);
            Boards boards = watch.Snapshot();
            foreach (Kind kind in Enum.GetValues<Kind>())
            {
                bool all = Wrong(boards, kinds).All(i => kinds[i] != kind);
                right[kind] = all ? right.GetValueOrDefault(kind) ?? at : null;
            }

            return right.Values.All(value => value is not null);
        });
        string[] wrong = [.. Wrong(watch.Snapshot(), kinds).Select(i => $"{sirens[i].Id} ({kinds[i]} {devices[i].Vice}: {watch.Snapshot().Sirens[i].State})")];
        process.Refresh();
        TimeSpan elapsed = clock.GetElapsedTime(begun);
        double cpuOfAlarm = (process.TotalProcessorTime - cpuAtAlarm).TotalSeconds;
        foreach (SirenDeviceClient device in devices) await device.Cut();
        double[] waits;
        lock (acknowledged) waits = [.. acknowledged.Order()];
        return new($"{kinds.Count(k => k == Kind.Dead)} dead, {kinds.Count(k => k == Kind.Slow)} slow, {kinds.Count(k => k == Kind.Lying)} lying",
            linksUp, wrong.Length == 0 ? right.Values.Max() : null, right[Kind.Honest], right[Kind.Dead], right[Kind.Slow],
            right[Kind.Lying], wrong, At(waits, 0.5), At(waits, 0.99), process.TotalProcessorTime - cpu, elapsed, atRest, cpuOfAlarm);
    }

    static double At(double[] ordered, double share) => ordered.Length == 0 ? double.NaN : ordered[(int)(share * (ordered.Length - 1))];

    SirenDeviceClient Device(Siren siren, Kind kind, int index, BrokerAddress address, byte[] secret) => new(
        new SirenDevice(siren.Id, exercise: true, ["warning"], key: new(secret, exercise: true, siren.Id)), siren.Name, address, clock)
    {
        Vice = kind switch { Kind.Slow => SirenVice.Slow, Kind.Lying => lies[index / 20 % lies.Length], _ => SirenVice.None },
    };

    /// <summary>Sirens about which the board is not right.</summary>
    static IEnumerable<int> Wrong(Boards boards, Kind[] kinds)
    {
        Dictionary<string, SirenLack> missing = boards.SirenGroups.Where(group => group.Zone == "all")
            .SelectMany(group => group.Missing).ToDictionary(one => one.Siren, one => one.Why, StringComparer.Ordinal);
        for (int i = 0; i < kinds.Length; i++)
        {
            SirenRow row = boards.Sirens[i];
            SirenLack? lack = missing.TryGetValue(row.Id, out SirenLack why) ? why : null;
            bool isRight = kinds[i] switch
            {
                Kind.Honest => row is { State: SirenState.Sounding, Doubt: null } && lack is null,
                Kind.Dead => row.State is SirenState.LinkDown or SirenState.Failed && lack is SirenLack.LinkDown or SirenLack.Failed,
                Kind.Slow => lack is SirenLack.Slow,
                _ => row.Doubt is not null && lack == SirenLack.Doubted,
            };
            if (!isRight) yield return i;
        }
    }

    /// <summary>Lets the watch take what comes, and time pass for it, until something holds.</summary>
    async Task Turn(Watch watch, SirenOutlet outlet, TimeSpan limit, Func<bool> holds)
    {
        long begun = clock.GetTimestamp();
        long ticked = begun;
        while (clock.GetElapsedTime(begun) < limit)
        {
            while (entries.Reader.TryRead(out Entry? entry)) Apply(watch, outlet, entry);
            if (clock.GetElapsedTime(ticked) >= TimeSpan.FromSeconds(1))
            {
                ticked = clock.GetTimestamp();
                Apply(watch, outlet, new Entry(EntryKind.Tick, clock.GetUtcNow(), "", default));
            }

            if (holds()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
        }
    }

    void Order(Watch watch, SirenOutlet outlet, Command order) =>
        Apply(watch, outlet, new Entry(EntryKind.Command, clock.GetUtcNow(), "bench", WatchJson.Encode(order)));

    void Apply(Watch watch, SirenOutlet outlet, Entry entry)
    {
        foreach (SirenCommanded command in watch.Apply(entry).OfType<SirenCommanded>().ToArray())
        {
            DateTimeOffset now = clock.GetUtcNow();
            lock (acknowledged) sent[command.CommandId] = now;
            outlet.Offer(new DurableDecision(0, entry.Time, now, command));
        }
    }

    static WatchConfiguration Configuration(Siren[] sirens) => new()
    {
        Name = "bench",
        Exercise = true,
        Sender = "bench@example.invalid",
        Origin = new GeoPoint(33, 44),
        Sirens = [.. sirens],
        Zones = [Zone("all", null), .. Enumerable.Range(0, 20).Select(i => Zone($"z{i}", "all"))],
    };

    static Zone Zone(string id, string? parent) => new()
    {
        Id = id, Name = id, Parent = parent, Area = new Area { Centre = new GeoPoint(33, 44), RadiusMetres = 10_000 },
    };
}
