using System.Collections.Immutable;
using Nadhir.DutyConsole;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Commands;

/// <summary>A watch with so many tracks whose boards change ten times a second, and which costs next to nothing itself.</summary>
sealed class ConsoleBenchSky : IConsoleSource, IDisposable
{
    const int Sensors = 20, Alerts = 10;

    readonly ImmutableArray<TrackRow> tracks;
    readonly ITimer ticks;
    Boards current;
    long sequence;

    public ConsoleBenchSky(int count)
    {
        DateTimeOffset now = Now;
        tracks = [.. Enumerable.Range(1, count).Select(i => Row(i, now))];
        current = Next();
        ticks = TimeProvider.System.CreateTimer(_ => Volatile.Write(ref current, Next()), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    public WatchConfiguration Configuration { get; } = new()
    {
        Name = "bench", Exercise = true, Sender = "bench@nadhir.invalid", Origin = new(33, 44),
        Zones = [new Zone { Id = "T", Name = "Town", Area = new() { Centre = new(33, 44), RadiusMetres = 10_000 } }],
    };

    public Boards Current => Volatile.Read(ref current);
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();
    public ConsoleHealth Health => ConsoleHealth.Sound;

    public ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation) =>
        ValueTask.FromResult<CommandOutcome>(new CommandOutcome.Refused(Cause.Of(CauseCode.NotSignedIn)));

    public void Dispose() => ticks.Dispose();

    /// <summary>Sensors count on ten times a second, as live ones do; alerts get new figures once a second.</summary>
    Boards Next()
    {
        sequence++;
        DateTimeOffset now = Now;
        return new()
        {
            Now = now, Sequence = sequence, Tracks = tracks,
            Sensors = [.. Enumerable.Range(1, Sensors).Select(i => new SensorRow($"S-{i}", SensorState.Working, now, sequence * i, "bench"))],
            Alerts = sequence % 10 != 1 && current is not null ? current.Alerts :
            [
                .. Enumerable.Range(1, Alerts).Select(i => new AlertRow
                {
                    Id = $"A-{i}", Zone = "T", State = AlertState.Warning, Kind = ThreatKind.Aircraft, Since = now, Updated = now,
                    Probability = 0.9, Arrival = new(now.AddSeconds(120), now.AddSeconds(300)), Reason = "bench", Tracks = [i, i + 1], SeenBy = ["S-1", "S-2"],
                }),
            ],
        };
    }

    static TrackRow Row(int id, DateTimeOffset now)
    {
        GeoPoint place = Geodesic.Direct(new(33, 44), 137.5 * id % 360, 400_000 * Math.Sqrt(id / 10_000.0));
        return new(new Track
        {
            Id = id, Status = TrackStatus.Confirmed, Position = new(place.LatitudeDegrees, place.LongitudeDegrees, 3000 + (id % 9000)), GroundSpeed = 80 + (id % 200),
            CourseDegrees = 31.4 * id % 360, AccuracyMetres = 50 + (id % 100), ExistenceProbability = 0.99, FirstSeen = now, LastSeen = now,
            State = new PlaneState
            {
                Time = now, East = 0, North = 0, VelocityEast = 0, VelocityNorth = 0, Covariance = default, HeightMetres = 3000 + (id % 9000),
            },
            Class = new(0.7, 0.1, 0.1, 0.1, 0), Sensors = [0],
        }, Identity.None);
    }
}
