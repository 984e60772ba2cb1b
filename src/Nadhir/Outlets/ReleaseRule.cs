using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Outlets;

/// <summary>CAP urgency and severity, the least pressing first.</summary>
public enum LeastUrgency : byte { Unknown, Past, Future, Expected, Immediate }

/// <summary>CAP severity, the least grave first.</summary>
public enum LeastSeverity : byte { Unknown, Minor, Moderate, Severe, Extreme }

/// <summary>
/// Which alerts a partner is told of: its release rule. What is left out asks for nothing. Messages hold no data of
/// tracks, so there is nothing to release of them.
/// </summary>
public sealed record ReleaseRule
{
    public static readonly ReleaseRule Everything = new();

    /// <summary>Alerts of these zones, of all in them, and of larger ones that contain them; empty: of all.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];
    /// <summary>Empty: all kinds.</summary>
    public ImmutableArray<ThreatKind> Kinds { get; init; } = [];
    /// <summary>Watch, Warning; empty: both. Ends follow to whoever had the beginning.</summary>
    public ImmutableArray<AlertState> States { get; init; } = [];
    public LeastUrgency LeastUrgency { get; init; }
    public LeastSeverity LeastSeverity { get; init; }
    /// <summary>Messages of an exercise go too.</summary>
    public bool Exercises { get; init; } = true;
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

    /// <summary>Whether a message goes to the partner; to be asked once for each, in their order.</summary>
    public bool Releases(PublicMessage message)
    {
        lock (gate)
        {
            if (message.Exercise && !rule.Exercises) return false;
            if (told.Contains(message.Alert)) return true;
            if (message.State is not (AlertState.Watch or AlertState.Warning) || !Fits(message)) return false;
            told.Add(message.Alert);
            order.Enqueue(message.Alert);
            if (order.Count > MostAlerts) told.Remove(order.Dequeue());
            return true;
        }
    }

    bool Fits(PublicMessage message) =>
        (rule.Kinds.IsEmpty || rule.Kinds.Contains(message.Kind))
        && (rule.States.IsEmpty || rule.States.Contains(message.State))
        && Grade<LeastUrgency>(message.Urgency) >= rule.LeastUrgency
        && Grade<LeastSeverity>(message.Severity) >= rule.LeastSeverity
        && (rule.Zones.IsEmpty || message.Areas.Any(area => rule.Zones.Any(zone => Contains(zone, area.Zone) || Contains(area.Zone, zone))));

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
