using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The whole program and people at its boards in a real browser: sound check, claims, statements, papers, case files, the
/// dossier, sites, directives, the hand-over; the wall, a phone, linked windows. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class BoardsBrowserTests : IDisposable
{
    readonly TownSystem town = new();

    public void Dispose() => town.Dispose();

    [Fact]
    public async Task People_work_at_every_board_and_at_the_wall_and_on_a_phone_in_both_languages()
    {
        string pictures = ConsoleBrowser.Pictures();
        using NadhirProcess nadhir = await town.Start(exercise: true, """
            ladder:
              phases: [Normal, A, B, C]
              measures: {C: [shelters_opened]}
              names: {shelters_opened: {en: Shelters opened, ar: فتح الملاجئ}}
              duties:
                - {kind: shelters_opened, role: shelter warden, within_s: 600, check_role: duty officer, check_within_s: 900}
              threat_levels: [low, raised]
            sites:
              - {id: DEPOT, name: Water works, names: {ar: محطة المياه}, zone: town, lat: 33.1, lon: 44.2}
            formations:
              - {id: CIVIL-DEFENCE, name: Civil defence, names: {ar: الدفاع المدني}}
              - {id: CD-SOUTH, name: Civil defence south, names: {ar: الدفاع المدني جنوبًا}, parent: CIVIL-DEFENCE, persons: [head of the south]}
            """);
        await ConsoleBrowser.Look("boards", nadhir.Address, "--screenshots", pictures);
        Assert.Equal(0, await nadhir.Terminate());
    }
}
