using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Registration;
using Nadhir.Units;

namespace Nadhir.Dossiers;

/// <summary>A measurement that led to a track, and the entry of the journal it came in.</summary>
sealed record Plot(long Entry, int Track, Measurement Seen, GeoPoint? Point, double FromTrackMetres);

/// <summary>
/// Stands between the watch and its tracker and notes, for some tracks, which measurement corrected them. The tracker's
/// own association is soft (each measurement counts a little for every track near); named here is the one nearest to
/// the track as it was corrected, within <see cref="GateMetres"/> or five sigmas. Measurements before the confirmation
/// are those of the <see cref="Before"/> time that lie as near to the track's line backwards.
/// </summary>
sealed class PlotWitness(ITracker inner, WatchConfiguration configuration, IReadOnlySet<int> concerned) : ITracker, ITrackSink
{
    public const double GateMetres = 1500;
    /// <summary>Entries remembered by their measurements; twice as many are held, the older half is forgotten at once.</summary>
    const int MostRemembered = 1 << 16;
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(2);

    readonly TangentFrame[] frames =
    [
        .. configuration.Sensors.Select(s => new TangentFrame(s.Position with { HeightMetres = s.Position.HeightMetres + s.AntennaMetres })),
    ];
    readonly Queue<(long Entry, Measurement Seen, GeoPoint? Point)> recent = new();
    readonly List<Track> corrected = [], confirmed = [];
    Dictionary<Key, long> newer = [], older = [];
    ITrackSink? outer;

    /// <summary>What tells one measurement from another, whatever becomes of its time on the way.</summary>
    readonly record struct Key(int Sensor, double Range, double Azimuth, double Latitude, double Longitude, uint Address);

    /// <summary>The entry being applied now.</summary>
    public long Entry { get; set; }
    public List<Plot> Plots { get; } = [];
    /// <summary>The tracks as they were published, in order.</summary>
    public List<Track> States { get; } = [];

    public StereographicPlane Plane => inner.Plane;
    public IReadOnlyList<Track> Tracks => inner.Tracks;
    public int TentativeCount => inner.TentativeCount;
    public long ShedCount => inner.ShedCount;
    public IReadOnlyList<SensorRegistration> Registrations => inner.Registrations;

    /// <summary>A decoder that lets us see what it finds.</summary>
    public IFeedDecoder Watched(IFeedDecoder decoder) => new WatchedDecoder(decoder, this);

    public void Process(in Scan scan, ITrackSink sink)
    {
        (outer, int from) = (sink, recent.Count);
        foreach (Measurement seen in scan.Measurements)
        {
            long entry = newer.TryGetValue(KeyOf(seen), out long at) || older.TryGetValue(KeyOf(seen), out at) ? at : Entry;
            recent.Enqueue((entry, seen, PointOf(seen)));
        }
        inner.Process(scan, this);
        foreach (Track track in confirmed) NoteBefore(track, from);
        foreach (Track track in corrected)
            if (Nearest(track, from) is { } plot) Plots.Add(plot);
        confirmed.Clear();
        corrected.Clear();
        while (recent.TryPeek(out var oldest) && (oldest.Seen.Time < scan.Time - Before || recent.Count > MostRemembered)) recent.Dequeue();
    }

    public void Advance(DateTimeOffset now, ITrackSink sink) => inner.Advance(now, sink);

    void ITrackSink.OnConfirmed(in Track track)
    {
        if (concerned.Contains(track.Id)) confirmed.Add(track);
        Publish(track);
        outer!.OnConfirmed(track);
    }

    void ITrackSink.OnUpdated(in Track track)
    {
        Publish(track);
        outer!.OnUpdated(track);
    }

    void ITrackSink.OnDropped(in Track track) => outer!.OnDropped(track);

    void Publish(Track track)
    {
        if (!concerned.Contains(track.Id)) return;
        States.Add(track);
        corrected.Add(track);
    }

    void NoteBefore(Track track, int until)
    {
        foreach (var (entry, seen, point) in recent.Take(until))
        {
            if (seen.Time < track.FirstSeen - TimeSpan.FromSeconds(1) || point is not { } at) continue;
            double distance = DistanceAt(track, seen.Time, at);
            if (distance <= Gate(track)) Plots.Add(new Plot(entry, track.Id, seen, at, distance));
        }
    }

