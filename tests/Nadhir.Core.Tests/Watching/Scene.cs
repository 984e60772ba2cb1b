using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Journal;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Core.Tests.Watching;

/// <summary>
/// One zone of 10 km about the origin, one siren, one site, a border 100 km to the east of it, and tracks placed by hand
/// in kilometres east and north of the zone's centre.
/// </summary>
sealed class Scene
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly GeoPoint Origin = new(33, 44);

    public FakeTracker Tracker { get; } = new(Origin);
    public Watch Watch { get; }
    public List<Decision> Decisions { get; } = [];
    public DateTimeOffset Now { get; private set; } = Start;

    /// <param name="change">What differs from the scene told above.</param>
    public Scene(WarningPolicy? policy = null, Func<WatchConfiguration, WatchConfiguration>? change = null)
    {
        Configuration = Configure(policy ?? new WarningPolicy());
        if (change is not null) Configuration = change(Configuration);
        Watch = new Watch(Configuration, Start, (_, _) => new DeafDecoder(), Tracker);
    }

    public WatchConfiguration Configuration { get; }

    public static WatchConfiguration Configure(WarningPolicy policy) => new()
    {
        Name = "scene",
        Exercise = true,
        Sender = "test@nadhir.invalid",
        Origin = Origin,
        Feeds =
        [
            new FeedConfiguration { Id = "radar", Format = "asterix" },
            new FeedConfiguration { Id = "one", Format = "asterix" },
            new FeedConfiguration { Id = "two", Format = "asterix" },
            new FeedConfiguration { Id = "line", Format = "asterix", Authenticated = true },
        ],
        Sensors =
        [
            Radar("R", "radar") with { WarnsAlone = true }, Radar("U", "one"), Radar("V", "one"), Radar("W", "two"), Radar("A", "line"),
            Radar("X", "one") with { Kind = SensorKind.Adsb }, Radar("Y", "two") with { Kind = SensorKind.Adsb },
        ],
        Borders = [new Border { Id = "B", Name = "border", Home = new Area { Centre = Origin, RadiusMetres = 100_000 }, UncertaintyMetres = 500 }],
        Zones = [new Zone { Id = "Z", Name = "Zone", Area = new Area { Centre = Origin, RadiusMetres = 10_000 } }],
        Sirens = [new Siren { Id = "S", Name = "Siren", Zone = "Z", Position = Origin }],
        Sites = [new Site { Id = "SITE", Name = "Site", Zone = "Z", Position = Origin, Rules = [new PhaseRule("Z", AlertState.Warning, "B")] }],
        Authorisations = [new Authorisation
        {
            Id = "AUTH", Holder = "survey", Mode3A = ["4301"], ValidFrom = Start.AddHours(-1), ValidTo = Start.AddHours(1),
        }],
        Warning = policy,
    };

    static Sensor Radar(string id, string feed) =>
        new() { Id = id, Kind = SensorKind.Radar, Feed = feed, Position = new GeoPosition(33, 44, 0) };

    /// <summary>Sensors that see what is seen, by their index in the configuration.</summary>
    public ImmutableArray<int> SeenBy { get; set; } = [0];

    /// <summary>A track at a place (km) with a velocity (m/s), sharply known.</summary>
    public void See(int id, double eastKm, double northKm, double velocityEast, double velocityNorth, short mode3A = -1)
    {
        PlaneState state = new()
        {
            Time = Now, East = eastKm * 1000, North = northKm * 1000, VelocityEast = velocityEast, VelocityNorth = velocityNorth,
            Covariance = new PlaneCovariance(1e4, 0, 0, 0, 1e4, 0, 0, 4, 0, 4),
        };
        Tracker.See(new Track
        {
            Id = id,
            Status = TrackStatus.Confirmed,
            State = state,
            Position = new GeoPosition(Tracker.Plane.FromPlane(state.East, state.North).LatitudeDegrees,
                Tracker.Plane.FromPlane(state.East, state.North).LongitudeDegrees, 6000),
            GroundSpeed = Math.Sqrt((velocityEast * velocityEast) + (velocityNorth * velocityNorth)),
            CourseDegrees = 0,
            AccuracyMetres = 100,
            ExistenceProbability = 0.999,
            Class = new ClassProbabilities(1, 0, 0, 0, 0),
            FirstSeen = Start.AddMinutes(-1),
            LastSeen = Now,
            Sensors = SeenBy,
            Mode3A = mode3A,
        });
    }

    /// <summary>Flies straight at the zone's centre from the east at 250 m/s, seen each second.</summary>
    public void FlyIn(int id, double fromKm, double toKm, short mode3A = -1)
    {
        for (double km = fromKm; km > toKm; km -= 0.25)
        {
            See(id, km, 0, -250, 0, mode3A);
            Tick();
        }
    }

    public void FlyOut(int id, double fromKm, double toKm)
    {
        for (double km = fromKm; km < toKm; km += 0.25)
        {
            See(id, km, 0, 250, 0);
            Tick();
        }
    }

    public void Tick(int seconds = 1)
    {
        for (int i = 0; i < seconds; i++)
        {
            Now = Now.AddSeconds(1);
            Apply(new Entry(EntryKind.Tick, Now, "", default));
        }
    }

    public void Order(Command command) => Apply(new Entry(EntryKind.Command, Now, command.By, WatchJson.Encode(command)));

    public void Report(Receipt receipt) => Apply(new Entry(EntryKind.Receipt, Now, "sirens", WatchJson.Encode(receipt)));

    public void Apply(Entry entry) => Decisions.AddRange(Watch.Apply(entry));

    public ImmutableArray<AlertState> States => [.. Decisions.OfType<AlertChanged>().Select(change => change.State)];

    public AlertRow Alert => Watch.Snapshot().Alerts[^1];

    public SirenState Siren => Watch.Snapshot().Sirens[0].State;

    sealed class DeafDecoder : IFeedDecoder
    {
        public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink) { }
    }
}
