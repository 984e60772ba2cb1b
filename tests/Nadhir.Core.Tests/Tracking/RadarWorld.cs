using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking;

/// <summary>A small seeded world: objects that fly by a rule, rotating radars that report them in sectors, with clutter.</summary>
sealed class RadarWorld
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly StereographicPlane Plane = new(new GeoPoint(33, 44));

    readonly Random random;
    readonly List<Flyer> objects = [];
    readonly TangentFrame[] frames;
    readonly int sectors;

    public RadarWorld(int seed, ImmutableArray<Sensor> sensors, int sectors = 8, TrackerOptions? options = null)
    {
        random = new(seed);
        Sensors = sensors;
        this.sectors = sectors;
        frames = [.. sensors.Select(s => new TangentFrame(s.Position with
        {
            HeightMetres = s.Position.HeightMetres + s.AntennaMetres,
        }))];
        Tracker = new(Plane, sensors, options ?? new TrackerOptions());
        Errors = new SystematicError[sensors.Length];
    }

    public ImmutableArray<Sensor> Sensors { get; }
    public MultiSensorTracker Tracker { get; }
    public Recorder Heard { get; } = new();
    /// <summary>What each radar tells wrongly, and how late it is heard; may be changed between runs.</summary>
    public SystematicError[] Errors { get; }
    /// <summary>Seconds already run.</summary>
    public double Elapsed { get; private set; }
    /// <summary>Radars that see no object at all, only false plots.</summary>
    public HashSet<int> Blind { get; } = [];
    /// <summary>Rain: so many false plots more each turn, evenly over a disc.</summary>
    public (double East, double North, double RadiusMetres, double PlotsPerScan)? Rain { get; set; }
    /// <summary>Whether secondary radar replies give heights.</summary>
    public bool ModeC { get; set; } = true;

    /// <summary>Radars around the origin: 10 s a turn, started at different moments, 370 km, 20 false plots a turn.</summary>
    public static ImmutableArray<Sensor> Radars(int count) =>
    [
        .. Enumerable.Range(0, count).Select(k => new Sensor
        {
            Id = $"R{k}",
            Kind = SensorKind.Radar,
            Feed = "test",
            Position = new(33 + (0.9 * Math.Cos(k * 2.4)), 44 + (1.1 * Math.Sin(k * 2.4)), 30),
            AntennaMetres = 20,
        }),
    ];

    /// <summary>Adds an object given by plane position and height over seconds; null when it is not there.</summary>
    /// <param name="mode3A">What its transponder says; none when negative.</param>
    /// <param name="seen">With which chance a radar detects it that otherwise would.</param>
    public void Fly(
        Func<double, (double East, double North, double Height)?> path, short mode3A = -1, double seen = 1, bool tellsHeight = true) =>
        objects.Add(new(path, mode3A, seen, tellsHeight));

    /// <summary>Straight flight over the plane.</summary>
    public static Func<double, (double, double, double)?> Straight(
        double east, double north, double speed, double courseDegrees, double height)
    {
        (double sin, double cos) = Math.SinCos(courseDegrees * Angles.DegreesToRadians);
        return t => (east + (speed * sin * t), north + (speed * cos * t), height);
    }

    /// <summary>Runs the radars for some seconds, sector by sector, and calls back after each sector.</summary>
    public void Run(double seconds, Action<double>? after = null)
    {
        List<(double End, int Sensor, int Sector, double Period)> sweeps = [];
        for (int s = 0; s < Sensors.Length; s++)
        {
            double period = Sensors[s].Period.TotalSeconds, offset = period * s / Sensors.Length;
            for (int k = 0; offset + ((k + 1) * period / sectors) <= Elapsed + seconds; k++)
                if (offset + ((k + 1) * period / sectors) > Elapsed)
                    sweeps.Add((offset + ((k + 1) * period / sectors), s, k % sectors, period));
        }

        Elapsed += seconds;
        foreach ((double end, int sensor, int sector, double period) in
            sweeps.OrderBy(s => s.End + Errors[s.Sensor].Delay).ThenBy(s => s.Sensor))
        {
            Sweep(end, sensor, sector, period);
            after?.Invoke(end);
        }
    }

    /// <summary>Time in which no radar works and nobody tells the tracker anything.</summary>
    public void Skip(double seconds) => Elapsed += seconds;

    void Sweep(double end, int sensor, int sector, double period)
    {
        double width = 2 * Math.PI / sectors, from = sector * width, duration = period / sectors;
        List<Measurement> plots = [];
        foreach ((Func<double, (double East, double North, double Height)?> path, short mode3A, double share, bool tellsHeight) in objects)
        {
            if (Blind.Contains(sensor) || path(end - (0.5 * duration)) is not { } about) continue;
            double azimuth = Polar(sensor, about).Azimuth, into = azimuth - from;
            into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
            if (into >= width) continue;
            double time = end - duration + (into / width * duration);
            if (path(time) is not { } seen || random.NextDouble() > share * Sensors[sensor].DetectionProbability) continue;
            (double range, double exact) = Polar(sensor, seen);
            if (range > Sensors[sensor].RangeMetres) continue;
            plots.Add(Plot(sensor, time + Errors[sensor].ClockSeconds,
                range + Errors[sensor].RangeMetres + (random.Normal() * Sensors[sensor].SigmaRangeMetres),
                exact + (Errors[sensor].AzimuthDegrees * Angles.DegreesToRadians)
                    + (random.Normal() * Sensors[sensor].SigmaAzimuthDegrees * Angles.DegreesToRadians),
                ModeC && tellsHeight ? seen.Height + (random.Normal() * 10) : double.NaN) with { Mode3A = mode3A });
        }

        for (int n = random.Poisson(Sensors[sensor].FalsePlotsPerScan / sectors); n > 0; n--)
        {
            double share = random.NextDouble();
            plots.Add(Plot(sensor, end - duration + (share * duration) + Errors[sensor].ClockSeconds,
                Sensors[sensor].RangeMetres * Math.Sqrt(random.NextDouble()), from + (share * width), double.NaN));
        }

        for (int n = Rain is { } rain ? random.Poisson(rain.PlotsPerScan) : 0; n > 0; n--)
        {
            double reach = Rain!.Value.RadiusMetres * Math.Sqrt(random.NextDouble()), about = 2 * Math.PI * random.NextDouble();
            (double range, double azimuth) = Polar(
                sensor, (Rain.Value.East + (reach * Math.Sin(about)), Rain.Value.North + (reach * Math.Cos(about)), 5000));
            double into = azimuth - from;
            into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
            if (into < width) plots.Add(Plot(sensor, end - duration + (into / width * duration) + Errors[sensor].ClockSeconds, range, azimuth, double.NaN));
        }

        plots.Sort((a, b) => a.Time.CompareTo(b.Time));
        Tracker.Process(new()
        {
            Sensor = sensor,
            Time = Start.AddSeconds(end + Errors[sensor].ClockSeconds),
            FromAzimuthRadians = from,
            WidthRadians = width,
            Measurements = plots.ToArray(),
        }, Heard);
        Tracker.Advance(Start.AddSeconds(end + Errors[sensor].Delay), Heard);
    }

    static Measurement Plot(int sensor, double time, double range, double azimuth, double height) => new()
    {
        Kind = MeasurementKind.Plot,
        Sensor = sensor,
        Time = Start.AddSeconds(time),
        RangeMetres = range,
        AzimuthRadians = azimuth,
        HeightMetres = height,
        Primary = true,
    };

    (double Range, double Azimuth) Polar(int sensor, (double East, double North, double Height) at)
    {
        GeoPoint point = Plane.FromPlane(at.East, at.North);
        (double e, double n, double u) =
            frames[sensor].ToLocal(new(point.LatitudeDegrees, point.LongitudeDegrees, at.Height));
        return (Math.Sqrt((e * e) + (n * n) + (u * u)), Math.Atan2(e, n));
    }

    sealed record Flyer(Func<double, (double East, double North, double Height)?> Path, short Mode3A, double Share, bool TellsHeight);
}

/// <summary>Told minus true, and how many seconds after its measurement a plot arrives.</summary>
readonly record struct SystematicError(
    double RangeMetres = 0, double AzimuthDegrees = 0, double ClockSeconds = 0, double Delay = 0);

/// <summary>Keeps all that the tracker told.</summary>
sealed class Recorder : ITrackSink
{
    public List<Track> Confirmed { get; } = [];
    public List<Track> Updated { get; } = [];
    public List<Track> Dropped { get; } = [];

    public void OnConfirmed(in Track track) => Confirmed.Add(track);
    public void OnUpdated(in Track track) => Updated.Add(track);
    public void OnDropped(in Track track) => Dropped.Add(track);
}
