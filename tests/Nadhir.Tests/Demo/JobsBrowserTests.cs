using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The jobs of a duty officer at the demo in which nobody is simulated who releases or ends, in a real browser. Pictures go to
/// <c>artifacts/screenshots</c>; those of the tour in docs/console.md are made of them by <c>eng/tour-pictures.sh</c>.
/// </summary>
public sealed class JobsBrowserTests
{
    [Fact]
    public async Task A_duty_officer_does_the_five_jobs_at_the_demo()
    {
        string pictures = ConsoleBrowser.Pictures(), record = Directory.CreateTempSubdirectory("nadhir-jobs-").FullName;
        int port = Ports.Free();
        try
        {
            using NadhirProcess demo = NadhirProcess.Start(port, "demo", "--on-duty", "--variant", "45", "--speed", "10", "--headless",
                "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record);
            await demo.WaitFor("tracks are seen", boards => boards.GetProperty("sensors").EnumerateArray().Any(sensor =>
                sensor.GetProperty("state").GetString() == "Working"));
            await ConsoleBrowser.Look("jobs", demo.Address, "--screenshots", pictures);
            Assert.Equal(0, await demo.Terminate());
            // The dossier of what happened, provable on its own.
            string dossier = Path.Combine(record, "out");
            (int made, string said, string complaint) = await NadhirProcess.Run("dossier", record, "INC-001", "--out", dossier);
            Assert.True(made == 0, said + complaint);
            (int proved, said, complaint) = await NadhirProcess.Run("verify", dossier);
            Assert.True(proved == 0, said + complaint);
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }
}
