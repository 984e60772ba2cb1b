using Nadhir.Assessment;
using Nadhir.Geodesy;
using Nadhir.Warning;

namespace Nadhir.Paper;

/// <summary>A map drawn from a configuration: borders, zones with their states (colour and word, ISO 22324), tracks.</summary>
static class MapPicture
{
    const double Aspect = 0.72;

    public sealed record TrackLine(string Name, IReadOnlyList<GeoPoint> Points);

    /// <param name="states">State of a zone and the word for it; a zone without one is drawn calm.</param>
    public static Block.Picture Draw(
        WatchConfiguration configuration, IReadOnlyDictionary<string, (AlertState State, string Word)> states, IReadOnlyList<TrackLine> tracks,
        Func<Zone, string> name)
    {
        StereographicPlane plane = new(configuration.Origin);
        PlaneArea[] areas = [.. configuration.Zones.Select(zone => new PlaneArea(zone.Area, plane))];
        (double X, double Y)[] must =
        [
            .. areas.SelectMany(area => Corners(area.Bounds)),
            .. tracks.SelectMany(track => track.Points).Select(plane.ToPlane),
        ];
        if (must.Length == 0) must = [(-100_000, -100_000), (100_000, 100_000)];
        double west = must.Min(p => p.X), east = must.Max(p => p.X), south = must.Min(p => p.Y), north = must.Max(p => p.Y);
        double width = Math.Max(Math.Max(east - west, (north - south) / Aspect) * 1.08, 20_000);
        double left = ((west + east) / 2) - (width / 2), top = ((south + north) / 2) + (width * Aspect / 2);
        (double X, double Y) Place(GeoPoint point)
        {
            (double e, double n) = plane.ToPlane(point);
            return ((e - left) / width, (top - n) / width);
        }

        List<Mark> marks = [];
        List<Mark.Label> names = [];
        foreach (Border border in configuration.Borders)
            foreach (var ring in border.Home.Rings)
                marks.Add(new Mark.Line(Thin(ring.Select(Place)), "506070", 0.8, Closed: true, Dashed: true));
        foreach (Zone zone in configuration.Zones)
        {
            bool alert = states.TryGetValue(zone.Id, out var state);
            (string line, string fill) = !alert ? ("7A8894", "E9EDF0") : state.State switch
            {
                AlertState.Warning => ("B00020", "F6C7CC"),
                AlertState.Watch => ("9A6700", "FBE7B2"),
                _ => ("1A7F37", "CDEBD3"),
            };
            foreach (var ring in Rings(zone.Area, Place, width)) marks.Add(new Mark.Line(ring, line, 1, Closed: true, Fill: fill));
            (double x, double y) = Place(zone.Area.Centre ?? zone.Area.Rings[0][0]);
            names.Add(new Mark.Label(x, y, alert ? $"{name(zone)} — {state.Word}" : name(zone), line));
        }
        marks.AddRange(Apart(names));
        foreach (TrackLine track in tracks.Where(track => track.Points.Count > 0))
        {
            List<(double X, double Y)> points = Thin(track.Points.Select(Place));
            marks.Add(new Mark.Line(points, "0B3D91", 1.2));
            (double x, double y) = points[^1];
            marks.Add(new Mark.Line([(x - 0.004, y - 0.004), (x + 0.004, y - 0.004), (x + 0.004, y + 0.004), (x - 0.004, y + 0.004)], "0B3D91", 1, Closed: true, Fill: "0B3D91"));
            marks.Add(new Mark.Label(x, y, Paper.Ltr(track.Name), "0B3D91"));
        }
        return new Block.Picture(Aspect, marks);
    }

    /// <summary>Names that would lie over one another stand below one another.</summary>
    static List<Mark.Label> Apart(List<Mark.Label> names)
    {
        const double line = 0.018, letter = 0.009;
        List<Mark.Label> placed = [];
        foreach (Mark.Label name in names.OrderBy(each => each.Y).ThenBy(each => each.X))
        {
            double y = name.Y;
            foreach (Mark.Label above in placed)
                if (y - above.Y < line && name.X < above.X + (letter * above.Text.Length) && above.X < name.X + (letter * name.Text.Length))
                    y = above.Y + line;
            placed.Add(name with { Y = y });
        }
        return placed;
    }

    static IEnumerable<(double X, double Y)> Corners((double East, double North, double Radius) bounds) =>
        [(bounds.East - bounds.Radius, bounds.North - bounds.Radius), (bounds.East + bounds.Radius, bounds.North + bounds.Radius)];

    static IEnumerable<List<(double X, double Y)>> Rings(Area area, Func<GeoPoint, (double X, double Y)> place, double width)
    {
        if (area.Centre is not { } centre) return area.Rings.Select(ring => Thin(ring.Select(place)));
        (double x, double y) = place(centre);
        double radius = area.RadiusMetres / width;
        return [[.. Enumerable.Range(0, 48).Select(i => Math.SinCos(i * Math.PI / 24)).Select(at => (x + (radius * at.Sin), y + (radius * at.Cos)))]];
    }

    /// <summary>Without points nearer than half a thousandth of the width to the one before.</summary>
    static List<(double X, double Y)> Thin(IEnumerable<(double X, double Y)> points)
    {
        List<(double X, double Y)> thin = [];
        (double X, double Y) last = default;
        foreach ((double X, double Y) point in points)
        {
            last = point;
            if (thin.Count == 0 || double.Hypot(point.X - thin[^1].X, point.Y - thin[^1].Y) > 0.0005) thin.Add(point);
        }
        if (thin.Count == 1) thin.Add(last);
        return thin;
    }
}
