namespace Nadhir.Tests.Console;

/// <summary>The console in a real browser, over a synthetic watch.</summary>
public sealed class ConsoleBrowserTests
{
    [Fact]
    public async Task A_browser_shows_tracks_alerts_the_exercise_mark_both_languages_and_a_lost_connection()
    {
        ConsoleBrowser.RequireRoot();
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        await watch.MoveWhile(ConsoleBrowser.Look("console", host.Address));
    }

    [Fact]
    public async Task A_small_screen_shows_two_whole_alerts_folds_only_what_nobody_waits_for_and_breaks_no_id()
    {
        string pictures = ConsoleBrowser.Pictures();
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        await watch.MoveWhile(ConsoleBrowser.Look("cards", host.Address, "--screenshots", pictures));
    }
}
