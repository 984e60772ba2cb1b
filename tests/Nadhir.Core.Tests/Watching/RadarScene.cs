using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nadhir.Core.Tests.Tracking;
using Nadhir.Geodesy;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Watching;

/// <summary>
/// A whole watch over radars whose datagrams are made here: a sector crossing and its plots each, arriving a third of a
/// second after the sector's end, with the times that the radar's own clock tells.
/// </summary>
sealed class RadarScene
{
    const int Sectors = 16;
    const double Delay = 0.3, Turn = 8;
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 23, 50, 0, TimeSpan.Zero);

    readonly ImmutableArray<Sensor> radars;
    readonly TangentFrame[] frames;
    readonly Random random = new(5);
    readonly List<Func<double, (double East, double North, double Height)?>> flights = [];
    readonly StereographicPlane plane = new(new GeoPoint(33, 44));
    int second, sector;

    public RadarScene(int count)
    {
        radars =
        [
            .. RadarWorld.Radars(count).Select(radar => radar with
            {
                Feed = radar.Id, Period = TimeSpan.FromSeconds(Turn), FalsePlotsPerScan = 5,
            }),
        ];
        frames = [.. radars.Select(radar => new TangentFrame(radar.Position))];
        Clocks = [.. radars.Select(_ => (Func<double, double>)(t => t))];
        AzimuthErrors = new double[count];
        Watch = new Watch(new WatchConfiguration
        {
            Name = "radars", Exercise = true, Sender = "test@nadhir.invalid", Origin = new GeoPoint(33, 44),
                Sensors = radars,
            Feeds = [.. radars.Select(radar => new FeedConfiguration { Id = radar.Id, Format = "asterix" })],
        }, Start, (_, _) => new RawDecoder(), new MultiSensorTracker(plane, radars, new TrackerOptions()));
        for (int k = 0; k < 8; k++)
            flights.Add(RadarWorld.Straight(-110_000 + (30_000 * k), 90_000 - (25_000 * (k % 5)), 210 + (6 * k),
                45 * k, 9000));
    }

    public Watch Watch { get; }
    public List<Decision> Decisions { get; } = [];
    /// <summary>What each radar's clock tells at a true time; seconds since the start.</summary>
    public Func<double, double>[] Clocks { get; }
    /// <summary>Radians, told minus true.</summary>
    public double[] AzimuthErrors { get; }
    public int Flights => flights.Count;

    public void Run(int seconds)
    {
        for (int until = second + seconds; second < until; second++)
        {
            for (; (sector + 1) * Turn / Sectors + Delay < second + 1; sector++)
                for (int radar = 0; radar < radars.Length; radar++) Send(radar);
            Apply(new Entry(EntryKind.Tick, Start.AddSeconds(second + 1), "", default));
        }
    }

    void Send(int radar)
    {
        double width = 2 * Math.PI / Sectors, duration = Turn / Sectors, from = (sector % Sectors) * width;
        double begin = sector * duration;
        List<RawPlot> plots = [new(radar, Told(begin), double.NaN, from)];
        foreach (Func<double, (double East, double North, double Height)?> flight in flights)
        {
            (double range, double azimuth) = Polar(radar, flight(begin + (0.5 * duration))!.Value);
            double into = azimuth - from - (2 * Math.PI * Math.Floor((azimuth - from) / (2 * Math.PI)));
            if (into >= width || range > radars[radar].RangeMetres || random.NextDouble() > 0.9) continue;
            plots.Add(new(radar, Told(begin + (0.5 * duration)), range + (86 * ((2 * random.NextDouble()) - 1)),
                azimuth + AzimuthErrors[radar] + (0.0024 * ((2 * random.NextDouble()) - 1))));
        }

        byte[] bytes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(plots)).ToArray();
        Apply(new Entry(EntryKind.Received, Start.AddSeconds(begin + duration + Delay), radars[radar].Id, bytes));

        long Told(double time) => Start.AddSeconds(Clocks[radar](time)).UtcTicks;
    }

    void Apply(Entry entry) => Decisions.AddRange(Watch.Apply(entry));

    (double Range, double Azimuth) Polar(int radar, (double East, double North, double Height) at)
    {
        GeoPoint point = plane.FromPlane(at.East, at.North);
        (double e, double n, double u) = frames[radar].ToLocal(
            new(point.LatitudeDegrees, point.LongitudeDegrees, at.Height));
        return (Math.Sqrt((e * e) + (n * n) + (u * u)), Math.Atan2(e, n));
    }

    /// <summary>A plot, or a sector crossing when it has no range.</summary>
    readonly record struct RawPlot(long Radar, long Ticks, double Range, double Azimuth);

    sealed class RawDecoder : IFeedDecoder
    {
        public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
        {
            foreach (ref readonly RawPlot plot in MemoryMarshal.Cast<byte, RawPlot>(bytes))
            {
                DateTimeOffset time = new(plot.Ticks, TimeSpan.Zero);
                if (double.IsNaN(plot.Range))
                {
                    sink.OnScanMark((int)plot.Radar, ScanMark.SectorCrossing, time, plot.Azimuth, TimeSpan.Zero);
                    continue;
                }

                sink.OnMeasurement(new Measurement
                {
                    Kind = MeasurementKind.Plot, Sensor = (int)plot.Radar, Time = time, RangeMetres = plot.Range,
                    AzimuthRadians = plot.Azimuth, HeightMetres = 9000, Primary = true,
                });
            }
        }
    }
}
