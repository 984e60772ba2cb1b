using Nadhir.Documents;
using Nadhir.Simulation.Families;

namespace Nadhir.Runs;

/// <summary>Finds and reads families; says on standard error what is wrong.</summary>
static class FamilyFiles
{
    const string SchemaLine = "schema: nadhir-family/";

    /// <summary>Whether a name or path means families: a folder, or a file that says so in its first lines.</summary>
    public static bool IsFamilies(string nameOrPath)
    {
        if (Directory.Exists(nameOrPath)) return true;
        return File.Exists(nameOrPath) && IsFamily(nameOrPath);
    }

    /// <summary>The families of a folder, or the one of a file; null, with a message, when something is wrong.</summary>
    public static IReadOnlyList<Family>? Read(string path, string? only)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*.yaml").Where(IsFamily).Order(StringComparer.Ordinal)]
            : [path];
        Dictionary<string, Country?> countries = new(StringComparer.Ordinal);
        List<Family> families = [];
        bool clean = true;
        foreach (string file in files)
        {
            switch (FamilyLoader.Load(File.ReadAllText(file), name => CountryOf(Path.Combine(Path.GetDirectoryName(file)!, name), countries)))
            {
                case FamilyReading.Loaded(Family family):
                    if (only is null || family.Id == only) families.Add(family);
                    break;
                case FamilyReading.Faulty faulty:
                    clean = false;
                    foreach (DocumentFault fault in faulty.Faults) Console.Error.WriteLine($"{file}:{fault}");
                    break;
            }
        }

        if (clean && families.Count == 0)
            Console.Error.WriteLine($"nadhir: {path} holds no family{(only is null ? "" : $" {only}")}");
        return clean && families.Count > 0 ? families : null;
    }

    static bool IsFamily(string file) =>
        File.ReadLines(file).Take(20).Any(line => line.StartsWith(SchemaLine, StringComparison.Ordinal));

    static Country? CountryOf(string file, Dictionary<string, Country?> known)
    {
        if (known.TryGetValue(file, out Country? country)) return country;
        if (!File.Exists(file)) return known[file] = null;
        switch (CountryLoader.Load(File.ReadAllText(file)))
        {
            case CountryReading.Loaded(Country loaded):
                country = loaded;
                break;
            case CountryReading.Faulty faulty:
                foreach (DocumentFault fault in faulty.Faults) Console.Error.WriteLine($"{file}:{fault}");
                break;
        }

        return known[file] = country;
    }
}
