using Nadhir.DutyConsole;
using Nadhir.Geodesy;
using Nadhir.Paper;
using Nadhir.Sensing;
using Nadhir.Warning;

namespace Nadhir.Briefs;

/// <summary>The situation at one moment on a few pages: the boards as tables, no sentence made up.</summary>
sealed class SituationBrief(Boards boards, WatchConfiguration configuration, string language, int withheld)
{
    readonly List<Block> blocks = [];

    /// <param name="all">For people who may see everything; else restricted rows are left out and counted.</param>
    public static Paper.Paper Of(Boards boards, WatchConfiguration configuration, string language, bool all)
    {
        (Boards shown, int withheld) = all ? (boards, 0) : Audience.PublicPart(boards, configuration);
        return new SituationBrief(shown, configuration, language, withheld).Write();
    }

    Paper.Paper Write()
    {
        blocks.Add(new Block.Words($"{W("Moment")}: {PaperWords.Time(boards.Now)}", Strong: true));
        if (withheld > 0) blocks.Add(new Block.Words($"{W("rows withheld")}: {Ltr(withheld.ToString())}"));
        AlertRow[] alerts = [.. boards.Alerts.Where(alert => alert.State is AlertState.Watch or AlertState.Warning)];
        blocks.Add(new Block.Heading(W("Map")));
        blocks.Add(MapPicture.Draw(configuration,
            alerts.ToDictionary(alert => alert.Zone, alert => (alert.State, W(alert.State.ToString())), StringComparer.Ordinal),
            [.. boards.Tracks.Select(row => new MapPicture.TrackLine($"{row.Track.Id}", [Ahead(row, -60), row.Track.Position.Point]))],
            zone => Paper.Paper.Own(zone.Names.GetValueOrDefault(language, zone.Name))));
        Table("Alerts", [("Zone", 3), ("State", 2), ("Since", 3), ("Probability", 2), ("Arrival", 4), ("Reason", 6)], alerts, alert =>
            [Zone(alert.Zone), W(alert.State.ToString()), PaperWords.Time(alert.Since), PaperWords.Probability(language, alert.Probability, 2),
                alert.Arrival is { } arrival ? PaperWords.Interval(language, PaperWords.Time(arrival.Earliest), PaperWords.Time(arrival.Latest)) : "",
                Said(alert.Reason)]);
        Table("Tracks", [("Track", 1.4), ("Identity", 3), ("Position", 3.6), ("Height m", 2), ("Speed m/s", 2), ("Course", 2), ("Evidence", 6)], boards.Tracks, row =>
            [Ltr($"{row.Track.Id}"), W(row.Identity.Kind.ToString()), Ltr($"{Degrees(row.Track.Position.LatitudeDegrees)} {Degrees(row.Track.Position.LongitudeDegrees)}"),
                Number(row.Track.State.HeightMetres, 0), Number(row.Track.GroundSpeed, 0), Number(row.Track.CourseDegrees, 0), string.Join(PaperWords.Comma(language), row.Identity.Evidence.Select(Said))]);
        Table("Phases and measures", [("Site", 2), ("Phase or measure", 4), ("State", 2), ("Since", 3), ("Reported when", 3), ("By", 3)],
            boards.Sites.SelectMany(site => site.Measures.Select(m => new[]
                { Own(Called(site.Id, m.Kind)), W(m.State.ToString()), PaperWords.Time(m.At), Own(m.ReportedWhen), Own(m.By) })
                .Prepend([Own(Called(site.Id, site.Phase)), "", PaperWords.Time(site.Since), "", Said(site.By)]).Select(cells => (string[])[Site(site.Id), .. cells])), row => row);
        Table("Readiness", [("Site", 2), ("System", 4), ("State", 2), ("Since", 3), ("Confidence", 3), ("By", 3)],
            boards.Sites.SelectMany(site => site.Readiness.Select(r => (site.Id, Row: r))), one =>
            [Site(one.Id), Own(one.Row.System), W(one.Row.Status.ToString()), PaperWords.Time(one.Row.At), Own(one.Row.Confidence), Own(one.Row.By)]);
        Table("Incidents", [("Incident", 2), ("Title", 6), ("Zone", 2), ("Opened", 3), ("Claims", 1)], boards.Incidents, incident =>
            [Ltr(incident.Id), Own(incident.Title), Zone(incident.Zone), PaperWords.Time(incident.OpenedAt), Ltr($"{incident.Claims.Length}")]);
        Table("Lost coverage", [("What", 4), ("State", 3), ("Since", 3)],
            boards.Sensors.Where(sensor => sensor.State != SensorState.Working).Select(sensor => (string[])
                [Own(sensor.Id), W(sensor.State.ToString()), sensor.LastSeen is { } seen ? PaperWords.Time(seen) : ""])
            .Concat(boards.Coverage.Others.Select(zone => (string[])
                [Zone(zone.Zone), W(zone.State.ToString()), zone.Since is { } since ? PaperWords.Time(since) : ""])), row => row);
        Table("Open directives", [("Directive", 2), ("To", 4), ("Content", 5), ("State", 2), ("Deadline", 3), ("Attribution", 3)],
            boards.Directives.SelectMany(directive => directive.Formations.Where(row => row.IsOpen).Select(formation => (directive, formation))), one =>
            [Ltr(one.directive.Id), Own(one.formation.Formation), one.directive.ContentNotReported ? W("not reported") : Own(one.directive.Content ?? ""),
                W(one.formation.State.ToString()), one.directive.Deadline is { } due ? PaperWords.Time(due) : "", Own(one.directive.Attribution)]);
        string name = configuration.Names?.GetValueOrDefault(language) ?? (configuration.Title.Length > 0 ? configuration.Title : configuration.Name);
        return new($"{W("Situation brief")} — {Paper.Paper.Own(name)}", language, configuration.Exercise, boards.Now, blocks);
    }

    void Table<T>(string heading, (string Head, double Share)[] columns, IEnumerable<T> rows, Func<T, string[]> cells)
    {
        blocks.Add(new Block.Heading(W(heading)));
        IReadOnlyList<string>[] all = [.. rows.Select(cells)];
        blocks.Add(all.Length == 0 ? new Block.Words(W("nothing on record"))
            : new Block.Table([.. columns.Select(column => W(column.Head))], [.. columns.Select(column => column.Share)], all));
    }

    static GeoPoint Ahead(TrackRow row, double seconds) =>
        Geodesic.Direct(row.Track.Position.Point, row.Track.CourseDegrees + (seconds < 0 ? 180 : 0), row.Track.GroundSpeed * Math.Abs(seconds));

    string W(string word) => PaperWords.In(language, word);
    string Zone(string id) => configuration.Zones.FirstOrDefault(zone => zone.Id == id) is { } zone
        ? Own(zone.Names.GetValueOrDefault(language, zone.Name)) : Own(id);
    string Site(string id) => configuration.Sites.FirstOrDefault(site => site.Id == id) is { } site
        ? Own(site.Names.GetValueOrDefault(language, site.Name)) : Own(id);
    string Called(string site, string name) => PaperWords.Called(configuration, site, name, language);
    string Said(string text) => text.Length == 0 ? "" : PaperWords.Said(language, text);
    static string Degrees(double value) => value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
    static string Own(string text) => text.Length == 0 ? "" : Paper.Paper.Own(text);
    static string Ltr(string text) => Paper.Paper.Ltr(text);
    static string Number(double value, int digits) => double.IsFinite(value) ? Ltr(Plain(value, digits)) : "";
    static string Plain(double value, int digits) => Math.Round(value, digits).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
