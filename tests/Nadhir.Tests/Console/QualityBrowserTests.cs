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
        string pictures = ConsoleBrowser.Pictures();
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        await watch.MoveWhile(ConsoleBrowser.Look("quality", host.Address, "--screenshots", pictures));
    }
}
