using System.Text.Json;
using Nadhir.Assessment;
using Nadhir.Identification;
using Nadhir.Incidents;
using Nadhir.Journal;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Trust;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>Makes the decoder of a feed; formats live outside Core.</summary>
public delegate IFeedDecoder DecoderFactory(FeedConfiguration feed, WatchConfiguration configuration);

/// <summary>
/// The engine: <see cref="Apply"/> takes one input and answers with the decisions it leads to. It knows no clock, no file
/// and no chance, so the same journal gives the same decisions, bit for bit on the same build.
/// </summary>
public sealed class Watch : IWatch, IDecodeSink, IScanSink, ITrackSink, IAlertSurroundings
{
    /// <summary>Not faster than this by two sigmas, a mover without a transponder cannot be told from birds and raises no alert, m/s.</summary>
    const double SlowestThreat = 25;
    /// <summary>Crossings kept on the board; all of them are in the journal.</summary>
    const int CrossingRows = 1000;

    readonly WatchConfiguration configuration;
    readonly List<Decision> decisions = [];
    readonly ITracker tracker;
    readonly SensorDesk sensors;
    readonly SensorClocks clocks;
    readonly BiasDesk biases;
    readonly ScanAssembler[] assemblers;
    readonly Dictionary<string, IFeedDecoder> decoders = new(StringComparer.Ordinal);
    readonly PaperDesk papers;
    Identifier identifier;
    readonly CrossingMonitor[] crossings;
    readonly AlertDesk alerts;
    readonly SirenDesk sirens;
    readonly CoverageDesk coverage;
    readonly DrillDesk drills;
    readonly PostureDesk posture;
    readonly DirectiveDesk directives;
    readonly ShiftDesk shift = new();
    readonly IncidentDesk incidents;
    readonly IncursionDesk incursions;
    readonly SortedDictionary<int, Identity> identities = [];
    readonly List<BorderCrossed> crossed = [];
    readonly DoubtDesk doubts = new();
    readonly Strides strides = new();
    readonly ObserverDesk observers;
    readonly bool guardsAgainstDrones;
    DateTimeOffset now;
    long sequence = 1; // its configuration is entry 0, whether or not it is applied too
    string feed = "";

    public Watch(WatchConfiguration configuration, DateTimeOffset start, DecoderFactory decoderFactory, ITracker tracker)
    {
        this.configuration = configuration;
        this.tracker = tracker;
        guardsAgainstDrones = configuration.Warning.AnnouncedDrones != AnnouncedDrones.None
            || configuration.Zones.Any(zone => zone.AnnouncedDrones is not (null or AnnouncedDrones.None));
        now = start;
        sensors = new SensorDesk(configuration);
        clocks = new SensorClocks(configuration.Sensors, start);
        biases = new BiasDesk(configuration.Sensors);
        observers = new ObserverDesk(configuration.Sensors);
        assemblers = [.. configuration.Sensors.Select((sensor, i) => new ScanAssembler(sensor, i))];
        foreach (FeedConfiguration f in configuration.Feeds) decoders[f.Id] = decoderFactory(f, configuration);
        papers = new PaperDesk(configuration, start);
        identifier = new Identifier(configuration, tracker.Plane);
        incursions = new IncursionDesk(configuration, tracker.Plane);
        incidents = new IncidentDesk(papers, incursions, IsOnRecord);
        crossings = [.. configuration.Borders.Select(border => new CrossingMonitor(border, tracker.Plane))];
        sirens = new SirenDesk(configuration, start);
        posture = new PostureDesk(configuration, start);
        directives = new DirectiveDesk(configuration);
        coverage = new CoverageDesk(configuration);
        drills = new DrillDesk(configuration);
        alerts = new AlertDesk(configuration, tracker.Plane, sirens, coverage, drills, this);
    }

