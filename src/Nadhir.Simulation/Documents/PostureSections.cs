using System.Collections.Immutable;
using Nadhir.Assessment;
using Nadhir.Posture;
using Nadhir.Warning;

namespace Nadhir.Documents;

/// <summary>Reads what people do after an alarm: ladders, rules of sites, formations, the follow-up of directives.</summary>
public static class PostureSections
{
    static readonly PhaseRule nothing = new(null, null, "");

    /// <summary>A ladder with its duties, times and threat levels; all that it names must stand on it.</summary>
    public static PhaseLadder Ladder(YamlMap map)
    {
        ImmutableArray<string> phases = map.Texts("phases");
        PhaseLadder ladder = new()
        {
            Measures = map.TextsByKey("measures"),
            Duties = [.. map.Maps("duties").Select(Duty)],
            Lasting = [.. map.Maps("lasting").Select(Span)],
            ThreatLevels = map.Texts("threat_levels"),
            Escalation = WarningSections.Escalation(map),
            Names = map.NamesByKey("names") is { IsEmpty: false } names ? names : null,
        };
        if (!phases.IsEmpty) ladder = ladder with { Phases = phases };
        if (IsTwice(phases)) map.Fault("phases", "names a phase twice");
        if (IsTwice(ladder.ThreatLevels)) map.Fault("threat_levels", "names a level twice");
        foreach (string phase in ladder.Measures.Keys)
            if (!ladder.Phases.Contains(phase, StringComparer.Ordinal))
                map.Fault("measures", $"'{phase}' is not a phase of the ladder");
        foreach (string named in ladder.Names?.Keys ?? [])
            if (!ladder.Has(named)) map.Fault("names", $"'{named}' is no phase, measure or threat level of the ladder");
        References.Exist(map.Maps("lasting"), "phase", ladder.Phases, "phase");
        References.Differ(map.Maps("lasting"), "phase", [.. ladder.Lasting.Select(span => span.Phase)]);
        References.Differ(map.Maps("duties"), "kind", [.. ladder.Duties.Select(duty => duty.Kind)]);
        return ladder;
    }

    /// <summary>Ladders of organisations with one of their own, each with an id.</summary>
    public static ImmutableArray<PhaseLadder> Ladders(YamlMap root)
    {
        ImmutableArray<YamlMap> maps = root.Maps("ladders");
        ImmutableArray<PhaseLadder> ladders = [.. maps.Select(map => Ladder(map) with { Id = map.Text("id") })];
        References.Differ(maps, "id", [.. ladders.Select(ladder => ladder.Id)]);
        return ladders;
    }

    /// <summary>The rules of a site; one that names several zones stands for one of each.</summary>
    public static ImmutableArray<PhaseRule> Rules(YamlMap site) => [.. site.Maps("rules").SelectMany(Rule)];

    /// <summary>Formations as a tree; one that is above itself is a fault.</summary>
    public static ImmutableArray<Formation> Formations(YamlMap root)
    {
        ImmutableArray<YamlMap> maps = root.Maps("formations");
        ImmutableArray<Formation> formations = [.. maps.Select(Formation)];
        References.Differ(maps, "id", [.. formations.Select(each => each.Id)]);
        References.Exist(maps, "parent", [.. formations.Select(each => each.Id)], "formation");
        if (formations.Length > Posture.Formation.Most) root.Fault("formations", $"are more than {Posture.Formation.Most}");
        Dictionary<string, string?> above = [];
        foreach (Formation each in formations) above.TryAdd(each.Id, each.Parent);
        for (int i = 0; i < formations.Length; i++)
        {
            string? up = formations[i].Parent;
            for (int steps = 0; up is not null && up != formations[i].Id && steps < formations.Length; steps++)
                up = above.GetValueOrDefault(up);
            if (up == formations[i].Id) maps[i].Fault("parent", $"'{formations[i].Id}' would be above itself");
        }

        return formations;
    }

    public static DirectivePolicy Directives(YamlMap? map) => map is null ? new() : new()
    {
        Escalation = WarningSections.Escalation(map),
        NotPossibleJudges = map.Texts("not_possible_by"),
        RenewAfter = Hours(map, "renew_h"),
    };

