using Nadhir.Sensing;
using Nadhir.Units;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// What one sweep of a sector could see. A track that may lie in the sector can be hit; one that is inside counts a miss,
/// at most one in a rotation of the sensor, wherever the borders of the sectors fall.
/// </summary>
sealed class SectorCoverage(int sensorCount, TrackTable table) : ICoverage
{
    const double Margin = 1.5 * Angles.DegreesToRadians;
    /// <summary>How often a radar sees beyond its horizon: ducts over warm sea carry its waves round the earth.</summary>
    const double Ducted = 0.05;
    /// <summary>Tracks looked at with a report from beyond the range: its distance times this, and metres.</summary>
    const double AroundReport = 1.05, NearReport = 5000;
    /// <summary>Share of an object's reports without its replies, when the sensor has heard them: a reply is garbled or missed.</summary>
    const double Unanswered = 0.03;
    /// <summary>How often, of its looks, a transponder is switched off.</summary>
    const double SwitchedOff = 3e-4;
    const double MostStretch = 1.7; // of a length on the plane, 10,000 km from its origin

    readonly double[] lastLook = new double[table.Capacity * sensorCount];
    /// <summary>How sure it is that the object has a transponder that answers this sensor.</summary>
    readonly double[] answers = new double[table.Capacity * sensorCount];
    readonly Visibility visibility = new(sensorCount, table.Capacity);
    SensorGeometry sensor = null!;
    int sensorIndex;
    double time, from, width, range;

    public void Aim(SensorGeometry geometry, int index, double at, double fromAzimuth, double sectorWidth)
    {
        sensor = geometry;
        sensorIndex = index;
        time = at;
        from = fromAzimuth;
        width = sectorWidth;
        range = geometry.Sensor.RangeMetres;
    }

    /// <summary>
    /// A report that names its place may come from beyond the sensor's range: what a receiver is said to hear is less
    /// than it hears at its best, and another system knows of objects far away. The tracks there are looked at too.
    /// </summary>
    public void WidenTo(ReadOnlySpan<Observation> reports)
    {
        foreach (ref readonly Observation o in reports)
        {
            if (o.Kind != ObservationKind.Position) continue;
            (double dx, double dy) = sensor.Sees(o.X, o.Y);
            range = Math.Max(range, (AroundReport * Math.Sqrt((dx * dx) + (dy * dy))) + NearReport);
        }
    }

    public bool TryReach(out double x, out double y, out double distance)
    {
        (x, y, distance) = (sensor.East, sensor.North, 1.05 * range * MostStretch);
        return true;
    }

    public double Revisit => width > 0 ? sensor.Sensor.Period.TotalSeconds : 0;

    public double UnansweredFactor(int row) => Silence(answers[(row * sensorCount) + sensorIndex]);

    static double Silence(double answering) => 1 - (answering * (1 - Unanswered));

    /// <summary>The sensor has begun the track in this row, whoever had it before.</summary>
    public void Begin(int row, bool isAnswer)
    {
        answers.AsSpan(row * sensorCount, sensorCount).Clear();
        Hear(row, 1, isAnswer);
        lastLook.AsSpan(row * sensorCount, sensorCount).Fill(double.NegativeInfinity);
        lastLook[(row * sensorCount) + sensorIndex] = time;
        visibility.Begin(row, sensorIndex);
    }

    /// <summary>
    /// The sensor reported the track with this probability; when it likely did, the track counts as looked at in this rotation.
    /// </summary>
    public void MarkHit(int row, double probability, bool isAnswer)
    {
        if (probability > 0.5) lastLook[(row * sensorCount) + sensorIndex] = time;
        Hear(row, probability, isAnswer);
        visibility.Hit(row, sensorIndex, probability);
    }

    void Hear(int row, double probability, bool isAnswer)
    {
        ref double answering = ref answers[(row * sensorCount) + sensorIndex];
        double heard = isAnswer ? 1 : answering * Unanswered / Silence(answering);
        answering = (1 - SwitchedOff) * ((probability * heard) + ((1 - probability) * answering));
    }

    public void Look(int row, in GaussianState predicted, out double hit, out double miss)
    {
        (double dx, double dy) = sensor.Sees(predicted.X, predicted.Y);
        double ground = Math.Sqrt((dx * dx) + (dy * dy));
        double sigma = Math.Sqrt(predicted.LargestPositionVariance) / sensor.ScaleAt(predicted.X, predicted.Y);
        hit = miss = 0;
        Sensor about = sensor.Sensor;
        if (ground - (3 * sigma) > range * 1.02) return;
        bool knowsHeight = table.HasHeight[row];
        double probability = Math.Clamp(about.DetectionProbability, 0.01, 0.995);
        bool isBeyond = knowsHeight && IsRadar(about.Kind)
            && ground > Horizon(predicted.Z + (2 * Math.Sqrt(predicted.Zz)) + 200);
        if (isBeyond) probability *= Ducted;
        if (width <= 0)
        {
            hit = probability;
            return;
        }

        bool fullTurn = width >= (2 * Math.PI) - 1e-6;
        double into = Math.Atan2(dx, dy) - sensor.Convergence - from;
        into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
        double margin = Margin + (3 * sigma / Math.Max(ground, 100));
        bool inside = fullTurn || into < width;
        if (!inside && into > width + margin && into < (2 * Math.PI) - margin) return;
        hit = probability * visibility.ChanceOf(row, sensorIndex);
        if (isBeyond || !inside) return;
        bool isAtEdge = ground > about.RangeMetres * 0.98 || (knowsHeight && IsRadar(about.Kind)
            && (ground > 0.95 * Horizon(predicted.Z - Math.Sqrt(predicted.Zz)) || ground < predicted.Z));
        ref double last = ref lastLook[(row * sensorCount) + sensorIndex];
        if (time - last < 0.6 * about.Period.TotalSeconds) return;
        last = time;
        double detected = visibility.Look(row, sensorIndex, probability, isAtEdge);
        miss = isAtEdge ? 0 : detected;
    }

    static bool IsRadar(SensorKind kind) => kind is SensorKind.Radar or SensorKind.Radar3D;

    /// <summary>Ground range to which a height is above the sensor's radio horizon.</summary>
    double Horizon(double height) => SensorGeometry.RadioHorizon(
        Math.Max(5, Math.Max(sensor.Sensor.AntennaMetres, sensor.Sensor.Position.HeightMetres)), height);
}
