using Nadhir.Simulation.FlatScenes;
using Nadhir.Tracking;

namespace Nadhir.Simulation.Load;

/// <summary>
/// The radars of a region, each turning at a phase of its own: what they see of the traffic, and false plots within the
/// region. Scans are made a stretch of time at once, into buffers that are used again, so that a tracker can be timed
/// on them with nothing else going on.
/// </summary>
public sealed class LoadRadars
{
    readonly LoadRegion region;
    readonly LoadTraffic traffic;
    readonly Chance chance;
    readonly int[] nextTick;
    readonly List<FlatScan> scans = [];
    FlatDetection[] detections = new FlatDetection[4096];
    int tick, count;

    public LoadRadars(LoadRegion region, LoadTraffic traffic, ulong seed)
    {
        this.region = region;
        this.traffic = traffic;
        chance = new(seed, "radars");
        nextTick = [.. region.Sensors.Select(s => (int)(chance.Uniform() * TicksOf(s)))];
    }

    /// <summary>The scans of the last stretch, in order of time; each is a part of <see cref="Detections"/>.</summary>
    public IReadOnlyList<FlatScan> Scans => scans;
    public ReadOnlySpan<FlatDetection> Detections => detections.AsSpan(0, count);

    /// <summary>Lets the traffic fly on and the radars turn for a stretch of time.</summary>
    public void Sweep(double seconds)
    {
        scans.Clear();
        count = 0;
        for (int ticks = (int)Math.Round(seconds / LoadRegion.Tick); ticks > 0; ticks--)
        {
            for (int s = 0; s < nextTick.Length; s++)
            {
                if (nextTick[s] != tick) continue;
                nextTick[s] += TicksOf(region.Sensors[s]);
                int from = count;
                See(region.Sensors[s]);
                Imagine(region.Sensors[s]);
                scans.Add(new(s, traffic.Time, from, count - from));
            }

            traffic.Step(LoadRegion.Tick);
            tick++;
        }
    }

    void See(FlatSensor sensor)
    {
        double rangeSigma = LoadRegion.RangeSigma(sensor), reach = sensor.Range * sensor.Range;
        for (int i = 0; i < traffic.Count; i++)
        {
            double dx = traffic.X[i] - sensor.X, dy = traffic.Y[i] - sensor.Y, dz = traffic.Z[i] - sensor.Z;
            double square = (dx * dx) + (dy * dy) + (dz * dz);
            if (square > reach || square < sensor.LeastRange * sensor.LeastRange) continue;
            double range = Math.Sqrt(square), elevation = Math.Asin(dz / range);
            if (elevation < sensor.LeastElevation || elevation > sensor.MostElevation) continue;
            if (!chance.Happens(sensor.DetectionProbability)) continue;
            Add(range + (rangeSigma * chance.Normal()),
                Math.Atan2(dx, dy) + (LoadRegion.AzimuthSigma * chance.Normal()),
                elevation + (LoadRegion.ElevationSigma * chance.Normal()), rangeSigma);
        }
    }

    /// <summary>False plots, even in range, azimuth and elevation; those outside the region are left out.</summary>
    void Imagine(FlatSensor sensor)
    {
        for (int left = chance.Poisson(sensor.FalsePerScan); left > 0; left--)
        {
            double range = chance.Uniform(sensor.LeastRange, sensor.Range), azimuth = chance.Uniform(-Math.PI, Math.PI);
            double elevation = chance.Uniform(sensor.LeastElevation, sensor.MostElevation);
            double ground = range * Math.Cos(elevation);
            if (region.Contains(sensor.X + (ground * Math.Sin(azimuth)), sensor.Y + (ground * Math.Cos(azimuth))))
                Add(range, azimuth, elevation, LoadRegion.RangeSigma(sensor));
        }
    }

    void Add(double range, double azimuth, double elevation, double rangeSigma)
    {
        if (count == detections.Length) Array.Resize(ref detections, 2 * count);
        detections[count++] = new(traffic.Time, range, azimuth, elevation, rangeSigma, LoadRegion.AzimuthSigma,
            LoadRegion.ElevationSigma);
    }

    static int TicksOf(FlatSensor sensor) => (int)Math.Round(sensor.Period / LoadRegion.Tick);
}
