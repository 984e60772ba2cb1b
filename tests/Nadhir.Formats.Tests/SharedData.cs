namespace Nadhir.Formats.Tests;

/// <summary>Reference data that is not part of the project; tests over it end with a message where it is absent.</summary>
static class SharedData
{
    /// <summary>Path of a file or folder of the reference data; skips the test when there is none.</summary>
    public static string Find(string relative)
    {
        string? told = Environment.GetEnvironmentVariable("NADHIR_SHARED");
        if (told is not null && Path.Combine(told, relative) is var there && Path.Exists(there)) return there;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", relative);
            if (Path.Exists(candidate)) return candidate;
        }

        Assert.Skip($"shared data not present: {relative}");
        return "";
    }
}
