using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Units;
using Flight = System.Func<double, (double East, double North, double Height)?>;

namespace Nadhir.Core.Tests.Tracking.Capabilities;

/// <summary>
/// A seeded world of objects that fly by a rule, seen by radars in sectors and by whatever else a test lets report.
/// Sensor kinds other than radars speak only through <see cref="Every"/>.
/// </summary>
sealed class MixedWorld
{
    const int Sectors = 8;
    readonly Random random;
    readonly List<Flyer> flyers = [];
    readonly List<(double Period, double From, int Sensor, Func<double, Measurement?> Say)> speakers = [];
    readonly TangentFrame[] frames;

    public MixedWorld(int seed, ImmutableArray<Sensor> sensors, TrackerOptions? options = null)
    {
        random = new(seed);
        Sensors = sensors;
        frames = [.. sensors.Select(s =>
            new TangentFrame(s.Position with { HeightMetres = s.Position.HeightMetres + s.AntennaMetres }))];
        Tracker = new(RadarWorld.Plane, sensors, options ?? new());
    }

    sealed record Flyer(Flight Path, uint Address);

    public ImmutableArray<Sensor> Sensors { get; }
    public MultiSensorTracker Tracker { get; }
    public Recorder Heard { get; } = new();
    /// <summary>Whether secondary radar replies give heights, and Mode S addresses.</summary>
    public bool ModeC { get; set; } = true;
    /// <summary>3-D radars tell the height they reckon from the elevation (I048/110) instead of the elevation.</summary>
    public bool TellsHeight { get; set; }
    public bool ModeS { get; set; }
    /// <summary>Whether a radar sees a place; all do unless told otherwise.</summary>
    public Func<int, double, double, bool> Sees { get; set; } = (_, _, _) => true;

    public static Sensor Radar(string id, double eastKilometres, double northKilometres,
        SensorKind kind = SensorKind.Radar)
    {
        GeoPoint place = RadarWorld.Plane.FromPlane(1000 * eastKilometres, 1000 * northKilometres);
        return new()
        {
            Id = id, Kind = kind, Feed = "test", AntennaMetres = 20,
            Position = new(place.LatitudeDegrees, place.LongitudeDegrees, 30),
        };
    }

    public static Sensor Other(string id, SensorKind kind, double sigmaMetres = 30) => new()
    {
        Id = id, Kind = kind, Feed = "test", Position = new(33, 44, 0), SigmaPositionMetres = sigmaMetres,
        DetectionProbability = 0.95,
        Period = TimeSpan.FromSeconds(1),
    };

    public void Fly(Flight path, uint address = 0) =>
        flyers.Add(new(path, address));

    /// <summary>Lets a sensor say something every so many seconds, or nothing.</summary>
    public void Every(double period, int sensor, Func<double, Measurement?> say, double from = 0) =>
        speakers.Add((period, from, sensor, say));

    /// <summary>
    /// A self-reported position of a path, off by what a rule says, with velocity of the path itself.
    /// </summary>
    public void Report(int sensor, Flight path, uint address,
        Func<double, (double East, double North)>? off = null, double period = 1) => Every(period, sensor, t =>
        {
            if (path(t) is not { } at || path(t + 0.5) is not { } then || path(t - 0.5) is not { } before) return null;
            (double e, double n) = off?.Invoke(t) ?? (0, 0);
            (double e0, double n0) = off?.Invoke(t - 0.5) ?? (0, 0);
            (double e1, double n1) = off?.Invoke(t + 0.5) ?? (0, 0);
            bool leaps = Math.Abs(e1 - e0) + Math.Abs(n1 - n0) > 1000;
            double noise = Sensors[sensor].SigmaPositionMetres;
            return Place(MeasurementKind.PositionReport, sensor, t, at.East + e + (noise * random.Normal()),
                at.North + n + (noise * random.Normal())) with
            {
                HeightMetres = at.Height,
                ModeSAddress = address,
                VelocityEast = then.East - before.East + (leaps ? 0 : e1 - e0),
                VelocityNorth = then.North - before.North + (leaps ? 0 : n1 - n0),
            };
        });

    public static Measurement Place(MeasurementKind kind, int sensor, double t, double east, double north)
    {
        GeoPoint point = RadarWorld.Plane.FromPlane(east, north);
        return new()
        {
            Kind = kind, Sensor = sensor, Time = RadarWorld.Start.AddSeconds(t),
            LatitudeDegrees = point.LatitudeDegrees, LongitudeDegrees = point.LongitudeDegrees,
        };
    }

