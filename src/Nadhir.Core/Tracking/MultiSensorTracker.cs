using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Engine;
using Nadhir.Tracking.Registration;
using Nadhir.Tracking.Trust;

namespace Nadhir.Tracking;

/// <summary>
/// The air picture from all sensors of a region: each scan goes through a Poisson multi-Bernoulli filter on the plane.
/// Scans of different sensors interleave as they come; every track keeps the time of its own state.
/// </summary>
public sealed partial class MultiSensorTracker : ITracker, IEngineListener
{
    const double LeastExistence = 1e-4, SweepSeconds = 1;
    /// <summary>A track that was held at the drop limit is dropped by the next miss, not by the passing of time alone.</summary>
    const double MissedOnce = 0.9;

    readonly TrackerOptions options;
    readonly SensorGeometry[] sensors;
    readonly BernoulliEngine engine;
    readonly SectorCoverage coverage;
    readonly TrackRecord[] records;
    readonly TrackPublisher publisher;
    readonly FallingTracks falling;
    readonly ReportGuard guard;
    readonly Action<int, int> move;
    readonly Registrar registrar;
    readonly TimeGate gate;
    readonly HashSet<ulong> keys = [];
    /// <summary>Rows and records to be judged after this call.</summary>
    readonly List<int> touched = [];
    readonly List<TrackRecord> touchedRecords = [];
    readonly Comparison<int> byAge;
    Measurement[] scan = new Measurement[256];
    Observation[] observations = new Observation[256];
    double[] free = new double[256];
    int count, nextId = 1, confirmed;
    DateTimeOffset? epoch;
    double now = double.NegativeInfinity, nextSweep = double.NegativeInfinity;
    IReadOnlyList<Track>? published;
    ITrackSink? sink;

    public MultiSensorTracker(StereographicPlane plane, ImmutableArray<Sensor> sensors, TrackerOptions options)
    {
        Plane = plane;
        this.options = options;
        this.sensors = [.. sensors.Select(sensor => new SensorGeometry(sensor, plane, options))];
        MotionBank bank = MotionBanks.Surveillance(sensors.Any(s => s.Kind == SensorKind.Radar3D));
        engine = new(bank, new()
        {
            Capacity = options.Capacity,
            Lifetime = options.Lifetime.TotalSeconds,
            ForgetBelow = LeastExistence,
            BirthBelow = 2e-4,
            OldestLag = options.OldestLag.TotalSeconds,
        });
        coverage = new(this.sensors.Length, engine.Table);
        records = new TrackRecord[options.Capacity];
        for (int row = 0; row < records.Length; row++) records[row] = new(this.sensors.Length);
        falling = new(new(bank), BallisticEnvironment.Earth(plane.Origin.LatitudeDegrees), options.Capacity);
        publisher = new(plane, bank, engine.Table, this.sensors, falling, options.GroundHeightMetres);
        guard = new(this.sensors, options.Capacity);
        move = Move;
        byAge = (a, b) => engine.Table.BirthNumber[a].CompareTo(engine.Table.BirthNumber[b]);
        registrar = new(sensors, [.. this.sensors.Select(s => (s.East, s.North, s.AntennaHeight))], options.Capacity,
            options.Registration, options.CorrectsBias, [.. this.sensors.Select(s => s.ScaleAt(s.East, s.North))]);
        gate = new(options.FurthestAhead.TotalSeconds);
    }

    public StereographicPlane Plane { get; }

    /// <summary>Measurements that could not be used: unknown sensor, missing or impossible fields.</summary>
    public long UnusableCount { get; private set; }

    /// <summary>Measurements older than what their sensor's scans allow, not used.</summary>
    public long LateCount => registrar.LateCount;

    /// <summary>Measurements of scans from so far in the future that they were put aside.</summary>
    public long FutureCount => registrar.FutureCount;

    public IReadOnlyList<SensorRegistration> Registrations => registrar.Report();

    /// <summary>Measurements that their sensor called simulated, not used.</summary>
    public long SimulatedCount { get; private set; }

    public long ShedCount => engine.ShedCount;

    /// <summary>Self-reported positions of each sensor used with little weight, since the start.</summary>
    public ReadOnlySpan<long> DoubtedReports => guard.DoubtedBy;

    /// <summary>Self-reported positions of each sensor not used because radars see the object elsewhere, since the start.</summary>
    public ReadOnlySpan<long> RefutedReports => guard.RefutedBy;

    public int TentativeCount => engine.Table.Count - confirmed;

    public IReadOnlyList<Track> Tracks => published ??= Publish();

