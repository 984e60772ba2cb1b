using System.Globalization;
using System.Xml;

namespace Nadhir.Formats.CursorOnTarget;

/// <summary>Numbers and times as Cursor-on-Target writes them.</summary>
public static class CotText
{
    const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Reads an XML Schema dateTime; one without a zone is UTC. Cut to whole milliseconds.</summary>
    public static bool TryTime(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length is < 19 or > 40 || text[10] != 'T') return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)) return false;
        time = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
        return true;
    }

    public static bool TryNumber(string? text, out double value)
    {
        value = double.NaN;
        return text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>May stand in an XML document: no control characters, no halves of surrogate pairs.</summary>
    public static bool IsXmlText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 >= text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) return false;
            i++;
        }

        return true;
    }

    /// <summary>The same text with a question mark for each character that may not stand in XML.</summary>
    public static string AsXmlText(string text) => IsXmlText(text)
        ? text
        : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));
}
