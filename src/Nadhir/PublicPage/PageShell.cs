using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nadhir.PublicPage;

/// <summary>What every page of the public has around its content, and how its text is written.</summary>
static partial class PageShell
{
    /// <summary>One whole page.</summary>
    /// <param name="title">As in the tab; plain text.</param>
    /// <param name="path">Where it is, without the language: <c>/zone/ID</c>.</param>
    /// <param name="words">Its language.</param>
    /// <param name="exercise">Whether it is marked as a drill.</param>
    /// <param name="scripted">Whether there is a script to keep it fresh.</param>
    /// <param name="refreshSeconds">How often a browser without scripts loads it anew; never when null.</param>
    /// <param name="stale">What it says was known too long ago to look current.</param>
    /// <param name="facts">What the script reads of it, as <c>data-</c> attributes.</param>
    /// <param name="body">Markup.</param>
    public static string Write(
        string title, string path, PublicWords words, bool exercise, bool scripted, int? refreshSeconds, bool stale,
        IEnumerable<(string Name, string Value)> facts, string body)
    {
        string refresh = refreshSeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds}\">" : "";
        string query = $"?lang={words.Language}";
        StringBuilder page = new(12_000);
        page.Append($"<!doctype html>\n<html lang=\"{words.Language}\" dir=\"{words.Direction}\" data-link=\"{(stale ? "lost" : "live")}\"")
            .Append(exercise ? " class=\"exercise\"" : "").Append(">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"theme-color\" content=\"#10161d\">\n")
            .Append($"<title>{Text(exercise ? $"{words.Exercise} · {title}" : title)}</title>\n")
            // Without a built script the page has to renew itself; with one, only where scripts are off.
            .Append(scripted ? $"<noscript>{refresh}</noscript>\n" : refresh + "\n");
        if (scripted)
        {
            page.Append($"<link rel=\"manifest\" href=\"/zone/manifest.webmanifest{query}&amp;start={Text(Uri.EscapeDataString(path))}\">\n")
                .Append("<link rel=\"icon\" href=\"/zone/icon-192.png\">\n<link rel=\"apple-touch-icon\" href=\"/zone/icon-192.png\">\n")
                .Append("<script type=\"module\" src=\"/zone/zone.js\"></script>\n");
        }
        else
        {
            page.Append("<link rel=\"icon\" href=\"data:,\">\n");
        }

        page.Append($"<style>{PageStyle.Css}</style>\n</head>\n<body");
        foreach ((string name, string value) in facts) page.Append($" data-{name}=\"{Text(value)}\"");
        page.Append(">\n");
        if (exercise) page.Append($"<p class=\"drill\">{Text(words.Exercise)}</p>\n");
        page.Append(body);
        page.Append($"<script type=\"application/json\" id=\"words\">{WordsOf(words)}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>Escaped for markup.</summary>
    public static string Text(string plain) => WebUtility.HtmlEncode(plain);

    /// <summary>Escaped, with every run of digits set apart so that it keeps its order among right-to-left words.</summary>
    public static string Prose(string plain) => Digits().Replace(Text(plain), "<bdi>$0</bdi>");

    /// <summary>A word's blank filled, the whole written as prose.</summary>
    public static string Prose(string words, string blank, string value) =>
        Prose(words.Replace($"{{{blank}}}", value, StringComparison.Ordinal));

    /// <summary>The ways to the other languages: the same page, and the choice is kept.</summary>
    public static string LanguageLinks(PublicLanguages languages, PublicWords words, string path, string more = "") =>
        string.Concat(languages.All.Where(other => other.Language != words.Language).Select(other =>
            $"<a class=\"button\" href=\"{Text(path)}?lang={other.Language}{Text(more)}\" lang=\"{other.Language}\" "
            + $"hreflang=\"{other.Language}\" data-language=\"{other.Language}\">{Text(other.Name)}</a>"));

    static string WordsOf(PublicWords words) =>
        JsonSerializer.Serialize(words.ForScript(), PublicJson.Default.DictionaryStringString);

    // Not inside an entity: those begin with &#.
    [GeneratedRegex(@"(?<![&#\w])\d[\d:.,–-]*\d|(?<![&#\w])\d", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
