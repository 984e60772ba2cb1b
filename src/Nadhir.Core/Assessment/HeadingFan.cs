using Nadhir.Tracking;
using Nadhir.Units;
using Nadhir.Warning;

namespace Nadhir.Assessment;

/// <summary>
/// Between which courses a track goes on, by the same distribution that decides which zones are at risk
/// (<see cref="Course"/>): for showing on a map what <see cref="ExposureModel"/> counts with.
/// </summary>
/// <param name="CourseDegrees">The middle, true, [0, 360).</param>
/// <param name="HalfDegrees">Half of the courses lie within so much to either side.</param>
/// <param name="MostDegrees">Nine tenths of them; 180 when it may go anywhere.</param>
/// <param name="Seconds">The time ahead for which this holds.</param>
public readonly record struct HeadingFan(double CourseDegrees, double HalfDegrees, double MostDegrees, double Seconds)
{
    /// <summary>The Warning horizon: further ahead the courses open so wide that a cone says little.</summary>
    const double Ahead = 300;
    /// <summary>Slower than this a heading means nothing, m/s.</summary>
    const double MinimumSpeed = 5;

    /// <summary>None of what stands still, and none of what falls: it has an ellipse.</summary>
    public static HeadingFan? Of(Track track)
    {
        if (track.Impact is not null || !(track.GroundSpeed >= MinimumSpeed)) return null;
        Course course = new(track.State, Habit.Of(RiskBook.KindOf(track)));
        if (!(course.Speed >= MinimumSpeed)) return null;
        CourseSpread spread = course.SpreadOver(course.Speed * Ahead);
        // The plane's north is not the true one; what lies between them is in the track's own course.
        double turned = (spread.Heading - course.Heading) * Angles.RadiansToDegrees;
        return new(Angles.WrapDegrees360(track.CourseDegrees + turned), Within(spread, 0.5), Within(spread, 0.9), Ahead);
    }

    static double Within(in CourseSpread spread, double share)
    {
        (double low, double high) = (0, Math.PI);
        for (int i = 0; i < 24; i++)
        {
            double middle = (low + high) / 2;
            if (spread.Between(-middle, middle) < share) low = middle;
            else high = middle;
        }

        return high * Angles.RadiansToDegrees;
    }

    /// <summary>Told again only when the eye would see it: by two degrees, or a sixth of its width.</summary>
    public bool LooksLike(in HeadingFan other) =>
        Math.Abs(Math.IEEERemainder(CourseDegrees - other.CourseDegrees, 360)) < 2
        && Math.Abs(HalfDegrees - other.HalfDegrees) < Math.Max(0.5, HalfDegrees / 6)
        && Math.Abs(MostDegrees - other.MostDegrees) < Math.Max(0.5, MostDegrees / 6);
}
