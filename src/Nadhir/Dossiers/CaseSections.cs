using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Nadhir.Journal;
using Nadhir.Sensing;
using Nadhir.Storage;
using Nadhir.Tracking;

namespace Nadhir.Dossiers;

/// <summary>
/// A case as the sections of a dossier. Rows of the journal are taken over member by member, as they stand in the entry,
/// with the entry's number and time: what others add to a claim or a directive appears here by itself.
/// </summary>
static partial class CaseSections
{
    /// <summary>Which section a word goes to, by the beginning of its type; the first that fits.</summary>
    static readonly (string Type, string Section)[] places =
    [
        ("claim.", "claims"), ("statement.", "statements"), ("source.", "sources"), ("incident.", "incidentLog"),
        ("directive.", "directives"), ("site.", "posture"), ("readiness.", "posture"), ("posture.", "posture"),
        ("event.", "events"), ("observer.", "observations"), ("document.", "documents"), ("mandate.", "mandateLog"),
        ("authorisation.", "mandateLog"), ("incursion.", "incursionLog"),
        ("border.crossed", "crossings"), ("alert.", "alerts"), ("message", "messages"), ("siren", "sirens"),
        ("sensor.", "coverage"), ("zone.coverage", "coverage"), ("feed.", "coverage"), ("drill.", "events"), ("track.", "trackLog"),
    ];

    static readonly string[] order =
    [
        "incidentLog", "trackLog", "crossings", "alerts", "messages", "sirens", "posture", "directives", "claims", "statements", "sources",
        "observations", "events", "documents", "mandateLog", "incursionLog", "coverage",
    ];

    public static string Version { get; } =
        typeof(CaseSections).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static DossierContent Of(Case about, Checkpoint checkpoint)
    {
        ILookup<string, Row> rows = about.Words.Where(word => Concerns(word, about))
            .ToLookup(SectionOf, RowOf, StringComparer.Ordinal);
        return new DossierContent(
        [
            new("record", true, [RecordRow(about, checkpoint)]),
            new("incident", true, [Of(about.Incident, WatchJson.Default.IncidentRow)]),
            new("tracks", false, [.. about.Tracks.Order().Select(track => TrackRow(about, track))]),
            .. order.Select(name => new Section(name, false, name == "documents" ? [.. rows[name], .. Documents(about)] : [.. rows[name]])),
            new("conformity", false, [.. Conformity(about)]),
            new("mandates", false, [.. about.Configuration.Mandates.Select(one => Of(one, WatchJson.Default.Mandate, 0))]),
            new("authorisations", false,
            [
                .. about.Configuration.Authorisations.Where(one => one.Mandate is not null).Select(one => Of(one, WatchJson.Default.Authorisation, 0)),
            ]),
            new("sensors", false, [.. about.Configuration.Sensors.Select(one => Of(one, WatchJson.Default.Sensor, 0))]),
            new("sites", false, [.. about.Boards.Sites.Select(one => Of(one, WatchJson.Default.SiteRow))]),
            new("incursions", false,
            [
                .. about.Boards.Incursions.Where(one => one.Tracks.Any(about.Tracks.Contains)).Select(one => Of(one, WatchJson.Default.IncursionRow)),
            ]),
            new("directiveStates", false, [.. about.Boards.Directives.Select(one => Of(one, WatchJson.Default.DirectiveRow))]),
        ]);
    }

    static Row RecordRow(Case about, Checkpoint checkpoint) => new(
    [
        new("schema", CanonicalJson.Text(DossierFiles.Schema)),
        new("software", CanonicalJson.Text($"nadhir {Version}")),
        new("name", CanonicalJson.Text(about.Configuration.Name)),
        new("exercise", about.Configuration.Exercise ? "true" : "false"),
        new("sender", CanonicalJson.Text(about.Configuration.Sender)),
        new("timeZone", CanonicalJson.Text(about.Configuration.TimeZone)),
        new("origin", CanonicalJson.Text(checkpoint.Origin)),
        new("entries", CanonicalJson.Number(checkpoint.Size)),
        new("root", CanonicalJson.Text(Convert.ToHexStringLower(checkpoint.Root.Span))),
        new("from", CanonicalJson.Text(about.RecordFrom)),
        new("to", CanonicalJson.Text(about.RecordTo)),
        new("caseFrom", CanonicalJson.Text(about.From)),
        new("caseTo", CanonicalJson.Text(about.To)),
    ]);

