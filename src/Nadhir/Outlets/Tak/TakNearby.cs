using Nadhir.Geodesy;

namespace Nadhir.Outlets.Tak;

/// <summary>Which tracks are a partner's: those in the zones of its release rule or near them; all where none is named.</summary>
sealed class TakNearby
{
    readonly StereographicPlane plane;
    readonly PlaneArea[] areas;
    readonly double within;

    public TakNearby(ReleaseRule rule, WatchConfiguration configuration)
    {
        plane = new(configuration.Origin);
        within = rule.TracksWithinMetres;
        areas = [.. configuration.Zones.Where(zone => rule.Zones.Contains(zone.Id, StringComparer.Ordinal)).Select(zone => new PlaneArea(zone.Area, plane))];
    }

    public bool Has(GeoPoint position)
    {
        if (areas.Length == 0) return true;
        (double east, double north) = plane.ToPlane(position);
        double most = within * plane.ScaleAt(east, north);
        return Array.Exists(areas, area => area.Nearest(east, north).SignedMetres >= -most);
    }
}
