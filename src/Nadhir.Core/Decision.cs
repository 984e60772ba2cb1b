using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Tracking.Trust;
using Nadhir.Warning;

namespace Nadhir;

/// <summary>What the watch decided, with its reasons. Recomputed by anyone from the inputs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TrackConfirmed), "track.confirmed")]
[JsonDerivedType(typeof(TrackIdentified), "track.identified")]
[JsonDerivedType(typeof(TrackDropped), "track.dropped")]
[JsonDerivedType(typeof(ReportTrustChanged), "track.report")]
[JsonDerivedType(typeof(BorderCrossed), "border.crossed")]
[JsonDerivedType(typeof(AlertChanged), "alert.changed")]
[JsonDerivedType(typeof(AllClearProposed), "alert.allClearProposed")]
[JsonDerivedType(typeof(ReleaseRequested), "alert.releaseRequested")]
[JsonDerivedType(typeof(Escalated), "alert.escalated")]
[JsonDerivedType(typeof(CoverageChanged), "zone.coverage")]
[JsonDerivedType(typeof(DrillChanged), "drill.changed")]
[JsonDerivedType(typeof(SirenCommanded), "siren.commanded")]
[JsonDerivedType(typeof(SirenStateChanged), "siren.state")]
[JsonDerivedType(typeof(SirenDoubted), "siren.doubted")]
[JsonDerivedType(typeof(SirenTested), "siren.tested")]
[JsonDerivedType(typeof(MessageIssued), "message.issued")]
[JsonDerivedType(typeof(SensorStateChanged), "sensor.state")]
[JsonDerivedType(typeof(SensorClockChanged), "sensor.clock")]
[JsonDerivedType(typeof(SensorBiasFound), "sensor.bias")]
[JsonDerivedType(typeof(FeedFaulted), "feed.fault")]
[JsonDerivedType(typeof(PhaseChanged), "site.phase")]
[JsonDerivedType(typeof(PhaseWearing), "site.phaseWearing")]
[JsonDerivedType(typeof(ThreatLevelChanged), "site.threatLevel")]
[JsonDerivedType(typeof(ThreatLevelExpired), "site.threatLevelExpired")]
[JsonDerivedType(typeof(MeasureOrdered), "measure.ordered")]
[JsonDerivedType(typeof(MeasureEnded), "measure.ended")]
[JsonDerivedType(typeof(BecameOverdue), "duty.overdue")]
[JsonDerivedType(typeof(DutyEscalated), "duty.escalated")]
[JsonDerivedType(typeof(WatchOffered), "shift.offered")]
[JsonDerivedType(typeof(HandOverAcknowledged), "shift.acknowledged")]
[JsonDerivedType(typeof(WatchTaken), "shift.taken")]
[JsonDerivedType(typeof(Recorded), "recorded")]
[JsonDerivedType(typeof(CommandRefused), "command.refused")]
public abstract record Decision;

public sealed record TrackConfirmed(int Track, DateTimeOffset FirstSeen, GeoPoint Position) : Decision;

public sealed record TrackIdentified(int Track, Identity Identity) : Decision;

public sealed record TrackDropped(int Track, DateTimeOffset LastSeen, GeoPoint Position) : Decision;

/// <summary>What a track reports of its own position is doubted, refuted, or believed again. Facts; never a verdict.</summary>
public sealed record ReportTrustChanged(int Track, ReportTrust Trust, string Reason) : Decision;

/// <summary>A track passed a border. Facts and probability; never a verdict.</summary>
public sealed record BorderCrossed(string Crossing, int Track, string Border, CrossingDirection Direction) : Decision
{
    public required double Probability { get; init; }
    /// <summary>Most likely moment, and the 5–95 % interval.</summary>
    public required DateTimeOffset Time { get; init; }
    public required DateTimeOffset Earliest { get; init; }
    public required DateTimeOffset Latest { get; init; }
    public required GeoPoint Point { get; init; }
    /// <summary>One sigma across the border, track and line together, metres.</summary>
    public required double SigmaMetres { get; init; }
    public double HeightMetres { get; init; }
    public double CourseDegrees { get; init; }
    public required Identity Identity { get; init; }
}

public sealed record ArrivalInterval(DateTimeOffset Earliest, DateTimeOffset Latest);

