namespace Nadhir.Tests.Console;

/// <summary>
/// The map's jobs in a real browser, over a picture that the script makes itself: choosing, following, measuring, filters,
/// finding, keys, both languages and all themes, ten thousand tracks, tiles of others. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class MapBrowserTests
{
    [Fact]
    public Task The_map_does_a_duty_officers_jobs_by_mouse_and_by_keys_alone() => ConsoleBrowser.Look(
        "map", new("http://127.0.0.1/"), "--pictures", ConsoleBrowser.Pictures(), "--dist", Path.Combine(AppContext.BaseDirectory, "wwwroot"));
}
