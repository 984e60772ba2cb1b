using System.Diagnostics;
using System.Text;
using Nadhir.PublicPage;
using Nadhir.Tests.Console;
using Nadhir.Warning;

namespace Nadhir.Tests.PublicPage;

/// <summary>The public's page in a real browser of a phone's size; pictures go to <c>artifacts/screenshots</c>.</summary>
public sealed class PublicBrowserTests
{
    [Fact]
    public async Task A_phone_is_warned_in_both_languages_and_never_shows_old_news_as_current()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string root = ConsoleBrowser.RequireRoot();
        string pictures = Path.Combine(root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        PublicOptions options = new() { HeartbeatEvery = TimeSpan.FromSeconds(1), UnknownAfter = TimeSpan.FromSeconds(10) };
        await using PublicHost host = await PublicHost.Start(options);
        using Process browser = ConsoleBrowser.StartScript(
            root, "test/zone.browser.mjs", host.Address, "--screenshots", pictures);
        Task<string> complained = browser.StandardError.ReadToEndAsync(cancellation);
        StringBuilder report = new();
        int messages = 0;
        while (await browser.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            report.AppendLine(line);
            if (!line.StartsWith("do: ", StringComparison.Ordinal)) continue;
            AlertState? state = line[4..] switch
            {
                "warn" => AlertState.Warning,
                "prepare" => AlertState.Watch,
                "allclear" => AlertState.AllClear,
                "correct" => AlertState.Correction,
                _ => null,
            };
            if (state is { } said) host.Watch.Show(host.Watch.Alert("T", said, ++messages));
            await browser.StandardInput.WriteLineAsync("done".AsMemory(), cancellation);
            await browser.StandardInput.FlushAsync(cancellation);
        }

        await browser.WaitForExitAsync(cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(browser.ExitCode == 0, report + await complained);
    }
}
