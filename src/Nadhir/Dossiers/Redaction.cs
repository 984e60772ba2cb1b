using Nadhir.Journal;
using System.Text.Json;

namespace Nadhir.Dossiers;

/// <summary>Marks which fields of a dossier a profile withholds, and says which journal entries may be shown whole.</summary>
sealed class Redaction(DossierProfile profile, WatchConfiguration configuration)
{
    static readonly string[] people = ["by", "released", "acknowledgedBy", "releasedBy", "raisedBy", "given", "to"];
    static readonly string[] sources = ["by", "attribution", "source", "speaker", "chain", "name", "detail", "text", "quote", "protectedSource"];
    static readonly string[] directives = ["content", "to", "formations", "formation", "note"];
    static readonly string[] kept = ["entry", "recordedAt", "type"];

    static readonly string[] documents = ["title", "publisher", "obtained", "text"];

    readonly HashSet<string> closedSites = [.. configuration.Sites.Where(site => site.Restricted).Select(site => site.Id)];

    /// <summary>Claims of protected sources, and the documents they stand in: what names them later is withheld as they are.</summary>
    readonly HashSet<string> protectedClaims = [], protectedDocuments = [];

    public DossierContent Apply(DossierContent content)
    {
        foreach (Row row in content["claims"].Rows.Where(IsOfProtectedSource))
        {
            protectedClaims.Add(row.Text("claim"));
            if (row.Text("source") is { Length: > 0 } document) protectedDocuments.Add(document);
        }
        return content with
        {
            Sections = [.. content.Sections.Select(section => section with { Rows = [.. section.Rows.Select(row => Apply(section.Name, row))] })],
        };
    }

    /// <summary>Entries of which no row withholds anything; an entry is shown whole or not at all.</summary>
    public HashSet<long> Shown(DossierContent redacted, IEnumerable<(long Seq, Entry Entry)> raw)
    {
        HashSet<long> shown = [], hidden = [];
        foreach (Row row in redacted.Sections.SelectMany(section => section.Rows))
            (row.Fields.Any(field => field.Withheld is not null) ? hidden : shown).UnionWith(row.Entries.Where(entry => entry > 0));
        shown.ExceptWith(hidden);
        foreach ((long seq, Entry entry) in raw)
            if (entry.Kind == EntryKind.Configuration ? !profile.Withholds(DossierProfile.Configuration) : ShowsBytes(entry.Source)) shown.Add(seq);
        return shown;
    }

    bool ShowsBytes(string feed)
    {
        if (!profile.Withholds(DossierProfile.Sensors)) return true;
        var onFeed = configuration.Sensors.Where(sensor => sensor.Feed == feed).ToArray();
        return onFeed.Length > 0 && Array.TrueForAll(onFeed, sensor => profile.ShownSensors.Contains(sensor.Id));
    }

    Row Apply(string section, Row row) => row with
    {
        Fields = [.. row.Fields.Select(field => field with { Withheld = Why(section, row, field) })],
    };

    string? Why(string section, Row row, Field field)
    {
        if (section == "record" || kept.Contains(field.Name, StringComparer.Ordinal)) return null;
        if (profile.Withholds(DossierProfile.Restricted) && IsRestricted(section, row, field)) return DossierProfile.Restricted;
        if (profile.Withholds(DossierProfile.Sources) && IsProtected(section, row, field)) return DossierProfile.Sources;
        if (profile.Withholds(DossierProfile.People) && NamesPeople(field)) return DossierProfile.People;
        if (profile.Withholds(DossierProfile.Directives) && section.StartsWith("directive", StringComparison.Ordinal)
            && directives.Contains(field.Name, StringComparer.Ordinal)) return DossierProfile.Directives;
        if (profile.Withholds(DossierProfile.Sirens) && section == "sirens") return DossierProfile.Sirens;
        return profile.Withholds(DossierProfile.Sensors) && IsOfSensor(section, row, field) ? DossierProfile.Sensors : null;
    }

    bool IsRestricted(string section, Row row, Field field) =>
        row.Json("restricted") == "true"
        || closedSites.Contains(row.Text("site"))
        || (section == "sites" && field.Name != "id" && (closedSites.Contains(row.Text("id")) || HoldsRestricted(field.Json)));

    static bool HoldsRestricted(string json) => json.Contains("\"restricted\":true", StringComparison.Ordinal);

    static bool IsOfProtectedSource(Row row) => row.Json("protectedSource") is not (null or "null");

    bool IsProtected(string section, Row row, Field field) =>
        (IsOfProtectedSource(row) && sources.Contains(field.Name, StringComparer.Ordinal))
        || (section == "claims" && protectedClaims.Contains(row.Text("claim"))
            && (sources.Contains(field.Name, StringComparer.Ordinal) || field.Name == "reason"))
        || (section == "sources" && protectedDocuments.Contains(row.Text("source")) && documents.Contains(field.Name, StringComparer.Ordinal))
        || (section == "incident" && protectedClaims.Any(claim => field.Json.Contains($"\"claim\":{CanonicalJson.Text(claim)}", StringComparison.Ordinal)))
        || field.Json.Contains("\"protectedSource\":\"", StringComparison.Ordinal);

    /// <summary>By its name, or inside it: a field is withheld whole.</summary>
    static bool NamesPeople(Field field) =>
        people.Contains(field.Name, StringComparer.Ordinal)
        || people.Any(name => field.Json.Contains($"\"{name}\":", StringComparison.Ordinal));

    bool IsOfSensor(string section, Row row, Field field) => section switch
    {
        "tracks" => field.Name == "plots" && !OnlyShown(field.Json),
        "sensors" => field.Name is not ("id" or "kind") && !profile.ShownSensors.Contains(row.Text("id")),
        _ => false,
    };

    bool OnlyShown(string plots)
    {
        using JsonDocument document = JsonDocument.Parse(plots);
        return document.RootElement.EnumerateArray().All(plot => profile.ShownSensors.Contains(plot.GetProperty("sensor").GetString()!));
    }
}