    static Row TrackRow(Case about, int id)
    {
        Word? Last(string type) => about.Words.LastOrDefault(word => word.Type == type && word.Number("track") == id);
        Track[] states = [.. about.Witness!.States.Where(track => track.Id == id)];
        List<Field> fields = [new("track", CanonicalJson.Number(id))];
        if (Last("track.confirmed") is { } confirmed)
            fields.AddRange([new("firstSeen", CanonicalJson.Of(confirmed.Json.GetProperty("firstSeen"))), new("confirmedAt", CanonicalJson.Text(confirmed.Time))]);
        if (Last("track.dropped") is { } dropped) fields.Add(new("droppedAt", CanonicalJson.Text(dropped.Time)));
        if (Last("track.identified") is { } identified) fields.Add(new("identity", CanonicalJson.Of(identified.Json.GetProperty("identity"))));
        if (states.Length > 0)
            fields.Add(new("class", CanonicalJson.Of(JsonSerializer.SerializeToElement(states[^1].Class, WatchJson.Default.ClassProbabilities))));
        fields.Add(new("states", CanonicalJson.List(states.Select(State))));
        fields.Add(new("plots", CanonicalJson.List(about.Witness.Plots.Where(plot => plot.Track == id).Select(plot => Of(plot, about.Configuration)))));
        return new(fields);
    }

    static string State(Track track) => "{" + string.Join(',',
    [
        $"\"time\":{CanonicalJson.Text(track.State.Time)}",
        $"\"latitude\":{CanonicalJson.Number(track.Position.LatitudeDegrees, 6)}",
        $"\"longitude\":{CanonicalJson.Number(track.Position.LongitudeDegrees, 6)}",
        $"\"heightMetres\":{CanonicalJson.Number(track.State.HeightMetres, 0)}",
        $"\"speed\":{CanonicalJson.Number(track.GroundSpeed, 1)}",
        $"\"courseDegrees\":{CanonicalJson.Number(track.CourseDegrees, 1)}",
        $"\"accuracyMetres\":{CanonicalJson.Number(track.AccuracyMetres, 0)}",
        $"\"existence\":{CanonicalJson.Number(track.ExistenceProbability, 4)}",
    ]) + "}";

    static string Of(Plot plot, WatchConfiguration configuration) => "{" + string.Join(',',
    [
        $"\"entry\":{CanonicalJson.Number(plot.Entry)}",
        $"\"sensor\":{CanonicalJson.Text(configuration.Sensors[plot.Seen.Sensor].Id)}",
        $"\"kind\":{CanonicalJson.Text(plot.Seen.Kind.ToString())}",
        $"\"time\":{CanonicalJson.Text(plot.Seen.Time)}",
        $"\"rangeMetres\":{CanonicalJson.Number(plot.Seen.RangeMetres, 1)}",
        $"\"azimuthDegrees\":{CanonicalJson.Number(plot.Seen.AzimuthRadians * 180 / Math.PI, 3)}",
        $"\"heightMetres\":{CanonicalJson.Number(plot.Seen.HeightMetres, 0)}",
        $"\"latitude\":{CanonicalJson.Number(plot.Point?.LatitudeDegrees ?? double.NaN, 5)}",
        $"\"longitude\":{CanonicalJson.Number(plot.Point?.LongitudeDegrees ?? double.NaN, 5)}",
        $"\"fromTrackMetres\":{CanonicalJson.Number(plot.FromTrackMetres, 1)}",
    ]) + "}";

