using System.Diagnostics;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The whole program and people at its boards in a real browser: sound check, claims, statements, papers, case files, the
/// dossier, sites, directives, the hand-over; the wall, a phone, linked windows. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class BoardsBrowserTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-boards-").FullName;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task People_work_at_every_board_and_at_the_wall_and_on_a_phone_in_both_languages()
    {
        string root = ConsoleBrowser.RequireRoot(), pictures = Path.Combine(root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        (int console, int mqtt, int ears) = (Ports.Free(), Ports.Free(), Ports.UdpBase(Ports.Free()));
        string configuration = Path.Combine(folder, "nadhir.yaml");
        await File.WriteAllTextAsync(configuration, $$$"""
            name: test
            exercise: true
            sender: test@nadhir.example
            origin: {lat: 33, lon: 44.5}
            storage: {folder: record}
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            cap: {folder: cap}
            console: {port: {{{console}}}}
            feeds:
              - {id: ears, transport: udp, address: 127.0.0.1, port: {{{ears}}}, format: acoustic-json}
            sensors:
              - {id: EAR-1, kind: acoustic, feed: ears, lat: 33.1, lon: 44.2, range_km: 60, period_s: 1, lost_after_s: 4}
            zones:
              - {id: town, name: Town, names: {ar: البلدة}, lat: 33.1, lon: 44.2, radius_km: 5}
              - {id: far, name: Far, names: {ar: البعيدة}, lat: 36, lon: 41, radius_km: 5}
            sirens:
              - {id: S-1, name: Town hall, zone: town, lat: 33.1, lon: 44.2}
              - {id: S-2, name: School, zone: town, lat: 33.11, lon: 44.2}
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
            """, Cancellation);
        using NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        await nadhir.WaitFor("listening", _ => true);
        using Process browser = ConsoleBrowser.StartScript(
            root, "test/boards.browser.mjs", new($"http://127.0.0.1:{console}"), "--screenshots", pictures);
        Task<string> complained = browser.StandardError.ReadToEndAsync(Cancellation);
        string report = await browser.StandardOutput.ReadToEndAsync(Cancellation);
        await browser.WaitForExitAsync(Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(browser.ExitCode == 0, report + await complained);
        Assert.Equal(0, await nadhir.Terminate());
    }
}
