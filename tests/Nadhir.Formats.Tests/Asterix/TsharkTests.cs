using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.Captures;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>Wireshark's dissector as a second opinion, where it is installed.</summary>
public sealed class TsharkTests
{
    [Fact]
    public void Wireshark_sees_the_same_records_positions_and_codes()
    {
        string capture = SharedData.Find("asterix/croatia/cat_034_048.pcap");
        if (!IsOnPath("tshark")) Assert.Skip("tshark is not installed");
        Decoded decoded = Decoded.From(Capture.Open(capture));
        int[] ports = [.. new Formats.Pcap.PcapReader(File.ReadAllBytes(capture)).ReadUdp().Select(udp => udp.Destination.Port).Distinct()];

        string[] categories = Ask(capture, ports, "asterix.category");
        string[] ranges = Ask(capture, ports, "asterix.048_040_RHO"), azimuths = Ask(capture, ports, "asterix.048_040_THETA");
        string[] codes = Ask(capture, ports, "asterix.048_070_MODE3A");
        Assert.NotEmpty(ranges);
        Assert.Equal(Blocks(capture, 48), categories.Count(each => each is "48" or "048"));
        Assert.Equal(Blocks(capture, 34), categories.Count(each => each is "34" or "034"));

        JsonElement[] polar = [.. Items(decoded, "040")];
        Assert.Equal(ranges.Length, polar.Length);
        for (int i = 0; i < polar.Length; i++)
        {
            Assert.Equal(double.Parse(ranges[i], CultureInfo.InvariantCulture) * 1852, polar[i].GetProperty("RHO").GetDouble(), 1);
            Assert.Equal(double.Parse(azimuths[i], CultureInfo.InvariantCulture), polar[i].GetProperty("THETA").GetDouble(), 1e-3);
        }

        // Wireshark gives the twelve bits as a number, we as four octal digits.
        Assert.Equal(
            string.Join(' ', codes.Select(code => Convert.ToString(int.Parse(code, CultureInfo.InvariantCulture), 8).PadLeft(4, '0'))),
            string.Join(' ', Items(decoded, "070").Select(item => item.GetProperty("MODE3A").GetString())));
    }

    static IEnumerable<JsonElement> Items(Decoded decoded, string id) => decoded.Records
        .Where(record => record.GetProperty("category").GetInt32() == 48 && record.GetProperty("items").TryGetProperty(id, out _))
        .Select(record => record.GetProperty("items").GetProperty(id));

    static int Blocks(string path, int category) => Capture.Open(path).Items().Sum(item => CountBlocks(item.Bytes.Span, category));

    static int CountBlocks(ReadOnlySpan<byte> bytes, int category)
    {
        int count = 0;
        while (Formats.Asterix.AsterixBlock.TryTake(ref bytes, out var block) == Sensing.DecodeFault.None)
            count += block.Category == category ? 1 : 0;
        return count;
    }

    static string[] Ask(string capture, int[] ports, string field)
    {
        ProcessStartInfo start = new("tshark") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[] { "-r", capture, "-T", "fields", "-e", field, "-E", "occurrence=a", "-E", "aggregator=/s" })
            start.ArgumentList.Add(argument);
        foreach (int port in ports)
        {
            start.ArgumentList.Add("-d");
            start.ArgumentList.Add($"udp.port=={port},asterix");
        }

        using Process tshark = Process.Start(start)!;
        tshark.ErrorDataReceived += (_, _) => { };
        tshark.BeginErrorReadLine();
        string output = tshark.StandardOutput.ReadToEnd();
        tshark.WaitForExit();
        Assert.Equal(0, tshark.ExitCode);
        return output.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
    }

    static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
