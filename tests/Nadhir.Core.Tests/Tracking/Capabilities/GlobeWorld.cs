using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

/// <summary>
/// A seeded world whose objects fly over the ellipsoid, anywhere on it: rotating radars see them in sectors, and the
/// tracker works on a plane of the test's choice, of which the world knows nothing.
/// </summary>
sealed class GlobeWorld
{
    public static readonly DateTimeOffset Start = RadarWorld.Start;

    const int Sectors = 8;
    readonly Random random;
    readonly ImmutableArray<Sensor> sensors;
    readonly List<Func<double, GeoPosition?>> paths = [];
    readonly TangentFrame[] frames;

    public GlobeWorld(int seed, StereographicPlane plane, ImmutableArray<Sensor> sensors)
    {
        random = new(seed);
        this.sensors = sensors;
        frames = [.. sensors.Select(s =>
            new TangentFrame(s.Position with { HeightMetres = s.Position.HeightMetres + s.AntennaMetres }))];
        Tracker = new(plane, sensors, new());
    }

    public MultiSensorTracker Tracker { get; }
    public Recorder Heard { get; } = new();

    public static Sensor Radar(string id, GeoPoint at, SensorKind kind = SensorKind.Radar) => new()
    {
        Id = id, Kind = kind, Feed = "test", AntennaMetres = 20, Position = new(at.LatitudeDegrees, at.LongitudeDegrees, 30),
    };

    /// <summary>Adds an object given by where it is at a time; null when it is not there.</summary>
    public void Fly(Func<double, GeoPosition?> path) => paths.Add(path);

    public void Run(double seconds)
    {
        List<(double End, int Sensor, int Sector, double Period)> sweeps = [];
        for (int s = 0; s < sensors.Length; s++)
        {
            double period = sensors[s].Period.TotalSeconds, offset = period * s / sensors.Length;
            for (int k = 0; offset + ((k + 1) * period / Sectors) <= seconds; k++)
                sweeps.Add((offset + ((k + 1) * period / Sectors), s, k % Sectors, period));
        }

        foreach ((double end, int sensor, int sector, double period) in sweeps.OrderBy(s => s.End).ThenBy(s => s.Sensor))
            Sweep(end, sensor, sector, period);
    }

    void Sweep(double end, int sensor, int sector, double period)
    {
        double width = 2 * Math.PI / Sectors, from = sector * width, duration = period / Sectors;
        Sensor about = sensors[sensor];
        List<Measurement> plots = [];
        foreach (Func<double, GeoPosition?> path in paths)
        {
            if (path(end - (0.5 * duration)) is not { } roughly) continue;
            double into = Polar(sensor, roughly).Azimuth - from;
            into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
            if (into >= width) continue;
            double time = end - duration + (into / width * duration);
            if (path(time) is not { } at || random.NextDouble() > about.DetectionProbability) continue;
            (double range, double azimuth, double elevation) = Polar(sensor, at);
            if (range > about.RangeMetres || elevation < 0.003) continue;
            bool elevated = about.Kind == SensorKind.Radar3D;
            plots.Add(Plot(sensor, time, range + (random.Normal() * about.SigmaRangeMetres),
                azimuth + (random.Normal() * about.SigmaAzimuthDegrees * Angles.DegreesToRadians)) with
            {
                HeightMetres = elevated ? double.NaN : at.HeightMetres + (random.Normal() * 10),
                ElevationRadians = elevated
                    ? elevation + (random.Normal() * about.SigmaElevationDegrees * Angles.DegreesToRadians) : double.NaN,
            });
        }

        for (int n = random.Poisson(about.FalsePlotsPerScan / Sectors); n > 0; n--)
        {
            double share = random.NextDouble();
            plots.Add(Plot(sensor, end - duration + (share * duration),
                about.RangeMetres * Math.Sqrt(random.NextDouble()), from + (share * width)));
        }

        plots.Sort((a, b) => a.Time.CompareTo(b.Time));
        Tracker.Process(new()
        {
            Sensor = sensor, Time = Start.AddSeconds(end), FromAzimuthRadians = from, WidthRadians = width,
            Measurements = plots.ToArray(),
        }, Heard);
        Tracker.Advance(Start.AddSeconds(end), Heard);
    }

    static Measurement Plot(int sensor, double time, double range, double azimuth) => new()
    {
        Kind = MeasurementKind.Plot, Sensor = sensor, Time = Start.AddSeconds(time),
        RangeMetres = range, AzimuthRadians = azimuth, Primary = true,
    };

    /// <summary>Slant range, azimuth and the elevation that a radar tells over a 4/3 earth.</summary>
    (double Range, double Azimuth, double Elevation) Polar(int sensor, GeoPosition at)
    {
        (double e, double n, double u) = frames[sensor].ToLocal(at);
        double ground = Math.Sqrt((e * e) + (n * n)), bent = ground * ground / (8 * Wgs84.MeanRadiusMetres);
        return (Math.Sqrt((ground * ground) + (u * u)), Math.Atan2(e, n), Math.Atan2(u + bent, ground));
    }
}