    public IReadOnlyList<Decision> Apply(Entry entry)
    {
        Invariant.Require(entry.IsInput, "decisions come out of the watch, they do not go in");
        decisions.Clear();
        if (entry.Kind == EntryKind.Custody)
        {
            sequence++;
            return decisions;
        }

        // Arrival times are the journal's own and do not run backwards within it; a clock set back is held.
        if (entry.Time > now) now = entry.Time;
        switch (entry.Kind)
        {
            case EntryKind.Received:
                Receive(entry.Source, entry.Payload.Span);
                break;
            case EntryKind.Tick:
                Tick();
                break;
            case EntryKind.Command:
                if (Read(entry, WatchJson.Default.Command, CommandCheck.Fault) is { } command) Handle(command);
                break;
            case EntryKind.Receipt:
                if (Read(entry, WatchJson.Default.Receipt, CommandCheck.Fault) is { } receipt) Handle(receipt);
                break;
            case EntryKind.Configuration:
            case EntryKind.Decision:
            case EntryKind.Custody:
                break;
        }

        alerts.Settle(now, decisions);
        sequence += (entry.Kind == EntryKind.Configuration ? 0 : 1) + decisions.Count;
        return decisions;
    }

    /// <summary>The confirmed tracks now, without the other boards.</summary>
    public IEnumerable<TrackRow> Tracks =>
        tracker.Tracks.Select(track => new TrackRow(track, identities.GetValueOrDefault(track.Id, Identity.None)));

    public Boards Snapshot() => new()
    {
        Now = now,
        Sequence = sequence,
        Tracks = [.. Tracks],
        Alerts = alerts.Rows(),
        Coverage = coverage.Board(),
        Drills = drills.Rows(),
        Crossings = [.. crossed],
        Sites = posture.Sites(now),
        Sirens = sirens.Rows(),
        SirenGroups = SirenGroups.Of(configuration.Zones, sirens.Rows(), now),
        SirenOutlet = sirens.Outlet,
        Sensors = sensors.Rows(clocks, tracker.Registrations),
        Feeds = sensors.FeedRows(),
        Directives = directives.Rows,
        Shift = shift.Board,
        Incidents = incidents.Incidents,
        Statements = incidents.Statements,
        Claims = incidents.Claims,
        Documents = incidents.Documents,
        Incursions = incursions.Rows,
        Papers = papers.Board,
        Cases = incidents.CasesAt(now),
        Log = incidents.Log,
    };

    void Receive(string source, ReadOnlySpan<byte> bytes)
    {
        sensors.Arrived(source, bytes.Length, now);
        if (!decoders.TryGetValue(source, out IFeedDecoder? decoder))
        {
            sensors.Fault(source, DecodeFault.UnknownSensor, $"no feed {source} is configured", decisions);
            return;
        }

        feed = source;
        decoder.Decode(bytes, now, this);
        foreach (ScanAssembler assembler in assemblers) assembler.FlushArrival(this);
    }

    void Tick()
    {
        foreach (ScanAssembler assembler in assemblers) assembler.FlushStale(now, this);
        tracker.Advance(now, this);
        foreach ((string id, IFeedDecoder decoder) in decoders) sensors.Note(id, decoder);
        sensors.Tick(now, decisions);
        coverage.Tick(sensors.States(), now, decisions);
        clocks.Tick(now, decisions);
        biases.Tick(tracker.Registrations, decisions);
        drills.Tick(now, decisions);
        alerts.Tick(now, decisions);
        sirens.Tick(now, decisions);
        posture.Tick(now, decisions);
        directives.Tick(now, decisions);
    }

    void Handle(Command command)
    {
        int before = decisions.Count;
        switch (command)
        {
            case SetPhase order: posture.Handle(order, now, decisions); break;
            case RecordMeasure report: posture.Handle(report, now, decisions); break;
            case ReportReadiness report: posture.Handle(report, now, decisions); break;
            case SetThreatLevel order: posture.Handle(order, now, decisions); break;
            case IssueDirective order: directives.Handle(order, now, decisions); break;
            case ReportDirective report: directives.Handle(report, now, decisions); break;
            case JudgeNotPossible order: directives.Handle(order, now, decisions); break;
            case HandOver order: shift.Handle(order, Snapshot, now, decisions); break;
            case AcknowledgeHandOver order: shift.Handle(order, now, decisions); break;
            case TakeWatch order: shift.Handle(order, Snapshot, now, decisions); break;
            case RaiseAlert order: alerts.Handle(order, now, decisions); break;
            case ReleaseAlert order: alerts.Handle(order, now, decisions); break;
            case EndAlert order: alerts.Handle(order, now, decisions); break;
            case UpdateAlert order: alerts.Handle(order, now, decisions); break;
            case CorrectAlert order: alerts.Handle(order, now, decisions); break;
            case AcknowledgeAlert order: alerts.Handle(order, decisions); break;
            case OpenIncident order: incidents.Handle(order, alerts.TracksOf(order.Zone), now, decisions); break;
            case AnnounceOutage outage: sensors.Handle(outage, decisions); break;
            case CallOffDrill order: drills.Handle(order, decisions); break;
            case TestSiren test: sirens.Handle(test, now, decisions); break;
            case ReportObservation report: Observe(report); break;
            case RecordEvent report:
                incidents.Note(now, report.Kind, report.By, report.Text, report.Cause);
                decisions.Add(new Recorded("event", report.Kind));
                break;
            default:
                Invariant.Require(incidents.TryHandle(command, now, decisions), "every command has an answer");
                // From here on flights are compared with what is on file now.
                if (command is RecordAuthorisation)
                    identifier = new Identifier(configuration with { Authorisations = papers.Authorisations }, tracker.Plane);
                break;
        }

        for (int i = before; i < decisions.Count; i++)
            if (decisions[i] is CommandRefused refused) incidents.Note(now, "refused", command.By, $"{refused.Command}: {refused.Reason}", refused.Cause, refused.Command);
    }

