using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Journal;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Desks;

/// <summary>
/// A whole watch over one zone of 10 km about the origin, within a border of 50 km, with two sirens and a site. Tracks
/// are put on the plane by hand.
/// </summary>
sealed class WatchBench
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly GeoPoint Origin = new(26, 50.5);
    readonly FakeTracker tracker = new(Origin);

    public WatchBench(Func<WatchConfiguration, WatchConfiguration>? change = null)
    {
        Configuration = change is null ? Plain : change(Plain);
        Watch = new Watch(Configuration, Start, (_, _) => new FakeDecoder(), tracker);
    }

    public WatchConfiguration Configuration { get; }
    public Watch Watch { get; }
    public DateTimeOffset Now { get; private set; } = Start;
    /// <summary>Every decision so far.</summary>
    public List<Decision> All { get; } = [];
    public AlertRow Alert => Watch.Snapshot().Alerts[^1];

    public static WatchConfiguration Plain => new()
    {
        Name = "bench",
        Exercise = false,
        Sender = "bench@example.org",
        Origin = Origin,
        Feeds = [new FeedConfiguration { Id = "f", Format = "fake" }],
        Sensors = [new Sensor { Id = "s", Kind = SensorKind.Adsb, Feed = "f", Position = new(26, 50.5, 0), WarnsAlone = true }],
        Borders = [new Border { Id = "b", Name = "b", Home = new Area { Centre = Origin, RadiusMetres = 50_000 }, UncertaintyMetres = 100 }],
        Zones = [new Zone { Id = "z", Name = "Z", Area = new Area { Centre = Origin, RadiusMetres = 10_000 } }],
        Sites = [new Site { Id = "port", Name = "Port", Zone = "z", Position = Origin, Rules = [new("z", AlertState.Watch, "B"), new("z", AlertState.Warning, "C"), new("z", AlertState.AllClear, "A")] }],
        Sirens = [new Siren { Id = "n", Name = "N", Zone = "z", Position = Origin }, new Siren { Id = "elsewhere", Name = "E", Zone = "y", Position = Origin }],
    };

    public static WatchConfiguration ReleasedBy(Release release) => Plain with { Warning = new() { WarningRelease = release } };

    public IReadOnlyList<Decision> Apply(EntryKind kind, ReadOnlyMemory<byte> payload, string source = "f")
    {
        Decision[] decided = [.. Watch.Apply(new Entry(kind, Now, source, payload))];
        All.AddRange(decided);
        return decided;
    }

    public IReadOnlyList<Decision> Give(Command command) => Apply(EntryKind.Command, WatchJson.Encode(command));

    public IReadOnlyList<Decision> Answer(Receipt receipt) => Apply(EntryKind.Receipt, WatchJson.Encode(receipt));

    /// <summary>One tick a second.</summary>
    public List<Decision> Wait(double seconds)
    {
        List<Decision> decided = [];
        for (int i = 0; i < seconds; i++)
        {
            Now += TimeSpan.FromSeconds(1);
            decided.AddRange(Apply(EntryKind.Tick, default, ""));
        }

        return decided;
    }

    /// <summary>The track is now so far east of the origin and flies west (negative: east) so fast.</summary>
    public IReadOnlyList<Decision> See(int id, double kilometresEast, double speedWest = 250, Func<Track, Track>? change = null)
    {
        Track track = At(id, kilometresEast * 1000, -speedWest);
        tracker.See(change is null ? track : change(track));
        return Apply(EntryKind.Received, new byte[] { 1 });
    }

    public IReadOnlyList<Decision> Lose(int id)
    {
        tracker.Lose(id);
        return Wait(1);
    }

    public Track At(int id, double east, double velocityEast) => new()
    {
        Id = id,
        Status = TrackStatus.Confirmed,
        State = new PlaneState
        {
            Time = Now, East = east, North = 0, VelocityEast = velocityEast, VelocityNorth = 0,
            Covariance = new(1e4, 0, 0, 0, 1e4, 0, 0, 4, 0, 4),
        },
        Position = new(tracker.Plane.FromPlane(east, 0).LatitudeDegrees, tracker.Plane.FromPlane(east, 0).LongitudeDegrees, 3000),
        GroundSpeed = Math.Abs(velocityEast),
        CourseDegrees = velocityEast < 0 ? 270 : 90,
        AccuracyMetres = 100,
        ExistenceProbability = 1,
        Class = new(1, 0, 0, 0, 0),
        FirstSeen = Start.AddMinutes(-1),
        LastSeen = Now,
        Sensors = [0],
    };

    /// <summary>A track at 80 km towards the zone is a Warning at once; then it flies off east, too far to be back soon.</summary>
    public void WarnThenTurnAway(int id = 1)
    {
        See(id, 80);
        Wait(1);
        See(id, 100, -250);
    }
}
