namespace Nadhir.Hosting;

/// <summary>Where the files lie that come with the program.</summary>
static class Installation
{
    public const string BordersSource = "Natural Earth 1:10m via world-atlas";

    /// <summary>A scenario by its name, or a path as it is given.</summary>
    public static string Scenario(string nameOrPath)
    {
        if (File.Exists(nameOrPath)) return nameOrPath;
        string shipped = Path.Combine(AppContext.BaseDirectory, "scenarios", Path.GetFileNameWithoutExtension(nameOrPath) + ".yaml");
        return File.Exists(shipped) ? shipped : nameOrPath;
    }
}
