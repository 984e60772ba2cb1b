using System.Diagnostics;

namespace Nadhir.Tests.Console;

/// <summary>The console in a real browser, where Node, Chromium and a built console are at hand.</summary>
public sealed class ConsoleBrowserTests
{
    [Fact]
    public async Task A_browser_shows_tracks_alerts_the_exercise_mark_both_languages_and_a_lost_connection()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string web = FindWeb() ?? SkipBecause("the folder web is not beside these tests");
        if (!Directory.Exists(Path.Combine(web, "node_modules", "playwright-core"))) SkipBecause("web/node_modules is not installed (npm ci)");
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"))) SkipBecause("the console was not built before these tests");
        string browser = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(browser)) SkipBecause($"there is no browser at {browser}");

        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        ProcessStartInfo start = new("node")
        {
            WorkingDirectory = web, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (string argument in (string[])["test/console.browser.mjs", "--browser", browser, "--url", host.Address.ToString()])
        {
            start.ArgumentList.Add(argument);
        }

        using Process node = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(250));
        Task<string> said = node.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> complained = node.StandardError.ReadToEndAsync(cancellation);
        for (int tick = 1; !node.HasExited && tick < 4 * 120; tick++)
        {
            await ticks.WaitForNextTickAsync(cancellation);
            watch.MoveTo(SyntheticWatch.Start.AddMilliseconds(250 * tick));
        }

        if (!node.HasExited) node.Kill(entireProcessTree: true);
        string report = await said + await complained;
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(node.ExitCode == 0, report);
    }

    static string? FindWeb()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string web = Path.Combine(folder.FullName, "web");
            if (File.Exists(Path.Combine(web, "test", "console.browser.mjs"))) return web;
        }

        return null;
    }

    static string SkipBecause(string why)
    {
        Assert.Skip(why);
        return "";
    }
}
