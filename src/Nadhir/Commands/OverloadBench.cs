using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Storage;

namespace Nadhir.Commands;

/// <summary>
/// <c>nadhir bench overload</c>: what the system holds of one feed, and what becomes of everybody else when that feed
/// brings ten times as much. The baseline is the same system without the flood, in the same run.
/// </summary>
static class OverloadBench
{
    const int Times = 10, PlotsPerBlock = 10;
    static readonly TimeSpan quietEvery = TimeSpan.FromMilliseconds(10);
    static readonly GeoPosition place = new(33, 44, 0);

    /// <summary>Delays of commands (offered to durable), and what became of both feeds.</summary>
    sealed record Phase(string Name, double OfferedPerSecond, long Lost, long QuietOffered, long QuietLost, double[] Delays)
    {
        public double At(double share) => Delays.Length == 0 ? double.NaN : Delays[(int)(share * (Delays.Length - 1))];
    }

    public static async Task<int> Run(TextWriter output, string? folder, double seconds)
    {
        string record = Path.Combine(folder ?? Path.GetTempPath(), $"nadhir-overload-{Environment.ProcessId}");
        try
        {
            return await Measure(output, record, TimeSpan.FromSeconds(seconds));
        }
        finally
        {
            if (Directory.Exists(record)) Directory.Delete(record, recursive: true);
        }
    }

    static async Task<int> Measure(TextWriter output, string record, TimeSpan span)
    {
        WatchConfiguration configuration = Configuration();
        using SqliteJournal journal = SqliteJournal.Create(record, new JournalOptions());
        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        journal.Append(new Entry(EntryKind.Configuration, start, "", WatchJson.Encode(configuration)));
        journal.Commit();
        using WatchLoop loop = new(new Recorder(journal, Engine.Build(configuration, start)), start,
            SigningKey.ForExercise("exercise/overload"), TimeProvider.System, TimeSpan.FromSeconds(1), NullLogger<WatchLoop>.Instance,
            new HashSet<string>(StringComparer.Ordinal) { "flood", "quiet" });
        using CancellationTokenSource stopping = new();
        Task running = Task.Run(() => loop.Run(stopping.Token), CancellationToken.None);
        byte[] block = Block();

        await Play(loop, "warming up", block, rate: 1000, span);
        double holds = await Capacity(loop, block, span);
        Phase calm = await Play(loop, "calm", block, rate: 0, span);
        Phase flood = await Play(loop, "flood", block, Times * holds, span);
        await stopping.CancelAsync();
        await running;

        output.WriteLine($"{holds:0} arrivals of {PlotsPerBlock} plots a second can be held");
        output.WriteLine("         offered/s      lost   quiet feed: offered   lost   command to disk, ms: p50     p99     max");
        foreach (Phase phase in new[] { calm, flood })
        {
            output.WriteLine($"{phase.Name,-7} {phase.OfferedPerSecond,10:0} {phase.Lost,9} {phase.QuietOffered,22} {phase.QuietLost,6}"
                + $" {phase.At(0.5),26:0.0} {phase.At(0.99),7:0.0} {phase.At(1),7:0.0}");
        }

        output.WriteLine($"p99 of a command during the flood: {flood.At(0.99) / calm.At(0.99):0.0} times the calm one");
        foreach (FeedRow feed in loop.Boards.Feeds)
            foreach (FaultCount fault in feed.Faults) output.WriteLine($"board: {feed.Id} {fault.Fault} ×{fault.Count}: {fault.LastDetail}");
        return flood.QuietLost == 0 ? 0 : 1;
    }

    /// <summary>As many arrivals as are taken when there is always one waiting.</summary>
    static async Task<double> Capacity(WatchLoop loop, byte[] block, TimeSpan span)
    {
        long accepted = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < span)
        {
            if (loop.TryOffer(Arrival("flood", block))) accepted++;
            else await Task.Delay(1);
        }

        return Math.Max(1, (accepted - Inbox.FeedLimit) / watch.Elapsed.TotalSeconds);
    }

    static async Task<Phase> Play(WatchLoop loop, string name, byte[] block, double rate, TimeSpan span)
    {
        long lostBefore = loop.Dropped, offered = 0, quiet = 0, quietLost = 0;
        List<double> delays = [];
        using CancellationTokenSource end = new();
        Task commands = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                long begin = Stopwatch.GetTimestamp();
                await loop.Submit(new RecordEvent("bench", "overload") { By = "bench" }, CancellationToken.None);
                delays.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                quiet++;
                if (!loop.Offer(Arrival("quiet", block))) quietLost++;
                await Task.Delay(quietEvery);
            }
        }, CancellationToken.None);
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < span)
        {
            for (double due = watch.Elapsed.TotalSeconds * rate; offered < due; offered++) loop.Offer(Arrival("flood", block));
            await Task.Delay(1);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        await end.CancelAsync();
        await commands;
        delays.Sort();
        return new Phase(name, offered / seconds, loop.Dropped - lostBefore, quiet, quietLost, [.. delays]);
    }

    static Entry Arrival(string feed, byte[] block) => new(EntryKind.Received, TimeProvider.System.GetUtcNow(), feed, block);

    static byte[] Block()
    {
        PlotBlockWriter writer = new();
        for (int i = 0; i < PlotsPerBlock; i++)
        {
            writer.Add(new PlotFields
            {
                Sac = 1, Sic = 1, TimeOfDaySeconds = 3600, RangeMetres = 50_000 + (10_000 * i),
                AzimuthRadians = 0.1 * i, FlightLevelMetres = 9000,
            });
        }

        return writer.Finish().ToArray();
    }

    static WatchConfiguration Configuration() => new()
    {
        Name = "overload",
        Exercise = true,
        Sender = "bench@nadhir.invalid",
        Origin = place.Point,
        Feeds = [new FeedConfiguration { Id = "flood", Format = "asterix" }, new FeedConfiguration { Id = "quiet", Format = "asterix" }],
        Sensors =
        [
            new Sensor { Id = "F", Kind = SensorKind.Radar, Feed = "flood", Sac = 1, Sic = 1, Position = place },
            new Sensor { Id = "Q", Kind = SensorKind.Radar, Feed = "quiet", Sac = 1, Sic = 1, Position = place },
        ],
    };
}