    public void Run(double seconds, Action<double>? after = null)
    {
        List<(double At, int Order, Action Do)> events = [];
        for (int s = 0; s < Sensors.Length; s++)
        {
            if (Sensors[s].Kind is not (SensorKind.Radar or SensorKind.Radar3D)) continue;
            double period = Sensors[s].Period.TotalSeconds, offset = period * s / Sensors.Length;
            for (int k = 0; offset + ((k + 1) * period / Sectors) <= seconds; k++)
            {
                (int sensor, int sector, double end) = (s, k % Sectors, offset + ((k + 1) * period / Sectors));
                events.Add((end, s, () => Sweep(end, sensor, sector, period)));
            }
        }

        foreach ((double period, double from, int sensor, Func<double, Measurement?> say) in speakers)
            for (double t = from; t <= seconds; t += period)
            {
                double at = t;
                events.Add((t, 1000 + sensor, () => { if (say(at) is { } said) Process(sensor, at, said); }));
            }

        foreach ((double at, int _, Action act) in events.OrderBy(e => e.At).ThenBy(e => e.Order))
        {
            act();
            Tracker.Advance(RadarWorld.Start.AddSeconds(at), Heard);
            after?.Invoke(at);
        }
    }

    public void Process(int sensor, double t, params ReadOnlySpan<Measurement> seen) => Tracker.Process(new()
    {
        Sensor = sensor, Time = RadarWorld.Start.AddSeconds(t), WidthRadians = 0, Measurements = seen,
    }, Heard);

    public double Normal() => random.Normal();

    void Sweep(double end, int sensor, int sector, double period)
    {
        double width = 2 * Math.PI / Sectors, from = sector * width, duration = period / Sectors;
        Sensor about = Sensors[sensor];
        List<Measurement> plots = [];
        foreach (Flyer flyer in flyers)
        {
            if (flyer.Path(end - (0.5 * duration)) is not { } roughly) continue;
            double into = Polar(sensor, roughly).Azimuth - from;
            into -= 2 * Math.PI * Math.Floor(into / (2 * Math.PI));
            if (into >= width) continue;
            double time = end - duration + (into / width * duration);
            if (flyer.Path(time) is not { } at || random.NextDouble() > about.DetectionProbability) continue;
            (double range, double azimuth, double elevation) = Polar(sensor, at);
            double horizon = 4124 * (Math.Sqrt(about.AntennaMetres + 30) + Math.Sqrt(at.Height)); // a 4/3 earth
            if (range > Math.Min(about.RangeMetres, horizon) || !Sees(sensor, at.East, at.North)) continue;
            plots.Add(Plot(sensor, time, range + (random.Normal() * about.SigmaRangeMetres),
                azimuth + (random.Normal() * about.SigmaAzimuthDegrees * Angles.DegreesToRadians)) with
            {
                HeightMetres = ModeC && about.Kind == SensorKind.Radar ? at.Height + (random.Normal() * 10)
                    : TellsHeight && about.Kind == SensorKind.Radar3D
                        ? at.Height + (random.Normal() * range * about.SigmaElevationDegrees * Angles.DegreesToRadians) : double.NaN,
                ElevationRadians = about.Kind == SensorKind.Radar3D && !TellsHeight
                    ? elevation + (random.Normal() * about.SigmaElevationDegrees * Angles.DegreesToRadians) : double.NaN,
                ModeSAddress = ModeS ? flyer.Address : 0,
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
            Sensor = sensor, Time = RadarWorld.Start.AddSeconds(end), FromAzimuthRadians = from, WidthRadians = width,
            Measurements = plots.ToArray(),
        }, Heard);
    }

    static Measurement Plot(int sensor, double time, double range, double azimuth) => new()
    {
        Kind = MeasurementKind.Plot, Sensor = sensor, Time = RadarWorld.Start.AddSeconds(time),
        RangeMetres = range, AzimuthRadians = azimuth, Primary = true,
    };

    /// <summary>Slant range, azimuth and the elevation that a radar tells over a 4/3 earth.</summary>
    (double Range, double Azimuth, double Elevation) Polar(int sensor, (double East, double North, double Height) at)
    {
        GeoPoint point = RadarWorld.Plane.FromPlane(at.East, at.North);
        (double e, double n, double u) =
            frames[sensor].ToLocal(new(point.LatitudeDegrees, point.LongitudeDegrees, at.Height));
        double ground = Math.Sqrt((e * e) + (n * n)), bent = ground * ground / (8 * Wgs84.MeanRadiusMetres);
        return (Math.Sqrt((ground * ground) + (u * u)), Math.Atan2(e, n), Math.Atan2(u + bent, ground));
    }
}
