using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json;

namespace Nadhir.Dossiers;

/// <summary>The tracks of a dossier for maps (GeoJSON, RFC 7946; KML 2.2) and their plots for spreadsheets. Made from what is shown.</summary>
static class TrackFiles
{
    public static byte[] GeoJson(DossierContent content)
    {
        StringBuilder json = new("{\"type\":\"FeatureCollection\",\"features\":[\n");
        json.AppendJoin(",\n", Tracks(content).Select(track =>
            $"{{\"type\":\"Feature\",\"properties\":{{\"track\":{track.Id},\"times\":{CanonicalJson.Texts(track.States.Select(Time))}}},"
            + $"\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{string.Join(',', track.States.Select(state => $"[{Place(state, ",")}]"))}]}}}}")
            .Concat(content["crossings"].Rows.Where(row => row.Json("point") is not null).Select(Crossing)));
        return Encoding.UTF8.GetBytes(json.Append("\n]}\n").ToString());
    }

    public static byte[] Kml(DossierContent content)
    {
        StringBuilder kml = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n");
        kml.Append($"<name>{SecurityElement.Escape(content["incident"].Rows[0].Text("id"))}</name>\n");
        foreach ((int id, JsonElement[] states) in Tracks(content))
        {
            kml.Append($"<Placemark><name>Track {id}</name><TimeSpan><begin>{Time(states[0])}</begin><end>{Time(states[^1])}</end></TimeSpan>")
                .Append("<LineString><altitudeMode>absolute</altitudeMode><coordinates>")
                .AppendJoin(' ', states.Select(state => Place(state, ",")))
                .Append("</coordinates></LineString></Placemark>\n");
        }
        return Encoding.UTF8.GetBytes(kml.Append("</Document></kml>\n").ToString());
    }

    /// <summary>Null when all plots are withheld.</summary>
    public static byte[]? PlotsCsv(DossierContent content)
    {
        string[] columns = ["entry", "sensor", "kind", "time", "rangeMetres", "azimuthDegrees", "heightMetres", "latitude", "longitude", "fromTrackMetres"];
        StringBuilder csv = new($"track,{string.Join(',', columns)}\n");
        bool any = false;
        foreach (Row row in content["tracks"].Rows)
        {
            if (row.Fields.FirstOrDefault(field => field.Name == "plots") is not { Withheld: null } plots) continue;
            any = true;
            using JsonDocument document = JsonDocument.Parse(plots.Json);
            foreach (JsonElement plot in document.RootElement.EnumerateArray())
                csv.Append(row.Json("track")).Append(',').AppendJoin(',', columns.Select(column => Cell(plot.GetProperty(column)))).Append('\n');
        }
        return any ? Encoding.UTF8.GetBytes(csv.ToString()) : null;
    }

    public static IEnumerable<(int Id, JsonElement[] States)> Tracks(DossierContent content) =>
        from row in content["tracks"].Rows
        let states = JsonDocument.Parse(row.Json("states") ?? "[]").RootElement.EnumerateArray().ToArray()
        where states.Length > 1
        select (int.Parse(row.Json("track")!, CultureInfo.InvariantCulture), states);

    static string Crossing(Row row)
    {
        using JsonDocument point = JsonDocument.Parse(row.Json("point")!);
        JsonElement at = point.RootElement;
        return $"{{\"type\":\"Feature\",\"properties\":{{\"crossing\":{row.Json("crossing")},\"track\":{row.Json("track")},\"time\":{row.Json("time")},"
            + $"\"probability\":{row.Json("probability")}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":"
            + $"[{at.GetProperty("longitudeDegrees").GetRawText()},{at.GetProperty("latitudeDegrees").GetRawText()}]}}}}";
    }

    static string Place(JsonElement state, string between)
    {
        JsonElement height = state.GetProperty("heightMetres");
        string place = $"{state.GetProperty("longitude").GetRawText()}{between}{state.GetProperty("latitude").GetRawText()}";
        return height.ValueKind == JsonValueKind.Number ? $"{place}{between}{height.GetRawText()}" : place;
    }

    static string Time(JsonElement state) => state.GetProperty("time").GetString()!;

    /// <summary>No cell begins like a formula: identifiers are quoted, and quotes doubled (RFC 4180).</summary>
    static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => $"\"{value.GetString()!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => value.GetRawText(),
    };
}
