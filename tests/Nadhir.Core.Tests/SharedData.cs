namespace Nadhir.Tests;

/// <summary>Recorded data and published vectors that stay outside the repository: found beside it, or named by NADHIR_SHARED.</summary>
static class SharedData
{
    /// <summary>The path of a file or folder of the shared data; skips the test where there is none.</summary>
    public static string Find(string path)
    {
        if (Environment.GetEnvironmentVariable("NADHIR_SHARED") is { Length: > 0 } named && Exists(Path.Combine(named, path)) is { } here)
            return here;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Exists(Path.Combine(folder.FullName, "shared", "data", path)) is { } found)
                return found;
        Assert.Skip($"shared data not present: {path}");
        return "";
    }

    static string? Exists(string path) => File.Exists(path) || Directory.Exists(path) ? path : null;
}
