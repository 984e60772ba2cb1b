namespace Nadhir.Simulation.Tests;

/// <summary>Finds files of the repository and of the shared reference data by walking up from the test's folder.</summary>
static class Files
{
    public static string Repository(string path) => Up(path)
        ?? throw new FileNotFoundException($"not found above the tests: {path}");

    /// <summary>Countries as GeoJSON: prepared at build time, or the shared reference data; else the test is skipped.</summary>
    public static string Countries()
    {
        string? prepared = Up("artifacts/geo/borders.geojson");
        if (prepared is not null) return prepared;
        string? shared = Environment.GetEnvironmentVariable("NADHIR_SHARED") is { Length: > 0 } root
            ? Path.Combine(root, "data/natural-earth/iraq_region_ne50m.geojson")
            : Up("shared/data/natural-earth/iraq_region_ne50m.geojson");
        if (shared is null || !File.Exists(shared)) Assert.Skip("shared data not present: natural-earth/iraq_region_ne50m.geojson");
        return shared;
    }

    static string? Up(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (File.Exists(candidate)) return candidate;
        }

        return null;
    }
}
