using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Simulation.Truth;
using Nadhir.Warning;

namespace Nadhir.Simulation.Families;

/// <summary>A mover of a family under what one variant sets anew.</summary>
readonly struct Layered(YamlMap mover, YamlMap? set)
{
    /// <summary>The mapping that says the key: the variant's, else the mover's own.</summary>
    public YamlMap this[string key] => (mover.Has(key), set?.Has(key)) is (_, true) ? set! : mover;

    public bool Has(string key) => this[key].Has(key);
}

/// <summary>Reads what moves.</summary>
static class MoverSection
{
    const double Kilometre = 1000;

    public static MoverPlan Read(Layered map, Country country)
    {
        MovePattern pattern = map["pattern"].Choice<MovePattern>("pattern");
        bool aimed = pattern is not (MovePattern.AlongBorder or MovePattern.Transit);
        bool arrives = map.Has("arrive_s");
        if (arrives == map.Has("start_s")) map["start_s"].Fault("start_s", "give either start_s or arrive_s");
        TransponderPlan transponder = map["transponder"].Choice<TransponderPlan>("transponder", TransponderPlan.None);
        bool falseReport = map["false_report"].Flag("false_report", false);
        if (falseReport && transponder == TransponderPlan.None)
            map["transponder"].Fault("transponder", "a false report needs a transponder to be of");
        return new()
        {
            Id = map["id"].Text("id"),
            Pattern = pattern,
            Threat = map["threat"].Choice<ThreatName>("threat", ThreatName.None) switch
            {
                ThreatName.None => null,
                var name => (ThreatKind)((int)name - 1),
            },
            Count = Of(map, "count", 1, 200, new(1, 1)),
            Formation = Of(map, "formation", 1, 20, new(1, 1)),
            SpacingMetres = map["spacing_km"].Number("spacing_km", 0.05, 50, 1.5) * Kilometre,
            Start = arrives ? Of(map, "arrive_s", 0, 86_400) : Of(map, "start_s", 0, 86_400),
            StartIsArrival = arrives,
            Interval = Of(map, "interval_s", 0, 3600, new(0, 0)),
            Azimuth = Of(map, "azimuth_deg", -360, 720, new(0, 360)),
            Distance = Times(Of(map, "distance_km", 0.5, 600), Kilometre),
            Inside = Times(Of(map, "inside_km", 0, 1000, new(0, 1000)), Kilometre),
            Speed = pattern == MovePattern.Rocket ? default : Of(map, "speed_mps", 1, 1000),
            Height = pattern == MovePattern.Rocket ? default : Of(map, "height_m", 10, 20_000),
            TurnG = map["turn_g"].Number("turn_g", 0.05, 9, 1),
            Corners = Of(map, "corners", 0, 10, new(0, 0)),
            AsideMetres = map["aside_km"].Number("aside_km", 0, 200, 0) * Kilometre,
            End = map["end"].Choice<AttackEnd>("end", AttackEnd.There),
            Aims = aimed ? Aims(map, country) : [],
            OneAim = map["one_aim"].Flag("one_aim", false),
            Transponder = transponder,
            TransponderUntil = Of(map, "transponder_until", 0, 1, new(1, 1)),
            ThreatensSilent = map["threatens_silent"].Flag("threatens_silent", false),
            DivertAt = Of(map, "divert_at", 0.05, 0.95, new(0.4, 0.6)),
            IsFalseReport = falseReport,
            Decoy = map.Has("decoy_km") ? Times(Of(map, "decoy_km", 0, 100), Kilometre) : null,
            RangeShare = map["range_share"].Number("range_share", 0.01, 2, 1),
            DetectionProbability = map["pd"].OptionalNumber("pd", 0.01, 1),
            Rocket = pattern == MovePattern.Rocket
                ? new(Of(map, "elevation_deg", 20, 80), Of(map, "burn_s", 0.5, 80), Of(map, "beta", 500, 30_000),
                    map["scatter"].Number("scatter", 0, 0.2, 0.008))
                : null,
        };
    }

    /// <summary>Zones by name, or by their level and how far from the border their middles lie.</summary>
    static ImmutableArray<string> Aims(Layered map, Country country)
    {
        ImmutableArray<string> named = map["aims"].Texts("aims");
        ImmutableArray<string> known = [.. country.Zones.Select(zone => zone.Id)];
        foreach (string id in named)
            if (!known.Contains(id, StringComparer.Ordinal)) map["aims"].Fault("aims", $"there is no zone '{id}'");
        int level = map["aim_level"].Integer("aim_level", 0, 5, 0);
        Span depth = Times(Of(map, "aim_border_km", 0, 1000, new(0, 1000)), Kilometre);
        if (!named.IsEmpty) return named;
        Outline home = country.Home();
        ImmutableArray<string> found =
        [
            .. from zone in country.Zones
               let inside = -home.Outside(ZoneShape.MiddleOf(zone.Area))
               where country.LevelOf(zone) == level && inside >= depth.From && inside <= depth.To
               select zone.Id,
        ];
        if (found.IsEmpty) map["aim_border_km"].Fault("aim_border_km", "no zone of this level lies so far from the border");
        return found;
    }

    static Span Of(Layered map, string key, double least, double most, Span? otherwise = null)
    {
        (double from, double to) = map[key].Range(
            key, least, most, otherwise is { } span ? (span.From, span.To) : null);
        return new(from, to);
    }

    static Span Times(Span span, double factor) => new(span.From * factor, span.To * factor);

    enum ThreatName : byte { None, Aircraft, LowSlow, CruiseType, Ballistic }
}
