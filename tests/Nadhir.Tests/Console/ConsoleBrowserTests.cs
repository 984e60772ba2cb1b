using System.Diagnostics;

namespace Nadhir.Tests.Console;

/// <summary>The console in a real browser, over a synthetic watch.</summary>
public sealed class ConsoleBrowserTests
{
    [Fact]
    public async Task A_browser_shows_tracks_alerts_the_exercise_mark_both_languages_and_a_lost_connection()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string root = ConsoleBrowser.RequireRoot();
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        using Process browser = ConsoleBrowser.Start(root, host.Address);
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(250));
        Task<string> said = browser.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        for (int tick = 1; !browser.HasExited && tick < 4 * 120; tick++)
        {
            await ticks.WaitForNextTickAsync(cancellation);
            watch.MoveTo(SyntheticWatch.Start.AddMilliseconds(250 * tick));
        }

        if (!browser.HasExited) browser.Kill(entireProcessTree: true);
        string report = await said + await complained;
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(browser.ExitCode == 0, report);
    }
}
