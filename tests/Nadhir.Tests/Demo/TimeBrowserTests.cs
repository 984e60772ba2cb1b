using Nadhir.Tests.Console;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The console's time in a real browser: over a running demo, and then over its closed record. Pictures go to
/// <c>artifacts/screenshots</c>.
/// </summary>
public sealed class TimeBrowserTests
{
    [Fact]
    public async Task The_screen_stands_plays_the_past_and_comes_back_and_the_closed_record_is_reviewed()
    {
        string pictures = ConsoleBrowser.Pictures(), record = Directory.CreateTempSubdirectory("nadhir-time-").FullName;
        int port = Ports.Free(), reviewPort = Ports.Free();
        try
        {
            using (NadhirProcess demo = NadhirProcess.Start(port, "demo", "--variant", "45", "--speed", "20", "--headless",
                "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record))
            {
                await demo.WaitFor("listening", _ => true);
                await ConsoleBrowser.Look("time", demo.Address, "--screenshots", pictures);
                Assert.Equal(0, await demo.Terminate());
            }

            (int code, string said, string complained) = await NadhirProcess.Run("review", record, "--check");
            Assert.True(code == 0, said + complained);
            Assert.Contains("all of them what the journal leads to", said, StringComparison.Ordinal);
            using NadhirProcess review = NadhirProcess.Start(reviewPort, "review", record, "--port", $"{reviewPort}");
            await review.WaitForFilm();
            await ConsoleBrowser.Look("time", review.Address, "--screenshots", pictures, "--review");
            Assert.Equal(0, await review.Terminate());
            (code, said, complained) = await NadhirProcess.Run("verify", record);
            Assert.True(code == 0, said + complained);
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }
}
