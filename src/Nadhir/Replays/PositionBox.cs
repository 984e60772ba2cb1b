using Nadhir.Geodesy;

namespace Nadhir.Replays;

/// <summary>Mean of many positions, and how far they reach around it.</summary>
sealed class PositionBox
{
    double sumNorth, sumEast, south = 90, north = -90, west = 180, east = -180;

    public long Count { get; private set; }

    public GeoPoint Mean => new(sumNorth / Count, sumEast / Count);

    /// <summary>From the mean to the farthest corner of the box, metres.</summary>
    public double ReachMetres => new[] { (south, west), (south, east), (north, west), (north, east) }
        .Max(corner => Geodesic.Inverse(Mean, new(corner.Item1, corner.Item2)).DistanceMetres);

    public void Add(GeoPoint point)
    {
        Count++;
        sumNorth += point.LatitudeDegrees;
        sumEast += point.LongitudeDegrees;
        (south, north) = (Math.Min(south, point.LatitudeDegrees), Math.Max(north, point.LatitudeDegrees));
        (west, east) = (Math.Min(west, point.LongitudeDegrees), Math.Max(east, point.LongitudeDegrees));
    }
}
