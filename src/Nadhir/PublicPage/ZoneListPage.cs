using System.Text;

namespace Nadhir.PublicPage;

/// <summary>The page on which people find their zone: by name in every language, or by where they are.</summary>
sealed class ZoneListPage(WatchConfiguration configuration, ZoneBook book, PublicOptions options)
{
    /// <summary>Zones shown at once; for more, people type more of the name.</summary>
    public const int MostShown = 100;

    public string Write(string searched, PublicWords words, bool scripted, bool stale)
    {
        ZoneDirectory directory = book.Directory;
        bool searching = searched.Length > 0;
        List<int> found = [.. directory.Find(searched)
            // What bids people to act comes first; then what contains the rest.
            .OrderBy(zone => book[zone].State.State switch { PublicState.Warning => 0, PublicState.Watch => 1, _ => 2 })
            .ThenBy(zone => searching ? 0 : directory.Chains[zone].Length)
            .ThenBy(zone => directory.Names[zone][words.Language], StringComparer.Ordinal)];
        StringBuilder body = new(8000);
        body.Append("<header>\n<div class=\"top\"><span></span>")
            .Append(PageShell.LanguageLinks(options.Languages, words, "/zone/", searching ? $"&q={Uri.EscapeDataString(searched)}" : ""))
            .Append($"</div>\n<h1>{PageShell.Text(words.Title)}</h1>\n</header>\n<main>\n")
            .Append($"<form action=\"/zone/\" method=\"get\" role=\"search\"><input type=\"hidden\" name=\"lang\" value=\"{words.Language}\">")
            .Append($"<input name=\"q\" type=\"search\" dir=\"auto\" aria-label=\"{PageShell.Text(words.Search)}\" placeholder=\"{PageShell.Text(words.Search)}\" value=\"{PageShell.Text(searched)}\" maxlength=\"100\">")
            .Append($"<button>{PageShell.Text(words.Find)}</button></form>\n")
            .Append($"<p id=\"where\" hidden><button id=\"whereButton\">{PageShell.Text(words.WhereAmI)}</button></p>\n")
            .Append($"<p class=\"plain\" id=\"whereNote\" hidden>{PageShell.Text(words.StaysHere)}</p>\n")
            .Append("<p id=\"whereSaid\" role=\"status\"></p><ul id=\"whereList\"></ul>\n");
        if (found.Count == 0) body.Append($"<p>{PageShell.Text(words.Nothing)}</p>\n");
        body.Append("<ul id=\"zones\">\n");
        foreach (int zone in found.Take(MostShown))
        {
            string parent = directory.Chains[zone].Length > 1 ? directory.Names[directory.Chains[zone][1]][words.Language] : "";
            body.Append(ZonePage.Entry(directory.Zones[zone].Id, directory.Names[zone][words.Language], parent, book[zone].State.State, words));
        }

        body.Append("</ul>\n");
        if (found.Count > MostShown) body.Append($"<p>{PageShell.Prose(words.More, "count", (found.Count - MostShown).ToString())}</p>\n");
        body.Append($"<p class=\"asleep note\">{PageShell.Text(words.NotUpdating)} <a href=\"\">{PageShell.Text(words.Reload)}</a></p>\n</main>\n");
        return PageShell.Write(words.Title, "/zone/", words, configuration.Exercise, scripted, refreshSeconds: 60, stale, [("list", "")], body.ToString());
    }
}
