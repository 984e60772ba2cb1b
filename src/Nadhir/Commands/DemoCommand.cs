using System.CommandLine;
using System.Net;
using Nadhir.Configuration;
using Nadhir.Feeds;
using Nadhir.Formats.Sirens;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets;
using Nadhir.Outlets.Sirens;
using Nadhir.Runs;
using Nadhir.Simulation.Scenarios;
using Nadhir.Simulation.Sirens;
using Nadhir.Storage;
using Nadhir.Warning;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary>
/// <c>nadhir demo</c>: the acceptance scenario live. Simulated radars send real ASTERIX over UDP loopback into the real
/// feeds; simulated sirens speak MQTT to an embedded broker. A demo that was killed goes on where its record ends.
/// </summary>
static class DemoCommand
{
    public static Command Create()
    {
        Option<double> speed = new("--speed") { Description = "How many times faster than real time", DefaultValueFactory = _ => 10 };
        Option<int?> variant = new("--variant") { Description = "Azimuth from which the jets come: 0, 45 … 315", DefaultValueFactory = _ => 45 };
        Option<ulong> seed = new("--seed") { DefaultValueFactory = _ => 1 };
        Option<int> port = new("--port") { Description = "Port of the console on this machine", DefaultValueFactory = _ => 8470 };
        Option<int> mqtt = new("--mqtt-port") { Description = "Port of the embedded broker; any free one when 0", DefaultValueFactory = _ => 0 };
        Option<int> udp = new("--udp-base") { Description = "First UDP port of the radars; the scenario's when 0" };
        Option<string> record = new("--record") { Description = "Folder of the record", DefaultValueFactory = _ => "nadhir-demo" };
        Option<bool> fresh = new("--fresh") { Description = "Start anew even when the last demo did not end properly" };
        Option<bool> headless = new("--headless") { Description = "Say nothing about browsers" };
        Option<bool> onDuty = new("--on-duty")
        {
            Description = "You have the watch: nobody is simulated who acknowledges, releases or ends, and a Warning wants two persons",
        };
        Option<double?> stopAfter = new("--stop-after") { Description = "End after so many seconds of real time" };
        Command command = new("demo", "The acceptance scenario live, with simulated radars and sirens")
        {
            speed, variant, seed, port, mqtt, udp, record, fresh, headless, onDuty, stopAfter,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(speed) is <= 0 or > 1000)
            {
                Console.Error.WriteLine("nadhir demo: --speed is above 0 and at most 1000");
                return 2;
            }

            PreparedScenario? scenario = ScenarioOpening.Open("babil-2024", loaded => ScenarioOpening.Choose(
                loaded, parsed.GetValue(variant), parsed.GetValue(seed), [], null));
            if (scenario is null) return 2;
            try
            {
                return await Play(scenario, new Wishes(
                    parsed.GetValue(speed), parsed.GetValue(port), parsed.GetValue(mqtt), parsed.GetValue(udp),
                    parsed.GetRequiredValue(record), parsed.GetValue(fresh), parsed.GetValue(headless), parsed.GetValue(onDuty),
                    parsed.GetValue(stopAfter)));
            }
            catch (Exception fault) when (fault is StartException or IOException)
            {
                Console.Error.WriteLine($"nadhir demo: {fault.Message}");
                return 1;
            }
        });
        return command;
    }

    readonly record struct Wishes(
        double Speed, int Port, int MqttPort, int UdpBase, string Folder, bool Fresh, bool Headless, bool OnDuty, double? StopAfter);

    /// <summary>What is watched, and who must release a Warning.</summary>
    static WatchConfiguration Watched(PreparedScenario scenario, Wishes wishes)
    {
        WatchConfiguration whole = scenario.Configuration;
        return wishes.OnDuty ? whole with { Warning = whole.Warning with { WarningRelease = Release.TwoPersons } } : whole;
    }

    static async Task<int> Play(PreparedScenario scenario, Wishes wishes)
    {
        using SqliteJournal journal = OpenJournal(scenario, wishes, out bool resumed);
        Restored restored = Restorer.Restore(journal);
        DateTimeOffset from = resumed ? restored.LastTime : scenario.Start;
        var clock = new ScaledClock(TimeProvider.System, from, wishes.Speed);
        int mqttPort = wishes.MqttPort > 0 ? wishes.MqttPort : FreePort.Tcp();
        var broker = new BrokerAddress { Port = mqttPort };
        await using LiveSystem system = LiveSystem.Build(
            new LiveOptions
            {
                Folder = wishes.Folder,
                Cap = new CapConfiguration(Path.Combine(wishes.Folder, "cap")) { Sign = false },
                Console = new IPEndPoint(IPAddress.Loopback, wishes.Port),
                EmbeddedBroker = new EmbeddedBrokerOptions { Exercise = true, Port = mqttPort },
                Broker = broker,
                Log = new() { HashesArePublic = true },
            },
            journal, restored, SigningKey.ForExercise($"exercise/{scenario.Scenario.Id}"), clock);

        Dictionary<string, int> ports = Ports(scenario, wishes.UdpBase);
        foreach ((string feed, int port) in ports)
        {
            var udp = new UdpFeed(feed, new IPEndPoint(IPAddress.Loopback, port), null, system.Loop, clock, system.Logs.CreateLogger<UdpFeed>());
            system.Run(udp.Run);
        }

        var feeds = new DemoFeeds(scenario, system.Loop, clock, ports);
        if (!wishes.OnDuty) system.Loop.Attach(new DutyOfficers(feeds, system.Stopping));
        await system.Start();
        foreach (Siren siren in scenario.Configuration.Sirens)
        {
            var device = new SirenDeviceClient(new SirenDevice(siren.Id, exercise: true, ["warning", "all-clear", "test"]),
                siren.Name, broker, clock, TimeProvider.System);
            await device.StartAsync(system.Stopping);
            system.Add(device);
        }

        if (resumed && !wishes.OnDuty)
            foreach (AllClearProposed proposed in StillProposed(restored)) feeds.OnDecision(from, proposed, system.Stopping);
        system.Run(feeds.SendPlots);
        system.Run(stopping => feeds.GiveCommands(from, stopping));
        Announce(scenario, wishes, resumed, from);
        if (wishes.StopAfter is { } seconds) system.Run(async stopping =>
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), stopping);
            system.Stop();
        });
        await system.WaitForShutdown();
        return 0;
    }

    /// <summary>A record that was not closed properly is gone on with; one that was gives way to a new demo.</summary>
    static SqliteJournal OpenJournal(PreparedScenario scenario, Wishes wishes, out bool resumed)
    {
        RecordWorld.RequireSame(wishes.Folder, exercise: true);
        string file = Path.Combine(wishes.Folder, RecordFiles.Journal);
        bool closed = File.Exists(Path.Combine(wishes.Folder, RecordFiles.Seal));
        resumed = File.Exists(file) && !closed && !wishes.Fresh;
        if (resumed)
        {
            SqliteJournal open = SqliteJournal.OpenForAppend(wishes.Folder);
            Entry first = open.Read().First().Entry;
            if (first.Payload.Span.SequenceEqual(WatchJson.Encode(Watched(scenario, wishes))) && first.Time == scenario.Start) return open;
            open.Dispose();
            throw new StartException(
                $"{wishes.Folder} holds an unfinished demo of another variant; go on with that one, or give --fresh or --record");
        }

        if (File.Exists(file)) Directory.Delete(wishes.Folder, recursive: true);
        SqliteJournal journal = SqliteJournal.Create(wishes.Folder, new JournalOptions { Program = "nadhir demo" });
        journal.Append(new Entry(EntryKind.Configuration, scenario.Start, "", WatchJson.Encode(Watched(scenario, wishes))));
        journal.Commit();
        return journal;
    }

    static IEnumerable<AllClearProposed> StillProposed(Restored restored) =>
        restored.Watch.Snapshot().Alerts.Where(alert => alert.AwaitsAllClear)
            .Select(alert => new AllClearProposed(alert.Id, alert.Zone, alert.Reason));

    static Dictionary<string, int> Ports(PreparedScenario scenario, int udpBase)
    {
        int first = udpBase > 0 ? udpBase : scenario.Scenario.UdpPortBase;
        return scenario.Configuration.Feeds.Select((feed, i) => (feed.Id, first + i))
            .ToDictionary(p => p.Id, p => p.Item2, StringComparer.Ordinal);
    }

    static void Announce(PreparedScenario scenario, Wishes wishes, bool resumed, DateTimeOffset from)
    {
        Console.WriteLine($"EXERCISE  {scenario.Scenario.Title}, jets from azimuth {scenario.Options.Azimuth}°");
        Console.WriteLine(resumed
            ? $"The last demo did not end properly; going on at {from:HH:mm:ss} UTC. Nothing on record is lost."
            : $"Scenario time {from:yyyy-MM-dd HH:mm:ss} UTC, {wishes.Speed}× real time; record in {wishes.Folder}.");
        if (!wishes.Headless) Console.WriteLine($"Console: http://127.0.0.1:{wishes.Port}   (Ctrl-C ends and seals the record)");
    }

    /// <summary>Shows decisions to the simulated people once they are durable, as a console shows them to real ones.</summary>
    sealed class DutyOfficers(DemoFeeds feeds, CancellationToken stopping) : IOutlet
    {
        public string Name => "people";

        public void Offer(in DurableDecision decision) => feeds.OnDecision(decision.Time, decision.Decision, stopping);
    }
}
