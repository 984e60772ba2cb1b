namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Where and when an object is predicted to reach the ground, on a plane (metres east and north, seconds). The
/// covariance is that of the Gaussian whose 95 % ellipse holds 95 % of the probability, whatever the shape of the
/// belief.
/// </summary>
public readonly record struct FlatImpact(double X, double Y, double Time, double Xx, double Xy, double Yy,
    double Earliest, double Latest)
{
    /// <summary>Squared radius within which 95 % of a Gaussian in two dimensions lies: −2 ln 0.05.</summary>
    public const double Square95 = 5.991464547107979;

    /// <summary>
    /// Semi-axes of the 95 % ellipse, metres, and the direction of the longer one, degrees clockwise from north, [0,
    /// 180).
    /// </summary>
    public (double SemiMajor, double SemiMinor, double BearingDegrees) Ellipse
    {
        get
        {
            double middle = 0.5 * (Xx + Yy), difference = 0.5 * (Xx - Yy);
            double spread = Math.Sqrt((difference * difference) + (Xy * Xy));
            double bearing = 0.5 * Math.Atan2(2 * Xy, Yy - Xx) * Units.Angles.RadiansToDegrees;
            return (Math.Sqrt(Square95 * (middle + spread)), Math.Sqrt(Square95 * Math.Max(0, middle - spread)),
                bearing < 0 ? bearing + 180 : bearing);
        }
    }

    /// <summary>Area of the 95 % ellipse, square metres.</summary>
    public double Area => Math.PI * Square95 * Math.Sqrt(Math.Max(0, (Xx * Yy) - (Xy * Xy)));

    /// <summary>Whether a place lies in the 95 % ellipse.</summary>
    public bool Contains(double x, double y)
    {
        double east = x - X, north = y - Y, determinant = (Xx * Yy) - (Xy * Xy);
        double square = (Yy * east * east) - (2 * Xy * east * north) + (Xx * north * north);
        return square <= Square95 * determinant;
    }
}
