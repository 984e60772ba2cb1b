using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking;
using Nadhir.Tracking.Ballistics;
using Nadhir.Tracking.Trust;
using Nadhir.Warning;

namespace Nadhir.DutyConsole;

/// <summary>What a console needs once, at its start. Borders are the very lines the watch decides with.</summary>
public sealed record ConsoleConfiguration
{
    public required string Name { get; init; }
    /// <summary>The same by language tag, where it is configured.</summary>
    public ImmutableSortedDictionary<string, string>? Names { get; init; }
    public required bool Exercise { get; init; }
    public required string Sender { get; init; }
    public required string TimeZone { get; init; }
    public required GeoPoint Origin { get; init; }
    /// <summary>Whether the one who asked may order and sees what is restricted.</summary>
    public required bool Operator { get; init; }
    /// <summary>Whether the one who asked may report what was seen.</summary>
    public bool Observer { get; init; }
    /// <summary>A closed record is looked at: nothing here is now.</summary>
    public bool Review { get; init; }
    /// <summary>"token" or "loopback": what makes an operator here.</summary>
    public required string SignIn { get; init; }
    public ImmutableArray<Zone> Zones { get; init; } = [];
    public ImmutableArray<Sensor> Sensors { get; init; } = [];
    public ImmutableArray<Site> Sites { get; init; } = [];
    public ImmutableArray<Siren> Sirens { get; init; } = [];
    public ImmutableArray<Border> Borders { get; init; } = [];
    public ImmutableArray<string> Feeds { get; init; } = [];
    public required PhaseLadder Ladder { get; init; }
    public ImmutableArray<PhaseLadder> Ladders { get; init; } = [];
    /// <summary>Operators only.</summary>
    public ImmutableArray<Formation> Formations { get; init; } = [];
    public required WarningPolicy Warning { get; init; }
    /// <summary>Maps of others that may be laid under the console's own.</summary>
    public MapOffer? Map { get; init; }
}

/// <summary>What a sensor takes a track for, by its own word.</summary>
/// <param name="Confidence">0 to 1, as the sensor understands it; absent when it did not say.</param>
/// <param name="LevelDecibels">How loud it is there; absent when it did not say.</param>
public sealed record ReportedObject(string Sensor, ObjectClass Class, double? Confidence, double? LevelDecibels);

/// <summary>What is said of a track apart from its movement. Changes seldom.</summary>
public sealed record TrackDescription
{
    public required int Id { get; init; }
    public required TrackStatus Status { get; init; }
    public required IdentityKind Identity { get; init; }
    public string? Authorisation { get; init; }
    public ImmutableArray<string> Evidence { get; init; } = [];
    /// <summary>The evidence as codes, in its order, for whoever says it in another language.</summary>
    public ImmutableArray<Cause> Causes { get; init; } = [];
    public string? Callsign { get; init; }
    /// <summary>Mode 3/A in octal digits.</summary>
    public string? Mode3A { get; init; }
    /// <summary>ICAO 24-bit address in hexadecimal.</summary>
    public string? Address { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    /// <summary>Sensors of the last minute.</summary>
    public ImmutableArray<string> Sensors { get; init; } = [];
    /// <summary>What sensors took it for in the last minute: each its own claim, none a verdict.</summary>
    public ImmutableArray<ReportedObject> ReportedAs { get; init; } = [];
    /// <summary>What speaks against the position it reports of itself; absent when nothing does.</summary>
    public ReportDoubt? ReportDoubt { get; init; }
    /// <summary>Where it comes down; absent unless it is seen to fall freely.</summary>
    public TrackImpact? Impact { get; init; }
    /// <summary>Between which courses it goes on; told only of what puts a zone at risk.</summary>
    public HeadingFan? Ahead { get; init; }
}

/// <summary>
/// Where and when a falling track is predicted to reach the ground, so that the people there can be warned: the ellipse
/// holds 95 %, the interval of time leaves 5 % before and 5 % after it.
/// </summary>
public sealed record TrackImpact
{
    public required double LatitudeDegrees { get; init; }
    public required double LongitudeDegrees { get; init; }
    public required DateTimeOffset Earliest { get; init; }
    public required DateTimeOffset Latest { get; init; }
    public required double SemiMajorMetres { get; init; }
    public required double SemiMinorMetres { get; init; }
    /// <summary>True direction of the longer axis, [0, 180).</summary>
    public required double BearingDegrees { get; init; }

    public static TrackImpact? Of(ImpactPrediction? impact) => impact is null ? null : new()
    {
        LatitudeDegrees = impact.Position.LatitudeDegrees,
        LongitudeDegrees = impact.Position.LongitudeDegrees,
        Earliest = impact.Earliest,
        Latest = impact.Latest,
        SemiMajorMetres = impact.SemiMajorMetres,
        SemiMinorMetres = impact.SemiMinorMetres,
        BearingDegrees = impact.BearingDegrees,
    };
}

/// <summary>A track as a program may want it: description and movement at the time of its state.</summary>
public sealed record TrackView(TrackDescription Description)
{
    /// <summary>Time of the state that follows; not moved on to now.</summary>
    public required DateTimeOffset Time { get; init; }
    public required double LatitudeDegrees { get; init; }
    public required double LongitudeDegrees { get; init; }
    /// <summary>Above the ellipsoid; absent when no sensor gave a height.</summary>
    public double? HeightMetres { get; init; }
    public required double GroundSpeed { get; init; }
    public required double CourseDegrees { get; init; }
    public required double AccuracyMetres { get; init; }
    public required double ExistenceProbability { get; init; }
    public ClassProbabilities Class { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
}

public sealed record TrackList(DateTimeOffset Now, bool Exercise, ImmutableArray<TrackView> Tracks);

public sealed record CommandAccepted(long Sequence);

/// <summary>How we are. <see cref="Faults"/> is empty exactly when <see cref="Status"/> is "sound".</summary>
public sealed record HealthReport(
    string Status, DateTimeOffset Now, DateTimeOffset BoardsAt, long Sequence, ImmutableArray<string> Faults)
{
    public static HealthReport Of(IConsoleSource source, ImmutableArray<Cause> faults)
    {
        Boards boards = source.Current;
        return new(faults.IsEmpty ? "sound" : "faulty", source.Now, boards.Now, boards.Sequence, [.. faults.Select(fault => fault.Words)])
        {
            Causes = faults,
        };
    }

    /// <summary>The faults as codes, in the same order, for whoever says them in another language.</summary>
    public ImmutableArray<Cause> Causes { get; init; } = [];
    /// <summary>Operators only.</summary>
    public ImmutableArray<HealthFigure>? Figures { get; init; }
    /// <summary>Operators only.</summary>
    public ImmutableArray<string>? Outlets { get; init; }
}

/// <summary>The JSON of the console's own shapes; the same conventions as <see cref="WatchJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ConsoleConfiguration))]
[JsonSerializable(typeof(TrackDescription))]
[JsonSerializable(typeof(ImmutableArray<TrackDescription>))]
[JsonSerializable(typeof(TrackList))]
[JsonSerializable(typeof(CommandAccepted))]
[JsonSerializable(typeof(CommandProblem))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ImmutableArray<Cause>))]
[JsonSerializable(typeof(InForceAnswer))]
[JsonSerializable(typeof(CaseAnswer))]
public sealed partial class ConsoleJson : JsonSerializerContext;
