using Nadhir.Geodesy;
using Nadhir.Units;

namespace Nadhir.Assessment;

/// <summary>
/// The places that a track is about to pass over. It may have come for one of them: what lies behind is reached only if it
/// goes on (<see cref="Habit.EndsAtPlace"/>).
/// </summary>
sealed class PlacesAhead
{
    /// <summary>Places it hardly passes over do not count.</summary>
    const double LeastPassing = 0.05;

    readonly List<(double FarEdge, double Passes)> places = [];

    public void Clear() => places.Clear();

    public void Add(in Course course, PlaneArea place)
    {
        (double toMiddle, double passes) = Passing(course, place);
        if (passes >= LeastPassing) places.Add((toMiddle + place.Bounds.RadiusMetres, passes));
    }

    /// <summary>The chance that it goes on as far as a place, whatever lies before it.</summary>
    public double GoesOnTo(in Course course, PlaneArea place)
    {
        if (places.Count == 0) return 1;
        (double toMiddle, double passes) = Passing(course, place);
        double ends = (course.Habit.EndsAtPlace * passes) + (course.Habit.EndsBeforeTurn * (1 - passes));
        double goesOn = 1;
        foreach ((double farEdge, double passesBefore) in places)
            if (farEdge < toMiddle) goesOn *= 1 - (ends * passesBefore);
        return goesOn;
    }

    /// <summary>Distance to the middle of a place, and the chance that the present course leads over it.</summary>
    static (double Metres, double Probability) Passing(in Course course, PlaneArea place)
    {
        (double east, double north, double radius) = place.Bounds;
        (east, north) = (east - course.East, north - course.North);
        double toMiddle = Math.Sqrt((east * east) + (north * north));
        double offset = Angles.WrapRadians(Math.Atan2(east, north) - course.Heading);
        // Past the middle it is on its way out.
        if (toMiddle <= radius) return (toMiddle, Math.Abs(offset) < Math.PI / 2 ? 1 : 0);
        CourseSpread spread = course.SpreadOver(toMiddle);
        double half = Math.Asin(radius / toMiddle);
        if (spread.AtMost(offset - half, offset + half) < LeastPassing) return (toMiddle, 0);
        (double from, double to) = place.Subtended(course.East, course.North, spread.Heading, 0);
        return (toMiddle, spread.StraightBetween(from, to));
    }
}
