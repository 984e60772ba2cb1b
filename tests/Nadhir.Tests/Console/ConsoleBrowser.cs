using System.Diagnostics;

namespace Nadhir.Tests.Console;

/// <summary>The browser test of web/test as a process: Node, Chromium and a built console, or a reason to skip.</summary>
static class ConsoleBrowser
{
    /// <summary>The repository's root, with everything the browser needs at hand; skips the test otherwise.</summary>
    public static string RequireRoot()
    {
        string root = FindRoot() ?? SkipBecause("the folder web is not beside these tests");
        if (!Directory.Exists(Path.Combine(root, "web", "node_modules", "playwright-core")))
            SkipBecause("web/node_modules is not installed (npm ci)");
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")))
            SkipBecause("the console was not built before these tests");
        if (!File.Exists(Executable)) SkipBecause($"there is no browser at {Executable}");
        return root;
    }

    public static Process Start(string root, Uri address, params string[] more) =>
        StartScript(root, "test/console.browser.mjs", address, more);

    public static Process StartScript(string root, string script, Uri address, params string[] more)
    {
        ProcessStartInfo start = new("node")
        {
            WorkingDirectory = Path.Combine(root, "web"), RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true, UseShellExecute = false,
        };
        foreach (string argument in (string[])[script, "--browser", Executable, "--url", address.ToString(), .. more])
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("node did not start");
    }

    static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    static string? FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "web", "test", "console.browser.mjs"))) return folder.FullName;
        return null;
    }

    static string SkipBecause(string why)
    {
        Assert.Skip(why);
        return "";
    }
}
