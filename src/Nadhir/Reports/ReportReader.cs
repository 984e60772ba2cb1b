using System.Text.Json;
using Nadhir.Geodesy;
using Nadhir.Hosting;
using Nadhir.Identification;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Posture;
using Nadhir.Storage;
using Nadhir.Tracking.Trust;
using Nadhir.Warning;

namespace Nadhir.Reports;

/// <summary>
/// Reads a record into a report. Decisions are taken as they are written; the inputs also run through a watch of our own,
/// which gives the books at the end and tells when tracks were inside zones.
/// </summary>
sealed class ReportReader
{
    readonly SortedDictionary<int, TrackLine> tracks = [];
    readonly List<CrossingLine> crossings = [];
    readonly List<AlertLine> alerts = [];
    readonly Dictionary<string, SirenLine> sirens = new(StringComparer.Ordinal);
    readonly List<string> sirenOrder = [];
    readonly List<PhaseLine> phases = [];
    readonly List<MessageLine> messages = [];
    readonly Dictionary<string, List<string>> outlets = new(StringComparer.Ordinal);
    readonly List<FaultLine> faults = [];
    readonly Dictionary<string, DateTimeOffset> ingest = new(StringComparer.Ordinal);
    readonly List<double> ingestToDecision = [], decisionToOutlet = [], ingestToOutlet = [];
    readonly Dictionary<(string Zone, int Track), DateTimeOffset> arrivals = [];
    readonly List<(string Zone, PlaneArea Area)> zones = [];
    readonly AlertLatency latency = new();
    WatchConfiguration? configuration;
    Watch? watch;
    DateTimeOffset from, to;
    long entries;

    public static RecordReport Read(string folder)
    {
        using SqliteJournal journal = SqliteJournal.OpenReadOnly(folder);
        var reader = new ReportReader();
        foreach ((long _, Entry entry) in journal.Read()) reader.Take(entry);
        return reader.Finish(Convert.ToHexStringLower(journal.Root()), folder);
    }

