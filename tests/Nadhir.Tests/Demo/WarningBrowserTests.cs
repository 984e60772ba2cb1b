using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The whole program and a duty officer in a real browser: coverage that is lost, a drill called off, an alert raised,
/// released by a second person and taken back. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class WarningBrowserTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-warning-").FullName;
    readonly int ears = Ports.UdpBase(Ports.Free());

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Coverage_lost_a_drill_called_off_and_an_alert_raised_released_and_corrected_at_a_live_console()
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
        string root = ConsoleBrowser.RequireRoot(), pictures = Path.Combine(root, "artifacts", "screenshots");
        Directory.CreateDirectory(pictures);
        (int console, int mqtt) = (Ports.Free(), Ports.Free());
        string configuration = Path.Combine(folder, "nadhir.yaml");
        await File.WriteAllTextAsync(configuration, $$$"""
            name: test
            exercise: {{{(exercise ? "true" : "false")}}}
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
              - {id: region, name: Province, names: {ar: المحافظة}, lat: 33.1, lon: 44.2, radius_km: 30}
              - {id: town, name: Town, names: {ar: البلدة}, parent: region, lat: 33.1, lon: 44.2, radius_km: 5}
              - {id: far, name: Far, names: {ar: البعيدة}, lat: 36, lon: 41, radius_km: 5}
            sirens:
              - {id: S-1, name: Town hall, zone: town, lat: 33.1, lon: 44.2}
              - {id: S-2, name: School, zone: town, lat: 33.11, lon: 44.2}
            {{{more}}}
            """, Cancellation);
        using NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        await nadhir.WaitFor("listening", _ => true);
        string[] said = [.. exercise ? (string[])["--exercise"] : [], "--screenshots", pictures];
        using Process browser = ConsoleBrowser.StartScript(root, "test/warning.browser.mjs", new($"http://127.0.0.1:{console}"), said);
        Task<string> complained = browser.StandardError.ReadToEndAsync(Cancellation);
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task hearing = Hear(silence.Token);
        StringBuilder report = new();
        while (await browser.StandardOutput.ReadLineAsync(Cancellation) is { } word)
        {
            report.AppendLine(word);
            if (!word.StartsWith("do: ", StringComparison.Ordinal)) continue;
            if (word == "do: silence") await silence.CancelAsync();
            await browser.StandardInput.WriteLineAsync("done".AsMemory(), Cancellation);
            await browser.StandardInput.FlushAsync(Cancellation);
        }

        await browser.WaitForExitAsync(Cancellation);
        await silence.CancelAsync();
        await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(browser.ExitCode == 0, report + await complained);
        Assert.Equal(0, await nadhir.Terminate());
    }

    /// <summary>A node that is there and hears nothing, until it falls silent.</summary>
    async Task Hear(CancellationToken until)
    {
        using UdpClient node = new();
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(500));
        byte[] nothing = """{"node": "EAR-1", "detections": []}"""u8.ToArray();
        do
        {
            await node.SendAsync(nothing, new IPEndPoint(IPAddress.Loopback, ears), until);
        }
        while (await ticks.WaitForNextTickAsync(until));
    }
}
