using System.Globalization;
using System.Text.Json;

namespace Nadhir.Formats.Json;

/// <summary>
/// A place in a JSON document, by RFC 6901: <c>/events/0/doa</c>. The empty pointer is the whole document.
/// </summary>
public sealed class JsonPointer
{
    const int MostSteps = 16;

    readonly string[] steps;

    JsonPointer(string[] steps) => this.steps = steps;

    /// <summary>Null when the text is no pointer; <paramref name="fault"/> says why.</summary>
    public static JsonPointer? TryParse(string text, out string fault)
    {
        fault = "";
        if (text.Length == 0) return new([]);
        if (text[0] != '/') fault = "a JSON pointer begins with /";
        string[] names = text.Split('/')[1..];
        if (names.Length > MostSteps) fault = $"more than {MostSteps} steps";
        for (int i = 0; i < text.Length; i++)
            if (text[i] == '~' && (i + 1 == text.Length || text[i + 1] is not ('0' or '1')))
                fault = "~ is written ~0, and / in a name ~1";
        if (fault.Length > 0) return null;
        return new([.. names.Select(step =>
            step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
    }

    /// <summary>What stands there; null when nothing does.</summary>
    public JsonElement? Find(JsonElement from)
    {
        JsonElement at = from;
        foreach (string step in steps)
        {
            if (at.ValueKind == JsonValueKind.Object)
            {
                if (!at.TryGetProperty(step, out at)) return null;
            }
            else if (at.ValueKind != JsonValueKind.Array || !IsIndex(step, out int index)
                || index >= at.GetArrayLength())
            {
                return null;
            }
            else
            {
                at = at[index];
            }
        }

        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    static bool IsIndex(string step, out int index) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && (step.Length == 1 || step[0] != '0');
}
