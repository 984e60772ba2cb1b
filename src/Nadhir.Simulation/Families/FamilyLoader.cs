using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Simulation.Radars;

namespace Nadhir.Simulation.Families;

/// <summary>
/// Reads <c>nadhir-family/1</c> files. A variant sets single keys of the family's movers anew; what it does not set is as
/// the mover says.
/// </summary>
public static class FamilyLoader
{
    public const string Schema = "nadhir-family/1";

    /// <param name="country">Answers the name of a country's file with its country; null when it cannot be had.</param>
    public static FamilyReading Load(string text, Func<string, Country?> country)
    {
        (YamlReading reading, YamlMap root) = YamlReading.Open(text);
        Family? family = Read(root, country);
        IReadOnlyList<DocumentFault> faults = reading.Finish();
        return faults.Count == 0 && family is not null
            ? new FamilyReading.Loaded(family)
            : new FamilyReading.Faulty([.. faults]);
    }

    static Family? Read(YamlMap root, Func<string, Country?> country)
    {
        if (root.Text("schema") is var schema && schema != Schema && !root.IsStandIn)
            root.Fault("schema", $"must be {Schema}");
        root.Texts("notes");
        string id = root.Text("id"), title = root.Text("title"), file = root.Text("country");
        if (country(file) is not { } home)
        {
            root.Fault("country", $"'{file}' is no country that can be read");
            return null;
        }

        ImmutableArray<YamlMap> movers = root.Maps("movers"), variants = root.Maps("variants");
        References.Differ(movers, "id", [.. movers.Select(map => map.Text("id"))]);
        References.Differ(variants, "id", [.. variants.Select(map => map.Text("id"))]);
        if (variants.IsEmpty) root.Fault("variants", "names at least one variant");
        return new()
        {
            Id = id,
            Title = title,
            Names = root.OptionalTextByKey("names"),
            Country = home,
            Variants = [.. variants.Select(map => Variant(map, movers, home))],
        };
    }

    static FamilyVariant Variant(YamlMap map, ImmutableArray<YamlMap> movers, Country country)
    {
        YamlMap? sets = map.OptionalMap("set");
        ImmutableArray<string> without = map.Texts("without");
        HashSet<string> known = [.. movers.Select(mover => mover.Text("id"))];
        foreach (string id in without)
            if (!known.Contains(id)) map.Fault("without", $"there is no mover '{id}'");
        foreach (string id in sets?.Keys ?? [])
            if (!known.Contains(id)) sets!.Fault(id, $"there is no mover '{id}'");
        ImmutableArray<string> sensors = [.. country.Sensors.Select(sensor => sensor.Id)];
        return new()
        {
            Id = map.Text("id"),
            Movers =
            [
                .. movers.Where(mover => !without.Contains(mover.Text("id"), StringComparer.Ordinal))
                    .Select(mover => MoverSection.Read(new(mover, sets?.OptionalMap(mover.Text("id"))), country)),
            ],
            Clutter = [.. map.Maps("clutter").Select(Patch)],
            Outages = [.. map.Maps("outages").SelectMany(outage => Outages(outage, sensors))],
            ClutterFactor = map.Number("clutter_factor", 0, 20, 1),
            LastsSeconds = map.Number("lasts_s", 0, 86_400, 0),
        };
    }

    static ClutterPatch Patch(YamlMap map) => new(
        new(map.Number("lat", -90, 90), map.Number("lon", -180, 180)), map.Number("radius_km", 0.1, 200) * 1000,
        map.Number("height_m", 10, 15_000), map.Number("plots_per_scan", 0, 300), map.Number("drift_mps", 0, 50, 0),
        map.Number("drift_deg", 0, 360, 0));

    static IEnumerable<SensorOutage> Outages(YamlMap map, ImmutableArray<string> known)
    {
        double from = map.Number("from_s", 0, 86_400), until = map.Number("until_s", 0, 86_400);
        if (until < from) map.Fault("until_s", "ends before it begins");
        foreach (string sensor in map.Texts("sensors"))
        {
            if (!known.Contains(sensor, StringComparer.Ordinal)) map.Fault("sensors", $"there is no sensor '{sensor}'");
            yield return new(sensor, new(from, until));
        }
    }
}
