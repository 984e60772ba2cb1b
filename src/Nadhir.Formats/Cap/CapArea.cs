using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Cap;

/// <summary>
/// An area in CAP's terms. CAP knows no holes: they are filled, since the whole of an area it names is warned, and
/// telling too many is the safe side. Parts become polygons of their own.
/// </summary>
static class CapArea
{
    /// <summary>"lat,lon radius" in kilometres; null when the area is not a usable circle.</summary>
    public static string? Circle(Area area) =>
        area.Centre is { IsValid: true } centre && double.IsFinite(area.RadiusMetres) && area.RadiusMetres > 0
            ? $"{CapText.Point(centre)} {CapText.Kilometres(area.RadiusMetres)}"
            : null;

    /// <summary>Closed polygons of at least four points, first equal to last.</summary>
    public static ImmutableArray<string> Polygons(Area area)
    {
        if (area.IsCircle || area.Rings.IsDefault) return [];
        ImmutableArray<string>.Builder polygons = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < area.Rings.Length; i++)
        {
            if (!IsHole(area.Rings, i) && Ring(area.Rings[i]) is { } polygon) polygons.Add(polygon);
        }

        return polygons.ToImmutable();
    }

    static string? Ring(ImmutableArray<GeoPoint> ring)
    {
        List<string> points = [];
        foreach (GeoPoint point in ring)
        {
            if (!point.IsValid) return null;
            string text = CapText.Point(point);
            if (points.Count == 0 || points[^1] != text) points.Add(text);
        }

        while (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
        if (points.Count < 3) return null;
        points.Add(points[0]);
        return string.Join(' ', points);
    }

    /// <summary>Inside an odd number of the other rings.</summary>
    static bool IsHole(ImmutableArray<ImmutableArray<GeoPoint>> rings, int index)
    {
        if (rings[index].IsEmpty) return false;
        bool inside = false;
        for (int i = 0; i < rings.Length; i++)
        {
            if (i != index) inside ^= Contains(rings[i], rings[index][0]);
        }

        return inside;
    }

    static bool Contains(ImmutableArray<GeoPoint> ring, GeoPoint point)
    {
        bool inside = false;
        for (int i = 0, before = ring.Length - 1; i < ring.Length; before = i++)
        {
            GeoPoint a = ring[i], b = ring[before];
            if (a.LatitudeDegrees > point.LatitudeDegrees == b.LatitudeDegrees > point.LatitudeDegrees) continue;
            double share = (point.LatitudeDegrees - a.LatitudeDegrees) / (b.LatitudeDegrees - a.LatitudeDegrees);
            if (point.LongitudeDegrees < a.LongitudeDegrees + (share * (b.LongitudeDegrees - a.LongitudeDegrees)))
                inside = !inside;
        }

        return inside;
    }
}
