using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Assessment;

/// <summary>What one track means for one zone.</summary>
/// <param name="Probability">Of coming within the margin of the zone before the horizon.</param>
/// <param name="MedianSeconds">Most likely arrival, from the track's time; 0 when inside.</param>
/// <param name="SigmaSeconds">Of the arrival, one sigma.</param>
public readonly record struct Exposure(double Probability, double MedianSeconds, double SigmaSeconds)
{
    public static Exposure None { get; } = new(0, double.PositiveInfinity, 0);
    public static Exposure Inside { get; } = new(1, 0, 0);

    /// <summary>5 % arrival from the track's time.</summary>
    public double EarliestSeconds => Math.Max(0, MedianSeconds - (Normal.Percentile95 * SigmaSeconds));
    /// <summary>95 % arrival.</summary>
    public double LatestSeconds => MedianSeconds + (Normal.Percentile95 * SigmaSeconds);
}

/// <summary>
/// The chance that a track reaches a zone, from what its course may become (<see cref="Course"/>): the share of the
/// possible headings under which the zone lies. The zone counts as reached from a margin outside.
/// </summary>
public static class ExposureModel
{
    /// <summary>Slower than this a heading means nothing, m/s.</summary>
    const double MinimumSpeed = 5;
    /// <summary>Less is not looked into.</summary>
    const double Negligible = 0.002;
    /// <summary>Nobody can be here and already there: the least uncertainty of an arrival, seconds.</summary>
    const double LeastSigma = 1;

    public static Exposure Of(in Course course, PlaneArea zone, double margin, double horizonSeconds)
    {
        (double centreEast, double centreNorth, double radius) = zone.Bounds;
        double toCentreEast = centreEast - course.East, toCentreNorth = centreNorth - course.North;
        double toCentre = Math.Sqrt((toCentreEast * toCentreEast) + (toCentreNorth * toCentreNorth));
        if (toCentre <= radius && zone.Contains(course.East, course.North)) return Exposure.Inside;
        if (course.Speed < MinimumSpeed) return Exposure.None;
        if (toCentre - radius - margin > course.Speed * 1.2 * horizonSeconds) return Exposure.None;

        CourseSpread spread = course.SpreadOver(toCentre);
        double reach = radius + margin;
        if (toCentre > reach)
        {
            // The circle around the zone is cheap to look at, and mostly enough.
            double offset = Angles.WrapRadians(Math.Atan2(toCentreEast, toCentreNorth) - spread.Heading);
            double half = Math.Asin(reach / toCentre);
            if (spread.AtMost(offset - half, offset + half) < Negligible) return Exposure.None;
        }

        (double from, double to) = zone.Subtended(course.East, course.North, spread.Heading, margin);
        double probability = spread.Between(from, to);
        if (probability < Negligible) return Exposure.None;
        return Arrival(course, spread, zone, margin, from, to, probability, horizonSeconds);
    }

    /// <summary>By three of the headings that lead there: the likeliest, and one on each side of it.</summary>
    static Exposure Arrival(
        in Course course, in CourseSpread spread, PlaneArea zone, double margin, double from, double to, double probability,
        double horizonSeconds)
    {
        double likeliest = Math.Clamp(0, from, to);
        double aside = Math.Min(spread.SigmaOnCourse, (to - from) / 4);
        double near = Distance(course, spread, zone, margin, likeliest);
        double left = Distance(course, spread, zone, margin, Math.Clamp(likeliest - aside, from, to));
        double right = Distance(course, spread, zone, margin, Math.Clamp(likeliest + aside, from, to));
        double distance = (0.5 * near) + (0.25 * left) + (0.25 * right);
        double scatter = (0.5 * Square(near - distance)) + (0.25 * Square(left - distance)) + (0.25 * Square(right - distance));
        double median = distance / course.Speed;
        if (median > horizonSeconds) return Exposure.None;
        double variance = ((course.AlongVariance + scatter) / Square(course.Speed))
            + (Square(median) * ((course.SpeedVariance / Square(course.Speed)) + Square(course.Habit.SpeedChange)));
        return new(probability, median, Math.Max(LeastSigma, Math.Sqrt(variance)));
    }

    static double Distance(in Course course, in CourseSpread spread, PlaneArea zone, double margin, double offset) =>
        zone.AlongRay(course.East, course.North, spread.Heading + offset, margin);

    static double Square(double value) => value * value;
}
