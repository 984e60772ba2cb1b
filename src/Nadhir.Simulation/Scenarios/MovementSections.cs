using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Simulation.Movements;
using Nadhir.Units;

namespace Nadhir.Simulation.Scenarios;

/// <summary>Reads what flies in a scenario, and files the flight plans of the flights that have one.</summary>
sealed class MovementSections(WatchSections sections, DateTimeOffset anchor)
{
    static readonly TimeSpan flightPlanMargin = TimeSpan.FromMinutes(30);

    readonly ImmutableArray<Authorisation>.Builder flightPlans = ImmutableArray.CreateBuilder<Authorisation>();

    public ImmutableArray<Authorisation> FlightPlans => flightPlans.ToImmutable();

    public (JetPlan Plan, ImmutableArray<JetVariant> Variants) Jets(YamlMap map)
    {
        sections.Provenance(map);
        map.Text("wording");
        ImmutableArray<YamlMap> maps = map.Maps("variants");
        ImmutableArray<JetVariant> variants =
        [
            .. maps.Select(variant => variant.Integer("azimuth_deg", 0, 359) is var azimuth
                ? new JetVariant(azimuth, variant.Number("flown_deg", 0, 360, azimuth))
                : default),
        ];
        References.Differ(maps, "azimuth_deg", [.. variants.Select(variant => $"{variant.AzimuthDegrees}")]);
        if (variants.IsEmpty) map.Fault("variants", "names at least one variant");
        JetPlan plan = new()
        {
            Count = map.Integer("count", 1, 20),
            SpacingMetres = map.Number("spacing_km", 0.1, 50) * 1000,
            SpeedMetresPerSecond = map.Number("speed_mps", 50, 700),
            HeightMetres = map.Number("height_m", 50, 20_000),
            TurnG = map.Number("turn_g_max", 0.5, 9),
            StartOutsideBorderMetres = map.Number("start_outside_border_km", 1, 500) * 1000,
            TargetZone = map.Text("target_zone"),
        };
        return (plan, variants);
    }

    public ReconnaissancePlan Reconnaissance(YamlMap map)
    {
        sections.Provenance(map);
        map.Text("wording");
        ReconnaissancePlan plan = new(
            map.Text("zone"), map.Number("reach_km", 5, 200) * 1000, map.Number("turn_radius_km", 1, 50) * 1000,
            map.Number("speed_mps", 20, 300), map.Number("height_m", 50, 20_000), map.Number("start_s", -1e6, 1e6),
            map.Number("end_s", -1e6, 1e6),
            [.. map.Texts("mode3a").Where(code => Codes.IsMode3A(map, "mode3a", code))]);
        if (plan.Mode3A.IsEmpty) map.Fault("mode3a", "names a code for each aircraft");
        if (plan.EndSeconds <= plan.StartSeconds) map.Fault("end_s", "ends before it begins");
        if (plan.ReachMetres <= plan.TurnRadiusMetres) map.Fault("turn_radius_km", "must be less than reach_km");
        return plan;
    }

    public ParallelPlan Parallel(YamlMap map)
    {
        sections.Provenance(map);
        double duration = map.Number("minutes", 1, 600) * 60, start = map.Number("start_s", -1e6, 1e6);
        ParallelPlan plan = new(
            sections.Point(map.Map("near")), sections.Point(map.Map("towards")), map.Number("outside_km", 0.1, 100) * 1000, duration,
            map.Number("speed_mps", 20, 350), Height(map), start,
            Transponder(map) ?? new());
        File(map, map.Text("id"), start, start + duration);
        return plan;
    }

    public Movement Flight(YamlMap map)
    {
        sections.Provenance(map);
        string id = map.Text("id");
        MovementKind kind = map.Choice<MovementKind>("kind");
        double speed = map.Number("speed_mps", 1, 400), height = Height(map), start = map.Number("start_s", -1e6, 1e6);
        ImmutableArray<GeoPoint> points = Points(map);
        FlightPath path = new([.. points.Select(point => new PathPoint(point, height))], speed);
        double? until = map.OptionalNumber("end_s", -1e6, 1e6);
        Movement flight = new()
        {
            Id = id,
            Kind = kind,
            Path = path,
            StartSeconds = start,
            EndSeconds = until ?? double.PositiveInfinity,
            Repeats = map.Has("circle") && until is not null,
            Transponder = Transponder(map),
            DetectionProbability = map.OptionalNumber("pd", 0.01, 1),
        };
        File(map, id, start, flight.LastSeconds);
        return flight;
    }

    /// <summary>A route of points, or a circle flown clockwise.</summary>
    ImmutableArray<GeoPoint> Points(YamlMap map)
    {
        ImmutableArray<GeoPoint> standIn = [new(0, 0), new(0, 1)];
        if (map.OptionalMap("circle") is { } circle)
            return [.. Arcs.Around(sections.Point(circle), circle.Number("radius_km", 0.1, 500) * 1000, 0, 360)];
        ImmutableArray<GeoPoint> route =
            [.. map.Pairs("route").Select(pair => new GeoPoint(pair.First, pair.Second))];
        foreach (GeoPoint point in route)
        {
            sections.RefuseFiner(map, "route", point.LatitudeDegrees);
            sections.RefuseFiner(map, "route", point.LongitudeDegrees);
        }

        bool usable = route.Length >= 2 && route.All(point => point.IsValid) && route[0] != route[1];
        if (!usable) map.Fault("route", "needs two points on the earth that differ, or a circle");
        return usable ? route : standIn;
    }

    static double Height(YamlMap map)
    {
        double? metres = map.OptionalNumber("height_m", 0, 25_000);
        double? level = map.OptionalNumber("flight_level", 10, 600);
        if (metres is null == level is null) map.Fault("height_m", "give either height_m or flight_level");
        return metres ?? ((level ?? 100) * Conversions.MetresPerFlightLevel);
    }

    static Transponder? Transponder(YamlMap map)
    {
        string? mode3A = map.OptionalText("mode3a"), address = map.OptionalText("address");
        string? callsign = map.OptionalText("callsign");
        double step = map.Number("height_step_ft", 25, 100, 25);
        if (mode3A is not null) Codes.IsMode3A(map, "mode3a", mode3A);
        if (address is not null) Codes.IsAddress(map, "address", address);
        if (mode3A is null && address is null && callsign is null) return null;
        return new()
        {
            Mode3A = Codes.Mode3ABits(mode3A),
            Address = Codes.AddressBits(address),
            Callsign = Sensing.Callsign.From(callsign),
            HeightStepFeet = step,
        };
    }

    /// <summary>Puts a flight plan on file for a flight that names the set it belongs to.</summary>
    void File(YamlMap map, string id, double startSeconds, double endSeconds)
    {
        if (map.OptionalText("flight_plan") is not { } set) return;
        if (map.OptionalText("callsign") is not { } callsign || map.OptionalText("address") is not { } address)
        {
            map.Fault("flight_plan", "a flight plan needs the callsign and the address it is matched by");
            return;
        }

        if (!double.IsFinite(endSeconds)) endSeconds = startSeconds;
        flightPlans.Add(new()
        {
            Id = $"FPL-{callsign}",
            Holder = id,
            Basis = $"flight plan of {set}",
            Activity = "civil flight",
            ValidFrom = anchor.AddSeconds(startSeconds) - flightPlanMargin,
            ValidTo = anchor.AddSeconds(endSeconds) + flightPlanMargin,
            Mode3A = map.OptionalText("mode3a") is { } mode3A ? [mode3A] : [],
            Addresses = [address],
            Callsigns = [callsign],
        });
    }
}
