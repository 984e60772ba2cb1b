using System.Collections.Immutable;
using System.Text.Json;
using Nadhir.Geodesy;

namespace Nadhir.Documents;

/// <summary>Polygons out of GeoJSON (RFC 7946). A fault is said in words; nothing throws on any text.</summary>
public static class GeoJsonAreas
{
    static readonly string[] nameKeys =
        ["name", "NAME", "admin", "ADMIN", "name_en", "NAME_EN", "iso_a3", "ISO_A3", "adm0_a3", "ADM0_A3", "iso", "id"];

    /// <summary>The area of the feature with this name or three-letter code; of the only feature when no name is given.</summary>
    public static Area? TryRead(string json, string? name, out string fault)
    {
        fault = "";
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            List<JsonElement> features = Features(document.RootElement);
            JsonElement[] matching = [.. features.Where(feature => name is null || IsNamed(feature, name))];
            if (matching.Length != 1)
            {
                fault = name is null
                    ? $"holds {matching.Length} features where one is expected"
                    : $"holds {matching.Length} features named '{name}'";
                return null;
            }

            JsonElement geometry = matching[0].TryGetProperty("geometry", out JsonElement inner) ? inner : matching[0];
            ImmutableArray<ImmutableArray<GeoPoint>> rings = geometry.GetProperty("type").GetString() switch
            {
                "Polygon" => Rings(geometry.GetProperty("coordinates")),
                "MultiPolygon" => [.. geometry.GetProperty("coordinates").EnumerateArray().SelectMany(part => Rings(part))],
                _ => [],
            };
            if (rings.IsEmpty || rings.Any(ring => ring.Length < 3)) fault = "has no polygon with at least three corners";
            else if (rings.Any(ring => ring.Any(point => !point.IsValid))) fault = "has coordinates outside the earth";
            return fault.Length == 0 ? new Area { Rings = rings } : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException or IndexOutOfRangeException)
        {
            fault = $"is not GeoJSON: {broken.Message}";
            return null;
        }
    }

    /// <summary>Why a file of areas cannot be drawn: it is no GeoJSON, or has no polygon. Null when it can.</summary>
    public static string? FaultOf(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            int polygons = Features(document.RootElement).Count(feature =>
                feature.TryGetProperty("geometry", out JsonElement geometry) && geometry.ValueKind == JsonValueKind.Object
                && geometry.GetProperty("type").GetString() is "Polygon" or "MultiPolygon");
            return polygons > 0 ? null : "holds no polygon";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return $"is not GeoJSON: {broken.Message}";
        }
    }

    static List<JsonElement> Features(JsonElement root) =>
        root.TryGetProperty("features", out JsonElement features) ? [.. features.EnumerateArray()] : [root];

    static bool IsNamed(JsonElement feature, string name)
    {
        if (feature.TryGetProperty("id", out JsonElement id) && Is(id, name)) return true;
        if (!feature.TryGetProperty("properties", out JsonElement properties)
            || properties.ValueKind != JsonValueKind.Object) return false;
        return nameKeys.Any(key => properties.TryGetProperty(key, out JsonElement value) && Is(value, name));
    }

    static bool Is(JsonElement value, string name) => value.ValueKind == JsonValueKind.String
        && string.Equals(value.GetString(), name, StringComparison.OrdinalIgnoreCase);

    /// <summary>GeoJSON repeats the first corner at the end; ours are closed implicitly.</summary>
    static ImmutableArray<ImmutableArray<GeoPoint>> Rings(JsonElement polygon) =>
        [.. polygon.EnumerateArray().Select(ring =>
        {
            ImmutableArray<GeoPoint> points =
                [.. ring.EnumerateArray().Select(pair => new GeoPoint(pair[1].GetDouble(), pair[0].GetDouble()))];
            return points.Length > 1 && points[0] == points[^1] ? points[..^1] : points;
        })];
}
