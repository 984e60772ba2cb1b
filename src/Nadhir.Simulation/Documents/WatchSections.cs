using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Identification;
using Nadhir.Posture;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Documents;

/// <summary>
/// Reads the parts of a watch that a scenario and a host's configuration write alike: zones, sites, sirens, sensors,
/// authorisations, mandates, the ladder and the policy.
/// </summary>
/// <param name="tagged">Every item must say where it comes from: R reported, RI implied by the report, S simulated.</param>
/// <param name="precisionDegrees">The finest coordinates allowed; 0 for any.</param>
/// <param name="outline">Reads an area from a file the document names; null where files are not allowed.</param>
public sealed class WatchSections(
    bool tagged = false, double precisionDegrees = 0, Func<YamlMap, Area?>? outline = null)
{
    static readonly string[] tagKeys = ["tag", "name_tag", "position_tag", "existence_tag", "time_tag"];

    /// <summary>Takes the provenance tags of an item of a scenario; one at least must be there.</summary>
    public void Provenance(YamlMap map)
    {
        if (!tagged) return;
        bool any = false;
        foreach (string key in tagKeys)
        {
            if (map.OptionalText(key) is not { } tag) continue;
            any = true;
            if (tag is not ("R" or "RI" or "S")) map.Fault(key, $"must be R, RI or S, not '{tag}'");
        }

        if (!any && !map.IsStandIn) map.Fault("tag", "every item must say its provenance: R, RI or S");
    }

    public GeoPoint Point(YamlMap map)
    {
        double latitude = map.Number("lat", -90, 90), longitude = map.Number("lon", -180, 180);
        RefuseFiner(map, "lat", latitude);
        RefuseFiner(map, "lon", longitude);
        return new(latitude, longitude);
    }

    /// <summary>District precision protects people: a scenario must not locate anything finer than it was reported.</summary>
    public void RefuseFiner(YamlMap map, string key, double degrees)
    {
        if (precisionDegrees <= 0) return;
        double steps = degrees / precisionDegrees;
        if (Math.Abs(steps - Math.Round(steps)) > 1e-6)
            map.Fault(key, $"is finer than the {precisionDegrees}° this scenario allows");
    }

    /// <summary>A circle (lat, lon, radius_km), a polygon of [lat, lon] pairs, or a file.</summary>
    public Area Area(YamlMap map)
    {
        int forms = (map.Has("radius_km") ? 1 : 0) + (map.Has("polygon") ? 1 : 0)
            + (outline is not null && map.Has("file") ? 1 : 0);
        if (forms != 1)
        {
            if (!map.IsStandIn)
                map.Fault("radius_km", outline is null
                    ? "an area is either a circle (lat, lon, radius_km) or a polygon"
                    : "an area is one of: a circle (lat, lon, radius_km), a polygon, a file");
            return new();
        }

        if (outline is not null && map.Has("file")) return outline(map) ?? new();
        if (map.Has("radius_km"))
            return new() { Centre = Point(map), RadiusMetres = map.Number("radius_km", 0.01, 2000) * 1000 };
        ImmutableArray<GeoPoint> ring = [.. map.Pairs("polygon").Select(pair => new GeoPoint(pair.First, pair.Second))];
        if (ring.Length < 3) map.Fault("polygon", "needs at least three corners");
        else if (ring.Any(point => !point.IsValid)) map.Fault("polygon", "has coordinates outside the earth");
        else if (Polygons.FirstSelfCrossing(ring) is { } edge) map.Fault("polygon", $"crosses itself at corner {edge + 1}");
        foreach (GeoPoint point in ring)
        {
            RefuseFiner(map, "polygon", point.LatitudeDegrees);
            RefuseFiner(map, "polygon", point.LongitudeDegrees);
        }

        return new() { Rings = [ring] };
    }

    public Zone Zone(YamlMap map)
    {
        Provenance(map);
        Zone standard = new() { Id = "", Name = "", Area = new() };
        return new()
        {
            Id = map.Text("id"),
            Name = map.Text("name"),
            Names = map.TextByKey("names"),
            Geocodes = map.Has("geocodes") ? map.TextByKey("geocodes") : null,
            Parent = map.OptionalText("parent"),
            Area = Area(map),
            SecondsToShelter = map.Integer("seconds_to_shelter", 0, 86400, standard.SecondsToShelter),
            CostLossRatio = map.Number("cost_loss_ratio", 0.0001, 1, standard.CostLossRatio),
            AnnouncedDrones = map.Has("announced_drones") ? map.Choice<AnnouncedDrones>("announced_drones") : null,
            Kinds = WarningSections.Kinds(map.OptionalMap("kinds")),
        };
    }

    public Site Site(YamlMap map)
    {
        Provenance(map);
        return new()
        {
            Id = map.Text("id"),
            Name = map.Text("name"),
            Names = map.TextByKey("names"),
            Zone = map.Text("zone"),
            Position = Point(map),
            Restricted = map.Flag("restricted", false),
            Rules = PostureSections.Rules(map),
            Ladder = map.OptionalText("ladder"),
            ReadinessStaleAfter = PostureSections.Hours(map, "readiness_stale_h"),
        };
    }

    public Siren Siren(YamlMap map)
    {
        Provenance(map);
        return new()
        {
            Id = map.Text("id"),
            Name = map.Text("name"),
            Names = map.OptionalTextByKey("names"),
            Zone = map.Text("zone"),
            Site = map.OptionalText("site"),
            Position = Point(map),
            LinkTimeout = TimeSpan.FromSeconds(map.Number("link_timeout_s", 1, 600, 3)),
        };
    }

    public Sensor Sensor(YamlMap map)
    {
        Provenance(map);
        Sensor standard = new() { Id = "", Kind = SensorKind.Radar, Feed = "", Position = default };
        SensorKind kind = map.Choice<SensorKind>("kind");
        // A radar that is a node is known by its name.
        string? node = map.OptionalText("node");
        bool radar = kind is SensorKind.Radar or SensorKind.Radar3D && node is null;
        GeoPoint point = Point(map);
        return new()
        {
            Id = map.Text("id"),
            Name = map.OptionalText("name") ?? "",
            Names = map.OptionalTextByKey("names"),
            Kind = kind,
            // People report by the console's API, not on a feed.
            Feed = kind == SensorKind.Observer ? map.OptionalText("feed") ?? "" : map.Text("feed"),
            Sac = radar ? map.Integer("sac", 0, 255) : map.Integer("sac", 0, 255, -1),
            Sic = radar ? map.Integer("sic", 0, 255) : map.Integer("sic", 0, 255, -1),
            NodeId = node,
            DeclinationDegrees = map.OptionalNumber("declination_deg", -180, 180),
            Position = new(point.LatitudeDegrees, point.LongitudeDegrees, map.Number("height_m", -500, 9000, 0)),
            AntennaMetres = map.Number("antenna_m", 0, 500, 0),
            RangeMetres = map.Number("range_km", 0.1, 1000, standard.RangeMetres / 1000) * 1000,
            Period = TimeSpan.FromSeconds(map.Number("period_s", 0.1, 60, standard.Period.TotalSeconds)),
            DetectionProbability = map.Number("pd", 0.01, 1, standard.DetectionProbability),
            SigmaRangeMetres = map.Number("sigma_range_m", 0.1, 10_000, standard.SigmaRangeMetres),
            SigmaAzimuthDegrees = map.Number("sigma_azimuth_deg", 0.001, 10, standard.SigmaAzimuthDegrees),
            SigmaElevationDegrees = map.Number("sigma_elevation_deg", 0.001, 10, standard.SigmaElevationDegrees),
            SigmaPositionMetres = map.Number("sigma_position_m", 0.1, 100_000, standard.SigmaPositionMetres),
            FalsePlotsPerScan = map.Number("false_plots_per_scan", 0, 400, standard.FalsePlotsPerScan),
            LostAfter = TimeSpan.FromSeconds(map.Number("lost_after_s", 0, 3600, 0)),
            ClockOffset = TimeSpan.FromSeconds(map.Number("clock_offset_s", -86_400, 86_400, 0)),
            Trusted = map.Flag("trusted", otherwise: false),
            WarnsAlone = map.Flag("warns_alone", otherwise: false),
        };
    }

    public PhaseLadder Ladder(YamlMap? map)
    {
        if (map is null) return new();
        Provenance(map);
        return PostureSections.Ladder(map);
    }

    public Mandate Mandate(YamlMap map)
    {
        Provenance(map);
        return new()
        {
            Id = map.Text("id"),
            Text = map.Text("text"),
            StatedBy = map.OptionalText("stated_by") ?? "",
            TermsKnown = map.Flag("terms_known", false),
        };
    }

    /// <param name="zones">Zones the area of an authorisation may be centred on.</param>
    public Authorisation Authorisation(YamlMap map, IReadOnlyList<Zone> zones)
    {
        Provenance(map);
        Authorisation read = new()
        {
            Id = map.Text("id"),
            Holder = map.Text("holder"),
            Basis = map.OptionalText("basis") ?? "",
            Activity = map.OptionalText("activity") ?? "",
            Mandate = map.OptionalText("mandate"),
            Area = map.OptionalMap("area") is { } area ? AuthorisedArea(area, zones) : null,
            ValidFrom = map.Instant("valid_from"),
            ValidTo = map.Instant("valid_to"),
            Mode3A = [.. map.Texts("mode3a").Where(code => Codes.IsMode3A(map, "mode3a", code))],
            Addresses = [.. map.Texts("addresses").Where(text => Codes.IsAddress(map, "addresses", text))],
            Callsigns = map.Texts("callsigns"),
        };
        if (read.ValidTo < read.ValidFrom) map.Fault("valid_to", "ends before it begins");
        if (read.Mode3A.IsEmpty && read.Addresses.IsEmpty && read.Callsigns.IsEmpty)
            map.Fault("mode3a", "an authorisation needs a mode3a code, an address or a callsign to be matched by");
        return read;
    }

    Area AuthorisedArea(YamlMap map, IReadOnlyList<Zone> zones)
    {
        if (map.OptionalText("zone") is not { } id) return Area(map);
        double radius = map.Number("radius_km", 0.01, 2000) * 1000;
        if (zones.FirstOrDefault(zone => zone.Id == id)?.Area.Centre is { } centre)
            return new() { Centre = centre, RadiusMetres = radius };
        map.Fault("zone", $"'{id}' is not a circular zone of this document");
        return new();
    }
}
