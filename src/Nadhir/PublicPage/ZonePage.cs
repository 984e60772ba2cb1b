using System.Globalization;
using System.Text;
using Nadhir.Assessment;
using Nadhir.Warning;

namespace Nadhir.PublicPage;

/// <summary>
/// The page of one zone, complete without a script: what holds, what to do, since when, when it may arrive. The script
/// fills the same places again when something changes; it finds them by their id.
/// </summary>
sealed class ZonePage(WatchConfiguration configuration, PublicOptions options)
{
    readonly TimeZoneInfo local = TimeZoneInfo.TryFindSystemTimeZoneById(configuration.TimeZone, out TimeZoneInfo? known)
        ? known : TimeZoneInfo.Utc;

    /// <param name="state">What is shown.</param>
    /// <param name="words">In which language.</param>
    /// <param name="at">Now, by the watch's clock.</param>
    /// <param name="asOf">When what is shown was known.</param>
    /// <param name="scripted">Whether there is a script.</param>
    public string Write(ZoneState state, PublicWords words, DateTimeOffset at, DateTimeOffset asOf, bool scripted)
    {
        string name = state.Names[words.Language], path = $"/zone/{Uri.EscapeDataString(state.Zone)}";
        bool part = state.State == PublicState.None && state.Within is not null;
        bool stale = at - asOf > options.HeartbeatEvery * 3;
        string badge = part ? words.Part : words.Say(state.State);
        if (stale) badge = words.LastKnown.Replace("{state}", badge, StringComparison.Ordinal);
        StringBuilder body = new(4000);
        Header(body, state, words, path);
        body.Append("<main>\n");
        Link(body, words, at, asOf, stale);
        body.Append($"<section class=\"state\" id=\"state\" data-state=\"{state.State}\" role=\"alert\">\n")
            .Append($"<p class=\"badge\"><span class=\"shape\" id=\"shape\" aria-hidden=\"true\">{PublicWords.Shape(state.State)}</span>")
            .Append($"<span id=\"badge\">{PageShell.Prose(badge)}</span></p>\n");
        (string Language, ZoneWords Words)? said = state.Said(words.Language);
        string tongue = said is { } other && other.Language != words.Language ? $" lang=\"{PageShell.Text(other.Language)}\" dir=\"auto\"" : "";
        string headline = said?.Words.Headline ?? (part ? words.PartHeadline : words.NoneHeadline.Replace("{zone}", name, StringComparison.Ordinal));
        body.Append($"<p class=\"headline\" id=\"headline\"{tongue}>{PageShell.Prose(headline)}</p>\n")
            .Append($"<p class=\"do\" id=\"do\"{tongue}>{PageShell.Prose(said?.Words.Instruction ?? words.NoneAdvice)}</p>\n</section>\n");
        Within(body, state, words);
        Facts(body, state, words, at);
        Paragraph(body, "description", said?.Words.Description, "", tongue);
        Paragraph(body, "holds", state.HoldsFrom is { } from
            ? words.HoldsFrom.Replace("{zone}", from.Names[words.Language], StringComparison.Ordinal) : null, "");
        Paragraph(body, "coverage", CoverageOf(state.Coverage, words), "note");
        body.Append("</main>\n<footer>\n")
            .Append($"<p class=\"plain\" id=\"asOf\">{PageShell.Prose(words.AsOf, "time", Clock(asOf, seconds: true))}</p>\n")
            .Append("<p id=\"push\" hidden><button id=\"pushButton\"></button> <span id=\"pushSaid\" role=\"status\"></span></p>\n</footer>\n");
        return PageShell.Write($"{PublicWords.Shape(state.State)} {badge} – {name}", path, words, state.Exercise, scripted, refreshSeconds: 10, stale,
        [
            ("zone", state.Zone), ("name", name), ("at", Milliseconds(at)), ("asof", Milliseconds(asOf)),
            ("zone-time", local.Id), ("heartbeat", $"{options.HeartbeatEvery.TotalMilliseconds:0}"),
            ("unknown-after", $"{options.UnknownAfter.TotalMilliseconds:0}"), ("push-key", options.PushKey ?? ""),
            ("earliest", state.Arrival is { } arrival ? Milliseconds(arrival.Earliest) : ""),
            ("latest", state.Arrival is { } until ? Milliseconds(until.Latest) : ""),
        ], body.ToString());
    }

    void Header(StringBuilder body, ZoneState state, PublicWords words, string path)
    {
        body.Append("<header>\n<div class=\"top\">")
            .Append($"<a class=\"button\" href=\"/zone/?lang={words.Language}\">{PageShell.Text(words.AllZones)}</a>")
            .Append(PageShell.LanguageLinks(options.Languages, words, path)).Append("</div>\n")
            .Append($"<h1>{PageShell.Prose(state.Names[words.Language])}</h1>\n");
        if (!state.Parents.IsEmpty)
        {
            string parents = string.Join(words.Comma, state.Parents.Select(parent =>
                $"<a href=\"/zone/{Uri.EscapeDataString(parent.Zone)}?lang={words.Language}\">{PageShell.Prose(parent.Names[words.Language])}</a>"));
            body.Append($"<p class=\"parents\">{PageShell.Text(words.LiesIn).Replace("{zones}", parents, StringComparison.Ordinal)}</p>\n");
        }

        body.Append("</header>\n");
    }

