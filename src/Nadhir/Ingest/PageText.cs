using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nadhir.Ingest;

/// <summary>The paragraphs and headings of a saved page, one a line: menus, scripts and pictures are no part of a report.</summary>
static partial class PageText
{
    public static bool IsPage(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> begin = text.TrimStart("\uFEFF \t\r\n");
        return begin.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || begin.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="InvalidDataException">No paragraph stands in it.</exception>
    public static string Of(string page)
    {
        StringBuilder text = new();
        foreach (Match block in Block().Matches(Aside().Replace(page, " ")))
        {
            string words = Blanks().Replace(WebUtility.HtmlDecode(Tag().Replace(Break().Replace(block.Groups["inner"].Value, " "), "")), " ").Trim();
            if (words.Length > 0) text.Append(words).Append('\n');
        }

        return text.Length > 0 ? text.ToString() : throw new InvalidDataException("the page has no paragraphs: save its text alone first");
    }

    [GeneratedRegex(@"<!--.*?-->|<(?<tag>script|style|nav|footer|aside|noscript|svg|form)\b.*?</\k<tag>\s*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Aside();

    [GeneratedRegex(@"<(?<tag>p|h[1-6]|blockquote|time)\b[^>]*>(?<inner>.*?)(?=</\k<tag>\s*>|<p\b|<h[1-6]\b)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Block();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 2000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, 2000)]
    private static partial Regex Blanks();
}
