using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Outlets;
using Nadhir.Warning;

namespace Nadhir.Configuration;

/// <summary>Reads release rules: one form for all partners, whatever they are told over.</summary>
static class ReleaseSections
{
    /// <summary>The default, in kilometres, and the most a rule may ask for.</summary>
    const double Near = 50, Farthest = 1000;

    static readonly (string Name, ThreatKind Word)[] kinds =
    [
        ("aircraft", ThreatKind.Aircraft), ("low_slow", ThreatKind.LowSlow), ("cruise_type", ThreatKind.CruiseType),
        ("ballistic", ThreatKind.Ballistic), ("unknown", ThreatKind.Unknown),
    ];

    /// <summary>Of ends there is no choice: they go to whoever had the beginning.</summary>
    static readonly (string, AlertState)[] states = [("watch", AlertState.Watch), ("warning", AlertState.Warning)];

    static readonly (string, LeastUrgency)[] urgencies =
        [("immediate", LeastUrgency.Immediate), ("expected", LeastUrgency.Expected), ("future", LeastUrgency.Future)];

    static readonly (string, LeastSeverity)[] severities =
    [
        ("extreme", LeastSeverity.Extreme), ("severe", LeastSeverity.Severe), ("moderate", LeastSeverity.Moderate),
        ("minor", LeastSeverity.Minor),
    ];

    static readonly (string, Telling)[] things = [("alerts", Telling.Alerts), ("zones", Telling.Zones), ("tracks", Telling.Tracks)];

    /// <summary>Of a partner over CAP, which carries messages and nothing else.</summary>
    public static ReleaseRule Messages(YamlMap partner, string key, ImmutableArray<Zone> zones) =>
        partner.OptionalMap(key) is { } map ? Rule(map, zones) : ReleaseRule.Everything;

    /// <summary>Of a partner over Cursor-on-Target. Tracks are nobody's unless they are named.</summary>
    public static ReleaseRule Picture(YamlMap partner, ImmutableArray<Zone> zones)
    {
        foreach ((string old, _) in things)
        {
            if (!partner.Has(old)) continue;
            partner.Fault(old, $"stands in the release rule now: release: {{tell: [{string.Join(", ", things.Select(one => one.Item1).Where(partner.Has))}]}}");
        }

        if (partner.OptionalMap("release") is { } map)
        {
            ImmutableArray<Telling> tells = Named(map, "tell", things);
            if (map.Has("tell") && tells.IsEmpty) map.Fault("tell", "names nothing");
            return Rule(map, zones) with
            {
                Tells = tells.IsEmpty ? Telling.Alerts : tells.Aggregate((one, other) => one | other),
                TracksWithinMetres = map.Number("tracks_within_km", 0, Farthest, Near) * 1000,
            };
        }

        if (!partner.IsStandIn && !things.Any(one => partner.Has(one.Item1)))
            partner.Fault("release", "the partner is told nothing: say release: {tell: [alerts, zones, tracks]}, or some of them");
        return ReleaseRule.Everything;
    }

    static ReleaseRule Rule(YamlMap map, ImmutableArray<Zone> zones)
    {
        ImmutableArray<string> places = map.Texts("zones");
        foreach (string place in places)
            if (zones.All(zone => zone.Id != place)) map.Fault("zones", $"there is no zone '{place}'");
        return new()
        {
            Zones = places,
            Kinds = Named(map, "kinds", kinds),
            States = Named(map, "states", states),
            LeastUrgency = Least(map, "least_urgency", urgencies),
            LeastSeverity = Least(map, "least_severity", severities),
            Exercises = map.Flag("exercises", otherwise: true),
        };
    }

    static ImmutableArray<TWord> Named<TWord>(YamlMap map, string key, (string Name, TWord Word)[] words) =>
        [.. map.Texts(key).Select(name => One(map, key, name, words))];

    static TWord Least<TWord>(YamlMap map, string key, (string Name, TWord Word)[] words) =>
        map.OptionalText(key) is { } name ? One(map, key, name, words) : default!;

    /// <summary>The word of that name; a fault and the first one when there is none.</summary>
    public static TWord One<TWord>(YamlMap map, string key, string name, (string Name, TWord Word)[] words)
    {
        foreach ((string known, TWord word) in words) if (known == name) return word;
        map.Fault(key, $"must be of {string.Join(", ", words.Select(word => word.Name))}, not '{name}'");
        return words[0].Word;
    }
}
