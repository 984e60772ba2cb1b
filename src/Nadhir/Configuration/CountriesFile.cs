namespace Nadhir.Configuration;

/// <summary>The borders prepared at build time: beside the program, or in the build's artifacts above it.</summary>
public static class CountriesFile
{
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (string place in (string[])["geo/borders.geojson", "artifacts/geo/borders.geojson"])
            {
                string candidate = Path.Combine(folder.FullName, place);
                if (File.Exists(candidate)) return candidate;
            }
        }

        return null;
    }
}
