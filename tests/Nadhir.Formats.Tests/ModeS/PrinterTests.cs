using System.Text;
using System.Text.Json;
using Nadhir.Formats.ModeS;
using Nadhir.Formats.ModeS.Squitters;
using Nadhir.Formats.ModeS.Text;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Tests.ModeS;

/// <summary>What <c>nadhir decode</c> prints.</summary>
public sealed class PrinterTests
{
    const uint Address = 0x70C0DE;

    [Fact]
    public void A_message_is_a_line_and_damage_is_told_with_its_place()
    {
        byte[] damaged = ModeSWriter.Squitter(Address, AirborneVelocity.Write(1, 2, 64));
        damaged[6] ^= 0x55;
        List<byte> file = [];
        ModeSWriter.AppendBeast(file, ModeSWriter.AllCall(Address), 12_000_000);
        int place = file.Count;
        ModeSWriter.AppendBeast(file, damaged, 12_000_100);
        ModeSWriter.AppendBeast(file, ModeSWriter.Reply(5, Address, IdentityCode.CodeOf(0x8C1)), 12_000_200);
        file.AddRange([0x1A, 0x33, 1, 2]);
        JsonElement[] lines = Lines(ModeSPrinter.Beast, [.. file], exitCode: 1, out string[] errors);
        Assert.Equal(2, lines.Length);
        Assert.Equal(("70c0de", 11, true), (Text(lines[0], "icao"), lines[0].GetProperty("df").GetInt32(), lines[0].GetProperty("believed").GetBoolean()));
        Assert.Equal(("70c0de", "4301", true), (Text(lines[1], "icao"), Text(lines[1], "squawk"), lines[1].GetProperty("inferred").GetBoolean()));
        Assert.Equal([$"{place}: BadValue, 23 bytes passed over (Mode S parity)", $"{file.Count - 2}: Truncated, 2 bytes passed over (Beast frame without its end)"], errors);
    }

    [Fact]
    public void Positions_have_a_place_where_the_file_gives_times()
    {
        StringBuilder timed = new(), bare = new();
        foreach (bool odd in new[] { false, true })
        {
            byte[] message = ModeSWriter.Squitter(Address, AirbornePosition.Write(11, 30_000, CompactPositionReporting.Encode(new GeoPoint(33.5, 44.6), odd, surface: false)));
            ModeSWriter.AppendAvr(timed, message, 12_000_000);
            ModeSWriter.AppendAvr(bare, message);
        }

        JsonElement[] placed = Lines(ModeSPrinter.Avr, Encoding.ASCII.GetBytes(timed.ToString()), exitCode: 0, out _);
        Assert.False(placed[0].TryGetProperty("latitude", out _));
        Assert.Equal(33.5, placed[1].GetProperty("latitude").GetDouble(), 0.0001);
        JsonElement[] unplaced = Lines(ModeSPrinter.Avr, Encoding.ASCII.GetBytes(bare.ToString()), exitCode: 0, out _);
        Assert.All(unplaced, line => Assert.False(line.TryGetProperty("latitude", out _)));
        Assert.All(unplaced, line => Assert.Equal(30_000, line.GetProperty("altitudeFeet").GetInt32()));
    }

    [Fact]
    public void The_last_line_of_BaseStation_text_needs_no_end()
    {
        byte[] text = "MSG,3,1,1,70C0DE,1,,,,,,30000,,,33.5,44.6,,,0,0,0,0\r\nMSG,8,1,1,~70C0DF,1,,,,,,,,,,,,,,,,1"u8.ToArray();
        JsonElement[] lines = Lines(ModeSPrinter.Sbs, text, exitCode: 0, out _);
        Assert.Equal(("70c0de", "70c0df"), (Text(lines[0], "icao"), Text(lines[1], "otherAddress")));
        Assert.True(lines[1].GetProperty("onGround").GetBoolean());
    }

    [Fact]
    public void Every_line_of_the_real_recording_is_JSON()
    {
        JsonElement[] lines = Lines(ModeSPrinter.Beast, BeastRecording.Bytes(), exitCode: 0, out _);
        Assert.Equal(13_954, lines.Length);
        Assert.Equal(8_922, lines.Count(line => line.TryGetProperty("believed", out JsonElement believed) && believed.GetBoolean()));
        Assert.Equal(1_456, lines.Count(line => line.TryGetProperty("latitude", out _)));
    }

    static JsonElement[] Lines(Func<ReadOnlyMemory<byte>, Stream, TextWriter, int> print, byte[] file, int exitCode, out string[] errors)
    {
        using MemoryStream output = new();
        using StringWriter told = new();
        Assert.Equal(exitCode, print(file, output, told));
        errors = told.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