    Plot? Nearest(Track track, int from)
    {
        Plot? best = null;
        foreach (var (entry, seen, point) in recent.Skip(from))
        {
            double distance = point is { } at ? DistanceAt(track, seen.Time, at) : OffBearing(track, seen);
            if (distance <= Gate(track) && distance < (best?.FromTrackMetres ?? double.MaxValue))
                best = new Plot(entry, track.Id, seen, point, distance);
        }
        return best;
    }

    static double Gate(Track track) => Math.Max(GateMetres, 5 * track.AccuracyMetres);

    double DistanceAt(Track track, DateTimeOffset time, GeoPoint at)
    {
        double seconds = (time - track.State.Time).TotalSeconds;
        (double east, double north) = Plane.ToPlane(at);
        return Math.Round(double.Hypot(
            track.State.East + (seconds * track.State.VelocityEast) - east,
            track.State.North + (seconds * track.State.VelocityNorth) - north), 1);
    }

    /// <summary>How far a direction passes the track by, metres.</summary>
    double OffBearing(Track track, in Measurement seen)
    {
        if (!double.IsFinite(seen.AzimuthRadians)) return double.MaxValue;
        GeoPoint from = double.IsFinite(seen.LatitudeDegrees)
            ? new(seen.LatitudeDegrees, seen.LongitudeDegrees) : configuration.Sensors[seen.Sensor].Position.Point;
        (double distance, double azimuth) = Geodesic.Inverse(from, track.Position.Point);
        return Math.Round(distance * Math.Abs(Angles.WrapRadians((azimuth * Angles.DegreesToRadians) - seen.AzimuthRadians)), 1);
    }

    GeoPoint? PointOf(in Measurement seen)
    {
        if (seen.Kind == MeasurementKind.Bearing) return null;
        if (double.IsFinite(seen.LatitudeDegrees)) return new(seen.LatitudeDegrees, seen.LongitudeDegrees);
        if (!double.IsFinite(seen.RangeMetres)) return null;
        TangentFrame frame = frames[seen.Sensor];
        double height = double.IsFinite(seen.HeightMetres) ? seen.HeightMetres
            : double.IsFinite(seen.ElevationRadians) ? frame.Origin.HeightMetres + (seen.RangeMetres * Math.Sin(seen.ElevationRadians)) : 6000;
        return frame.FromRangeAzimuthHeight(seen.RangeMetres, seen.AzimuthRadians, height).Point;
    }

    static Key KeyOf(in Measurement m) =>
        new(m.Sensor, m.RangeMetres, m.AzimuthRadians, m.LatitudeDegrees, m.LongitudeDegrees, m.ModeSAddress);

    void Remember(in Measurement seen)
    {
        if (newer.Count >= MostRemembered) (older, newer) = (newer, []);
        newer[KeyOf(seen)] = Entry;
    }

    sealed class WatchedDecoder(IFeedDecoder inner, PlotWitness witness) : IFeedDecoder, IDecodeSink
    {
        IDecodeSink? outer;

        public IEnumerable<FeedFinding> Findings => inner.Findings;
        public IEnumerable<(int Sensor, SensorWord Word)> SensorWords => inner.SensorWords;

        public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
        {
            outer = sink;
            inner.Decode(bytes, arrived, this);
        }

        public void OnMeasurement(in Measurement measurement)
        {
            witness.Remember(measurement);
            outer!.OnMeasurement(measurement);
        }

        public void OnScanMark(int sensor, ScanMark mark, DateTimeOffset time, double azimuthRadians, TimeSpan rotation) =>
            outer!.OnScanMark(sensor, mark, time, azimuthRadians, rotation);

        public void OnAlive(int sensor, DateTimeOffset time) => outer!.OnAlive(sensor, time);
        public void OnGone(int sensor, string reason) => outer!.OnGone(sensor, reason);
        public void OnFault(DecodeFault fault, int offset, int length, string detail) => outer!.OnFault(fault, offset, length, detail);
    }
}
