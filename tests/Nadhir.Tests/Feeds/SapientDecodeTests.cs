using System.Text;
using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Formats.Sapient;

namespace Nadhir.Tests.Feeds;

/// <summary><c>nadhir decode --as sapient</c>.</summary>
public sealed class SapientDecodeTests : IDisposable
{
    const string Valid =
        """{"timestamp":"2026-01-01T12:00:00Z","nodeId":"a8654cdf-4328-47de-81fa-c495589e30c8","registrationAck":{"acceptance":true}}""";
    const string Invalid =
        """
        {
          "timestamp": "2026-01-01T12:00:00Z",
          "node_id": "AAA",
          "registrationAck": {"acceptance": true}
        }
        """;

    readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Framed_messages_are_a_line_each_with_a_verdict()
    {
        byte[] one = Framed(Valid), two = Framed(Invalid);
        (int exit, JsonElement[] lines, string errors) = Decode([.. one, .. two, .. one]);
        Assert.Equal(1, exit);
        Assert.Equal([true, false, true], lines.Select(line => line.GetProperty("valid").GetBoolean()));
        Assert.Equal([0, one.Length, one.Length + two.Length],
            lines.Select(line => line.GetProperty("offset").GetInt32()));
        Assert.Equal(Valid, lines[2].GetProperty("message").GetRawText());
        Assert.Contains("node_id: 'AAA' is not a UUID", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_may_be_pretty_in_lines_or_both()
    {
        (int exit, JsonElement[] lines, string errors) =
            Decode(Encoding.UTF8.GetBytes($"{Valid}\n{Invalid}\n{Valid}\n"));
        Assert.Equal(1, exit);
        Assert.Equal([true, false, true], lines.Select(line => line.GetProperty("valid").GetBoolean()));
        Assert.Equal(Valid, lines[2].GetProperty("message").GetRawText());
        Assert.StartsWith($"{Valid.Length + 1}: ", errors, StringComparison.Ordinal);
        Assert.Equal((0, ""),
            (Decode(Encoding.UTF8.GetBytes(Valid)).Exit, Decode(Encoding.UTF8.GetBytes(Valid)).Errors));
    }

    [Fact]
    public void What_is_cut_off_is_told_with_its_offset()
    {
        byte[] one = Framed(Valid);
        (int exit, JsonElement[] lines, string errors) = Decode([.. one, .. one.AsSpan(0, 20)]);
        Assert.Equal((1, 1), (exit, lines.Length));
        Assert.StartsWith($"{one.Length}: cut off, 20 bytes", errors, StringComparison.Ordinal);
        Assert.Equal(1, Decode(Encoding.UTF8.GetBytes(Valid[..50])).Exit);
    }

    (int Exit, JsonElement[] Lines, string Errors) Decode(byte[] file)
    {
        File.WriteAllBytes(path, file);
        using MemoryStream output = new();
        using StringWriter errors = new();
        int exit = DecodeCommand.Run(path, "sapient", [], explain: false, output, errors);
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (exit, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)], errors.ToString());
    }

    static byte[] Framed(string json)
    {
        SapientDocument document = new();
        document.TryReadJson(Encoding.UTF8.GetBytes(json));
        return SapientFrame.Wrap(document.ToBytes());
    }
}
