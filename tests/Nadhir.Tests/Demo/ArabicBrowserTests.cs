using Nadhir.Tests.Console;
using Nadhir.Tests.Conventions;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The console in Arabic in a real browser: nothing that the system itself says is left in another language, and refusals of real
/// forms are Arabic. Pictures go to <c>artifacts/screenshots</c>.
/// </summary>
public sealed class ArabicBrowserTests
{
    /// <summary>Deliveries that failed, positions in doubt, sirens without a link: what a short demo does not have.</summary>
    [Fact]
    public async Task Every_state_of_every_board_is_Arabic()
    {
        string pictures = ConsoleBrowser.Pictures();
        SyntheticWatch watch = new();
        await using ConsoleHost host = await ConsoleHost.Start(watch: watch);
        await watch.MoveWhile(ConsoleBrowser.Look("arabic", host.Address, "--synthetic", "--screenshots", pictures,
            "--written", string.Join(',', Repository.Files("tests/Nadhir.Tests/Console", ".cs").Where(file => Path.GetFileName(file).StartsWith("Synthetic", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Every_board_form_sheet_and_refusal_of_a_running_demo_is_Arabic()
    {
        string pictures = ConsoleBrowser.Pictures(), record = Directory.CreateTempSubdirectory("nadhir-arabic-").FullName;
        int port = Ports.Free();
        try
        {
            using NadhirProcess demo = NadhirProcess.Start(port, "demo", "--variant", "45", "--speed", "20", "--headless",
                "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record);
            await demo.WaitFor("listening", _ => true);
            await ConsoleBrowser.Look("arabic", demo.Address, "--written", Path.Combine(Repository.Root, "scenarios/babil-2024.yaml"), "--screenshots", pictures);
            Assert.Equal(0, await demo.Terminate());
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }
}
