using System.Globalization;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The whole program and a duty officer in a real browser: coverage that is lost, a drill called off, an alert raised,
/// released by a second person, updated and taken back. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class WarningBrowserTests : IDisposable
{
    readonly TownSystem town = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => town.Dispose();

    [Fact]
    public async Task Coverage_lost_a_drill_called_off_and_an_alert_raised_released_updated_and_corrected_at_a_live_console()
    {
        string now = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToString("O", CultureInfo.InvariantCulture);
        string later = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        await Look(exercise: false, $$"""
            drills:
              - {id: December, from: "{{now}}", to: "{{later}}", zones: [town]}
            warning: {warning_release: two_persons}
            """);
    }

    [Fact]
    public Task An_exercise_says_so_in_the_form_that_raises_an_alert() => Look(exercise: true, "");

    async Task Look(bool exercise, string more)
    {
        string pictures = ConsoleBrowser.Pictures();
        using NadhirProcess nadhir = await town.Start(exercise, more,
            "  - {id: region, name: Province, names: {ar: المحافظة}, lat: 33.1, lon: 44.2, radius_km: 30}", "parent: region, ");
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task hearing = town.Hear(silence.Token);
        await ConsoleBrowser.Look("warning", nadhir.Address, word => word == "silence" ? silence.CancelAsync() : Task.CompletedTask,
            [.. exercise ? (string[])["--exercise"] : [], "--screenshots", pictures]);
        await silence.CancelAsync();
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.Equal(0, await nadhir.Terminate());
    }
}
