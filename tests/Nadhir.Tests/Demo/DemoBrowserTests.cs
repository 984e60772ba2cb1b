using System.Text.Json;
using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The demo as a newcomer sees it, in a real browser, at the height of the alarm. The picture is kept in
/// <c>artifacts/screenshots</c>; with <c>NADHIR_UPDATE_DOCS=1</c> it becomes the one in the README.
/// </summary>
public sealed class DemoBrowserTests
{
    [Fact]
    public async Task The_demo_shows_its_alarm_in_a_browser()
    {
        string root = ConsoleBrowser.RequireRoot(), pictures = ConsoleBrowser.Pictures();
        string record = Directory.CreateTempSubdirectory("nadhir-demo-").FullName;
        int port = Ports.Free();
        try
        {
            using NadhirProcess demo = NadhirProcess.Start(port, "demo", "--variant", "45", "--speed", "25", "--headless",
                "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record);
            await demo.WaitFor("a warning for the reported area", boards => boards.GetProperty("alerts").EnumerateArray().Any(alert =>
                alert.GetProperty("zone").GetString() == "Z-MUSAYYIB" && alert.GetProperty("state").GetString() == "Warning"));
            string english = Path.Combine(pictures, "console.png");
            await ConsoleBrowser.Look("console", demo.Address,
                "--screenshot", english, "--screenshot-ar", Path.Combine(pictures, "console-ar.png"));
            if (Environment.GetEnvironmentVariable("NADHIR_UPDATE_DOCS") == "1")
                File.Copy(english, Path.Combine(root, "docs", "console.png"), overwrite: true);
            Assert.Equal(0, await demo.Terminate());
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }
}
