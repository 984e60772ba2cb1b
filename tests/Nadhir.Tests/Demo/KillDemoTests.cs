using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Nadhir.Tests.Demo;

/// <summary>The demo as one would run it, killed in the middle of an alarm.</summary>
public sealed class KillDemoTests
{
    [Fact]
    public async Task A_demo_killed_during_an_alarm_comes_back_with_its_alerts_sirens_and_acknowledgements()
    {
        string record = Directory.CreateTempSubdirectory("nadhir-demo-").FullName;
        int port = Ports.Free();
        string[] arguments =
        [
            "demo", "--variant", "45", "--speed", "20", "--headless", "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record,
        ];
        try
        {
            long acknowledged;
            JsonElement before;
            using (NadhirProcess demo = NadhirProcess.Start(port, arguments))
            {
                await demo.WaitFor("a warning whose sirens sound", boards =>
                    StateOf(boards, "Z-JURF") == "Warning" && SirensOf(boards, "Z-JURF").All(state => state == "Sounding"));
                string alert = Alert(await demo.Boards(), "Z-JURF").GetProperty("id").GetString()!;
                JsonElement answer = await demo.Post(new Dictionary<string, string>
                {
                    ["type"] = "alert.acknowledge", ["alert"] = alert, ["by"] = "the test",
                });
                acknowledged = answer.GetProperty("sequence").GetInt64();
                before = await demo.Boards();
                await demo.Kill();
            }

            using (NadhirProcess demo = NadhirProcess.Start(port, arguments))
            {
                JsonElement after = await demo.WaitFor("the alert and its sounding sirens are back", boards =>
                    StateOf(boards, "Z-JURF") == "Warning" && SirensOf(boards, "Z-JURF").All(state => state == "Sounding"));
                Assert.InRange(after.GetProperty("sequence").GetInt64(), acknowledged + 1, long.MaxValue);
                Assert.Contains("the test", Alert(after, "Z-JURF").GetProperty("acknowledgedBy").EnumerateArray().Select(name => name.GetString()));
                Assert.Equal(
                    Alert(before, "Z-JURF").GetProperty("since").GetDateTimeOffset(),
                    Alert(after, "Z-JURF").GetProperty("since").GetDateTimeOffset());
                foreach (JsonElement alert in before.GetProperty("alerts").EnumerateArray())
                    Assert.Contains(after.GetProperty("alerts").EnumerateArray(), each => Id(each) == Id(alert));
                Assert.Contains("<feed", await demo.Get("/cap/feed.atom"), StringComparison.Ordinal);
                Assert.Equal(0, await demo.Terminate());
                // What was replayed before the kill was not again: hashes of texts differ between the two processes.
                Assert.Contains("onto an image of the rest", await demo.Output, StringComparison.Ordinal);
            }

            (int code, string output, string errors) = await NadhirProcess.Run("verify", record);
            Assert.True(code == 0, output + errors);
            Assert.Contains("every decision recomputed", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        string record = Directory.CreateTempSubdirectory("nadhir-demo-").FullName;
        try
        {
            (int code, string _, string errors) = await NadhirProcess.Run(
                "demo", "--headless", "--port", $"{port}", "--udp-base", $"{Ports.UdpBase(port)}", "--record", record);
            Assert.Equal(1, code);
            Assert.Contains($"127.0.0.1:{port}", errors, StringComparison.Ordinal);
            Assert.Contains("already in use", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(record, recursive: true);
        }
    }

    static string? Id(JsonElement row) => row.GetProperty("id").GetString();

    static JsonElement Alert(JsonElement boards, string zone) =>
        boards.GetProperty("alerts").EnumerateArray().Last(alert => alert.GetProperty("zone").GetString() == zone);

    static string? StateOf(JsonElement boards, string zone) =>
        boards.GetProperty("alerts").EnumerateArray().Any(alert => alert.GetProperty("zone").GetString() == zone)
            ? Alert(boards, zone).GetProperty("state").GetString()
            : null;

    static string?[] SirensOf(JsonElement boards, string zone) =>
    [
        .. boards.GetProperty("sirens").EnumerateArray().Where(siren => siren.GetProperty("zone").GetString() == zone)
            .Select(siren => siren.GetProperty("state").GetString()),
    ];
}
