using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Example;

public static class TrackingExample
{
    // Radar, seconds, slant range in metres, azimuth in degrees from true north.
    static readonly (int Radar, double Second, double Range, double Azimuth)[] plots =
    [
        (0, 1, 81148, 325.34), (1, 3, 102180, 276.24), (0, 5, 80402, 325.72), (1, 7, 101293, 276.11),
        (0, 9, 79660, 326.10), (1, 11, 100407, 275.98), (0, 13, 78922, 326.50), (1, 15, 99522, 275.85),
        (0, 17, 78188, 326.90), (1, 19, 98637, 275.71), (0, 21, 77458, 327.31), (1, 23, 97752, 275.57),
    ];

    public static void Run(TextWriter console)
    {
        Sensor south = new()
        {
            Id = "south", Kind = SensorKind.Radar, Feed = "", Position = new(33.0, 44.0, 40), AntennaMetres = 20,
            Period = TimeSpan.FromSeconds(4), RangeMetres = 200_000,
        };
        Sensor east = south with { Id = "east", Position = new(33.5, 44.6, 30) };
        Sensor adsb = south with { Id = "adsb", Kind = SensorKind.Adsb, SigmaPositionMetres = 30 };
        StereographicPlane plane = new(new GeoPoint(33.2, 44.2));
        MultiSensorTracker tracker = new(plane, [south, east, adsb], new TrackerOptions());
        DateTimeOffset start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Listener listener = new(console);

        foreach ((int radar, double second, double range, double azimuth) in plots)
        {
            Measurement plot = new()
            {
                Kind = MeasurementKind.Plot, Sensor = radar, Time = start.AddSeconds(second), RangeMetres = range,
                AzimuthRadians = double.DegreesToRadians(azimuth), HeightMetres = 9500, Mode3A = 0x8C1,
            };
            tracker.Process(Scan.Turn(radar, plot.Time, plot), listener);
        }

        Measurement report = new()
        {
            Kind = MeasurementKind.PositionReport, Sensor = 2, Time = start.AddSeconds(24), HeightMetres = 9500,
            LatitudeDegrees = 33.5800, LongitudeDegrees = 43.5600, VelocityEast = 216, VelocityNorth = -79,
            ModeSAddress = 0x730123, Callsign = Callsign.From("TEST12"),
        };
        tracker.Process(Scan.Reports(2, report.Time, report), listener);
        tracker.Advance(start.AddSeconds(25), listener);

        foreach (Track track in tracker.Tracks)
            console.WriteLine($"track {track.Id} {track.Callsign} {track.ModeSAddress:X6}: "
                + $"{track.Position.LatitudeDegrees:F2} N {track.Position.LongitudeDegrees:F2} E, {track.GroundSpeed:F0} m/s, "
                + $"course {track.CourseDegrees:F0}°, seen by {track.Sensors.Length} sensors");
    }

    sealed class Listener(TextWriter console) : ITrackSink
    {
        public void OnConfirmed(in Track track) => console.WriteLine($"track {track.Id} is confirmed");
        public void OnUpdated(in Track track) { }
        public void OnDropped(in Track track) => console.WriteLine($"track {track.Id} is dropped");
    }
}
