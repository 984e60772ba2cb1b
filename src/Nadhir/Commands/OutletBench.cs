using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Nadhir.Configuration;
using Nadhir.Feeds;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Outlets.Push;
using Nadhir.Outlets.Sirens;
using Nadhir.PublicPage;
using Nadhir.Storage;
using Nadhir.Tak;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench outlets</c>: the whole system on this machine with every outlet and somebody at the end of each. How long
/// from the input that led to a decision until each far end has it; and, when an alert is taken back, until all of them do.
/// </summary>
static class OutletBench
{
    const int Threats = 3;
    const double AtMost = 100, EndedWithin = 2000;
    const string OneByOne = "warned by people, one by one", AtOnce = "warned by people, all at once";
    const string EndedOneByOne = "ended, one by one", EndedAtOnce = "ended, all at once";
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(150), patience = TimeSpan.FromSeconds(60);
    static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task<int> Run(
        TextWriter output, int tracks, int zones, int alerts, string? broker, string? folder, bool ecdsa, bool asJson)
    {
        (string Host, int Port)? elsewhere = broker is null ? null : SirenCommand.Endpoint(broker, 1883);
        if (tracks is < 0 or > 5000 || zones is < 20 or > 5000 || alerts < 4 || alerts > zones / 2 || (broker is not null && elsewhere is null))
        {
            Console.Error.WriteLine("nadhir bench outlets: --tracks is 0 to 5000, --zones 20 to 5000, --alerts 4 to half the zones, --broker HOST[:PORT]");
            return 2;
        }

        string record = Path.Combine(folder ?? Path.GetTempPath(), $"nadhir-outlets-{Environment.ProcessId}");
        try
        {
            OutletBenchScene scene = new(tracks, zones, Threats, zones / 10, TimeProvider.System);
            return await Measure(output, scene, record, tracks, alerts, elsewhere, ecdsa, asJson);
        }
        catch (Exception fault) when (fault is StartException or IOException or TimeoutException)
        {
            Console.Error.WriteLine($"nadhir bench outlets: {fault.Message}");
            return 1;
        }
        finally
        {
            if (Directory.Exists(record)) Directory.Delete(record, recursive: true);
        }
    }

    static async Task<int> Measure(
        TextWriter output, OutletBenchScene scene, string record, int tracks, int alerts, (string Host, int Port)? elsewhere, bool ecdsa, bool asJson)
    {
        TimeProvider clock = TimeProvider.System;
        string[] zones = [.. Enumerable.Range(0, alerts).Select(OutletBenchScene.ZoneOf)];
        OutletBenchTimes times = new([.. zones], clock);
        await using OutletBenchEnds ends = new(times, clock);
        await ends.StartReceiver();
        BrokerAddress broker = new() { Host = elsewhere?.Host ?? "127.0.0.1", Port = elsewhere?.Port ?? FreePort.Tcp() };
        (int console, int tak) = (FreePort.Tcp(), FreePort.Tcp());
        using SqliteJournal journal = SqliteJournal.Create(record, new JournalOptions());
        journal.Append(new Entry(EntryKind.Configuration, clock.GetUtcNow(), "", WatchJson.Encode(scene.Configuration)));
        journal.Commit();
        string secret = Path.Combine(record, "webhook.secret");
        await File.WriteAllTextAsync(secret, $"exercise_whsec_{Convert.ToBase64String(OutletBenchEnds.WebhookSecret)}");
        LiveOptions options = new()
        {
            Folder = record,
            Cap = new CapConfiguration(Path.Combine(record, "cap"))
            {
                Ecdsa = ecdsa, Webhooks = [new("bench", new Uri($"{ends.Receiver}/cap"), secret)], MqttTopic = "bench/cap",
            },
            Console = new(IPAddress.Loopback, console),
            EmbeddedBroker = elsewhere is null ? new() { Exercise = true, Port = broker.Port } : null,
            Broker = broker,
            Sirens = new() { Exercise = true, Secret = OutletBenchEnds.SirenSecret },
            Partners =
            [
                new()
                {
                    Name = "map", Release = new() { Tells = Telling.Alerts | Telling.Zones | Telling.Tracks },
                    Transport = new TakTransport.Server(IPAddress.Loopback, tak, new(null, Protobuf: false)),
                },
            ],
            Push = new(new("mailto:bench@example.invalid"), [ends.Receiver], alerts),
        };
        await using LiveSystem system = LiveSystem.Build(
            options, journal, Restorer.Restore(journal), SigningKey.ForExercise("exercise/outlets"), clock);
        system.Loop.Attach(times);
        Dictionary<string, int> ports = new(StringComparer.Ordinal);
        foreach (FeedConfiguration feed in scene.Configuration.Feeds)
        {
            ports[feed.Id] = FreePort.Tcp();
            system.Run(new UdpFeed(feed.Id, new(IPAddress.Loopback, ports[feed.Id]), null, system.Loop, clock,
                system.Logs.CreateLogger<UdpFeed>()).Run);
        }

        await system.Start();
        await ends.StartSirens(scene.Configuration.Sirens, broker);
        await ends.StartSubscriber("bench/cap/#", broker);
        ends.WatchFeed(options.Cap!.Folder);
        await ends.StartMap(tak);
        await Visit(ends, zones, console);
        system.Run(stopping => scene.Send(ports, stopping));
        await Until(() => system.Loop.Boards.Sirens.All(siren => siren.LinkUp)
            && Confirmed(system.Loop.Boards) >= 0.97 * tracks, clock,
            () => $"{Confirmed(system.Loop.Boards)} of {tracks} tracks and {system.Loop.Boards.Sirens.Count(siren => siren.LinkUp)}"
                + $" of {system.Loop.Boards.Sirens.Length} sirens came up");

        await Play(system.Loop, times, zones, clock);
        int live = Confirmed(system.Loop.Boards);
        return Tell(output, times, $"{live} live tracks, {scene.Configuration.Zones.Length} zones, {scene.Configuration.Sirens.Length} sirens,"
            + $" {alerts} alerts, {(elsewhere is null ? "the embedded broker" : "another broker")}, {(ecdsa ? "ECDSA" : "RSA")}", ends.Forged, asJson);
    }

