using System.Text.Json;
using Nadhir.Geodesy;
using Nadhir.Paper;
using Nadhir.Warning;

namespace Nadhir.Dossiers;

/// <summary>A dossier for reading. Fixed words and what stands in the rows; no sentence is made up.</summary>
sealed class DossierPages(
    DossierContent content, DossierProfile profile, string language, WatchConfiguration configuration)
{
    readonly List<Block> blocks = [];

    public static Paper.Paper Of(
        DossierContent content, DossierProfile profile, string language, WatchConfiguration configuration) =>
        new DossierPages(content, profile, language, configuration).Write();

    Paper.Paper Write()
    {
        Row record = content["record"].Rows[0], incident = content["incident"].Rows[0];
        Table(["What", "Detail"], [2, 6],
        [
            ["Incident", Paper.Paper.Ltr(incident.Text("id"))], ["Title", Own(incident, "title")], ["Zone", Zone(incident)],
            ["Opened", Time(incident, "openedAt")], ["Period", PaperWords.Interval(language, Time(record, "caseFrom"), Time(record, "caseTo"))],
            ["Record", $"{Own(record, "name")} ({Paper.Paper.Ltr(record.Json("entries")!)})"], ["Root of the journal", Own(record, "root")],
            ["Software", Own(record, "software")], ["Profile", Paper.Paper.Own(W(profile.Name))],
            ["Withheld", profile.Withhold.IsEmpty ? W("nothing") : string.Join(Comma, profile.Withhold.Select(W))],
        ], wordsFirst: true);
        blocks.Add(new Block.Words(W("The system states what was recorded and what it computed, with its probability. It holds no verdict.")));
        Map(incident);
        Tracks();
        Section("Border crossings", "crossings",
        [
            ("Entry", 1.5, E), ("Track", 1.5, Raw("track")), ("Time", 3, T("time")),
            ("Interval 5–95 %", 3.4, Interval), ("Border", 2, Border),
            ("Direction", 2, Translated("direction")), ("Probability", 2, Probability),
            ("Identity", 4, Identity)
        ]);
        Incursions();
        Section("Alerts", "alerts",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Zone", 2, Zone),
            ("State", 2, Told("state", "type")), ("Probability", 2, Probability), ("Reason", 5, Said("reason")),
            ("By", 2, Said("by"))
        ], Changed);
        Section("Messages to the public", "messages",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Message", 4, MessageOf),
            ("Outlet", 2, O("outlet")), ("Confirmed", 2, Told("ok")), ("Detail", 3, Said("detail"))
        ]);
        Section("Sirens", "sirens",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Siren", 2, O("siren")),
            ("What", 2, Told("action", "step")), ("Detail", 3, Told("tone", "detail"))
        ]);
        Section("Phases, measures, readiness", "posture",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Site", 2, Site),
            ("Phase or measure", 4, PhaseOrMeasure), ("State", 2, Told("state", "status")),
            ("Reported when", 2, O("reportedWhen")), ("Confidence", 2, O("confidence")), ("By", 3, O("by"))
        ]);
        Section("Directives", "directives",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Directive", 2, O("directive")),
            ("To", 4, O("to")), ("Content", 4, Content), ("Attribution", 3, O("attribution"))
        ]);
        Section("Claims", "claims",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Claim", 1.4, O("claim")),
            ("Kind", 2.2, Told("kind")), ("Words", 6, O("text")), ("Killed", 1.1, O("killed")),
            ("Injured", 1.3, O("injured")), ("Grading", 1.5, O("grading")), ("Attribution", 3, O("attribution"))
        ]);
        Section("Statements", "statements",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Statement", 2, O("statement")),
            ("Speaker", 4, O("speaker")), ("Claims", 4, O("claims"))
        ]);
        Section("Observations and events", "observations",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Words", 6, O("text")), ("By", 3, O("by"))
        ]);
        Section("", "events",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Kind", 3, O("kind")), ("Words", 6, O("text")),
            ("By", 3, O("by"))
        ]);
        Section("Documents", "documents",
        [
            ("Entry", 1.5, E), ("Time", 3, T("time")), ("Words", 4, Either("words", "name")),
            ("SHA-256", 6, O("sha256"))
        ]);
        Section("", "sources",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("Source", 2, O("source")),
            ("Title", 4, O("title")), ("Published", 3, T("published")), ("SHA-256", 5, O("sha256"))
        ]);
        Section("On file: mandates and authorisations", "conformity",
        [
            ("Entry", 1.5, E), ("Time", 3, T("time")), ("Track", 1.5, Raw("track")), ("Fact", 3, Said("fact")),
            ("Mandate", 1.5, O("mandate")), ("Evidence", 6, Evidence("evidence"))
        ]);
        Section("Coverage lost or regained", "coverage",
        [
            ("Entry", 1.5, E), ("Time", 3, T("recordedAt")), ("What", 3, First("sensor", "feed", "coverage")),
            ("State", 2, Told("state", "fault")), ("Detail", 6, Said("reason", "detail", "zones"))
        ]);
        blocks.Add(new Block.Heading(W("How to check this dossier")));
        blocks.Add(new Block.Words(W("Every file, field and journal entry is covered by one signature: nadhir verify, or verify_dossier.py, checks it without the system.")));
        return new(W("Dossier") + " " + Paper.Paper.Ltr(incident.Text("id")), language, record.Json("exercise") == "true", DateTimeOffset.Parse(record.Text("to"), null), blocks);
    }

    string W(string word) => PaperWords.In(language, word);

    string Comma => PaperWords.Comma(language);

    string Own(Row row, string name) => row.Shown(name) is not { } shown ? W("withheld") : shown.Length == 0 ? "" : Paper.Paper.Own(Plain(shown));

    /// <summary>Lists of texts without their brackets.</summary>
    static string Plain(string shown)
    {
        if (!shown.StartsWith('[')) return shown;
        using JsonDocument list = JsonDocument.Parse(shown);
        return string.Join(", ", list.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString() : item.GetRawText()));
    }

    string Time(Row row, string name) => row.Shown(name) is { } shown ? PaperWords.Time(shown) : W("withheld");

    Func<Row, string> O(string name) => row => Own(row, name);
    Func<Row, string> T(string name) => row => Time(row, name);
    Func<Row, string> Either(string one, string other) => First(one, other);
    Func<Row, string> First(params string[] names) => row => names.Select(name => Own(row, name)).FirstOrDefault(text => text.Length > 0) ?? "";
    /// <summary>The first that is told, in the page's language when it is a word of the system's own.</summary>
    Func<Row, string> Told(params string[] names) => row =>
    {
        if (Array.Find(names, each => row.Shown(each) is not { Length: 0 }) is not { } name) return "";
        if (row.Shown(name) is not { } word) return W("withheld");
        return W(word) == word ? PaperWords.Said(language, word) : W(word);
    };

    static Func<Row, string> Raw(string name) => row => Paper.Paper.Ltr(row.Json(name) ?? "");
    Func<Row, string> Translated(string name) => row => row.Shown(name) is { } shown ? W(shown) : W("withheld");
    static string E(Row row) => Paper.Paper.Ltr(row.Json("entry") ?? "");

    string Probability(Row row) =>
        double.TryParse(row.Shown("probability"), System.Globalization.CultureInfo.InvariantCulture, out double value)
            ? PaperWords.Probability(language, value, 3) : "";

    /// <summary>The first that is told, in the page's language where the engine wrote it.</summary>
    Func<Row, string> Said(params string[] names) => row =>
        Array.Find(names, each => row.Shown(each) is not { Length: 0 }) is not { } name ? ""
        : row.Shown(name) is { } shown ? PaperWords.Said(language, Plain(shown)) : W("withheld");

    Func<Row, string> Evidence(string name) => row =>
    {
        if (row.Json(name) is not { } json) return "";
        if (row.Shown(name) is null) return W("withheld");
        using JsonDocument evidence = JsonDocument.Parse(json);
        return Listed(evidence.RootElement);
    };

    string Listed(JsonElement evidence) =>
        string.Join(Comma, evidence.EnumerateArray().Select(item => PaperWords.Said(language, item.GetString()!)));

    string Named(Row row, string name, IEnumerable<(string Id, string Name)> all) =>
        row.Shown(name) is { Length: > 0 } id && all.FirstOrDefault(one => one.Id == id).Name is { } words ? Paper.Paper.Own(words) : Own(row, name);

    string Zone(Row row) => Named(row, "zone", configuration.Zones.Select(zone => (zone.Id, zone.Names.GetValueOrDefault(language, zone.Name))));
    string Site(Row row) => Named(row, "site", configuration.Sites.Select(site => (site.Id, site.Names.GetValueOrDefault(language, site.Name))));
    string PhaseOrMeasure(Row row) =>
        new[] { "phase", "kind" }.FirstOrDefault(name => row.Shown(name) is { Length: > 0 }) is { } named
            ? Paper.Paper.Own(PaperWords.Called(configuration, row.Text("site"), row.Text(named), language)) : First("phase", "kind", "system")(row);
    string Border(Row row) => Named(row, "border", configuration.Borders.Select(border => (border.Id, border.Names?.GetValueOrDefault(language, border.Name) ?? border.Name)));

    /// <summary>Item by item, each with its probability and source.</summary>
    void Incursions()
    {
        blocks.Add(new Block.Heading(W("Flights across the border, as states report them")));
        if (content["incursions"].Rows.Count == 0) blocks.Add(new Block.Words(W("nothing on record")));
        foreach (Row row in content["incursions"].Rows)
        {
            blocks.Add(new Block.Words($"{Own(row, "id")}: {Translated("state")(row)}", Strong: true));
            if (row.Shown("lines") is not { Length: > 0 } lines)
            {
                blocks.Add(new Block.Words(W("withheld")));
                continue;
            }

            using JsonDocument items = JsonDocument.Parse(lines);
            using JsonDocument added = JsonDocument.Parse(row.Shown("amendments") is { Length: > 0 } amendments ? amendments : "[]");
            bool hidden = row.Shown("amendments") is null;
            Table(["Item", "Value", "Probability", "Source", "Added by people"], [2.4, 4, 1.6, 3, 3], items.RootElement.EnumerateArray().Select(line => new[]
            {
                W(line.GetProperty("item").GetString()!),
                ValueOf(line),
                line.TryGetProperty("probability", out JsonElement p) && p.ValueKind == JsonValueKind.Number ? PaperWords.Probability(language, p.GetDouble(), 3) : "",
                PaperWords.Said(language, line.GetProperty("source").GetString()!),
                hidden ? W("withheld") : AddedTo(line.GetProperty("item").GetString()!, added.RootElement),
            }));
        }
    }

    string ValueOf(JsonElement line)
    {
        string value = line.GetProperty("value").GetString()!;
        return line.GetProperty("item").GetString() != "AreaOverflown" || value == "no zone" ? PaperWords.Said(language, value)
            : string.Join(Comma, value.Split(", ").Select(id => configuration.Zones.FirstOrDefault(zone => zone.Id == id) is { } zone
                ? Paper.Paper.Own(zone.Names.GetValueOrDefault(language, zone.Name)) : Paper.Paper.Own(id)));
    }

    static string AddedTo(string item, JsonElement amendments) => string.Join("\n", amendments.EnumerateArray()
        .Where(each => each.GetProperty("item").GetString() == item)
        .Select(each => Paper.Paper.Own($"{each.GetProperty("value").GetString()} ({each.GetProperty("basis").GetString()}; {each.GetProperty("by").GetString()})")));

    string Interval(Row row) => $"{Time(row, "earliest")}\n{Time(row, "latest")}";

    string Identity(Row row)
    {
        if (row.Json("identity") is not { } json) return "";
        using JsonDocument identity = JsonDocument.Parse(json);
        return $"{W(identity.RootElement.GetProperty("kind").GetString()!)}\n{Listed(identity.RootElement.GetProperty("evidence"))}";
    }

    string Content(Row row) => row.Shown("content") is null ? W("withheld")
        : row.Json("contentNotReported") == "true" ? W("not reported") : row.Text("type") == "directive.report" ? Told("state")(row) : Own(row, "content");

    string MessageOf(Row row)
    {
        if (row.Shown("message") is not { } shown) return W("withheld");
        if (!shown.StartsWith('{')) return Paper.Paper.Ltr(shown);
        using JsonDocument message = JsonDocument.Parse(shown);
        string headline = message.RootElement.GetProperty("texts").EnumerateArray()
            .OrderBy(text => text.GetProperty("language").GetString()!.StartsWith(language, StringComparison.Ordinal) ? 0 : 1)
            .Select(text => text.GetProperty("headline").GetString()).FirstOrDefault() ?? "";
        return $"{Paper.Paper.Ltr(message.RootElement.GetProperty("identifier").GetString()!)}\n{Paper.Paper.Own(headline)}";
    }

    /// <summary>New figures of the same state are in the data; the page tells changes of state.</summary>
    static bool Changed(Row row) => row.Text("type") != "alert.changed" || row.Text("before") != row.Text("state");

    void Tracks()
    {
        blocks.Add(new Block.Heading(W("Tracks")));
        Table(["Track", "First seen", "Dropped", "Identity", "Measurements"], [1.4, 3, 3, 5, 5], content["tracks"].Rows.Select(row => new[]
        {
            Paper.Paper.Ltr(row.Json("track")!), Time(row, "firstSeen"), Time(row, "droppedAt"), Identity(row),
            row.Shown("plots") is { } plots ? Paper.Paper.Ltr(BySensor(plots)) : W("withheld"),
        }));
    }

    static string BySensor(string plots)
    {
        using JsonDocument list = JsonDocument.Parse(plots);
        return string.Join(", ", list.RootElement.EnumerateArray().GroupBy(plot => plot.GetProperty("sensor").GetString(), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {group.Count()}"));
    }

    void Map(Row incident)
    {
        blocks.Add(new Block.Heading(W("Map")));
        HashSet<string> warned = [.. content["alerts"].Rows.Select(row => row.Text("zone")), incident.Text("zone")];
        MapPicture.TrackLine[] lines =
        [
            .. TrackFiles.Tracks(content).Select(track => new MapPicture.TrackLine($"{track.Id}",
                [.. track.States.Select(state => new GeoPoint(state.GetProperty("latitude").GetDouble(), state.GetProperty("longitude").GetDouble()))])),
        ];
        var worst = content["alerts"].Rows.Where(row => row.Text("type") == "alert.changed" && row.Text("state") is "Watch" or "Warning")
            .GroupBy(row => row.Text("zone"), StringComparer.Ordinal)
            .ToDictionary(zone => zone.Key, zone => zone.Any(row => row.Text("state") == "Warning") ? AlertState.Warning : AlertState.Watch, StringComparer.Ordinal);
        blocks.Add(MapPicture.Draw(configuration with { Zones = [.. configuration.Zones.Where(zone => warned.Contains(zone.Id))] },
            worst.ToDictionary(zone => zone.Key, zone => (zone.Value, W(zone.Value.ToString())), StringComparer.Ordinal), lines,
            zone => Paper.Paper.Own(zone.Names.GetValueOrDefault(language, zone.Name))));
    }

    void Section(string heading, string name, (string Head, double Share, Func<Row, string> Cell)[] columns, params Func<Row, bool>[] only)
    {
        if (heading.Length > 0) blocks.Add(new Block.Heading(W(heading)));
        Row[] rows = [.. content[name].Rows.Where(row => only.All(fits => fits(row)))];
        if (rows.Length == 0 && heading.Length > 0) blocks.Add(new Block.Words(W("nothing on record")));
        else if (rows.Length > 0 && Array.TrueForAll(rows, row => row.Fields.All(field => field.Withheld is not null || field.Name is "entry" or "recordedAt" or "type")))
            blocks.Add(new Block.Words($"{W("withheld")}: {Paper.Paper.Ltr($"{rows.Length}")}"));
        else if (rows.Length > 0) Table([.. columns.Select(column => column.Head)], [.. columns.Select(column => column.Share)],
            rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()));
    }

    void Table(string[] head, double[] shares, IEnumerable<string[]> rows, bool wordsFirst = false) =>
        blocks.Add(new Block.Table([.. head.Select(W)], shares, [.. rows.Select(row => wordsFirst ? [W(row[0]), .. row[1..]] : row)]));
}