    void Observe(ReportObservation report)
    {
        if (observers.IsRepeated(report.Report))
        {
            decisions.Add(new Recorded("observation.again", report.Report!));
            return;
        }

        incidents.Note(now, "observation", report.By, ObserverDesk.Words(report), ObserverDesk.Causes(report));
        decisions.Add(new Recorded("observation", report.By));
        if (observers.Measure(report, now) is not { } seen) return;
        // Not by the clock of the sensor: every person has another.
        sensors.Heard(seen.Sensor, now, plot: true, decisions);
        assemblers[seen.Sensor].Add(seen, this);
        assemblers[seen.Sensor].FlushArrival(this);
    }

    void Handle(Receipt receipt)
    {
        switch (receipt)
        {
            case SirenReceipt siren: sirens.Handle(siren, now, decisions); break;
            case SirenLinkReceipt link: sirens.Handle(link, now, decisions); break;
            case SirenDoubtReceipt doubt: sirens.Handle(doubt, now, decisions); break;
            case SirenOutletReceipt alive: sirens.Handle(alive, now, decisions); break;
            case MessageReceipt message:
                incidents.Note(message, now);
                alerts.Handle(message, now);
                break;
            case FeedLossReceipt loss: sensors.Handle(loss, decisions); break;
            default: throw new InvariantBrokenException($"no answer for {receipt.GetType().Name}");
        }
    }

    void IDecodeSink.OnMeasurement(in Measurement measurement)
    {
        sensors.Heard(measurement.Sensor, now, plot: true, decisions);
        if (measurement.Simulated && !configuration.Exercise)
        {
            sensors.Fault(feed, DecodeFault.OtherWorld, "simulated, or of an exercise, and this is the live system", decisions);
            return;
        }

        BelievedTime believed = clocks.Believe(measurement.Sensor, measurement.Time, now);
        assemblers[measurement.Sensor].Add(
            measurement with { Time = believed.Time, SigmaTimeSeconds = believed.SigmaSeconds }, this);
    }

