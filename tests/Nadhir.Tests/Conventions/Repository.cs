namespace Nadhir.Tests.Conventions;

/// <summary>The repository these tests were built from.</summary>
static class Repository
{
    /// <summary>Its folder. A test that asks for it outside the repository is skipped and says so.</summary>
    public static string Root => Find();

    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .Where(file => !Relative(file).Split('/').Any(part => part is "obj" or "bin" or "node_modules" or "dist" or "build-test" or "artifacts"))
            .Order(StringComparer.Ordinal);

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Nadhir.slnx"))) return folder.FullName;
        Assert.Skip("not inside the repository: no Nadhir.slnx above the tests");
        return "";
    }
}
