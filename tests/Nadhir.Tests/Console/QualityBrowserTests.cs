using System.Diagnostics;

namespace Nadhir.Tests.Console;

/// <summary>
/// Every page of the console's server in every language and theme, over a synthetic watch that has every state: WCAG by axe,
/// words, packing, strangers asked, hands on the keyboard, sight without colours. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class QualityBrowserTests
{
    [Fact]
    public async Task Every_page_can_be_read_and_worked_by_everybody_in_every_language_and_asks_nobody_else()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string root = ConsoleBrowser.RequireRoot(), pictures = Path.Combine(root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        using Process browser = ConsoleBrowser.StartScript(root, "test/quality.browser.mjs", host.Address, "--screenshots", pictures);
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(500));
        Task<string> said = browser.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        for (int tick = 1; !browser.HasExited && tick < 2 * 900; tick++)
        {
            await ticks.WaitForNextTickAsync(cancellation);
            watch.MoveTo(SyntheticWatch.Start.AddMilliseconds(500 * tick));
        }

        if (!browser.HasExited) browser.Kill(entireProcessTree: true);
        string report = await said + await complained;
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        await File.WriteAllTextAsync(Path.Combine(pictures, "quality.txt"), report, cancellation);
        Assert.True(browser.ExitCode == 0, string.Join('\n', report.Split('\n').Where(line => !line.StartsWith("ok", StringComparison.Ordinal))));
    }
}