    void IDecodeSink.OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation)
    {
        sensors.Heard(sensor, now, plot: false, decisions);
        assemblers[sensor].Mark(mark, clocks.Believe(sensor, time, now).Time, azimuthRadians, this);
    }

    void IDecodeSink.OnAlive(int sensor, DateTimeOffset time)
    {
        if (sensor >= 0) sensors.Heard(sensor, now, plot: false, decisions);
    }

    void IDecodeSink.OnGone(int sensor, string reason) => sensors.Gone(sensor, reason, decisions);

    void IDecodeSink.OnFault(DecodeFault fault, int offset, int length, string detail) =>
        sensors.Fault(feed, fault, $"{detail} at byte {offset}", decisions);

    void IScanSink.OnScan(in Scan scan) => tracker.Process(scan, this);

    void ITrackSink.OnConfirmed(in Track track)
    {
        decisions.Add(new TrackConfirmed(track.Id, track.FirstSeen, track.Position.Point));
        Judge(track);
    }

    void ITrackSink.OnUpdated(in Track track) => Judge(track);

    void ITrackSink.OnDropped(in Track track)
    {
        decisions.Add(new TrackDropped(track.Id, track.LastSeen, track.Position.Point));
        identities.Remove(track.Id);
        doubts.Forget(track.Id);
        strides.Forget(track.Id);
        identifier.Forget(track.Id);
        alerts.OnDropped(track.Id, now);
        incursions.OnDropped(track);
        foreach (CrossingMonitor monitor in crossings) monitor.Forget(track.Id);
    }

    bool IsOnRecord(string id) => crossed.Exists(crossing => crossing.Crossing == id) || alerts.Rows().Any(alert => alert.Id == id);

    bool IAlertSurroundings.IsInsideAfterCrossing(int track) =>
        crossings.Any(monitor => monitor.HasCrossed(track) && monitor.IsInside(track) == true);

    bool IAlertSurroundings.HasNotCrossed(int track) =>
        crossings.Any(monitor => monitor.IsInside(track) is not null) && !crossings.Any(monitor => monitor.HasCrossed(track));

    void IAlertSurroundings.OnAlertState(string zone, AlertState state, ThreatKind kind) =>
        posture.OnAlert(zone, state, kind, onlyKind: false, now, decisions);

    void IAlertSurroundings.OnAlertKind(string zone, AlertState state, ThreatKind kind) =>
        posture.OnAlert(zone, state, kind, onlyKind: true, now, decisions);

    void Judge(Track track)
    {
        doubts.Take(track, decisions);
        Identity identity = identifier.Identify(track);
        if (!identities.TryGetValue(track.Id, out Identity? known)
            || known.Kind != identity.Kind || known.Authorisation != identity.Authorisation || known.KeepsTo != identity.KeepsTo)
        {
            identities[track.Id] = identity;
            decisions.Add(new TrackIdentified(track.Id, identity));
            papers.Compare(track.Id, identity, now);
        }

        foreach (CrossingMonitor monitor in crossings)
        {
            if (monitor.Update(track, identity) is not { } crossing) continue;
            if (crossed.Count == CrossingRows) crossed.RemoveAt(0);
            crossed.Add(crossing);
            decisions.Add(crossing);
            posture.OnCrossing(crossing, now, decisions);
            incursions.OnCrossing(crossing, identity);
        }

        incursions.OnTrack(track, identity);
        if (StandingOf(track, identity) is { } standing) alerts.OnTrack(track, standing, now);
        else alerts.Discount(track.Id);
    }

    /// <summary>Null when it raises nothing. A drone that announces itself is no bird, however slow it is.</summary>
    Standing? StandingOf(Track track, Identity identity)
    {
        if (Counts(track, identity) && CanThreaten(track)) return identity.KeepsTo is null ? Standing.Unannounced : Standing.Expected;
        bool isDrone = guardsAgainstDrones && identity.Kind != IdentityKind.Authorised && identity.KeepsTo is null &&
            track.Sensors.Any(sensor => configuration.Sensors[sensor].Kind == SensorKind.RemoteId);
        return isDrone ? Standing.AnnouncedDrone : null;
    }

    /// <summary>What says who it is raises no alert; unless what it says of its place has been refuted by radar.</summary>
    bool Counts(Track track, Identity identity) =>
        identity.Kind == IdentityKind.NonCooperative || doubts.IsRefuted(track);

    /// <summary>
    /// What has once been surely faster than a bird is none: it counts until it is surely slow. Or the alert would come and go
    /// with every look that leaves its speed a little vaguer.
    /// </summary>
    bool CanThreaten(Track track)
    {
        PlaneCovariance p = track.State.Covariance;
        double sigma = Math.Sqrt(Math.Max(p.VEastVEast, p.VNorthVNorth));
        double covered = strides.SlowestSpeed(track);
        return Math.Min(covered, track.GroundSpeed) > SlowestThreat
            || track.GroundSpeed + (alerts.IsCounted(track.Id) ? 2 * sigma : -2 * sigma) > SlowestThreat;
    }

    T? Read<T>(Entry entry, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Func<T, Cause?> check)
        where T : class
    {
        try
        {
            T? read = JsonSerializer.Deserialize(entry.Payload.Span, type);
            Cause? fault = read is null ? Cause.Of(CauseCode.Malformed, "it is null") : check(read);
            if (fault is null) return read;
            decisions.Refuse(entry.Kind.ToString(), fault);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            decisions.Refuse(entry.Kind.ToString(), Cause.Of(CauseCode.Malformed, "not understood: " + CommandCheck.Shortened(fault.Message)));
        }

        return null;
    }
}
