using System.Buffers;
using System.Globalization;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>The kinds of text CAP's schemas know (W3C XML Schema part 2, second edition).</summary>
static class XsdText
{
    const string White = " \t\r\n";
    static readonly SearchValues<char> HostLetters = SearchValues.Create("0123456789abcdefABCDEF:.");
    static readonly SearchValues<char> SchemeLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>Whether a text is of a kind; blanks around it count for nothing but in plain text.</summary>
    public static bool Fits(string kind, string text) => kind switch
    {
        "text" => true,
        "offsetTime" => IsDateTime(text.AsSpan().Trim(White), offset: true),
        "time" => IsDateTime(text.AsSpan().Trim(White), offset: false),
        // The schema gives an empty language its default, en-US.
        "language" => text.Length == 0 || CapRules.IsLanguage(text.AsSpan().Trim(White).ToString()),
        "integer" => AreDigits(Unsigned(text.AsSpan().Trim(White))),
        "decimal" => IsDecimal(Unsigned(text.AsSpan().Trim(White))),
        "uri" => IsUri(text.AsSpan().Trim(White)),
        _ => throw new InvariantBrokenException($"no kind of text {kind}"),
    };

    /// <summary>A time as CAP 1.2 writes it; null when it cannot be told.</summary>
    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParseExact(
        text.AsSpan().Trim(White), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
        out DateTimeOffset time) ? time : null;

    /// <summary>xs:dateTime; with <paramref name="offset"/> as CAP 1.2 narrows it: whole seconds and a numeric offset.</summary>
    static bool IsDateTime(ReadOnlySpan<char> text, bool offset)
    {
        if (!offset && text.StartsWith('-')) text = text[1..];
        int dash = text.IndexOf('-');
        if (dash < 4 || !AreDigits(text[..dash]) || dash > 4 && (offset || text[0] == '0')) return false;
        if (text[..dash].IndexOfAnyExcept('0') < 0) return false;
        // 400 years repeat the calendar.
        int year = Number(text.Slice(dash - 4, 4)) % 400 + 2000;
        text = text[dash..];
        if (!HasShape(text, "-dd-ddTdd:dd:dd")) return false;
        int month = Number(text[1..3]), day = Number(text[4..6]);
        int hour = Number(text[7..9]), minute = Number(text[10..12]), second = Number(text[13..15]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || minute > 59 || second > 59) return false;
        text = text[15..];
        bool fraction = text.StartsWith('.'), whole = true;
        if (fraction)
        {
            int end = text[1..].IndexOfAnyExceptInRange('0', '9') is >= 0 and int other ? other + 1 : text.Length;
            if (offset || end == 1) return false;
            whole = text[1..end].IndexOfAnyExcept('0') < 0;
            text = text[end..];
        }

        bool midnight = hour == 24 && minute == 0 && second == 0 && whole;
        return (hour < 24 || midnight) && (IsOffset(text) || !offset && text is "" or "Z");
    }

    /// <summary>At most fourteen hours.</summary>
    static bool IsOffset(ReadOnlySpan<char> text) => text.Length == 6 && text[0] is '+' or '-'
        && HasShape(text[1..], "dd:dd") && Number(text[4..]) < 60 && Number(text[1..3]) * 60 + Number(text[4..]) <= 14 * 60;

    /// <summary>Begins as the pattern says, in which d is a digit.</summary>
    static bool HasShape(ReadOnlySpan<char> text, string pattern)
    {
        if (text.Length < pattern.Length) return false;
        for (int i = 0; i < pattern.Length; i++)
            if (pattern[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != pattern[i]) return false;
        return true;
    }

    /// <summary>xs:anyURI: after escaping what may be escaped, a reference of RFC 3986 §4.1. Blanks inside may not.</summary>
    static bool IsUri(ReadOnlySpan<char> text)
    {
        // A colon in the first segment makes what stands before it a scheme.
        int colon = text.IndexOf(':'), ended = text.IndexOfAny("/?#");
        if (colon >= 0 && (ended < 0 || colon < ended) && !IsScheme(text[..colon])) return false;
        bool fragment = false;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r' or '\n' or ']':
                case '#' when fragment:
                case '%' when i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]):
                    return false;
                case '#':
                    fragment = true;
                    break;
                case '[':
                    // Brackets hold the address of a host.
                    int length = text[(i + 1)..].IndexOfAnyExcept(HostLetters);
                    if (fragment || i < 2 || text[i - 1] != '/' || text[i - 2] != '/' || length < 1 || text[i + 1 + length] != ']')
                        return false;
                    i += 1 + length;
                    break;
                default:
                    break;
            }
        }

        return true;
    }

    static bool IsScheme(ReadOnlySpan<char> text) => text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.IndexOfAnyExcept(SchemeLetters) < 0;

    static bool IsDecimal(ReadOnlySpan<char> text) => text.IndexOf('.') is >= 0 and int point
        ? text.Length > 1 && AreDigitsOrNothing(text[..point]) && AreDigitsOrNothing(text[(point + 1)..])
        : AreDigits(text);

    static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text) => text is ['+' or '-', ..] ? text[1..] : text;

    static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && AreDigitsOrNothing(text);

    static bool AreDigitsOrNothing(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
