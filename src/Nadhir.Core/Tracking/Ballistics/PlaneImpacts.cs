using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Puts predicted impacts on the round earth. A flight over a round earth is reckoned with lengths along the ground, so
/// its end lies on the geodesic from where the object is now; the plane bends and stretches it.
/// </summary>
static class PlaneImpacts
{
    /// <param name="fromEast">Where the object was on the plane about when the impact was predicted, metres.</param>
    /// <param name="fromNorth">The same, north.</param>
    /// <param name="impact">Predicted from a state on the plane; its times are seconds after the epoch.</param>
    /// <returns>None when it is no place or time on earth.</returns>
    public static ImpactPrediction? Publish(StereographicPlane plane, double fromEast, double fromNorth,
        in FlatImpact impact, double ground, DateTimeOffset epoch)
    {
        const double LongestSeconds = 1e9;
        GeoPoint from = plane.FromPlane(fromEast, fromNorth);
        double east = impact.X - fromEast, north = impact.Y - fromNorth;
        double azimuth = (Math.Atan2(east, north) - plane.ConvergenceAt(from)) * Angles.RadiansToDegrees;
        double distance = Math.Sqrt((east * east) + (north * north)) / plane.ScaleAt(fromEast, fromNorth);
        if (!double.IsFinite(azimuth + distance)) return null;
        if (Math.Abs(impact.Earliest) + Math.Abs(impact.Latest) > LongestSeconds) return null;
        GeoPoint there = distance > 0 ? Geodesic.Direct(from, Angles.WrapDegrees360(azimuth), distance) : from;
        (double x, double y) = plane.ToPlane(there);
        (double major, double minor, double bearing) = impact.Ellipse;
        double scale = plane.ScaleAt(x, y), turned = bearing - (plane.ConvergenceAt(there) * Angles.RadiansToDegrees);
        if (!there.IsValid || !double.IsFinite(x + y + major + minor + turned)) return null;
        return new()
        {
            Position = new(there.LatitudeDegrees, there.LongitudeDegrees, ground),
            East = x,
            North = y,
            Time = At(epoch, impact.Time),
            Earliest = At(epoch, impact.Earliest),
            Latest = At(epoch, impact.Latest),
            SemiMajorMetres = major / scale,
            SemiMinorMetres = minor / scale,
            BearingDegrees = Angles.WrapDegrees360(turned) % 180,
            EastEast = impact.Xx,
            EastNorth = impact.Xy,
            NorthNorth = impact.Yy,
        };
    }

    static DateTimeOffset At(DateTimeOffset epoch, double seconds) =>
        epoch + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
