using Nadhir.Documents;
using Nadhir.Geodesy;

namespace Nadhir.Configuration;

/// <summary>Areas and borders out of GeoJSON files; every fault is said at the key that names the file.</summary>
/// <param name="folder">Relative paths start here: the folder of the configuration.</param>
/// <param name="countries">The file of countries to use when the configuration names none.</param>
sealed class OutlineFiles(string folder, string? countries)
{
    readonly Dictionary<string, string?> texts = new(StringComparer.Ordinal);

    public string Absolute(string path) => Path.GetFullPath(path, folder);

    /// <summary>The path of a file that must be there when it is named; null when it is not.</summary>
    public string? Existing(YamlMap map, string key, bool required)
    {
        string? path = required ? map.Text(key) : map.OptionalText(key);
        if (string.IsNullOrEmpty(path)) return null;
        path = Absolute(path);
        if (!File.Exists(path)) map.Fault(key, $"the file '{path}' cannot be read");
        return path;
    }

    /// <summary>The area of <c>file</c>, of the feature <c>feature</c> when it holds several.</summary>
    public Area? Area(YamlMap map) => FromFile(map, "file", Absolute(map.Text("file")), map.OptionalText("feature"));

    /// <summary>A home territory: a country of the countries' file, or a file of one's own.</summary>
    public Area? Home(YamlMap map, string? countriesFile)
    {
        string? country = map.OptionalText("country");
        if (country is null == !map.Has("file"))
        {
            map.Fault("country", "give either a country or a file");
            return null;
        }

        if (country is null) return Simple(map, "file", Area(map));
        string? file = countriesFile is null ? countries : Absolute(countriesFile);
        if (file is not null) return Simple(map, "country", FromFile(map, "country", file, country));
        map.Fault("country", "needs countries_file: there is no file of countries to look it up in");
        return null;
    }

    Area? FromFile(YamlMap map, string key, string path, string? feature)
    {
        if (!texts.TryGetValue(path, out string? text))
        {
            try
            {
                text = File.ReadAllText(path);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                text = null;
            }

            texts.Add(path, text);
        }

        if (text is null)
        {
            map.Fault(key, $"the file '{path}' cannot be read");
            return null;
        }

        Area? area = GeoJsonAreas.TryRead(text, feature, out string fault);
        if (area is null) map.Fault(key, $"'{Path.GetFileName(path)}' {fault}");
        return area;
    }

    static Area? Simple(YamlMap map, string key, Area? area)
    {
        if (area is null) return null;
        for (int i = 0; i < area.Rings.Length; i++)
        {
            if (Polygons.FirstSelfCrossing(area.Rings[i]) is not { } corner) continue;
            GeoPoint at = area.Rings[i][corner];
            map.Fault(key, $"the line of ring {i + 1} crosses itself at corner {corner + 1} ({at.LatitudeDegrees}, {at.LongitudeDegrees})");
        }

        return area;
    }
}
