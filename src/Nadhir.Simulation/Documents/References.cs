using System.Collections.Immutable;

namespace Nadhir.Documents;

/// <summary>Names that must differ, and names that must exist.</summary>
public static class References
{
    public static void Differ(ImmutableArray<YamlMap> maps, string key, IReadOnlyList<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < maps.Length; i++)
            if (names[i].Length > 0 && !seen.Add(names[i])) maps[i].Fault(key, $"'{names[i]}' is used before");
    }

    /// <summary>Absent keys pass: whether a key is required is said where it is read.</summary>
    public static void Exist(ImmutableArray<YamlMap> maps, string key, IReadOnlyCollection<string> known, string what)
    {
        foreach (YamlMap map in maps)
        {
            if (map.OptionalText(key) is not { Length: > 0 } name || known.Contains(name, StringComparer.Ordinal)) continue;
            string? near = Spelling.Nearest(name, known);
            map.Fault(key, near is null ? $"there is no {what} '{name}'" : $"there is no {what} '{name}'; did you mean '{near}'?");
        }
    }
}
