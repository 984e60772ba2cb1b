namespace Nadhir.Hosting;

/// <summary>Where the files lie that come with the program.</summary>
static class Installation
{
    /// <summary>Outlines of all countries (Natural Earth 1:10m by way of npm's world-atlas), prepared by the build.</summary>
    public static string Borders => Path.Combine(AppContext.BaseDirectory, "geo", "borders.geojson");

    public const string BordersSource = "Natural Earth 1:10m via world-atlas";

    /// <summary>A scenario by its name, or a path as it is given.</summary>
    public static string Scenario(string nameOrPath)
    {
        if (File.Exists(nameOrPath)) return nameOrPath;
        string shipped = Path.Combine(AppContext.BaseDirectory, "scenarios", Path.GetFileNameWithoutExtension(nameOrPath) + ".yaml");
        return File.Exists(shipped) ? shipped : nameOrPath;
    }
}
