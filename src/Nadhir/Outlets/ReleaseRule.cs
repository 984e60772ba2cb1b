using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Outlets;

/// <summary>CAP urgency and severity, the least pressing first.</summary>
public enum LeastUrgency : byte { Unknown, Past, Future, Expected, Immediate }

/// <summary>CAP severity, the least grave first.</summary>
public enum LeastSeverity : byte { Unknown, Minor, Moderate, Severe, Extreme }

/// <summary>What a partner may be told.</summary>
[Flags]
public enum Telling : byte { None = 0, Alerts = 1, Zones = 2, Tracks = 4 }

/// <summary>
/// What a partner is told, over CAP or Cursor-on-Target: its release rule. What is left out asks for nothing. Messages for
/// the public hold no data of tracks; tracks go only to whom they are named for.
/// </summary>
public sealed record ReleaseRule
{
    public static readonly ReleaseRule Everything = new();

    /// <summary>CAP carries alerts only.</summary>
    public Telling Tells { get; init; } = Telling.Alerts;

    /// <summary>Alerts of these zones, of all in them, and of larger ones that contain them; empty: of all.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];
    /// <summary>Empty: all kinds.</summary>
    public ImmutableArray<ThreatKind> Kinds { get; init; } = [];
    /// <summary>Watch, Warning; empty: both. Ends follow to whoever had the beginning.</summary>
    public ImmutableArray<AlertState> States { get; init; } = [];
    public LeastUrgency LeastUrgency { get; init; }
    public LeastSeverity LeastSeverity { get; init; }
    /// <summary>What is of an exercise goes too.</summary>
    public bool Exercises { get; init; } = true;
    /// <summary>Tracks so near to one of <see cref="Zones"/>; where no zone is named, all.</summary>
    public double TracksWithinMetres { get; init; } = 50_000;
}

/// <summary>
/// Applies a partner's release rule. Who has been told of an alert is told all that follows of it, whatever the rule:
/// nobody is left with a warning that has ended or was false. Who was not told of it hears nothing of its end. Any thread.
/// </summary>
/// <param name="zones">As configured.</param>
/// <param name="had">Alerts of which the partner was told before a restart.</param>
public sealed class ReleaseGate(ReleaseRule rule, IEnumerable<Zone> zones, IEnumerable<string> had)
{
    /// <summary>Alerts remembered as told; the one told first is forgotten.</summary>
    public const int MostAlerts = 8192;

    readonly Lock gate = new();
    readonly Dictionary<string, string?> parents = zones.ToDictionary(zone => zone.Id, zone => zone.Parent, StringComparer.Ordinal);
    readonly HashSet<string> told = new(had, StringComparer.Ordinal);
    readonly Queue<string> order = new(had);

    /// <summary>Whether a message goes to the partner; to be asked of each in their order; asked again it says the same.</summary>
    public bool Releases(PublicMessage message)
    {
        lock (gate)
        {
            if (message.Exercise && !rule.Exercises) return false;
            if (told.Contains(message.Alert)) return true;
            return message.State is AlertState.Watch or AlertState.Warning && Fits(message) && Take(message.Alert);
        }
    }

    /// <summary>The same of an alert whose message is not at hand, as after a restart.</summary>
    public bool Releases(AlertRow alert, bool exercise)
    {
        lock (gate)
        {
            if (exercise && !rule.Exercises) return false;
            if (told.Contains(alert.Id)) return true;
            (string urgency, string severity) = MessageComposer.GradesOf(alert.State);
            return Fits(alert.Kind, alert.State, urgency, severity, [alert.Zone]) && Take(alert.Id);
        }
    }

    /// <summary>Whether a zone is one of the partner's, or in one, or has one in it.</summary>
    public bool Concerns(string place) =>
        rule.Zones.IsEmpty || rule.Zones.Any(zone => Contains(zone, place) || Contains(place, zone));

    bool Take(string alert)
    {
        told.Add(alert);
        order.Enqueue(alert);
        if (order.Count > MostAlerts) told.Remove(order.Dequeue());
        return true;
    }

    bool Fits(PublicMessage message) =>
        Fits(message.Kind, message.State, message.Urgency, message.Severity, message.Areas.Select(area => area.Zone));

    bool Fits(ThreatKind kind, AlertState state, string urgency, string severity, IEnumerable<string> places) =>
        (rule.Kinds.IsEmpty || rule.Kinds.Contains(kind))
        && (rule.States.IsEmpty || rule.States.Contains(state))
        && Grade<LeastUrgency>(urgency) >= rule.LeastUrgency
        && Grade<LeastSeverity>(severity) >= rule.LeastSeverity
        && (rule.Zones.IsEmpty || places.Any(Concerns));

    bool Contains(string outer, string? inner)
    {
        // As many steps as there are zones: a circle of parents, which the configuration refuses, would not end.
        for (int i = 0; i <= parents.Count && inner is not null; i++, inner = parents.GetValueOrDefault(inner))
            if (inner == outer) return true;
        return false;
    }

    /// <summary>A word we do not know counts as the gravest: it is told.</summary>
    static TGrade Grade<TGrade>(string word) where TGrade : struct, Enum =>
        Enum.TryParse(word, out TGrade grade) ? grade : Enum.GetValues<TGrade>()[^1];
}
