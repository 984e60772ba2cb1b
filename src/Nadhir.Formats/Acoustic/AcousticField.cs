using System.Globalization;
using System.Text.Json;
using Nadhir.Formats.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.Acoustic;

/// <summary>A field of the mapping, ready to be read out of documents.</summary>
sealed class AcousticField
{
    readonly MappedField mapped;
    readonly JsonPointer? pointer;
    readonly double fixedNumber;

    public AcousticField(MappedField mapped)
    {
        this.mapped = mapped;
        pointer = mapped.Pointer is { } text ? JsonPointer.TryParse(text, out _) : null;
        fixedNumber = double.TryParse(mapped.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number : double.NaN;
    }

    public string? Text(JsonElement detection, JsonElement document, string topic)
    {
        if (mapped.Value is not null) return mapped.Value;
        if (mapped.TopicLevel > 0) return Level(topic);
        return Find(detection, document) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };
    }

    /// <summary>In the unit it is told in. False when something stands there that is no finite number.</summary>
    public bool TryNumber(JsonElement detection, JsonElement document, string topic, out double number)
    {
        number = double.NaN;
        if (mapped.Value is not null) number = fixedNumber;
        else if (mapped.TopicLevel > 0)
            return double.TryParse(Level(topic), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number);
        else if (Find(detection, document) is { } there) number = there.Number();
        else return true;
        return double.IsFinite(number);
    }

    /// <summary>Degrees, our sense, with the offset; NaN when absent.</summary>
    public bool TryAngle(JsonElement detection, JsonElement document, string topic, out double degrees)
    {
        bool read = TryNumber(detection, document, topic, out degrees);
        degrees *= DegreesPer(mapped.Unit);
        if (mapped.Counterclockwise) degrees = -degrees;
        degrees += mapped.OffsetDegrees;
        return read;
    }

    /// <summary>0 to 1; NaN when absent.</summary>
    public bool TryRatio(JsonElement detection, JsonElement document, string topic, out double ratio)
    {
        bool read = TryNumber(detection, document, topic, out ratio);
        if (mapped.Unit == "percent") ratio /= 100;
        return read && !(ratio < 0) && !(ratio > 1);
    }

    /// <summary>Null when absent; false when what stands there is no time of these centuries.</summary>
    public bool TryTime(JsonElement detection, JsonElement document, string topic, out DateTimeOffset? time)
    {
        time = null;
        if (mapped.Unit is "" or "iso")
        {
            if (Text(detection, document, topic) is not { } text) return Find(detection, document) is null;
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out DateTimeOffset told)) return false;
            time = told;
        }
        else
        {
            if (!TryNumber(detection, document, topic, out double number)) return false;
            if (double.IsNaN(number)) return true;
            double seconds = number * SecondsPer(mapped.Unit);
            if (seconds is < 0 or > 5e9) return false;
            time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        }

        return time.Value.Year is > 1999 and < 2120;
    }

    JsonElement? Find(JsonElement detection, JsonElement document) =>
        pointer?.Find(detection) ?? pointer?.Find(document);

    string? Level(string topic)
    {
        ReadOnlySpan<char> rest = topic;
        for (int level = 1; ; level++)
        {
            int end = rest.IndexOf('/');
            if (level == mapped.TopicLevel) return rest.Length == 0 ? null : new(end < 0 ? rest : rest[..end]);
            if (end < 0) return null;
            rest = rest[(end + 1)..];
        }
    }

    static double DegreesPer(string unit) => unit switch { "rad" => 180 / Math.PI, "mil" => 360.0 / 6400, _ => 1 };

    static double SecondsPer(string unit) => unit switch { "ms" => 1e-3, "us" => 1e-6, "ns" => 1e-9, _ => 1 };
}