    public void Process(in Scan scan, ITrackSink sink)
    {
        if ((uint)scan.Sensor >= (uint)sensors.Length)
        {
            UnusableCount += scan.Measurements.Length;
            return;
        }

        epoch ??= scan.Time;
        this.sink = sink;
        published = null;
        registrar.Begin(now);
        double time = SecondsAt(scan.Time) - registrar.ClockOf(scan.Sensor);
        if (!gate.Admits(scan.Sensor, time, now))
        {
            foreach (ref readonly Measurement _ in scan.Measurements) registrar.CountFuture(scan.Sensor);
            this.sink = null;
            return;
        }

        now = Math.Max(now, time);
        coverage.Aim(sensors[scan.Sensor], scan.Sensor, time, scan.FromAzimuthRadians, scan.WidthRadians);
        guard.Aim(scan.FromAzimuthRadians, scan.WidthRadians);
        if (scan.WidthRadians > 0)
        {
            foreach (ref readonly Measurement seen in scan.Measurements) Take(seen, scan.Sensor, time);
            Run(scan.Sensor, time, Math.Min(1, scan.WidthRadians / (2 * Math.PI)));
        }
        else
        {
            ProcessReports(scan, time);
        }

        Announce();
        this.sink = null;
    }

    /// <summary>Reports without a sweep may name one object several times: never two of one object in one association.</summary>
    void ProcessReports(in Scan scan, double time)
    {
        bool alone = true;
        foreach (ref readonly Measurement seen in scan.Measurements)
        {
            ulong key = seen.ModeSAddress != 0 ? seen.ModeSAddress
                : seen.SourceTrack >= 0 ? (1UL << 32) | (uint)seen.SourceTrack : 0;
            if (alone || key == 0 || !keys.Add(key))
            {
                Run(scan.Sensor, time, 0);
                keys.Clear();
                keys.Add(key);
            }

            alone = key == 0;
            if (seen.Ended) End(seen);
            else Take(seen, scan.Sensor, time);
        }

        Run(scan.Sensor, time, 0);
    }

    void Take(in Measurement seen, int sensor, double scanTime)
    {
        if (seen.Simulated && !options.TracksSimulated)
        {
            SimulatedCount++;
            return;
        }

        double time = SecondsAt(seen.Time) - registrar.ClockOf(sensor);
        if (now - time > options.OldestLag.TotalSeconds + sensors[sensor].Sensor.Period.TotalSeconds || time > scanTime + 60)
        {
            registrar.CountLate(sensor);
            return;
        }

        if (!sensors[sensor].TryObserve(registrar.Correct(seen with { Sensor = sensor }, sensor), time,
            out Observation observation))
        {
            UnusableCount++;
            return;
        }

        if (!guard.Weigh(seen with { Sensor = sensor }, ref observation)) return;
        if (count == observations.Length)
        {
            Array.Resize(ref observations, 2 * count);
            Array.Resize(ref scan, 2 * count);
            Array.Resize(ref free, 2 * count);
        }

        scan[count] = seen with { Sensor = sensor };
        observations[count++] = observation;
    }

    void Run(int sensor, double time, double rotationShare)
    {
        Span<Observation> taken = observations.AsSpan(0, count);
        if (count == 0 && rotationShare == 0) return;
        if (rotationShare == 0) coverage.WidenTo(taken);
        guard.BeginScan(count);
        if (count > 0 && registrar.Searches(sensor, now)) SearchFlights(sensor);
        engine.Scan(time, taken, coverage, this, free.AsSpan(0, count));
        guard.EndScan(sensor, time, rotationShare > 0, taken, move);
        if (rotationShare > 0)
        {
            ClutterScales clutter = sensors[sensor].Clutter;
            clutter.PassScan(rotationShare);
            for (int j = 0; j < count; j++)
                if (taken[j].Kind == ObservationKind.Position) clutter.Add(taken[j].X, taken[j].Y, taken[j].Z, free[j]);
        }

        count = 0;
    }

    /// <summary>
    /// False reports carried a track away from its object, which radars follow on a row of its own: number and identity go
    /// back to the object, and what is left behind ends.
    /// </summary>
    void Move(int row, int other)
    {
        if (engine.Table.Hits[other] < 2) return; // it may be a false plot
        (records[row], records[other]) = (records[other], records[row]);
        (engine.Table.Tags[row], engine.Table.Tags[other]) = (engine.Table.Tags[other], engine.Table.Tags[row]);
        records[row].IsImpactStale = records[other].IsImpactStale = true;
        guard.Move(row, other);
        registrar.Release(row);
        registrar.Release(other);
        records[other].WasCorrected = true;
        engine.End(row);
        Touch(other);
    }

