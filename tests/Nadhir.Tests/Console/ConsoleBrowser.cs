using System.Diagnostics;
using System.Text;

namespace Nadhir.Tests.Console;

/// <summary>The browser test of web/test as a process: Node, Chromium and a built console, or a reason to skip.</summary>
static class ConsoleBrowser
{
    /// <summary>A script that takes longer hangs.</summary>
    static readonly TimeSpan longest = TimeSpan.FromMinutes(15);

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

    /// <summary>Where the pictures go.</summary>
    public static string Pictures()
    {
        string pictures = Path.Combine(RequireRoot(), "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        return pictures;
    }

    /// <summary>Runs a script of web/test to its end, and holds that all it looked at is as it should be.</summary>
    public static Task Look(string script, Uri address, params string[] more) => Look(script, address, null, more);

    /// <param name="doing">Does what the script asks for in a line "do: WORD", which waits until it is done.</param>
    public static async Task Look(string script, Uri address, Func<string, Task>? doing, params string[] more)
    {
        using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(longest);
        CancellationToken cancellation = bound.Token;
        using Process browser = StartScript(RequireRoot(), $"test/{script}.browser.mjs", address, more);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        StringBuilder report = new();
        try
        {
            while (await browser.StandardOutput.ReadLineAsync(cancellation) is { } line)
            {
                report.AppendLine(line);
                if (doing is null || !line.StartsWith("do: ", StringComparison.Ordinal)) continue;
                await doing(line[4..]);
                await browser.StandardInput.WriteLineAsync("done".AsMemory(), cancellation);
                await browser.StandardInput.FlushAsync(cancellation);
            }

            await browser.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
        }

        report.Append(await complained);
        await File.WriteAllTextAsync(Path.Combine(Pictures(), $"{script}.txt"), report.ToString(), cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(browser.ExitCode == 0, Faults(report.ToString()));
    }

    static string Faults(string report) =>
        string.Join('\n', report.Split('\n').Where(line => !line.StartsWith("ok", StringComparison.Ordinal)));

    static Process StartScript(string root, string script, Uri address, params string[] more)
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
