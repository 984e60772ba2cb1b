using System.CommandLine;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir bench</c>: what this machine's disk gives the journal, and its processor the tracker.</summary>
static class BenchCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME")
        {
            Description = "Which one: journal, tracker, overload, asterix, histories, sirens, public, outlets, consoles, film, image, standby",
            DefaultValueFactory = _ => "journal",
        };
        name.AcceptOnlyFromAmong("journal", "tracker", "overload", "asterix", "histories", "sirens", "public", "outlets", "consoles", "film", "image", "standby");
        Option<string?> folder = new("--folder") { Description = "journal, outlets: where to write; the disk that counts; image: a record" };
        Option<double> seconds = new("--seconds")
        {
            Description = "journal, asterix, consoles: how long each row is measured",
            DefaultValueFactory = _ => 3,
        };
        Option<string> targets = new("--targets")
        {
            Description = "tracker: how many aircraft, at constant density; one row each",
            DefaultValueFactory = _ => "1000,10000,100000",
        };
        Option<int> scans = new("--scans")
        {
            Description = "tracker: turns of 5 s of the radars that are measured",
            DefaultValueFactory = _ => 6,
        };
        Option<ulong> seed = new("--seed") { Description = "tracker: seed of chance", DefaultValueFactory = _ => 1 };
        Option<bool> json = new("--json") { Description = "tracker, asterix, outlets: print JSON lines" };
        Option<string?> file = new("--file") { Description = "asterix: the recording, as nadhir decode takes it; histories: alerts as CSV" };
        Option<string?> day = new("--day") { Description = "histories: only this day (2024-10-01), with every message written to a file" };
        Option<string?> plot = new("--plot") { Description = "tracker: draw cost against targets in this file, SVG" };
        Option<int> count = new("--count") { Description = "sirens: how many", DefaultValueFactory = _ => 1000 };
        Option<string?> broker = new("--broker") { Description = "sirens, outlets: HOST[:PORT] of another broker than our own" };
        Option<int> clients = new("--clients") { Description = "public: phones that watch", DefaultValueFactory = _ => 10_000 };
        Option<int> tracks = new("--tracks") { Description = "outlets: live tracks", DefaultValueFactory = _ => 1000 };
        Option<int> zones = new("--zones") { Description = "outlets: zones, one in ten with a siren", DefaultValueFactory = _ => 1000 };
        Option<bool> ecdsa = new("--ecdsa") { Description = "outlets: CAP messages are signed with ECDSA in place of RSA" };
        Option<int> kills = new("--kills") { Description = "standby: how often the one that serves is killed", DefaultValueFactory = _ => 10 };
        Option<int> alerts = new("--alerts") { Description = "outlets: alerts that people raise and end", DefaultValueFactory = _ => 200 };
        Option<long> entries = new("--entries")
        {
            Description = "journal: also open and prove a journal of so many entries without payload (100 million take about 8 GB of disk)",
        };
        // What the measuring process starts for itself.
        Option<int?> watchPort = new("--watch-port") { Hidden = true };
        Command command = new("bench", "Our own benchmarks")
        {
            name, folder, seconds, targets, scans, seed, json, plot, file, day, count, broker, clients, tracks, zones, alerts, ecdsa, entries,
            watchPort, kills,
        };
        command.SetAction(async (parsed, _) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(name) == "tracker")
            {
                return TrackerBench.Run(output, parsed.GetValue(targets)!, parsed.GetValue(scans),
                    parsed.GetValue(seed), parsed.GetValue(json), parsed.GetValue(plot));
            }

            if (parsed.GetValue(name) == "asterix")
                return AsterixBench.Run(output, parsed.GetValue(file), parsed.GetValue(seconds), parsed.GetValue(json));
            if (parsed.GetValue(name) == "histories")
            {
                return HistoryBench.Run(output, parsed.InvocationConfiguration.Error, parsed.GetValue(file), parsed.GetValue(folder),
                    parsed.GetValue(day));
            }

            if (parsed.GetValue(name) == "sirens")
                return await SirenBench.Run(output, parsed.GetValue(count), parsed.GetValue(broker));
            if (parsed.GetValue(name) == "public")
            {
                return parsed.GetValue(watchPort) is { } port
                    ? await PublicBenchClients.Run(port, parsed.GetValue(clients)) : await PublicBench.Run(output, parsed.GetValue(clients));
            }

            if (parsed.GetValue(name) == "image") return ImageBench.Run(output, parsed.GetValue(folder));
            if (parsed.GetValue(name) == "standby") return await StandbyBench.Run(output, parsed.GetValue(kills));
            if (parsed.GetValue(name) == "film") return FilmBench.Run(output);
            if (parsed.GetValue(name) == "consoles")
            {
                return parsed.GetValue(watchPort) is { } port
                    ? await ConsoleBenchClients.Run(port, parsed.GetValue(clients), parsed.GetValue(seconds))
                    : await ConsoleBench.Run(output, parsed.GetValue(seconds));
            }

            if (parsed.GetValue(name) == "outlets")
            {
                return await OutletBench.Run(output, parsed.GetValue(tracks), parsed.GetValue(zones), parsed.GetValue(alerts),
                    parsed.GetValue(broker), parsed.GetValue(folder), parsed.GetValue(ecdsa), parsed.GetValue(json));
            }

            if (parsed.GetValue(name) == "overload")
                return await OverloadBench.Run(output, parsed.GetValue(folder), parsed.GetValue(seconds));
            JournalBench.Run(output, parsed.GetValue(folder), parsed.GetValue(seconds), parsed.GetValue(entries));
            return 0;
        });
        return command;
    }
}