    /// <summary>What a site names must be there: its ladder, on it the phases and levels of its rules; zones, borders.</summary>
    public static void Check(
        YamlMap root, PhaseLadder common, ImmutableArray<PhaseLadder> ladders, string[] zones, ImmutableArray<string> borders)
    {
        References.Exist(root.Maps("sites"), "ladder", [.. ladders.Select(ladder => ladder.Id)], "ladder");
        foreach (YamlMap site in root.Maps("sites"))
        {
            PhaseLadder ladder = ladders.FirstOrDefault(each => each.Id == site.OptionalText("ladder")) ?? common;
            ImmutableArray<YamlMap> rules = site.Maps("rules");
            References.Exist(rules, "zone", zones, "zone");
            References.Exist(rules, "border", borders, "border");
            References.Exist(rules, "phase", ladder.Phases, "phase");
            References.Exist(rules, "threat_level", ladder.ThreatLevels, "threat level");
            foreach (YamlMap rule in rules)
                foreach (string zone in rule.Texts("zones"))
                    if (!zones.Contains(zone, StringComparer.Ordinal)) rule.Fault("zones", $"there is no zone '{zone}'");
        }
    }

    public static TimeSpan? Hours(YamlMap map, string key) =>
        map.OptionalNumber(key, 0.01, 24 * 366) is { } hours ? TimeSpan.FromHours(hours) : null;

    static IEnumerable<PhaseRule> Rule(YamlMap map)
    {
        ImmutableArray<string> zones = map.Texts("zones");
        if (map.OptionalText("zone") is { } one) zones = [one, .. zones];
        bool border = map.Has("border");
        if (zones.IsEmpty && !border && !map.Has("threat_level"))
            map.Fault("zone", "is required where neither border nor threat_level is given");
        if (zones.IsEmpty && map.Has("at")) map.Fault("at", "asks for a zone");
        PhaseRule rule = nothing with
        {
            Phase = map.Text("phase"),
            At = zones.IsEmpty ? null : map.Choice<AlertState>("at"),
            Kinds = [.. map.Texts("kinds").Select(text => WarningSections.Kind(map, "kinds", text))],
            Border = map.OptionalText("border"),
            Direction = map.Has("direction") ? map.Choice<CrossingDirection>("direction") : null,
            ThreatLevel = map.OptionalText("threat_level"),
        };
        return zones.IsEmpty ? [rule] : zones.Select(zone => rule with { Zone = zone });
    }

    static MeasureDuty Duty(YamlMap map)
    {
        MeasureDuty duty = new(map.Text("kind"), map.Text("role"))
        {
            Within = Seconds(map, "within_s"),
            CheckRole = map.OptionalText("check_role"),
            CheckWithin = Seconds(map, "check_within_s"),
        };
        if (duty.CheckWithin is not null && duty.CheckRole is null) map.Fault("check_within_s", "asks for a check_role");
        return duty;
    }

    static PhaseSpan Span(YamlMap map)
    {
        PhaseSpan span = new(map.Text("phase"), TimeSpan.FromHours(map.Number("for_h", 0.01, 24 * 366)),
            TimeSpan.FromHours(map.Number("warn_before_h", 0, 24 * 366, 0)));
        if (span.WarnBefore > span.For) map.Fault("warn_before_h", "is longer than the phase lasts");
        return span;
    }

    static Formation Formation(YamlMap map)
    {
        Formation formation = new()
        {
            Id = map.Text("id"),
            Name = map.OptionalText("name") ?? map.Text("id"),
            Names = map.TextByKey("names"),
            Parent = map.OptionalText("parent"),
            Persons = map.Texts("persons"),
        };
        if (formation.Persons.Length > Posture.Formation.MostPersons)
            map.Fault("persons", $"are more than {Posture.Formation.MostPersons}");
        return formation;
    }

    static TimeSpan? Seconds(YamlMap map, string key) =>
        map.OptionalNumber(key, 1, 86_400 * 366) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    static bool IsTwice(ImmutableArray<string> names) => names.Distinct(StringComparer.Ordinal).Count() != names.Length;
}
