using System.Collections.Immutable;
using Nadhir.Warning;

namespace Nadhir.Documents;

/// <summary>Reads when zones are warned and who releases it: the part <c>warning</c>, and the <c>kinds</c> of a zone.</summary>
public static class WarningSections
{
    static readonly (string Key, ThreatKind Kind)[] kinds =
    [
        ("aircraft", ThreatKind.Aircraft), ("low_slow", ThreatKind.LowSlow), ("cruise_type", ThreatKind.CruiseType),
        ("ballistic", ThreatKind.Ballistic),
    ];

    public static WarningPolicy Policy(YamlMap? map)
    {
        WarningPolicy standard = new();
        if (map is null) return standard;
        return new()
        {
            WatchHorizon = Seconds(map, "watch_horizon_s", 60, 7200, standard.WatchHorizon),
            WatchProbability = map.Number("watch_probability", 0.0001, 1, standard.WatchProbability),
            WatchHold = Seconds(map, "watch_hold_s", 0, 600, standard.WatchHold),
            WatchPause = Seconds(map, "watch_pause_s", 0, 3600, standard.WatchPause),
            WatchWhenBlind = map.Flag("watch_when_blind", standard.WatchWhenBlind),
            WarningHorizon = Seconds(map, "warning_horizon_s", 10, 3600, standard.WarningHorizon),
            EarlyProbability = map.Number("early_probability", 0.01, 1, standard.EarlyProbability),
            DecideBefore = Seconds(map, "decide_before_s", 0, 600, standard.DecideBefore),
            EndingShare = map.Number("ending_share", 0.01, 1, standard.EndingShare),
            EndingHold = Seconds(map, "ending_hold_s", 0, 3600, standard.EndingHold),
            WarningRelease = map.Choice<Release>("warning_release", standard.WarningRelease),
            HumanBudget = Seconds(map, "human_budget_s", 0, 3600, standard.HumanBudget),
            Escalation = Escalation(map),
            AllClearByPerson = map.Flag("all_clear_by_person", standard.AllClearByPerson),
            CloseAfter = Seconds(map, "close_after_s", 0, 86400, standard.CloseAfter),
            UpdateEvery = Seconds(map, "update_every_s", 5, 3600, standard.UpdateEvery),
            AnnouncedDrones = map.Choice<AnnouncedDrones>("announced_drones", standard.AnnouncedDrones),
            SirenDuration = Seconds(map, "siren_duration_s", 1, 3600, standard.SirenDuration),
            SirenCommandValidity = Seconds(map, "siren_command_validity_s", 1, 600, standard.SirenCommandValidity),
            Kinds = Kinds(map.OptionalMap("kinds")),
        };
    }

    /// <summary>A planned drill.</summary>
    public static Drill Drill(YamlMap map)
    {
        Drill read = new()
        {
            Id = map.Text("id"),
            From = map.Instant("from"),
            To = map.Instant("to"),
            AnnounceBefore = TimeSpan.FromHours(map.Number("announce_before_h", 0, 24 * 60, 24)),
            Zones = map.Texts("zones"),
        };
        if (read.To <= read.From) map.Fault("to", "ends before it begins");
        return read;
    }

    /// <summary>What differs by kind of threat.</summary>
    public static ImmutableSortedDictionary<ThreatKind, KindPolicy> Kinds(YamlMap? map)
    {
        ImmutableSortedDictionary<ThreatKind, KindPolicy>.Builder read =
            ImmutableSortedDictionary.CreateBuilder<ThreatKind, KindPolicy>();
        foreach ((string key, ThreatKind kind) in kinds)
            if (map?.OptionalMap(key) is { } one) read[kind] = Kind(one);
        return read.ToImmutable();
    }

    static KindPolicy Kind(YamlMap map) => new()
    {
        CostLossRatio = map.OptionalNumber("cost_loss_ratio", 0.0001, 1),
        WarningHorizon = Span(map.OptionalNumber("warning_horizon_s", 10, 3600)),
        MarginMetres = map.OptionalNumber("margin_km", 0, 100) * 1000,
        WarningRelease = map.Has("warning_release") ? map.Choice<Release>("warning_release") : null,
        HumanBudget = Span(map.OptionalNumber("human_budget_s", 0, 3600)),
    };

    /// <summary>A kind of threat by its name in documents.</summary>
    internal static ThreatKind Kind(YamlMap map, string key, string text)
    {
        foreach ((string name, ThreatKind kind) in kinds)
            if (name == text) return kind;
        if (text == "unknown") return ThreatKind.Unknown;
        map.Fault(key, $"'{text}' is no kind; known: {string.Join(", ", kinds.Select(each => each.Key))}, unknown");
        return ThreatKind.Unknown;
    }

    internal static ImmutableArray<EscalationStep> Escalation(YamlMap map)
    {
        ImmutableArray<EscalationStep> steps =
        [
            .. map.Maps("escalation").Select(step =>
                new EscalationStep(TimeSpan.FromSeconds(step.Number("after_s", 1, 86_400)), step.Text("to"))),
        ];
        for (int i = 1; i < steps.Length; i++)
            if (steps[i].After < steps[i - 1].After) map.Fault("escalation", "must go from the shortest wait to the longest");
        return steps;
    }

    static TimeSpan? Span(double? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;

    static TimeSpan Seconds(YamlMap map, string key, double least, double most, TimeSpan otherwise) =>
        TimeSpan.FromSeconds(map.Number(key, least, most, otherwise.TotalSeconds));
}
