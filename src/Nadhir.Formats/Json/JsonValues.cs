using System.Globalization;
using System.Text.Json;

namespace Nadhir.Formats.Json;

/// <summary>
/// Values of JSON objects, as leniently as senders write them: a number may be a text with a unit behind it.
/// </summary>
static class JsonValues
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>NaN when absent or no finite number.</summary>
    public static double Number(this JsonElement element, string name) =>
        element.Member(name) is { } value ? value.Number() : double.NaN;

    /// <summary>The number itself, or the one a text begins with ("118.5 m"); NaN when there is none.</summary>
    public static double Number(this JsonElement value)
    {
        double number = double.NaN;
        if (value.ValueKind == JsonValueKind.Number) value.TryGetDouble(out number);
        else if (value.ValueKind == JsonValueKind.String) number = Leading(value.GetString()!);
        return double.IsFinite(number) ? number : double.NaN;
    }

    static double Leading(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        int length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] is '-' or '+' or '.')) length++;
        return double.TryParse(rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number : double.NaN;
    }
}
