using System.Collections.Immutable;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking;

public enum FlatSensorKind : byte { Radar3D, Bearing, Position2D }

/// <summary>A sensor over a flat earth, as the tracking bench describes it. SI units, radians.</summary>
public sealed record FlatSensor
{
    public required string Id { get; init; }
    public required FlatSensorKind Kind { get; init; }
    public double X { get; init; }
    public double Y { get; init; }
    public double Z { get; init; }
    public double Period { get; init; } = 1;
    public double LeastRange { get; init; }
    public double Range { get; init; }
    public double LeastElevation { get; init; } = -Math.PI / 2;
    public double MostElevation { get; init; } = Math.PI / 2;
    public double DetectionProbability { get; init; } = 0.9;
    public double FalsePerScan { get; init; } = 1;
    /// <summary>Side of the square area of a Position2D sensor.</summary>
    public double Area { get; init; }
}

/// <summary>One detection of a flat sensor: range, azimuth, elevation; or azimuth only; or x and y; with one sigma each.</summary>
public readonly record struct FlatDetection(double Time, double First, double Second, double Third,
    double FirstSigma, double SecondSigma, double ThirdSigma);

/// <summary>A track at a moment on the flat earth, with the upper triangle of its position covariance.</summary>
public readonly record struct FlatTrack(int Id, double X, double Y, double Z, double VelocityX, double VelocityY,
    double VelocityZ, double Xx, double Xy, double Xz, double Yy, double Yz, double Zz, double Existence)
{
    /// <summary>Where it comes down, when it is held to be ballistic.</summary>
    public FlatImpact? Impact { get; init; }
}

/// <summary>
/// The tracker over a flat earth with whole scans of three-dimensional radars, bearings and plane positions: the form in
/// which it is measured against other trackers.
/// </summary>
public sealed class FlatTracker : IEngineListener
{
    const double ShownExistence = 0.55, ArrivedExistence = 0.99, PeriodsUnseen = 5, LeastUnseen = 6, SweepSeconds = 1;
    const int ShownHits = 2, ArrivedHits = 5, Counted = -1;

    readonly FlatScanner[] sensors;
    readonly BernoulliEngine engine;
    readonly FallingTracks falling;
    readonly bool tellsImpacts;
    readonly double unseenLimit, shownCertainty;
    /// <summary>Per row: its number, which sensor saw it first (until it is counted), and whether it has been shown.</summary>
    readonly int[] ids, bornBy;
    readonly bool[] wasShown;
    Observation[] observations = new Observation[256];
    double[] free = new double[256];
    int nextId = 1, present;
    double nextSweep = double.NegativeInfinity;

    /// <param name="sensors">All that will report.</param>
    /// <param name="capacity">Rows of the track table, improbable tracks included.</param>
    /// <param name="predictsImpacts">Whether ballistic tracks are reported with where they come down.</param>
    public FlatTracker(ImmutableArray<FlatSensor> sensors, int capacity = 8192, bool predictsImpacts = false)
    {
        FlatScene scene = FlatScene.Of(sensors);
        engine = new(scene.Bank, new() { Capacity = capacity, Gate = scene.Gate, Lifetime = scene.Lifetime, StayAbove = scene.StayAbove });
        shownCertainty = scene.ShownCertainty;
        this.sensors = [.. sensors.Select(sensor => new FlatScanner(sensor, scene.Arrivals))];
        ids = new int[capacity];
        bornBy = new int[capacity];
        wasShown = new bool[capacity];
        falling = new(new(scene.Bank), BallisticEnvironment.Flat, capacity);
        tellsImpacts = predictsImpacts;
        IEnumerable<FlatSensor> starting = sensors.Where(s => s.Kind != FlatSensorKind.Bearing);
        unseenLimit = Math.Max(LeastUnseen, PeriodsUnseen * starting.Select(s => s.Period).DefaultIfEmpty(1).Max());
    }

    /// <summary>Tracks in the table, shown or not.</summary>
    public int Count => engine.Table.Count;

    /// <summary>Uses one scan of one sensor; the detections may carry times of their own inside the rotation.</summary>
    public void Process(int sensor, double time, ReadOnlySpan<FlatDetection> detections)
    {
        if (observations.Length < detections.Length)
        {
            observations = new Observation[2 * detections.Length];
            free = new double[2 * detections.Length];
        }

        FlatScanner scanner = sensors[sensor];
        present = sensor;
        int count = 0;
        foreach (ref readonly FlatDetection seen in detections)
            if (scanner.TryObserve(seen, out observations[count])) count++;
        engine.Scan(time, observations.AsSpan(0, count), scanner, this, free.AsSpan(0, count));
        if (time < nextSweep) return;
        nextSweep = time + SweepSeconds;
        foreach (int row in engine.Table.Alive)
            if (time - engine.Table.LastSeen[row] > unseenLimit) engine.End(row); // it left all coverage
        engine.Forget(this);
        engine.PlaceAll(time);
    }

    /// <summary>Every track that would be shown at a time not before the last scan, in no order.</summary>
    public void Report(double time, ICollection<FlatTrack> shown)
    {
        foreach (int row in engine.Table.Alive)
        {
            if (engine.Table.Hits[row] < ShownHits || !IsClear(row)) continue;
            GaussianState s = engine.At(row, time, out double existence);
            if (existence < ShownExistence) continue;
            wasShown[row] = true;
            bool hasHeight = engine.Table.HasHeight[row];
            if (s.Z < -2 * Math.Sqrt(s.Zz) && s.W < 0 && hasHeight) continue; // it has come down
            if (!hasHeight) s.Z = s.W = s.Zz = 0;
            FlatTrack track = engine.Table.ClusterOf[row] < 0 && falling.TryState(row, time, out BallisticState f)
                ? new(ids[row], f.X, f.Y, f.Z, f.U, f.V, f.W, f.Covariance[0, 0], f.Covariance[0, 1], f.Covariance[0, 2],
                    f.Covariance[1, 1], f.Covariance[1, 2], f.Covariance[2, 2], existence)
                : new(ids[row], s.X, s.Y, s.Z, s.U, s.V, s.W, s.Xx, s.Xy, 0, s.Yy, 0, s.Zz, existence);
            shown.Add(tellsImpacts ? track with { Impact = ImpactOf(row) } : track);
        }
    }

    /// <summary>
    /// A track is shown once it is likelier than not, was seen twice, and it is clear which object it is: a number given
    /// in doubt may have to change.
    /// </summary>
    bool IsClear(int row) => wasShown[row] || engine.CertaintyOf(row) >= shownCertainty;

    FlatImpact? ImpactOf(int row) =>
        falling.TryPredict(row, engine.Table, ground: 0, out FlatImpact impact) ? impact : null;

    void IEngineListener.OnBorn(int row, int observation)
    {
        ids[row] = nextId++;
        bornBy[row] = present;
        wasShown[row] = false;
        falling.Clear(row);
    }

    void IEngineListener.OnCorrected(int row, int observation, double probability, double seen)
    {
        falling.Correct(row, observations[observation], probability, engine.Table);
        bool isSure = engine.Table.Hits[row] >= ArrivedHits && engine.Table.Existence[row] >= ArrivedExistence;
        if (!isSure || bornBy[row] == Counted) return;
        sensors[bornBy[row]].CountArrival(engine.Table.FirstSeen[row]);
        bornBy[row] = Counted;
    }

    void IEngineListener.OnMissed(int row) { }
    void IEngineListener.OnRemoved(int row) => falling.Clear(row);
}
