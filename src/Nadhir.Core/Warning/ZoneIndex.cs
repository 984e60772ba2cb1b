using Nadhir.Geodesy;

namespace Nadhir.Warning;

/// <summary>Finds the zones near a place among ten thousand: squares of 50 km over the centres of the zones.</summary>
sealed class ZoneIndex
{
    const double Square = 50_000;

    readonly Dictionary<(int East, int North), List<int>> squares = [];
    /// <summary>Larger than a square: looked at every time.</summary>
    readonly List<int> large = [];
    readonly (double East, double North, double Radius)[] bounds;

    public ZoneIndex(IReadOnlyList<PlaneArea> areas, Func<int, bool> counts)
    {
        bounds = [.. areas.Select(area => area.Bounds)];
        for (int i = 0; i < bounds.Length; i++)
        {
            if (!counts(i)) continue;
            if (bounds[i].Radius > Square) large.Add(i);
            else if (squares.TryGetValue(SquareOf(bounds[i].East, bounds[i].North), out List<int>? list)) list.Add(i);
            else squares[SquareOf(bounds[i].East, bounds[i].North)] = [i];
        }
    }

    /// <summary>Adds every zone of which some part may be within reach. The order is that of places, the same each time.</summary>
    public void Near(double east, double north, double reach, List<int> found)
    {
        foreach (int zone in large) Add(zone, east, north, reach, found);
        (int fromEast, int fromNorth) = SquareOf(east - reach - Square, north - reach - Square);
        (int toEast, int toNorth) = SquareOf(east + reach + Square, north + reach + Square);
        if ((long)(toEast - fromEast + 1) * (toNorth - fromNorth + 1) > squares.Count)
        {
            foreach (List<int> list in squares.Values)
                foreach (int zone in list) Add(zone, east, north, reach, found);
            return;
        }

        for (int e = fromEast; e <= toEast; e++)
            for (int n = fromNorth; n <= toNorth; n++)
                if (squares.TryGetValue((e, n), out List<int>? list))
                    foreach (int zone in list) Add(zone, east, north, reach, found);
    }

    void Add(int zone, double east, double north, double reach, List<int> found)
    {
        (double e, double n, double radius) = bounds[zone];
        double within = reach + radius;
        if (((e - east) * (e - east)) + ((n - north) * (n - north)) <= within * within) found.Add(zone);
    }

    static (int East, int North) SquareOf(double east, double north) =>
        ((int)Math.Floor(Math.Clamp(east / Square, -1e6, 1e6)), (int)Math.Floor(Math.Clamp(north / Square, -1e6, 1e6)));
}