    void Take(Entry entry)
    {
        if (entries++ == 0) from = entry.Time;
        to = entry.Time;
        switch (entry.Kind)
        {
            case EntryKind.Configuration:
                Begin(entry);
                break;
            case EntryKind.Decision:
                if (JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.Decision) is { } decision) Take(entry.Time, decision);
                break;
            default:
                if (entry.Kind == EntryKind.Receipt
                    && JsonSerializer.Deserialize(entry.Payload.Span, WatchJson.Default.Receipt) is { } receipt) Take(receipt);
                watch?.Apply(entry);
                if (entry.Kind == EntryKind.Tick) NoteArrivals();
                break;
        }
    }

    void Begin(Entry entry)
    {
        configuration = Restorer.ReadConfiguration(entry);
        watch = Engine.Build(configuration, entry.Time);
        var plane = new StereographicPlane(configuration.Origin);
        zones.AddRange(configuration.Zones.Select(zone => (zone.Id, new PlaneArea(zone.Area, plane))));
    }

    void NoteArrivals()
    {
        foreach (TrackRow row in watch!.Tracks)
            foreach ((string zone, PlaneArea area) in zones)
                if (area.Contains(row.Track.State.East, row.Track.State.North))
                    arrivals.TryAdd((zone, row.Track.Id), row.Track.State.Time);
    }

    void Take(DateTimeOffset time, Decision decision)
    {
        latency.Take(time, decision);
        switch (decision)
        {
            case TrackConfirmed confirmed:
                tracks[confirmed.Track] = new(confirmed.Track, confirmed.FirstSeen, time, null, IdentityKind.NonCooperative, null, []);
                break;
            case TrackIdentified identified when tracks.TryGetValue(identified.Track, out TrackLine? track):
                tracks[identified.Track] = track with
                {
                    Identity = identified.Identity.Kind,
                    Authorisation = identified.Identity.Authorisation,
                    Evidence = identified.Identity.Evidence,
                };
                break;
            case TrackDropped dropped when tracks.TryGetValue(dropped.Track, out TrackLine? track):
                tracks[dropped.Track] = track with { DroppedAt = time };
                break;
            case BorderCrossed c:
                crossings.Add(new(c.Crossing, c.Track, c.Border, c.Direction, c.Probability, c.Time, new(c.Earliest, c.Latest),
                    c.Point, time, c.Identity.Kind));
                break;
            case AlertChanged a when a.Before != a.State:
                alerts.Add(new AlertLine
                {
                    Id = a.Alert, Zone = a.Zone, State = a.State, Time = time, Kind = a.Kind, Probability = a.Probability,
                    Arrival = a.Arrival is { } arrival ? new(arrival.Earliest, arrival.Latest) : null,
                    Released = new(a.Policy, a.By), Reason = a.Reason, Tracks = a.Tracks,
                });
                break;
            case SirenCommanded s:
                sirens[s.CommandId] = new(s.Siren, s.CommandId, $"{s.Action} {s.Tone}".Trim(), time, null, "commanded");
                sirenOrder.Add(s.CommandId);
                ingest[s.CommandId] = time;
                break;
            case SirenStateChanged { State: SirenState.Failed or SirenState.LinkDown } s:
                faults.Add(new(time, $"siren {s.Siren} {s.State}", s.Detail));
                break;
            case PhaseChanged p:
                phases.Add(new(p.Site, p.Phase, p.Before, time, p.By, p.Reason));
                break;
            case MessageIssued m:
                outlets[m.Message.Identifier] = [];
                messages.Add(new(m.Message.Identifier, m.Message.Areas[0].Zone, m.Message.State, m.Message.Sent,
                    outlets[m.Message.Identifier]));
                break;
            case SensorStateChanged { State: SensorState.Lost or SensorState.Off } s:
                faults.Add(new(time, $"coverage of {s.Sensor} {s.State}", s.Reason));
                break;
            case ReportTrustChanged { Trust: not ReportTrust.Trusted } doubt:
                faults.Add(new(time, $"track {doubt.Track}: reports of its own position {doubt.Trust}", doubt.Reason));
                break;
            case SensorClockChanged { State: not ClockState.Right } s:
                faults.Add(new(time, $"clock of {s.Sensor} {s.State}", s.Reason));
                break;
            case SensorBiasFound { Bias.Fault.Length: > 0 } s:
                faults.Add(new(time, $"{s.Sensor} out of line", s.Reason));
                break;
            case FeedFaulted f:
                faults.Add(new(time, $"feed {f.Feed}: {f.Fault} ({f.Count})", f.Detail));
                break;
            case CommandRefused r:
                faults.Add(new(time, $"refused {r.Command}", r.Reason));
                break;
        }
    }

    void Take(Receipt receipt)
    {
        latency.Take(receipt);
        switch (receipt)
        {
            case SirenReceipt { Step: SirenStep.Sent, DurableAt: { } durable } sent when ingest.TryGetValue(sent.CommandId, out DateTimeOffset came):
                ingestToDecision.Add((durable - came).TotalMilliseconds);
                decisionToOutlet.Add((sent.At - durable).TotalMilliseconds);
                ingestToOutlet.Add((sent.At - came).TotalMilliseconds);
                ingest.Remove(sent.CommandId); // a repetition is not a second measurement
                break;
            case SirenReceipt step when step.Step != SirenStep.Sent && sirens.TryGetValue(step.CommandId, out SirenLine? line):
                sirens[step.CommandId] = line with
                {
                    State = step.Step.ToString().ToLowerInvariant(),
                    Acknowledged = step.Step == SirenStep.Acknowledged ? line.Acknowledged ?? step.At : line.Acknowledged,
                };
                break;
            case MessageReceipt { Finding: null } message when outlets.TryGetValue(message.Message, out List<string>? reached):
                reached.Add(message.Ok ? message.Outlet : $"{message.Outlet}: {message.Detail}");
                break;
        }
    }

    RecordReport Finish(string root, string folder)
    {
        if (configuration is null || watch is null) throw new JournalOpenException("the record holds no configuration");
        Boards boards = watch.Snapshot();
        TruthBeside? truth = TruthBeside.Find(folder, configuration.Warning);
        return new RecordReport
        {
            Name = configuration.Name,
            Exercise = configuration.Exercise,
            From = from,
            To = to,
            Entries = entries,
            Root = root,
            Tracks = [.. tracks.Values],
            Crossings = crossings,
            Alerts = [.. alerts.Select(WithLead).Select(latency.Fill).Select(alert => truth?.Fill(alert) ?? alert)],
            Sirens = [.. sirenOrder.Select(id => sirens[id])],
            Phases = phases,
            Measures =
            [
                .. boards.Sites.SelectMany(site => site.Measures.Select(m => new MeasureLine(
                    site.Id, m.Kind, m.State, m.By, m.At, m.ReportedWhen, m.Confidence, m.Restricted))),
                .. boards.Sites.SelectMany(site => site.Readiness.Select(r => new MeasureLine(
                    site.Id, $"{r.System}: {r.Reported}", MeasureState.Reported, r.By, r.At, r.ReportedWhen, r.Confidence, r.Restricted))),
            ],
            Directives = boards.Directives,
            Incidents = boards.Incidents,
            Statements = boards.Statements,
            Claims = boards.Claims,
            Documents = boards.Documents,
            Incursions = boards.Incursions,
            Papers = boards.Papers,
            Cases = boards.Cases,
            Messages = messages,
            Feeds = boards.Feeds,
            Sensors = boards.Sensors,
            Faults = faults,
            Latency = new(Spread.Of(ingestToDecision), Spread.Of(decisionToOutlet), Spread.Of(ingestToOutlet)),
        };
    }

    AlertLine WithLead(AlertLine alert)
    {
        if (alert.State is not (AlertState.Watch or AlertState.Warning)) return alert;
        // Tracks join an alert as it goes on: the last line of the alert names them all.
        IReadOnlyList<int> all = alerts.Last(a => a.Id == alert.Id).Tracks;
        IEnumerable<DateTimeOffset> reached = all
            .Where(track => arrivals.ContainsKey((alert.Zone, track))).Select(track => arrivals[(alert.Zone, track)]);
        DateTimeOffset first = reached.DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return first == DateTimeOffset.MaxValue ? alert : alert with { LeadSeconds = Math.Round((first - alert.Time).TotalSeconds, 3) };
    }
}