    /// <summary>Compares plots of a radar that joins nobody's tracks with the flights that others see now.</summary>
    void SearchFlights(int sensor)
    {
        int looks = registrar.TakeLooks(count);
        foreach (int row in engine.Table.Alive)
        {
            TrackRecord record = records[row];
            if (record.Id == 0 || !engine.Table.HasHeight[row] || now - record.SeenBy[sensor] < 30) continue;
            bool others = false;
            foreach (double seen in record.SeenBy) others |= now - seen < 15;
            if (!others) continue;
            for (int j = 0; j < looks; j++)
                registrar.Search(sensor, row, observations[j], engine.Table.MeanOf(row),
                    engine.Table.TimeOf(row) - observations[j].Time);
        }
    }

    /// <summary>A source says that its object is gone: the track goes with it when nobody else has seen it of late.</summary>
    void End(in Measurement seen)
    {
        Run(seen.Sensor, SecondsAt(seen.Time), 0);
        foreach (int row in engine.Table.Alive)
        {
            TrackRecord record = records[row];
            bool named = (seen.ModeSAddress != 0 && record.ModeSAddress == seen.ModeSAddress)
                || (seen.SourceTrack >= 0 && engine.Table.Tags[row].SourceTrack == seen.SourceTrack
                    && engine.Table.Tags[row].SourceSensor == seen.Sensor);
            if (!named) continue;
            bool others = false;
            for (int s = 0; s < record.SeenBy.Length; s++)
                others |= s != seen.Sensor && now - record.SeenBy[s] < 2 * sensors[s].Sensor.Period.TotalSeconds;
            if (!others) engine.End(row);
        }

        engine.Forget(this);
    }

    public void Advance(DateTimeOffset now, ITrackSink sink)
    {
        if (epoch is null) return;
        double time = SecondsAt(now);
        if (time <= this.now) return;
        this.sink = sink;
        this.now = time;
        published = null;
        Announce();
        this.sink = null;
    }

    Track[] Publish()
    {
        List<Track> tracks = [];
        foreach (int row in engine.Table.Alive)
            if (records[row].Id != 0) tracks.Add(Publish(row));
        tracks.Sort((a, b) => a.Id.CompareTo(b.Id));
        return [.. tracks];
    }

    Track Publish(int row, bool dropped = false)
    {
        Track track = publisher.Make(row, records[row], epoch!.Value, now, dropped);
        return guard.DoubtOf(row, now) is { } doubt ? track with { ReportDoubt = doubt } : track;
    }

    void IEngineListener.OnBorn(int row, int observation)
    {
        coverage.Begin(row, !observations[observation].Tag.SaysNothing);
        registrar.Release(row);
        records[row].Clear();
        Touch(row);
        records[row].Hear(scan[observation], observations[observation].Time);
        falling.Clear(row);
        guard.Release(row);
        guard.Hear(row, observation, scan[observation], observations[observation], records[row], observations[observation].Tag);
    }

    void IEngineListener.OnCorrected(int row, int observation, double probability, double seen)
    {
        Touch(row);
        falling.Correct(row, observations[observation], probability, engine.Table);
        records[row].IsImpactStale = true;
        double existence = engine.Table.Existence[row];
        coverage.MarkHit(row, existence > 0 ? Math.Min(1, seen / existence) : 0, !observations[observation].Tag.SaysNothing);
        if (probability <= 0.5)
        {
            guard.Miss(row);
            return;
        }

        TrackRecord record = records[row];
        record.WasCorrected = true;
        record.Hear(scan[observation], observations[observation].Time);
        if (probability > 0.9 && record.Id != 0 && !guard.IsDoubted(row))
            registrar.Observe(row, observations[observation], scan[observation]);
        ref Tag tag = ref engine.Table.Tags[row];
        tag.Mode3A = record.Mode3A;
        tag.ModeSAddress = record.ModeSAddress;
        guard.Hear(row, observation, scan[observation], observations[observation], record, tag);
        if (scan[observation].SourceTrack < 0) return;
        tag.SourceTrack = scan[observation].SourceTrack;
        tag.SourceSensor = scan[observation].Sensor;
    }

    void IEngineListener.OnMissed(int row)
    {
        Touch(row);
        guard.Miss(row);
    }

    void IEngineListener.OnRemoved(int row)
    {
        published = null;
        registrar.Release(row);
        if (records[row].Id != 0)
        {
            confirmed--;
            sink?.OnDropped(Publish(row, dropped: true));
            records[row].Id = 0;
        }

        touched.Remove(row);
        records[row].IsTouched = false; // the row may be born again before it is judged
        falling.Clear(row);
        guard.Release(row);
    }

    double SecondsAt(DateTimeOffset time) => (time - epoch!.Value).TotalSeconds;
    DateTimeOffset TimeAt(double seconds) => epoch!.Value + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
