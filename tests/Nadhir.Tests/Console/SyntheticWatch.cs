using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.DutyConsole;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Warning;

namespace Nadhir.Tests.Console;

/// <summary>
/// A made-up picture for looking at the console and for testing its server: nothing is tracked or decided here. Two
/// silent movers approach a zone among some thirty flights that say who they are; one sensor is lost, one siren down.
/// </summary>
sealed class SyntheticWatch : IConsoleSource
{
    public static readonly DateTimeOffset Start = new(2024, 7, 29, 21, 40, 0, TimeSpan.Zero);
    readonly List<Command> submitted = [];
    Boards current;

    public SyntheticWatch(WatchConfiguration? configuration = null)
    {
        Configuration = configuration ?? SyntheticConfiguration.Make(exercise: true);
        current = SyntheticBoards.At(Configuration, Start, 0);
        Now = Start;
    }

    public WatchConfiguration Configuration { get; }
    public Boards Current => Volatile.Read(ref current);
    public DateTimeOffset Now { get; set; }
    public ConsoleHealth Health { get; set; } = ConsoleHealth.Sound;

    /// <summary>What the watch answers to the next commands; null is "accepted".</summary>
    public string? Refuses { get; set; }

    public IReadOnlyList<Command> Submitted => submitted;

    public void Show(Boards boards) => Volatile.Write(ref current, boards);

    /// <summary>Flights more than the usual thirty, all over the map: for seeing how the console bears a crowd.</summary>
    public int Crowd { get; init; }

    public void MoveTo(DateTimeOffset now)
    {
        Now = now;
        Show(SyntheticBoards.At(Configuration, now, (long)(now - Start).TotalSeconds, Crowd));
    }

    /// <summary>Time goes on for as long as somebody looks.</summary>
    public async Task MoveWhile(Task looking)
    {
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(250));
        for (int tick = 1; !looking.IsCompleted; tick++)
        {
            MoveTo(Start.AddMilliseconds(250 * tick));
            await ticks.WaitForNextTickAsync();
        }

        await looking;
    }

    public ValueTask<CommandOutcome> Submit(Command command, CancellationToken cancellation)
    {
        submitted.Add(command);
        return ValueTask.FromResult<CommandOutcome>(
            Refuses is { } why ? new CommandOutcome.Refused(Cause.Of(CauseCode.Malformed, why)) : new CommandOutcome.Accepted(submitted.Count));
    }
}

static class SyntheticConfiguration
{
    static readonly string[] SirenZones = ["Z-JURF", "Z-JURF", "Z-MUSAYYIB", "Z-MUSAYYIB", "Z-ASAD", "Z-BAGHDAD", "Z-BAGHDAD", "Z-BAGHDAD"];

    public static WatchConfiguration Make(bool exercise, ImmutableArray<ImmutableArray<GeoPoint>> home = default) => new()
    {
        Name = "Joint warning centre",
        Exercise = exercise,
        Sender = "warning@centre.example",
        Origin = new(33, 44),
        TimeZone = "Asia/Baghdad",
        Warning = new()
        {
            WarningRelease = Release.TwoPersons, Escalation = [new(TimeSpan.FromSeconds(20), "shift leader"), new(TimeSpan.FromSeconds(60), "head of duty")],
        },
        Feeds = [new() { Id = "radar-net", Format = "asterix" }],
        Sensors = [.. Sensors()],
        Borders =
        [
            new()
            {
                Id = "IQ", Name = "Iraq", UncertaintyMetres = 1500,
                Home = new() { Rings = home.IsDefaultOrEmpty ? [[new(37, 42), new(36, 46), new(30, 48), new(29.5, 45), new(32, 39)]] : home },
            },
        ],
        Zones = [.. Zones()],
        Sites =
        [
            Site("S-ASAD", "Ain al-Assad", "قاعدة عين الأسد", "Z-ASAD", 33.8, 42.4, restricted: false),
            Site("S-HIDDEN", "Command post", "مقر القيادة", "Z-BAGHDAD", 33.3, 44.4, restricted: true),
        ],
        Sirens =
        [
            .. SirenZones.Select((zone, i) => new Siren
            {
                Id = $"SR-{i + 1:00}", Name = $"Siren {i + 1}", Zone = zone, Site = i == 7 ? "S-HIDDEN" : null,
                Position = Geodesic.Direct(Zones().First(one => one.Id == zone).Area.Centre!.Value, 50 * i, 4000),
            }),
        ],
    };

    static IEnumerable<Zone> Zones() =>
    [
        Zone("Z-JURF", "Jurf al-Sakhr", "جرف الصخر", 32.9, 44.2, 10),
        Zone("Z-MUSAYYIB", "Musayyib district", "قضاء المسيب", 32.75, 44.45, 10),
        Zone("Z-ASAD", "Ain al-Assad area", "منطقة عين الأسد", 33.8, 42.4, 10),
        Zone("Z-BAGHDAD", "Baghdad", "بغداد", 33.3, 44.4, 20),
    ];

    static IEnumerable<Sensor> Sensors()
    {
        (double Latitude, double Longitude)[] places = [(33, 44), (33, 42), (31, 46), (35, 44), (32, 43)];
        for (int i = 0; i < places.Length; i++)
        {
            yield return new()
            {
                Id = $"SIM-{i + 1}", Name = $"Simulated radar {i + 1}", Kind = SensorKind.Radar, Feed = "radar-net",
                RangeMetres = i == 2 ? 200_000 : 250_000, Position = new(places[i].Latitude, places[i].Longitude, 60),
            };
        }
    }

    static Zone Zone(string id, string name, string arabic, double latitude, double longitude, double kilometres) => new()
    {
        Id = id, Name = name, Names = ImmutableSortedDictionary<string, string>.Empty.Add("ar", arabic),
        Area = new() { Centre = new(latitude, longitude), RadiusMetres = kilometres * 1000 },
    };

    static Site Site(string id, string name, string arabic, string zone, double latitude, double longitude, bool restricted) => new()
    {
        Id = id, Name = name, Names = ImmutableSortedDictionary<string, string>.Empty.Add("ar", arabic),
        Zone = zone, Position = new(latitude, longitude), Restricted = restricted,
    };
}
