using System.Globalization;
using System.Text;
using System.Xml;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Cap;

/// <summary>How CAP 1.2 writes times, points and words.</summary>
static class CapText
{
    /// <summary>CAP 1.2 §3.3.2: seconds, a numeric offset, and UTC as "-00:00".</summary>
    public static string Time(DateTimeOffset time) =>
        time.Offset == TimeSpan.Zero
            ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'-00:00'", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>"lat,lon" with up to six decimals (a decimetre).</summary>
    public static string Point(GeoPoint point) => $"{Degrees(point.LatitudeDegrees)},{Degrees(point.LongitudeDegrees)}";

    /// <summary>Kilometres, rounded up to the metre: an area may grow by writing it, not shrink.</summary>
    public static string Kilometres(double metres) =>
        (Math.Ceiling(metres) / 1000).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Words as XML can carry them: a character it cannot becomes U+FFFD.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean?.Append(text[i]).Append(text[i + 1]);
                i++;
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean?.Append(text[i]);
            }
            else
            {
                clean ??= new StringBuilder(text, 0, i, text.Length);
                clean.Append('\uFFFD');
            }
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>CAP 1.2 §3.2.1: identifier and sender have no spaces, commas, &lt; or &amp;.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name.All(c => c > ' ' && c is not (',' or '<' or '&') && !char.IsWhiteSpace(c)
            && !char.IsSurrogate(c) && XmlConvert.IsXmlChar(c));

    static string Degrees(double value)
    {
        string text = value.ToString("0.######", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
