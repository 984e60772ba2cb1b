using System.Collections.Immutable;
using System.Diagnostics;
using Nadhir.Formats.Cap;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Outlets.Cap;
using Nadhir.Simulation.Histories;
using Nadhir.Simulation.Sirens;
using Nadhir.Warning;

namespace Nadhir.Runs;

/// <summary>What became of a history of real alerts.</summary>
sealed record HistoryResult
{
    public required int Alerts { get; init; }
    public required int Places { get; init; }
    /// <summary>Warnings that were issued, and those that fell into one that was in force already.</summary>
    public int Issued { get; set; }
    public int Merged { get; set; }
    public int Ended { get; set; }
    /// <summary>Of the issued ones: begun within five minutes of the end of the one before.</summary>
    public int Repeated { get; set; }
    public int Refused { get; set; }
    public int Messages { get; set; }
    public int Undelivered { get; set; }
    public int SirenCommands { get; set; }
    public int SirensSounded { get; set; }
    /// <summary>Commands that a newer one for the same siren overtook before it had sounded: it sounds the newer one.</summary>
    public int SirensOvertaken { get; set; }
    public int MostAtOnce { get; set; }
    public int MostStartsAMinute { get; set; }
    public long Inputs { get; set; }
    /// <summary>Processor time of the slowest order, and of all, milliseconds.</summary>
    public double SlowestMilliseconds { get; set; }
    public double TotalMilliseconds { get; set; }

    /// <summary>Every alert was issued or merged, delivered, heard and ended.</summary>
    public bool NothingLost =>
        Issued + Merged == Alerts && Ended == Issued && Undelivered == 0 && Refused == 0
        && SirensSounded + SirensOvertaken == SirenCommands;
}

/// <summary>
/// Plays a history as orders of people: each alert is raised when it began and ended when it ended; one siren a place
/// answers, every message is made, checked and (with a store) written. Places have no outlines in the histories: they
/// stand on a grid of circles.
/// </summary>
sealed class HistoryRun
{
    const string By = "history";
    static readonly TimeSpan repeatedWithin = TimeSpan.FromMinutes(5);

    readonly IReadOnlyList<HistoricAlert> history;
    readonly Recorder recorder;
    readonly CapStore? store;
    readonly TimeSpan tick;
    readonly SirenLinkModel sirens;
    readonly Dictionary<string, string> zoneOf;
    readonly Dictionary<string, (string Alert, DateTimeOffset Until)> inForce = new(StringComparer.Ordinal);
    readonly Dictionary<string, DateTimeOffset> endedAt = new(StringComparer.Ordinal);
    readonly PriorityQueue<(Entry Entry, string? Zone), (DateTimeOffset At, long Order)> queue = new();
    readonly Queue<DateTimeOffset> starts = new();
    /// <summary>Sirens that were commanded and have not sounded yet.</summary>
    readonly HashSet<string> commanded = new(StringComparer.Ordinal);
    readonly HistoryResult result;
    readonly Stopwatch clock = new();
    long order;

    public HistoryRun(
        IReadOnlyList<HistoricAlert> history, WatchConfiguration configuration, Recorder recorder, CapStore? store, TimeSpan tick)
    {
        (this.history, this.recorder, this.store, this.tick) = (history, recorder, store, tick);
        sirens = new(configuration.Sirens, seed: 1);
        zoneOf = configuration.Zones.ToDictionary(zone => zone.Name, zone => zone.Id, StringComparer.Ordinal);
        result = new() { Alerts = history.Count, Places = zoneOf.Count };
    }

    /// <summary>A zone and a siren for every place the history names.</summary>
    public static WatchConfiguration ConfigurationOf(IReadOnlyList<HistoricAlert> history)
    {
        string[] places = [.. history.Select(alert => alert.Place).Distinct(StringComparer.Ordinal)];
        GeoPoint origin = new(32, 35);
        ImmutableArray<Zone> zones =
        [
            .. places.Select((place, i) => new Zone
            {
                Id = $"Z{i + 1}",
                Name = place,
                Area = new() { Centre = Geodesic.Direct(Geodesic.Direct(origin, 90, i % 50 * 8000), 0, i / 50 * 8000), RadiusMetres = 3000 },
            }),
        ];
        return new()
        {
            Name = "history",
            Exercise = true,
            Sender = "history@nadhir.invalid",
            Origin = origin,
            Zones = zones,
            Sirens = [.. zones.Select(zone => new Siren { Id = $"S-{zone.Id}", Name = zone.Name, Zone = zone.Id, Position = zone.Area.Centre!.Value })],
        };
    }