    static int Confirmed(Boards boards) => boards.Tracks.Count(row => row.Track.Status == TrackStatus.Confirmed);

    static async Task Visit(OutletBenchEnds ends, string[] zones, int console)
    {
        HttpClient phone = new(new SocketsHttpHandler { MaxConnectionsPerServer = 10_000 }) { BaseAddress = new($"http://127.0.0.1:{console}") };
        using ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] point = PushEncryption.Point(key.ExportParameters(includePrivateParameters: false).Q);
        foreach (string zone in zones)
        {
            await ends.Visit(phone, zone, $"{ends.Receiver}/push?zone={zone}", point);
            await Task.Delay(12); // a hundred subscriptions a second are taken
        }
    }

    /// <summary>Half the alerts are raised and ended one by one, the other half all at once.</summary>
    static async Task Play(WatchLoop loop, OutletBenchTimes times, string[] zones, TimeProvider clock)
    {
        int half = zones.Length / 2;
        times.Phase = OneByOne;
        foreach (string zone in zones[..half]) await Order(loop, Raise(zone), pause);
        await Settle();
        times.Phase = AtOnce;
        await Task.WhenAll(zones[half..].Select(zone => Order(loop, Raise(zone), TimeSpan.Zero)));
        await Settle();
        string[] alerts = [.. loop.Boards.Alerts.Where(alert => alert.RaisedBy is not null).OrderBy(alert => alert.Since).Select(alert => alert.Id)];
        times.Phase = EndedOneByOne;
        for (int i = 0; i < half; i++) await Order(loop, End(alerts[i], i), pause);
        await Settle();
        times.Phase = EndedAtOnce;
        await Task.WhenAll(alerts[half..].Select((alert, i) => Order(loop, End(alert, i), TimeSpan.Zero)));
        await Settle();

        static Command Raise(string zone) => new RaiseAlert(zone, AlertState.Warning, ThreatKind.Aircraft, "bench") { By = "bench" };
        static Command End(string alert, int number) =>
            number % 2 == 0 ? new CorrectAlert(alert, "bench") { By = "bench" } : new EndAlert(alert) { By = "bench" };
        Task Settle() => Until(() => times.Missing == 0, clock, () => "");
    }

    static async Task Order(WatchLoop loop, Command order, TimeSpan wait)
    {
        await loop.Submit(order, CancellationToken.None);
        await Task.Delay(wait);
    }

    /// <summary>Waits; says what is wrong after <see cref="patience"/>, unless that is nothing.</summary>
    static async Task Until(Func<bool> holds, TimeProvider clock, Func<string> otherwise)
    {
        long begun = clock.GetTimestamp();
        while (!holds())
        {
            if (clock.GetElapsedTime(begun) > patience)
            {
                if (otherwise() is { Length: > 0 } fault) throw new TimeoutException(fault);
                return;
            }

            await Task.Delay(50);
        }
    }

    static int Tell(TextWriter output, OutletBenchTimes times, string scene, int forged, bool asJson)
    {
        bool met = forged == 0;
        if (!asJson)
        {
            output.WriteLine(scene);
            output.WriteLine($"{"milliseconds until the far end has it",-40}{"count",7}{"missing",8}   from the input: p50    p99    max   from the commit: p50    p99    max");
        }

        foreach (string phase in (string[])[OutletBenchTimes.Rule, OneByOne, AtOnce, EndedOneByOne, EndedAtOnce])
        {
            if (!asJson) output.WriteLine(phase);
            OutletBenchRow[] rows = [.. times.Rows.Where(row => row.Phase == phase)];
            foreach (IGrouping<string, OutletBenchRow> outlet in rows.GroupBy(row => row.Outlet, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                double[] input = Waits(outlet, row => row.Input), durable = Waits(outlet, row => row.Durable);
                int missing = outlet.Count() - input.Length;
                met &= missing == 0 && (phase is AtOnce or EndedAtOnce || At(input, 0.99) <= AtMost);
                if (asJson)
                {
                    output.WriteLine(JsonSerializer.Serialize(
                        new { phase, outlet = outlet.Key, count = outlet.Count(), missing, input = Figures(input), commit = Figures(durable) }, json));
                }
                else
                {
                    output.WriteLine($"  {outlet.Key,-38}{outlet.Count(),7}{missing,8}{At(input, 0.5),22:0.0}{At(input, 0.99),7:0.0}{At(input, 1),7:0.0}"
                        + $"{At(durable, 0.5),23:0.0}{At(durable, 0.99),7:0.0}{At(durable, 1),7:0.0}");
                }
            }

            if (phase is not (EndedOneByOne or EndedAtOnce)) continue;
            // Of each end: until the last outlet had it.
            double[] whole = [.. rows.GroupBy(row => (row.Alert, row.Input)).Select(end => end.Max(row => Wait(times, row, row.Input)) ?? double.PositiveInfinity).Order()];
            met &= whole.All(one => one <= EndedWithin);
            output.WriteLine(asJson
                ? JsonSerializer.Serialize(new { phase, outlet = "all", count = whole.Length, input = Figures(whole) }, json)
                : $"  {"all outlets, until the last has it",-38}{whole.Length,7}{"",8}{At(whole, 0.5),22:0.0}{At(whole, 0.99),7:0.0}{At(whole, 1),7:0.0}");
        }

        if (forged > 0) output.WriteLine($"{forged} webhooks had a wrong signature");
        output.WriteLine(asJson
            ? JsonSerializer.Serialize(new { scene, atMostP99 = AtMost, endedWithin = EndedWithin, met }, json)
            : $"p99 at most {AtMost:0} ms at every outlet, an end everywhere within {EndedWithin:0} ms: {(met ? "met" : "NOT MET")}");
        return met ? 0 : 1;

        double[] Waits(IEnumerable<OutletBenchRow> rows, Func<OutletBenchRow, DateTimeOffset> from) =>
            [.. rows.Select(row => Wait(times, row, from(row))).OfType<double>().Order()];
    }

    static double? Wait(OutletBenchTimes times, OutletBenchRow row, DateTimeOffset from) =>
        (times.ArrivalOf(row) - from)?.TotalMilliseconds;

    static double[] Figures(double[] ordered) => [Math.Round(At(ordered, 0.5), 1), Math.Round(At(ordered, 0.99), 1), Math.Round(At(ordered, 1), 1)];

    static double At(double[] ordered, double share) =>
        ordered.Length == 0 ? 0 : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
}
