using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Nadhir.Formats.Asterix;
using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>
/// A region of zones on a grid under two radars (turns of 10 s and 4 s) and its traffic: aircraft that say who they are
/// and fly straight, and a few objects that do not and make for the last zones. Plots leave as ASTERIX in datagrams, each
/// when the antenna points there.
/// </summary>
sealed class OutletBenchScene
{
    const double Spacing = 13_000, ZoneRadius = 4_000, SpeedMetresPerSecond = 220, ApproachMetres = 60_000;
    const int LongestDatagram = 1400;
    static readonly TimeSpan step = TimeSpan.FromMilliseconds(20);
    static readonly GeoPoint origin = new(33, 44);

    readonly StereographicPlane plane = new(origin);
    readonly Mover[] movers;
    readonly TimeProvider clock;
    readonly long begun;

    public OutletBenchScene(int tracks, int zones, int threats, int sirens, TimeProvider clock)
    {
        this.clock = clock;
        begun = clock.GetTimestamp();
        int side = (int)Math.Ceiling(Math.Sqrt(zones));
        (double East, double North) Middle(int zone) => (
            ((zone % side) - ((side - 1) / 2.0)) * Spacing, (((side - 1) / 2.0) - (zone / side)) * Spacing);
        GeoPoint Place(int zone) => plane.FromPlane(Middle(zone).East, Middle(zone).North);
        Configuration = new()
        {
            Name = "bench",
            Exercise = true,
            Sender = "bench@example.invalid",
            Origin = origin,
            Languages = ["en", "ar"],
            Feeds = [.. Radars.Select(radar => new FeedConfiguration { Id = radar.Id, Format = "asterix", Authenticated = true })],
            Sensors = Radars,
            Zones =
            [
                .. Enumerable.Range(0, zones).Select(i => new Zone
                {
                    Id = ZoneOf(i), Name = $"Zone {i}", Area = new Area { Centre = Place(i), RadiusMetres = ZoneRadius },
                }),
            ],
            Sirens =
            [
                .. Enumerable.Range(0, sirens).Select(i => new Siren
                {
                    Id = $"s{i}", Name = $"Siren {i}", Zone = ZoneOf(2 * i), Position = Place(2 * i),
                }),
            ],
        };
        Chance chance = new(1, "outlets");
        double reach = Math.Min(150_000, side * Spacing / 2);
        movers = new Mover[tracks + threats];
        for (int i = 0; i < tracks; i++)
        {
            double course = chance.Uniform(0, 2 * Math.PI);
            movers[i] = new(chance.Uniform(-reach, reach), chance.Uniform(-reach, reach),
                SpeedMetresPerSecond * Math.Sin(course), SpeedMetresPerSecond * Math.Cos(course), (uint)(0x100000 + i));
        }

        for (int i = 0; i < threats; i++)
        {
            (double east, double north) = Middle(zones - 1 - (3 * i));
            movers[tracks + i] = new(east, north + ApproachMetres, 0, -SpeedMetresPerSecond, 0);
        }
    }

    public WatchConfiguration Configuration { get; }

    public static string ZoneOf(int index) => $"Z{index}";

    static ImmutableArray<Sensor> Radars { get; } =
    [
        new() { Id = "slow", Kind = SensorKind.Radar, Feed = "slow", Sac = 1, Sic = 1, Position = new(33, 44, 0), Period = TimeSpan.FromSeconds(10) },
        new() { Id = "fast", Kind = SensorKind.Radar, Feed = "fast", Sac = 1, Sic = 2, Position = new(32.8, 44.3, 0), Period = TimeSpan.FromSeconds(4) },
    ];

    /// <summary>Sends what the radars see, until stopped.</summary>
    /// <param name="ports">By feed, on this machine.</param>
    public async Task Send(IReadOnlyDictionary<string, int> ports, CancellationToken stopping)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Chance noise = new(1, "noise");
        double before = clock.GetElapsedTime(begun).TotalSeconds;
        using PeriodicTimer ticks = new(step, clock);
        while (await ticks.WaitForNextTickAsync(stopping))
        {
            double now = clock.GetElapsedTime(begun).TotalSeconds;
            double ofDay = clock.GetUtcNow().TimeOfDay.TotalSeconds;
            foreach (Sensor radar in Radars)
                Sweep(radar, before, now, ofDay, noise, block => socket.SendTo(block, new IPEndPoint(IPAddress.Loopback, ports[radar.Feed])));
            before = now;
        }
    }

    void Sweep(Sensor radar, double from, double to, double ofDay, Chance noise, Action<byte[]> send)
    {
        (double east, double north) = plane.ToPlane(radar.Position.Point);
        double period = radar.Period.TotalSeconds;
        PlotBlockWriter writer = new();
        foreach (Mover mover in movers)
        {
            double x = mover.East + (mover.VelocityEast * to) - east, y = mover.North + (mover.VelocityNorth * to) - north;
            double azimuth = Math.Atan2(x, y);
            // The turn the antenna is at when it points there: a whole number passed means that it has been there.
            double turn = azimuth / (2 * Math.PI);
            if (Math.Floor((to / period) - turn) == Math.Floor((from / period) - turn)) continue;
            double ground = Math.Sqrt((x * x) + (y * y)), height = mover.Address == 0 ? 0 : 9000;
            writer.Add(new PlotFields
            {
                Sac = radar.Sac, Sic = radar.Sic, TimeOfDaySeconds = ofDay, Primary = true, Secondary = mover.Address != 0,
                RangeMetres = Math.Sqrt((ground * ground) + (height * height)) + (noise.Normal() * radar.SigmaRangeMetres),
                AzimuthRadians = azimuth + (noise.Normal() * radar.SigmaAzimuthDegrees * Math.PI / 180) + (2 * Math.PI),
                FlightLevelMetres = mover.Address == 0 ? double.NaN : height, ModeSAddress = mover.Address,
            });
            if (writer.Length > LongestDatagram - 64) send(writer.Finish());
        }

        if (writer.Count > 0) send(writer.Finish());
    }

    /// <param name="Address">Mode S; 0: it does not say who it is.</param>
    readonly record struct Mover(double East, double North, double VelocityEast, double VelocityNorth, uint Address);
}