    public HistoryResult Play(DateTimeOffset start, IProgress<double>? progress)
    {
        foreach (TimedReceipt receipt in sirens.AtStart(start)) Answer(receipt);
        DateTimeOffset next = start;
        for (int i = 0; i < history.Count || queue.Count > 0;)
        {
            DateTimeOffset due = i < history.Count ? history[i].From : DateTimeOffset.MaxValue;
            if (queue.TryPeek(out _, out (DateTimeOffset At, long) first) && first.At < due) due = first.At;
            if (next < due)
            {
                Take(new Entry(EntryKind.Tick, next, "", default));
                // In a calm nothing can happen until the next alert.
                next = inForce.Count == 0 && queue.Count == 0 && due - next > tick ? due : next + tick;
                continue;
            }

            if (queue.TryPeek(out (Entry Entry, string? Zone) waiting, out first) && first.At == due)
            {
                queue.Dequeue();
                if (waiting.Zone is { } zone) End(zone, due);
                else Take(waiting.Entry);
            }
            else
            {
                Begin(history[i++]);
                progress?.Report((double)i / history.Count);
            }
        }

        // The last of the alerts are closed by rule.
        for (int i = 0; i < 700; i++, next += TimeSpan.FromSeconds(1)) Take(new Entry(EntryKind.Tick, next, "", default));
        recorder.Commit();
        return result;
    }

    void Begin(HistoricAlert alert)
    {
        string zone = zoneOf[alert.Place];
        if (inForce.TryGetValue(zone, out (string Alert, DateTimeOffset Until) running))
        {
            result.Merged++;
            if (alert.To > running.Until) inForce[zone] = running with { Until = alert.To };
            return;
        }

        if (endedAt.TryGetValue(zone, out DateTimeOffset ended) && alert.From - ended <= repeatedWithin) result.Repeated++;
        Give(new RaiseAlert(zone, AlertState.Warning, alert.Kind, "on record") { By = By }, alert.From);
        if (!inForce.TryGetValue(zone, out (string Alert, DateTimeOffset Until) begun)) return;
        inForce[zone] = begun with { Until = alert.To };
        Wake(zone, alert.To);
        result.MostAtOnce = Math.Max(result.MostAtOnce, inForce.Count);
        starts.Enqueue(alert.From);
        while (starts.Peek() <= alert.From - TimeSpan.FromMinutes(1)) starts.Dequeue();
        result.MostStartsAMinute = Math.Max(result.MostStartsAMinute, starts.Count);
    }

    void End(string zone, DateTimeOffset now)
    {
        (string alert, DateTimeOffset until) = inForce[zone];
        if (until > now)
        {
            Wake(zone, until);
            return;
        }

        inForce.Remove(zone);
        endedAt[zone] = now;
        Give(new EndAlert(alert) { By = By }, now);
    }

    void Wake(string zone, DateTimeOffset at) => queue.Enqueue((default!, zone), (at, order++));

    void Give(Command command, DateTimeOffset at) => Take(new Entry(EntryKind.Command, at, By, WatchJson.Encode(command)));

    void Answer(in TimedReceipt receipt) => queue.Enqueue(
        (new Entry(EntryKind.Receipt, receipt.At, "sirens", WatchJson.Encode(receipt.Receipt)), null), (receipt.At, order++));

    void Take(Entry entry)
    {
        clock.Restart();
        Decision[] decisions = [.. recorder.Apply(entry with { Time = new(entry.Time.Ticks - (entry.Time.Ticks % 10), TimeSpan.Zero) })];
        double took = clock.Elapsed.TotalMilliseconds;
        result.Inputs++;
        result.TotalMilliseconds += took;
        if (entry.Kind == EntryKind.Command) result.SlowestMilliseconds = Math.Max(result.SlowestMilliseconds, took);
        if (recorder.Waiting >= 4096) recorder.Commit();
        foreach (Decision decision in decisions) Take(decision, entry.Time);
    }

    void Take(Decision decision, DateTimeOffset now)
    {
        switch (decision)
        {
            case AlertChanged { State: AlertState.Warning } changed when changed.Before != AlertState.Warning:
                result.Issued++;
                inForce[changed.Zone] = (changed.Alert, now);
                break;
            case AlertChanged { State: AlertState.AllClear, Before: AlertState.Warning }: result.Ended++; break;
            case CommandRefused: result.Refused++; break;
            case SirenCommanded command:
                result.SirenCommands++;
                if (!commanded.Add(command.Siren)) result.SirensOvertaken++;
                foreach (TimedReceipt receipt in sirens.OnDecision(now, command)) Answer(receipt);
                break;
            case SirenStateChanged { State: SirenState.Sounding } changed when commanded.Remove(changed.Siren): result.SirensSounded++; break;
            case MessageIssued issued:
                result.Messages++;
                bool delivered = store is null ? CapWriter.TryWrite(issued.Message, out _, out _) : store.Add(issued.Message) is CapOutcome.Written;
                if (!delivered) result.Undelivered++;
                break;
        }
    }
}
