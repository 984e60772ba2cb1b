using Nadhir.Tracking;
using Nadhir.Units;
using Nadhir.Warning;

namespace Nadhir.Assessment;

/// <summary>
/// How movers of a kind change their course; figures found with the scenario families (docs/warning.md), so that stated
/// probabilities come true as often as they say.
/// </summary>
/// <param name="SecondsOnCourse">Mean time until it turns to somewhere else.</param>
/// <param name="WanderPerSquareRootSecond">Growth of the heading's uncertainty while it stays on course, rad/√s.</param>
/// <param name="TurnSigma">Spread of the new heading about the old one, radians.</param>
/// <param name="AnywhereShare">Share of the turns that lead anywhere at all.</param>
/// <param name="SpeedChange">One sigma of how much of its speed it may win or lose on the way.</param>
/// <param name="EndsAtPlace">
/// Share of the ways over a place that end or turn there, so that what lies behind in the same line is not reached: people go to
/// places.
/// </param>
/// <param name="EndsBeforeTurn">The same for what lies behind but not in line: to reach it, the mover would have to turn.</param>
public readonly record struct Habit(
    double SecondsOnCourse, double WanderPerSquareRootSecond, double TurnSigma, double AnywhereShare, double SpeedChange,
    double EndsAtPlace, double EndsBeforeTurn)
{
    static readonly Habit aircraft = new(1500, 0.0004, 0.26, 0.1, 0.02, 0.3, 0.6);
    static readonly Habit lowSlow = new(3000, 0.0008, 0.35, 0.15, 0.04, 0.35, 0.7);
    static readonly Habit cruiseType = new(1200, 0.0005, 0.35, 0.1, 0.03, 0.5, 0.9);
    /// <summary>Before it is seen to fall: it goes where it points.</summary>
    static readonly Habit ballistic = new(6000, 0.0001, 0.1, 0, 0.1, 0, 0);

    public static Habit Of(ThreatKind kind) => kind switch
    {
        ThreatKind.LowSlow => lowSlow,
        ThreatKind.CruiseType => cruiseType,
        ThreatKind.Ballistic => ballistic,
        _ => aircraft,
    };
}

/// <summary>Where a track is and goes, as far as all zones have it in common.</summary>
public readonly struct Course
{
    /// <summary>A turn that goes on is followed for so long, seconds.</summary>
    const double TurnAhead = 8;
    /// <summary>A turn this fast says that the present heading will not last, rad/s.</summary>
    const double RealTurn = 0.01;

    readonly double headingVariance, acrossVariance, turnRate;

    public Course(in PlaneState state, Habit habit)
    {
        (East, North, Habit, turnRate) = (state.East, state.North, habit, double.IsFinite(state.TurnRate) ? state.TurnRate : 0);
        Speed = Math.Sqrt((state.VelocityEast * state.VelocityEast) + (state.VelocityNorth * state.VelocityNorth));
        Heading = Math.Atan2(state.VelocityEast, state.VelocityNorth);
        if (Speed <= 0) return;
        (double sin, double cos) = (state.VelocityEast / Speed, state.VelocityNorth / Speed);
        PlaneCovariance p = state.Covariance;
        headingVariance = Across(p.VEastVEast, p.VEastVNorth, p.VNorthVNorth, sin, cos) / (Speed * Speed);
        acrossVariance = Across(p.EastEast, p.EastNorth, p.NorthNorth, sin, cos);
        AlongVariance = Along(p.EastEast, p.EastNorth, p.NorthNorth, sin, cos);
        SpeedVariance = Along(p.VEastVEast, p.VEastVNorth, p.VNorthVNorth, sin, cos);
    }

    public double East { get; }
    public double North { get; }
    public double Speed { get; }
    /// <summary>Clockwise from the plane's north, radians.</summary>
    public double Heading { get; }
    public Habit Habit { get; }
    public double AlongVariance { get; }
    public double SpeedVariance { get; }

    /// <summary>What headings lead it over a distance from here.</summary>
    internal CourseSpread SpreadOver(double metres)
    {
        double seconds = metres / Speed, turn = Math.Abs(turnRate);
        double onCourse = Math.Exp(-(seconds / Habit.SecondsOnCourse) - (turn / RealTurn));
        double ahead = turnRate * TurnAhead;
        double variance = headingVariance + (acrossVariance / (metres * metres))
            + (Habit.WanderPerSquareRootSecond * Habit.WanderPerSquareRootSecond * seconds / 3) + (ahead * ahead / 4);
        return new(Heading + ahead, onCourse, Math.Sqrt(variance),
            Math.Sqrt(variance + (Habit.TurnSigma * Habit.TurnSigma) + (4 * ahead * ahead)), Habit.AnywhereShare);
    }

    static double Along(double ee, double en, double nn, double sin, double cos) =>
        Math.Max(0, (sin * sin * ee) + (2 * sin * cos * en) + (cos * cos * nn));

    static double Across(double ee, double en, double nn, double sin, double cos) =>
        Math.Max(0, (cos * cos * ee) - (2 * sin * cos * en) + (sin * sin * nn));
}

/// <summary>
/// The distribution of the heading: it goes on, or turns off by an angle about its present course, or anywhere at all.
/// </summary>
readonly record struct CourseSpread(
    double Heading, double OnCourse, double SigmaOnCourse, double SigmaTurned, double Anywhere)
{
    /// <summary>P(heading offset in an interval), radians from <see cref="Heading"/>.</summary>
    public double Between(double from, double to)
    {
        if (to - from >= 2 * Math.PI) return 1;
        double turned = ((1 - Anywhere) * Wrapped(from, to, SigmaTurned)) + (Anywhere * (to - from) / (2 * Math.PI));
        return (OnCourse * Wrapped(from, to, SigmaOnCourse)) + ((1 - OnCourse) * turned);
    }

    /// <summary>The same if it stays on course.</summary>
    public double StraightBetween(double from, double to) => to - from >= 2 * Math.PI ? 1 : Wrapped(from, to, SigmaOnCourse);

    /// <summary>An upper bound of <see cref="Between"/> without a distribution function.</summary>
    public double AtMost(double from, double to)
    {
        double aside = from > 0 ? from : to < 0 ? -to : 0;
        double straight = Tail(aside / SigmaOnCourse), turned = Tail(aside / SigmaTurned);
        double wide = Math.Min(1, (to - from) / (2 * Math.PI));
        return (OnCourse * straight) + ((1 - OnCourse) * (((1 - Anywhere) * turned) + (Anywhere * wide)));
    }

    // Chernoff: P(X > a) ≤ ½ e^(−a²/2); the other way round the circle at most as much again.
    static double Tail(double sigmas) => sigmas <= 0 ? 1 : Math.Exp(-0.5 * sigmas * sigmas);

    /// <summary>Headings run in a circle: an interval behind is reached either way round.</summary>
    static double Wrapped(double from, double to, double sigma) => Math.Min(1,
        Under(from, to, sigma) + Under(from - (2 * Math.PI), to - (2 * Math.PI), sigma)
        + Under(from + (2 * Math.PI), to + (2 * Math.PI), sigma));

    static double Under(double from, double to, double sigma)
    {
        double low = from / sigma, high = to / sigma;
        if (low > 8 || high < -8) return 0;
        return Normal.Cumulative(high) - Normal.Cumulative(low);
    }
}