    /// <summary>What the files say of the tracks concerned and of flights under a mandate. Facts; no verdict.</summary>
    static IEnumerable<Row> Conformity(Case about)
    {
        HashSet<string> mandated = [.. about.Configuration.Authorisations.Where(one => one.Mandate is not null).Select(one => one.Id)];
        foreach (Word word in about.Words.Where(word => word.Type == "track.identified"))
        {
            JsonElement identity = word.Json.GetProperty("identity");
            string authorisation = identity.TryGetProperty("authorisation", out JsonElement id) ? id.GetString() ?? "" : "";
            if (!about.Tracks.Contains(word.Number("track")) && !mandated.Contains(authorisation)) continue;
            yield return new Row(
            [
                new("entry", CanonicalJson.Number(word.Entry)),
                new("time", CanonicalJson.Text(word.Time)),
                new("track", CanonicalJson.Number(word.Number("track"))),
                new("fact", CanonicalJson.Text(authorisation.Length > 0 ? $"within {authorisation}" : "no record found")),
                new("mandate", CanonicalJson.Text(about.Configuration.Authorisations.FirstOrDefault(one => one.Id == authorisation)?.Mandate ?? "")),
                new("evidence", CanonicalJson.Of(identity.GetProperty("evidence"))),
            ]) { Entries = [word.Entry] };
        }
    }

    /// <summary>Documents whose SHA-256 somebody put on record in the words of an event.</summary>
    static IEnumerable<Row> Documents(Case about) =>
        from word in about.Words
        where word.Kind == EntryKind.Command && word.Type == "event.record"
        let hash = Hash().Match(word.Text("text"))
        where hash.Success
        select new Row(
        [
            new("entry", CanonicalJson.Number(word.Entry)), new("time", CanonicalJson.Text(word.Time)),
            new("sha256", CanonicalJson.Text(hash.Value)), new("words", CanonicalJson.Text(word.Text("text"))),
        ]) { Entries = [word.Entry] };

    static bool Concerns(Word word, Case about)
    {
        bool duringIt = word.Time >= about.From && word.Time <= about.To;
        return SectionOf(word) switch
        {
            "" => false,
            "trackLog" or "crossings" => about.Tracks.Contains(word.Number("track")),
            "alerts" => about.Alerts.Contains(word.Text("alert"))
                || (word.Kind == EntryKind.Command && word.Text("zone") == about.Incident.Zone && duringIt),
            "messages" => about.Messages.Contains(MessageId(word)),
            "sirens" => about.SirenCommands.Contains(word.Text("commandId")),
            "coverage" => duringIt,
            "claims" or "statements" or "incidentLog" => word.Text("incident") == about.Incident.Id
                || (word.Text("incident").Length == 0 && word.Time >= about.From),
            _ => word.Time >= about.From,
        };
    }

    static string MessageId(Word word) =>
        word.Kind == EntryKind.Decision ? word.Json.GetProperty("message").GetProperty("identifier").GetString()! : word.Text("message");

    static string SectionOf(Word word) =>
        places.FirstOrDefault(place => word.Type.StartsWith(place.Type, StringComparison.Ordinal)).Section ?? "";

    static Row RowOf(Word word) => new(
    [
        new("entry", CanonicalJson.Number(word.Entry)),
        new("recordedAt", CanonicalJson.Text(word.Time)),
        .. word.Json.EnumerateObject().Select(member => new Field(member.Name, CanonicalJson.Of(member.Value))),
    ]) { Entries = [word.Entry] };

    static Row Of<T>(T value, JsonTypeInfo<T> type, params long[] entries) => new(
        [.. JsonSerializer.SerializeToElement(value, type).EnumerateObject().Select(member => new Field(member.Name, CanonicalJson.Of(member.Value)))])
        { Entries = entries };

    [GeneratedRegex(@"\b[0-9a-f]{64}\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();
}
