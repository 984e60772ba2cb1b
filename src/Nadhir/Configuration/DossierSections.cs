using System.Collections.Immutable;
using Nadhir.Documents;
using Nadhir.Dossiers;

namespace Nadhir.Configuration;

/// <summary>Reads for whom dossiers are made: profiles of one's own beside the standard ones, or in their place.</summary>
static class DossierSections
{
    public static ImmutableArray<DossierProfile> Read(ImmutableArray<YamlMap> maps)
    {
        ImmutableArray<DossierProfile> own = [.. maps.Select(Profile)];
        References.Differ(maps, "name", [.. own.Select(profile => profile.Name)]);
        return [.. DossierProfile.Standard.Where(standard => own.All(profile => profile.Name != standard.Name)), .. own];
    }

    static DossierProfile Profile(YamlMap map)
    {
        ImmutableArray<string> kinds = map.Has("withhold") ? map.Texts("withhold") : [];
        foreach (string kind in kinds.Where(kind => !DossierProfile.Kinds.Contains(kind, StringComparer.Ordinal)))
            map.Fault("withhold", $"{kind} is none of {string.Join(", ", DossierProfile.Kinds)}");
        return new(map.Text("name"), [.. kinds]) { ShownSensors = map.Has("show_sensors") ? [.. map.Texts("show_sensors")] : [] };
    }
}
