namespace Nadhir.Tests.Outlets;

/// <summary>Reference data that is not part of the repository; tests over it are skipped where it is absent.</summary>
static class SharedFiles
{
    public static string Find(string path)
    {
        List<string> roots = [];
        if (Environment.GetEnvironmentVariable("NADHIR_SHARED") is { Length: > 0 } named) roots.Add(Path.Combine(named, "data"));
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            roots.Add(Path.Combine(at.FullName, "shared", "data"));
        string? found = roots.Select(root => Path.Combine(root, path)).FirstOrDefault(file => File.Exists(file) || Directory.Exists(file));
        if (found is null) Assert.Skip($"shared data not present: {path}");
        return found!;
    }
}
