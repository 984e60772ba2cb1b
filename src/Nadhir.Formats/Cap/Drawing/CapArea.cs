using System.Collections.Immutable;
using Nadhir.Geodesy;

namespace Nadhir.Formats.Cap.Drawing;

/// <summary>
/// An area in CAP's terms. CAP knows no holes: they are filled, since the whole of an area it names is warned, and
/// telling too many is the safe side. Parts become polygons of their own; what crosses the antimeridian is cut there;
/// polygons of many points are drawn outwards with fewer.
/// </summary>
public static class CapArea
{
    /// <summary>
    /// Points of a polygon, the first again at the end included: the most that receivers for mobile phones take.
    /// </summary>
    public const int MostPoints = 100;

    /// <summary>Why an area, or a part of it, cannot be drawn; null when it can be.</summary>
    public static string? FaultOf(Area area)
    {
        if (area.IsCircle) return Circle(area) is null ? "it is no circle on the earth" : null;
        string? fault = null;
        int drawn = Polygons(area, part => fault ??= part).Length;
        return fault ?? (drawn == 0 ? "it has no outline" : null);
    }

    /// <summary>"lat,lon radius" in kilometres; null when the area is not a usable circle.</summary>
    public static string? Circle(Area area) =>
        area.Centre is { IsValid: true } centre && double.IsFinite(area.RadiusMetres) && area.RadiusMetres > 0
            ? $"{CapText.Point(centre)} {CapText.Kilometres(area.RadiusMetres)}"
            : null;

    /// <summary>Closed polygons of 4 to <see cref="MostPoints"/> points, first equal to last, against the clock.</summary>
    public static ImmutableArray<string> Polygons(Area area) => Polygons(area, _ => { });

    static ImmutableArray<string> Polygons(Area area, Action<string> fault)
    {
        if (area.IsCircle || area.Rings.IsDefaultOrEmpty) return [];
        List<List<GridPoint>> rings = [];
        foreach (ImmutableArray<GeoPoint> ring in area.Rings)
        {
            GridPoint near = rings.Count > 0 ? rings[0][0] : default;
            bool aroundPole = false;
            List<GridPoint>? followed = ring.IsDefault ? null : Outline.Follow(ring, near, out aroundPole);
            if (aroundPole) fault("an outline goes around a pole; a circle can be drawn there");
            else if (followed is null || Outline.AgainstTheClock(followed) is not { } outline) fault("an outline has no area on the earth");
            else rings.Add(outline);
        }

        return
        [
            .. rings.Where(ring => !IsHole(rings, ring)).SelectMany(Outline.OnTheMap)
                .Select(part => OutwardSimplifier.Simplify(part, MostPoints - 1)).Select(part => string.Join(' ', part.Append(part[0]))),
        ];
    }

    /// <summary>Inside an odd number of the other rings.</summary>
    static bool IsHole(List<List<GridPoint>> rings, List<GridPoint> ring) =>
        rings.Count(other => other != ring && Outline.Contains(other, ring[0])) % 2 == 1;
}
