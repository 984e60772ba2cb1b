using System.Globalization;
using System.Text.RegularExpressions;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>The kinds of text CAP's schemas know (W3C XML Schema part 2, second edition).</summary>
static partial class XsdText
{
    static readonly char[] white = [' ', '\t', '\r', '\n'];

    /// <summary>Whether a text is of a kind; blanks around it count for nothing but in plain text.</summary>
    public static bool Fits(string kind, string text) => kind switch
    {
        "text" => true,
        "offsetTime" => IsDateTime(text, offset: true),
        "time" => IsDateTime(text, offset: false),
        // The schema gives an empty language its default, en-US.
        "language" => text.Length == 0 || CapRules.IsLanguage(text.Trim(white)),
        "integer" => Integer().IsMatch(text.Trim(white)),
        "decimal" => Decimal().IsMatch(text.Trim(white)),
        "uri" => IsUri(text.Trim(white)),
        _ => throw new InvariantBrokenException($"no kind of text {kind}"),
    };

    /// <summary>A time as CAP 1.2 writes it; null when it cannot be told.</summary>
    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParseExact(
        text?.Trim(white), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
        out DateTimeOffset time) ? time : null;

    /// <summary>xs:dateTime; with <paramref name="offset"/> as CAP 1.2 narrows it: whole seconds and a numeric offset.</summary>
    static bool IsDateTime(string text, bool offset)
    {
        if (DateTimeShape().Match(text.Trim(white)) is not { Success: true } match) return false;
        if (offset && (match.Groups["fraction"].Success || !match.Groups["zone"].Success || match.Groups["year"].Length != 4))
            return false;
        // Eras and far years have the months of a year that fits: 400 years repeat the calendar.
        int year = int.Parse(match.Groups["year"].Value[^4..], CultureInfo.InvariantCulture) % 400 + 2000;
        int month = Number("month"), day = Number("day"), hour = Number("hour"), minute = Number("minute"), second = Number("second");
        bool zero = match.Groups["year"].Value.AsSpan().Trim('0').IsEmpty;
        bool midnight = hour == 24 && minute == 0 && second == 0 && match.Groups["fraction"].Value.AsSpan().Trim(".0").IsEmpty;
        bool zoned = !match.Groups["zoneHour"].Success || Number("zoneHour") * 60 + Number("zoneMinute") <= 14 * 60
            && Number("zoneMinute") < 60;
        return !zero && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && (hour < 24 || midnight) && minute < 60 && second < 60 && zoned;

        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>xs:anyURI: after escaping what may be escaped, a reference of RFC 3986 §4.1. Blanks inside may not.</summary>
    static bool IsUri(string text)
    {
        if (!UriShape().IsMatch(text)) return false;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int ended = text.IndexOfAny(['/', '?', '#']);
        // A colon in the first segment makes what stands before it a scheme.
        return colon < 0 || ended >= 0 && ended < colon || Scheme().IsMatch(text.AsSpan(0, colon));
    }

    [GeneratedRegex("^-?(?<year>[1-9][0-9]{4,}|[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):"
        + "(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?<fraction>\\.[0-9]+)?(?<z>Z|(?<zone>[+-](?<zoneHour>[0-9]{2}):(?<zoneMinute>[0-9]{2})))?\\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DateTimeShape();

    [GeneratedRegex("^[+-]?[0-9]+\\z")]
    private static partial Regex Integer();

    [GeneratedRegex("^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();

    [GeneratedRegex("^([^ \\t\\r\\n%#\\[\\]]|%[0-9A-Fa-f]{2}|//\\[[0-9A-Fa-f:.]+\\])*(#([^ \\t\\r\\n%#\\[\\]]|%[0-9A-Fa-f]{2})*)?\\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex UriShape();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*\\z")]
    private static partial Regex Scheme();
}
