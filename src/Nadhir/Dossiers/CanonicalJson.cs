using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nadhir.Dossiers;

/// <summary>
/// One way of writing JSON, so that a hash over a value can be made again in any language: no spaces, members in the
/// order they stand, numbers as they are spelled, in texts only quote, backslash and controls escaped.
/// </summary>
static class CanonicalJson
{
    public static string Of(JsonElement value)
    {
        StringBuilder text = new();
        Write(text, value);
        return text.ToString();
    }

    public static string Text(string plain)
    {
        StringBuilder text = new();
        Write(text, plain);
        return text.ToString();
    }

    public static string Text(DateTimeOffset time) => Text(Time(time));

    /// <summary>UTC with microseconds, as everywhere in a dossier.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>At most <paramref name="digits"/> digits behind the point; null when it is no number.</summary>
    public static string Number(double value, int digits) =>
        double.IsFinite(value) ? Math.Round(value, digits).ToString("0." + new string('#', digits), CultureInfo.InvariantCulture) : "null";

    public static string List(IEnumerable<string> values) => $"[{string.Join(',', values)}]";

    public static string Texts(IEnumerable<string> values) => List(values.Select(Text));

    static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                char before = '{';
                if (!value.EnumerateObject().Any()) text.Append(before);
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    text.Append(before);
                    before = ',';
                    Write(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                char first = '[';
                if (value.GetArrayLength() == 0) text.Append(first);
                foreach (JsonElement item in value.EnumerateArray())
                {
                    text.Append(first);
                    first = ',';
                    Write(text, item);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    static void Write(StringBuilder text, string plain)
    {
        text.Append('"');
        foreach (char c in plain)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
