using System.Diagnostics;

namespace Nadhir.Tests.Console;

/// <summary>
/// The map's jobs in a real browser, over a picture that the script makes itself: choosing, following, measuring, filters,
/// finding, keys, both languages and all themes, ten thousand tracks, tiles of others. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class MapBrowserTests
{
    [Fact]
    public async Task The_map_does_a_duty_officers_jobs_by_mouse_and_by_keys_alone()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string root = ConsoleBrowser.RequireRoot(), pictures = Path.Combine(root, "artifacts", "screenshots");
        using Process browser = ConsoleBrowser.StartScript(
            root, "test/map.browser.mjs", new("http://127.0.0.1/"), "--pictures", pictures, "--dist", Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        Task<string> said = browser.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await browser.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(8), cancellation);
        }
        finally
        {
            if (!browser.HasExited) browser.Kill(entireProcessTree: true);
        }

        string report = await said + await complained;
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(browser.ExitCode == 0, report);
    }
}
