using Nadhir.Geodesy;
using Nadhir.Tracking;
using Nadhir.Units;

namespace Nadhir.Assessment;

/// <summary>What one track means for one zone.</summary>
/// <param name="Probability">Of coming within the margin of the zone before the horizon.</param>
/// <param name="EarliestSeconds">5 % arrival from the track's time; 0 when inside.</param>
/// <param name="MedianSeconds">Most likely arrival.</param>
/// <param name="LatestSeconds">95 % arrival.</param>
public readonly record struct Exposure(double Probability, double EarliestSeconds, double MedianSeconds, double LatestSeconds)
{
    public static Exposure None { get; } = new(0, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
}

/// <summary>
/// The chance that a track reaches a zone, from what its heading may be: it goes on towards where it points
/// (<see cref="StraightShare"/>), or it turns off by an angle spread about its present course. The heading's own
/// uncertainty and that of the position widen both. The zone counts as reached from <see cref="MarginMetres"/> outside.
/// </summary>
public static class ExposureModel
{
    public const double StraightShare = 0.75;
    public const double MarginMetres = 5000;
    /// <summary>Heading spread of a flight on its way, and of one that turns off, radians.</summary>
    const double OnCourseSpread = 0.6 * Angles.DegreesToRadians;
    const double TurningSpread = 15 * Angles.DegreesToRadians;
    /// <summary>Slower than this a heading means nothing.</summary>
    const double MinimumSpeed = 5;

    public static Exposure Of(in PlaneState state, PlaneArea zone, double horizonSeconds)
    {
        if (zone.Nearest(state.East, state.North).SignedMetres > 0) return new(1, 0, 0, 0);
        double speed = Math.Sqrt((state.VelocityEast * state.VelocityEast) + (state.VelocityNorth * state.VelocityNorth));
        if (speed < MinimumSpeed) return Exposure.None;
        (double centreEast, double centreNorth, double radius) = zone.Bounds;
        double toCentre = Math.Sqrt(Square(centreEast - state.East) + Square(centreNorth - state.North));
        if (toCentre - radius - MarginMetres > speed * 1.2 * horizonSeconds) return Exposure.None;

        double heading = Math.Atan2(state.VelocityEast, state.VelocityNorth);
        (double sin, double cos) = (state.VelocityEast / speed, state.VelocityNorth / speed);
        PlaneCovariance p = state.Covariance;
        double headingVariance = Across(p.VEastVEast, p.VEastVNorth, p.VNorthVNorth, sin, cos) / Square(speed);
        double crossVariance = Across(p.EastEast, p.EastNorth, p.NorthNorth, sin, cos) / Square(Math.Max(1, toCentre));
        double spread = headingVariance + crossVariance;
        (double from, double to) = zone.Subtended(state.East, state.North, heading, MarginMetres);
        double straight = Between(from, to, Math.Sqrt(spread + Square(OnCourseSpread)));
        double turning = Between(from, to, Math.Sqrt(spread + Square(TurningSpread)));
        double probability = (StraightShare * straight) + ((1 - StraightShare) * turning);

        // The heading it would arrive on: its own if that leads there, else the nearest that does.
        double along = heading + Math.Clamp(0, from, to);
        double distance = zone.AlongRay(state.East, state.North, along, MarginMetres);
        double speedVariance = Along(p.VEastVEast, p.VEastVNorth, p.VNorthVNorth, sin, cos);
        double positionVariance = Along(p.EastEast, p.EastNorth, p.NorthNorth, sin, cos);
        double median = distance / speed;
        double sigma = Math.Sqrt((positionVariance / Square(speed)) + (Square(median) * speedVariance / Square(speed)));
        double spreadSeconds = Normal.Percentile95 * sigma;
        if (median > horizonSeconds) return Exposure.None;
        return new(probability, Math.Max(0, median - spreadSeconds), median, median + spreadSeconds);
    }

    static double Between(double from, double to, double sigma) =>
        Normal.Cumulative(to / sigma) - Normal.Cumulative(from / sigma);

    static double Along(double ee, double en, double nn, double sin, double cos) =>
        Math.Max(0, (sin * sin * ee) + (2 * sin * cos * en) + (cos * cos * nn));

    static double Across(double ee, double en, double nn, double sin, double cos) =>
        Math.Max(0, (cos * cos * ee) - (2 * sin * cos * en) + (sin * sin * nn));

    static double Square(double value) => value * value;
}