    /// <summary>What is said when knowledge is old: by us now, by the script, or by the page itself after a while.</summary>
    static void Link(StringBuilder body, PublicWords words, DateTimeOffset at, DateTimeOffset asOf, bool stale)
    {
        string said = stale ? PageShell.Prose(words.Stale, "age", Span(at - asOf)) : "";
        body.Append($"<div class=\"link\" id=\"link\" role=\"status\"{(stale ? "" : " hidden")}><p id=\"linkWhat\">")
            .Append(stale ? PageShell.Text(words.Unknown) : "").Append($"</p><p id=\"linkSaid\">{said}</p></div>\n")
            .Append($"<p class=\"asleep note\">{PageShell.Text(words.NotUpdating)} <a href=\"\">{PageShell.Text(words.Reload)}</a></p>\n");
    }

    static void Within(StringBuilder body, ZoneState state, PublicWords words)
    {
        body.Append($"<section id=\"within\"{(state.Within is null ? " hidden" : "")}><h2 class=\"plain\">{PageShell.Text(words.Within)}</h2><ul id=\"withinList\">");
        foreach (ZoneWithin one in state.Within ?? [])
            body.Append(Entry(one.Zone, one.Names[words.Language], "", one.State, words));
        body.Append("</ul></section>\n");
    }

    /// <summary>A zone in a list.</summary>
    public static string Entry(string zone, string name, string parent, PublicState state, PublicWords words) =>
        $"<li><a href=\"/zone/{Uri.EscapeDataString(zone)}?lang={words.Language}\">"
        + (state == PublicState.None ? "" :
            $"<span class=\"tag\" data-state=\"{state}\">{PublicWords.Shape(state)} {PageShell.Text(words.Say(state))}</span>")
        + PageShell.Prose(name) + (parent.Length > 0 ? $"<small>{PageShell.Prose(parent)}</small>" : "") + "</a></li>\n";

    void Facts(StringBuilder body, ZoneState state, PublicWords words, DateTimeOffset at)
    {
        body.Append("<dl>\n");
        Fact(body, "arrival", words.Arrival, state.Arrival is { } arrival
            ? $"<span id=\"countdown\">{Countdown(arrival, at, words)}</span><br><small id=\"arrivalClock\">{PageShell.Prose(ClockOf(arrival))}</small>"
            : "<span id=\"countdown\"></span><br><small id=\"arrivalClock\"></small>", state.Arrival is not null, large: true);
        Fact(body, "distance", words.Distance, state.DistanceKilometres is { } kilometres
            ? PageShell.Prose(words.Kilometres, "count", kilometres.ToString(CultureInfo.InvariantCulture)) : "",
            state.DistanceKilometres is not null);
        Fact(body, "shelter", words.Shelter,
            PageShell.Prose(words.Seconds, "count", state.SecondsToShelter.ToString(CultureInfo.InvariantCulture)), shown: true);
        Fact(body, "since", words.Since, state.Since is { } since ? PageShell.Prose(Clock(since, seconds: false)) : "", state.Since is not null);
        body.Append("</dl>\n");
    }

    static void Fact(StringBuilder body, string id, string term, string value, bool shown, bool large = false) =>
        body.Append($"<div id=\"{id}Row\"{(shown ? "" : " hidden")}><dt>{PageShell.Prose(term)}</dt><dd id=\"{id}\"{(large ? " class=\"large\"" : "")}>{value}</dd></div>\n");

    static void Paragraph(StringBuilder body, string id, string? text, string look, string tongue = "") =>
        body.Append($"<p id=\"{id}\"{tongue}{(look.Length > 0 ? $" class=\"{look}\"" : "")}{(text is null ? " hidden" : "")}>{PageShell.Prose(text ?? "")}</p>\n");

    static string? CoverageOf(Coverage? coverage, PublicWords words) => coverage switch
    {
        Coverage.Blind => words.Blind,
        Coverage.Thinned => words.Thinned,
        Coverage.None => words.Unwatched,
        _ => null,
    };

    static string Countdown(ArrivalInterval arrival, DateTimeOffset now, PublicWords words) => arrival.Latest <= now
        ? PageShell.Text(words.ArrivedMaybe)
        : $"<bdi dir=\"ltr\">{Span(arrival.Earliest - now)} – {Span(arrival.Latest - now)}</bdi>";

    /// <summary>Minutes and seconds; hours before them when there are any. Nothing below zero.</summary>
    internal static string Span(TimeSpan span)
    {
        long seconds = Math.Max(0, (long)span.TotalSeconds);
        return seconds >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    string ClockOf(ArrivalInterval arrival) =>
        ClockInterval.Read(arrival, local) is var (from, to) && from != to ? $"{from}–{to}" : from;

    string Clock(DateTimeOffset time, bool seconds) =>
        TimeZoneInfo.ConvertTime(time, local).ToString(seconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
