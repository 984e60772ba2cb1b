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
    const double ShownExistence = 0.5, PeriodsUnseen = 4, LeastUnseen = 5;

    readonly FlatScanner[] sensors;
    readonly BernoulliEngine engine;
    readonly int[] ids;
    readonly bool[] wasShown = new bool[20000];
    readonly FallingTracks? falling;
    readonly double unseenLimit;
    Observation[] observations = new Observation[256];
    double[] free = new double[256];
    int nextId = 1;

    /// <param name="predictsImpacts">Whether ballistic tracks are reported with where they come down.</param>
    public FlatTracker(ImmutableArray<FlatSensor> sensors, int capacity = 8192, bool predictsImpacts = false)
    {
        MotionBank bank = MotionBanks.ForScene(sensors);
        double scale = sensors.Any(s => s.Kind == FlatSensorKind.Position2D) ? 1 : 0;
        engine = new(bank, new() { Capacity = capacity, Gate = scale > 0 ? 16 : 25, Lifetime = 400, BranchAbove = Tune.Get(0, 0.3), KeepHypothesesAbove = Tune.Get(1, 0.01), MostHypotheses = (int)Tune.Get(2, 24), AlikeWithin = Tune.Get(3, 0.5) });
        this.sensors = [.. sensors.Select(sensor => new FlatScanner(sensor))];
        ids = new int[capacity];
        if (predictsImpacts) falling = new(new(bank), BallisticEnvironment.Flat, capacity);
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
        int count = 0;
        foreach (ref readonly FlatDetection seen in detections)
            if (scanner.TryObserve(seen, out observations[count])) count++;
        engine.Scan(time, observations.AsSpan(0, count), scanner, this, free.AsSpan(0, count));
        foreach (int row in engine.Table.Alive)
            if (time - engine.Table.LastSeen[row] > unseenLimit) engine.Table.Existence[row] = 0; // it left all coverage
        engine.Forget(this);
    }

    /// <summary>Every track that would be shown at a time not before the last scan, in order of birth.</summary>
    public void Report(double time, ICollection<FlatTrack> shown)
    {
        foreach (int row in engine.Table.Alive)
        {
            if (engine.Table.Existence[row] < ShownExistence || engine.Table.Hits[row] < Tune.Get(4, 1)) continue;
            int cl = engine.Table.ClusterOf[row];
            if (cl >= 0 && !wasShown[row] && engine.Table.Hits[row] < Tune.Get(6, 99) && engine.Clusters[cl].Certainty(engine.Clusters[cl].ColumnOf(row)) < Tune.Get(5, 0)) continue;
            wasShown[row] = true;
            GaussianState s = engine.At(row, time);
            if (s.Z < -2 * Math.Sqrt(s.Zz) && s.W < 0 && engine.Table.HasHeight[row]) continue; // it has come down
            if (!engine.Table.HasHeight[row]) s.Z = s.W = s.Zz = 0;
            shown.Add(new(ids[row], s.X, s.Y, s.Z, s.U, s.V, s.W, s.Xx, s.Xy, 0, s.Yy, 0, s.Zz,
                engine.Table.Existence[row]) { Impact = ImpactOf(row) });
        }
    }

    FlatImpact? ImpactOf(int row) =>
        falling is not null && falling.TryPredict(row, engine.Table, ground: 0, out FlatImpact impact) ? impact : null;

    void IEngineListener.OnBorn(int row, int observation)
    {
        ids[row] = nextId++;
        wasShown[row] = false;
        falling?.Clear(row);
    }

    void IEngineListener.OnCorrected(int row, int observation, double probability) =>
        falling?.Correct(row, observations[observation], probability, engine.Table);

    void IEngineListener.OnMissed(int row) { }
    void IEngineListener.OnRemoved(int row) => falling?.Clear(row);
}
