using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nadhir.Formats.Sirens;

/// <summary>
/// The part of Home Assistant's templates that sirens and switches use: text with <c>{{ name }}</c> in it, where a name is
/// value, tone, duration, volume_level, or value_json with keys. Statements and filters are refused in words: a template
/// read half would switch the wrong thing.
/// </summary>
public sealed partial class SirenTemplate
{
    const string Json = "value_json.";
    const string Understood = "{{ value }}, {{ value_json.x }}, {{ tone }}, {{ duration }}, {{ volume_level }}";

    static readonly string[] names = ["value", "tone", "duration", "volume_level"];

    readonly ImmutableArray<(string Text, bool IsName)> parts;

    SirenTemplate(ImmutableArray<(string, bool)> parts) => this.parts = parts;

    public static bool TryParse(string text, out SirenTemplate? template, out Cause? fault)
    {
        (template, fault) = (null, null);
        var found = ImmutableArray.CreateBuilder<(string, bool)>();
        int at = 0;
        foreach (Match match in Expression().Matches(text))
        {
            if (match.Index > at) found.Add((text[at..match.Index], false));
            at = match.Index + match.Length;
            string name = match.Groups["name"].Value;
            if (!names.Contains(name, StringComparer.Ordinal) && !KeyPath().IsMatch(name))
            {
                fault = Cause.Of(CauseCode.TemplateNotUnderstood, match.Value, Understood);
                return false;
            }

            found.Add((name, true));
        }

        if (at < text.Length) found.Add((text[at..], false));
        if (found.Any(part => !part.Item2 && (part.Item1.Contains("{{", StringComparison.Ordinal)
            || part.Item1.Contains("{%", StringComparison.Ordinal) || part.Item1.Contains("{#", StringComparison.Ordinal))))
        {
            fault = Cause.Of(CauseCode.TemplateHasStatements);
            return false;
        }

        template = new(found.ToImmutable());
        return true;
    }

    /// <summary>Fills in the names; null when one has no value.</summary>
    public string? Fill(Func<string, string?> valueOf)
    {
        StringBuilder filled = new();
        foreach ((string text, bool isName) in parts)
        {
            if ((isName ? valueOf(text) : text) is not { } value) return null;
            filled.Append(value);
        }

        return filled.ToString();
    }

    /// <summary>Fills in from what a device said; null when it is not the JSON that is asked for.</summary>
    public string? Fill(string payload)
    {
        JsonDocument? document = null;
        try
        {
            if (parts.Any(part => part.IsName && part.Text != "value")) document = JsonDocument.Parse(payload);
            return Fill(name => name == "value" ? payload : document is null ? null : Find(document.RootElement, name));
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            document?.Dispose();
        }
    }

    static string? Find(JsonElement from, string name)
    {
        if (!name.StartsWith(Json, StringComparison.Ordinal)) return null;
        foreach (string key in name[Json.Length..].Split('.'))
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(key, out from)) return null;
        return from.ValueKind == JsonValueKind.String ? from.GetString() : from.GetRawText();
    }

    [GeneratedRegex(
        @"\{\{\s*(?<name>.*?)\s*\}\}", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"^value_json(\.[A-Za-z0-9_]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPath();
}
