using System.Text.Json;
using Nadhir.Formats.Asterix;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>A recording through the JSON writer, as the command does it.</summary>
sealed class Decoded
{
    public List<JsonElement> Records { get; } = [];
    public List<DamagedBlock> Damage { get; } = [];

    public static Decoded From(Capture capture, params (int Category, string Edition)[] told)
    {
        EditionChooser editions = new();
        foreach ((int category, string edition) in told) Assert.True(editions.Tell(category, edition));
        foreach (CaptureItem item in capture.Items())
        {
            ReadOnlySpan<byte> rest = item.Bytes.Span;
            while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None) editions.Observe(block);
        }

        Decoded decoded = new();
        using MemoryStream lines = new();
        using (AsterixJsonWriter writer = new(lines, editions, decoded.Damage.Add))
        {
            foreach (CaptureItem item in capture.Items()) writer.Write(item);
        }

        lines.Position = 0;
        using StreamReader text = new(lines);
        while (text.ReadLine() is { } line) decoded.Records.Add(JsonDocument.Parse(line).RootElement);
        return decoded;
    }

    public int Count(int category) => Records.Count(record => record.GetProperty("category").GetInt32() == category);
}