/// <summary>A new state, or new figures, of an alert.</summary>
public sealed record AlertChanged(string Alert, string Zone, AlertState State, ThreatKind Kind) : Decision
{
    public AlertState? Before { get; init; }
    public required DateTimeOffset Since { get; init; }
    public required double Probability { get; init; }
    public ArrivalInterval? Arrival { get; init; }
    public ImmutableArray<int> Tracks { get; init; } = [];
    /// <summary>In plain words, English.</summary>
    public required string Reason { get; init; }
    public required Release Policy { get; init; }
    /// <summary>"rule" or who released it.</summary>
    public required string By { get; init; }
    /// <summary>What people have added to it; null when nothing.</summary>
    public Advice? Advice { get; init; }
    public DateTimeOffset? KeptUntil { get; init; }
}

/// <summary>The risk has passed; a person is asked to give the all-clear.</summary>
public sealed record AllClearProposed(string Alert, string Zone, string Reason) : Decision;

/// <summary>A Warning waits for its release by a person.</summary>
public sealed record ReleaseRequested(string Alert, string Zone, Release Policy, ImmutableArray<string> Given) : Decision;

/// <summary>A question to people has stayed unanswered for too long: the next person is called.</summary>
/// <param name="Step">Which step of the escalation, from 1.</param>
public sealed record Escalated(string Alert, string Zone, Question Question, int Step, string To) : Decision;

/// <summary>What watches over these zones has changed.</summary>
public sealed record CoverageChanged(Coverage Coverage, ImmutableArray<string> Zones) : Decision;

/// <summary>A planned drill was announced, began, ended, or was called off; with the words for the public.</summary>
public sealed record DrillChanged(
    string Drill, DrillState State, DateTimeOffset From, DateTimeOffset To, ImmutableArray<string> Zones,
    ImmutableArray<MessageText> Texts, string By) : Decision;

/// <summary>Sound or silence a siren. Outlets act on it once it is durable; the device refuses what is old.</summary>
public sealed record SirenCommanded(string CommandId, string Siren, string Alert, SirenAction Action, string Tone) : Decision
{
    /// <summary>Who commands: rises when another node takes over.</summary>
    public required int Epoch { get; init; }
    /// <summary>Rises with every command of the epoch.</summary>
    public required long Sequence { get; init; }
    public required int DurationSeconds { get; init; }
    public required DateTimeOffset Expires { get; init; }
    /// <summary>Link test: the device answers and stays silent.</summary>
    public bool SilentTest { get; init; }
}

public sealed record SirenStateChanged(string Siren, SirenState State, string Detail) : Decision;

/// <summary>A siren's word is not believed; with no doubt left, it is again.</summary>
public sealed record SirenDoubted(string Siren, SirenDoubt? Doubt, string Detail) : Decision;

/// <summary>What a silent test of a siren came to, or that none has come to anything for too long.</summary>
public sealed record SirenTested(string Siren, bool Passed, string Detail) : Decision;

public sealed record MessageIssued(PublicMessage Message) : Decision;

public enum SensorState : byte { NotSeen, Working, Lost, Off }

/// <summary>A sensor came to life or fell silent: coverage gained or lost.</summary>
public sealed record SensorStateChanged(string Sensor, SensorState State, DateTimeOffset? LastSeen, string Reason) : Decision;

/// <summary>
/// A sensor's clock went wrong, wrong in another way, or right again; positive seconds are ahead of our clock.
/// </summary>
public sealed record SensorClockChanged(string Sensor, ClockState State, double AheadSeconds, string Reason) : Decision;

/// <summary>
/// Common tracks show a sensor out of line (or, with no fault left, in line again): what is off and by how much.
/// </summary>
public sealed record SensorBiasFound(string Sensor, BiasRow Bias, string Reason) : Decision;

/// <summary>A feed delivers damaged or unknown bytes: first occurrence of a reason, then at each tenfold.</summary>
public sealed record FeedFaulted(string Feed, string Fault, long Count, string Detail) : Decision;

public sealed record PhaseChanged(string Site, string Phase, string Before, string By, string Reason) : Decision;

/// <summary>A report by a person was taken into the books (measure, readiness, directive, claim, statement, event).</summary>
public sealed record Recorded(string What, string Id) : Decision;

/// <summary>A command that cannot be carried out, and why.</summary>
public sealed record CommandRefused(string Command, string Reason) : Decision
{
    /// <summary>The reason as a code; the record has the words alone.</summary>
    [JsonIgnore]
    public Cause? Cause { get; init; }
}

/// <summary>How every desk refuses.</summary>
static class Refusals
{
    public static void Refuse(this List<Decision> decisions, string command, Cause reason) =>
        decisions.Add(new CommandRefused(command, reason.Words) { Cause = reason });
}
