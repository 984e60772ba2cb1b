using Nadhir.Tracking;

namespace Nadhir.Assessment;

/// <summary>
/// Where something comes down that falls, but of which no filter can tell the place yet: it still burns, or only radars
/// without height see it. What falls does not fly on over all that lies ahead, and it comes down within a time that its speed
/// sets. The shares were measured over the rockets of the scenario families, 20 to 300 km (docs/warning.md).
/// </summary>
/// <param name="Seconds">Until it is down, from the track's time.</param>
readonly record struct RoughFall(
    double East, double North, double EastEast, double EastNorth, double NorthNorth, double Seconds, double SigmaSeconds)
{
    const double Gravity = 9.80665;
    /// <summary>A height less well known than this says nothing of the fall, metres.</summary>
    const double HeightSigma = 2000;
    /// <summary>Until it has been seen for so long it may still burn.</summary>
    const double BurnSeconds = 10;
    /// <summary>Time of the fall over that without air, and how well it is known: while it may burn, and then.</summary>
    const double ShareOfVacuum = 0.95, TimeDoubtBurning = 0.3, TimeDoubt = 0.15;
    /// <summary>Way over speed times time: drag takes the rest.</summary>
    const double ShareOfWay = 0.75, WayDoubtBurning = 0.25, WayDoubt = 0.15;
    /// <summary>Without height: the time left in units of speed over gravity when first seen, and in what time that fades.</summary>
    const double FirstTime = 2.1, TimeFades = 70, TimeDoubtNoHeight = 0.4;
    /// <summary>How far its way may turn aside, radians.</summary>
    const double AsideSigma = 0.04;

    /// <summary>Its own standard deviation, in the direction in which that is largest.</summary>
    public double LargestSigma
    {
        get
        {
            double half = (EastEast + NorthNorth) / 2, apart = (EastEast - NorthNorth) / 2;
            return Math.Sqrt(half + Math.Sqrt((apart * apart) + (EastNorth * EastNorth)));
        }
    }

    public static bool KnowsHeight(Track track) => track.State.SigmaHeightMetres < HeightSigma;

    public static RoughFall Of(Track track)
    {
        PlaneState state = track.State;
        double speed = Math.Sqrt((state.VelocityEast * state.VelocityEast) + (state.VelocityNorth * state.VelocityNorth));
        double age = (state.Time - track.FirstSeen).TotalSeconds;
        bool burns = age < BurnSeconds;
        double seconds, doubt;
        if (KnowsHeight(track))
        {
            double climb = state.ClimbRate, height = Math.Max(0, state.HeightMetres);
            seconds = ShareOfVacuum * (climb + Math.Sqrt((climb * climb) + (2 * Gravity * height))) / Gravity;
            doubt = burns ? TimeDoubtBurning : TimeDoubt;
        }
        else
        {
            seconds = FirstTime * Math.Exp(-age / TimeFades) * speed / Gravity;
            doubt = TimeDoubtNoHeight;
        }

        double sigma = 2 + (doubt * seconds), way = ShareOfWay * speed * seconds;
        double along = Math.Sqrt(Square((burns ? WayDoubtBurning : WayDoubt) * speed * seconds) + Square(ShareOfWay * speed * sigma));
        PlaneCovariance p = state.Covariance;
        double heading = speed > 0 ? Math.Max(p.VEastVEast, p.VNorthVNorth) / (speed * speed) : 1;
        double across = Math.Sqrt((Square(way) * (Square(AsideSigma) + heading)) + Square(track.AccuracyMetres));
        (double sin, double cos) = speed > 0 ? (state.VelocityEast / speed, state.VelocityNorth / speed) : (0, 1);
        double aa = Square(along) + Square(track.AccuracyMetres), cc = Square(across);
        return new(state.East + (way * sin), state.North + (way * cos), (aa * sin * sin) + (cc * cos * cos), (aa - cc) * sin * cos,
            (aa * cos * cos) + (cc * sin * sin), seconds, sigma);
    }

    static double Square(double value) => value * value;
}
