using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Where one hypothesis comes down: seconds from now, place with covariance, variance of the time, share of the belief.
/// </summary>
struct Landing
{
    public double Weight, X, Y, Seconds, Xx, Xy, Yy, Tt;

    /// <summary>
    /// Makes a covariance of what rounding, or an absurd state, has left without one; never less than a centimetre.
    /// </summary>
    public void MakePositive()
    {
        const double LeastVariance = 1e-4, MostCorrelation = 1 - 1e-9;
        Xx = Math.Max(0, Xx) + LeastVariance;
        Yy = Math.Max(0, Yy) + LeastVariance;
        Tt = Math.Max(0, Tt);
        double most = MostCorrelation * Math.Sqrt(Xx) * Math.Sqrt(Yy);
        Xy = Math.Clamp(Xy, -most, most);
    }

    public readonly Landing Widened(double factor) =>
        this with { Xx = factor * Xx, Xy = factor * Xy, Yy = factor * Yy, Tt = factor * Tt };
}

/// <summary>
/// Follows one hypothesis to the ground and carries its covariance there to first order, together with what is not
/// known of wind, density and gusts on the way.
/// </summary>
static class Fall
{
    const int MostSteps = 800;
    const double LongestFlight = 3600, FastestSpeed = 12_000, HighestDrag = 0.1;
    /// <summary>Below this vertical speed, metres per second, an error of height is not made longer in time.</summary>
    const double SlowestSink = 1;

    /// <returns>False when it does not come down within an hour, or is no state at all.</returns>
    public static bool TryLand(in BallisticHypothesis falling, double ground, BallisticEnvironment world,
        out Landing landing)
    {
        ref readonly BallisticState s = ref falling.State;
        landing = default;
        double drag = Math.Clamp(s.Drag, 0, HighestDrag);
        if (!s.IsFinite || (s.U * s.U) + (s.V * s.V) + (s.W * s.W) > FastestSpeed * FastestSpeed) return false;
        FlightPoint p = FlightPoint.Start(s.Z, s.U, s.V, s.W);
        if (!TryFollow(ref p, drag, ground, world, out double seconds)) return false;
        landing = new() { Weight = falling.Weight, X = s.X + p.X.Value, Y = s.Y + p.Y.Value, Seconds = seconds };
        Spread(p, falling, drag, world, ref landing);
        if (double.IsFinite(landing.Xx + landing.Yy)) landing.MakePositive();
        return double.IsFinite(landing.X + landing.Y + landing.Xx + landing.Xy + landing.Yy + landing.Tt);
    }

    static bool TryFollow(ref FlightPoint p, double drag, double ground, BallisticEnvironment world, out double seconds)
    {
        seconds = 0;
        if (p.Z.Value <= ground && p.W.Value <= 0) return true; // it is down
        for (int i = 0; i < MostSteps && seconds < LongestFlight; i++)
        {
            FlightPoint before = p;
            double step = Flight.StepAt(p, drag, world);
            Flight.Step(ref p, drag, world, step);
            if (p.Z.Value <= ground && p.W.Value < 0)
            {
                if (before.Z.Value >= ground) step = Touch(before, ref p, drag, ground, world, step);
                seconds += step;
                return true;
            }

            seconds += step;
        }

        return false;
    }

    /// <summary>Shortens the last step, by Newton's rule, so that it ends on the ground.</summary>
    static double Touch(in FlightPoint before, ref FlightPoint p, double drag, double ground,
        BallisticEnvironment world, double step)
    {
        double least = 0, most = step;
        for (int i = 0; i < 20 && Math.Abs(p.Z.Value - ground) > 1e-3; i++)
        {
            if (p.Z.Value > ground) least = step;
            else most = step;
            double next = step - ((p.Z.Value - ground) / p.W.Value);
            step = next > least && next < most ? next : 0.5 * (least + most);
            p = before;
            Flight.Step(ref p, drag, world, step);
        }

        return step;
    }

    /// <summary>
    /// Covariance of place and time: J P Jᵀ with J from the flight's derivatives, taken along to the ground.
    /// </summary>
    static void Spread(in FlightPoint p, in BallisticHypothesis falling, double drag, BallisticEnvironment world,
        ref Landing landing)
    {
        double sink = Math.Min(p.W.Value, -SlowestSink);
        double closeness = 1 / (1 + (p.Z.Value * world.Curvature));
        double east = closeness * p.U.Value, north = closeness * p.V.Value;
        Vector256<double> timeStart = p.Z.ByStart / -sink, timeAir = p.Z.ByAir / -sink;
        Vector256<double> xStart = p.X.ByStart + (east * timeStart), xAir = p.X.ByAir + (east * timeAir);
        Vector256<double> yStart = p.Y.ByStart + (north * timeStart), yAir = p.Y.ByAir + (north * timeAir);
        Span<double> x = [1, 0, xStart[0], xStart[1], xStart[2], xStart[3], xAir[0]];
        Span<double> y = [0, 1, yStart[0], yStart[1], yStart[2], yStart[3], yAir[0]];
        Span<double> t = [0, 0, timeStart[0], timeStart[1], timeStart[2], timeStart[3], timeAir[0]];
        ref readonly BallisticCovariance known = ref falling.State.Covariance;
        landing.Xx = Quadratic(known, x, x);
        landing.Xy = Quadratic(known, x, y);
        landing.Yy = Quadratic(known, y, y);
        landing.Tt = Quadratic(known, t, t);

        double wind = world.WindSigma * world.WindSigma, density = drag * world.DensitySigma;
        double velocity = world.AccelerationNoise * landing.Seconds / 3;
        AddBurn(falling, x, y, t, ref landing);
        Add(xAir[1], yAir[1], timeAir[1], wind, ref landing);
        Add(xAir[2], yAir[2], timeAir[2], wind, ref landing);
        Add(xAir[0], yAir[0], timeAir[0], density * density, ref landing);
        for (int i = 3; i <= 5; i++) Add(x[i], y[i], t[i], velocity, ref landing);
    }

    /// <summary>
    /// A burn of exponentially distributed length τ: velocity gains q τ, position 2 q τ³ and their covariance q τ² in
    /// the mean.
    /// </summary>
    static void AddBurn(in BallisticHypothesis falling, ReadOnlySpan<double> x, ReadOnlySpan<double> y,
        ReadOnlySpan<double> t, ref Landing landing)
    {
        double burn = falling.BurnSeconds, noise = falling.BurnNoise * burn;
        if (!(noise > 0)) return;
        for (int i = 0; i < 3; i++)
        {
            // Velocity's noise carries the position along: the part of the position that goes with it, and the rest.
            Add((burn * x[i]) + x[i + 3], (burn * y[i]) + y[i + 3], (burn * t[i]) + t[i + 3], noise, ref landing);
            Add(x[i], y[i], t[i], noise * burn * burn, ref landing);
        }
    }

    static void Add(double x, double y, double t, double variance, ref Landing landing)
    {
        landing.Xx += variance * x * x;
        landing.Xy += variance * x * y;
        landing.Yy += variance * y * y;
        landing.Tt += variance * t * t;
    }

    static double Quadratic(in BallisticCovariance p, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < BallisticState.Size; i++)
        {
            double row = 0;
            for (int j = 0; j < BallisticState.Size; j++) row += p[i, j] * b[j];
            sum += a[i] * row;
        }

        return sum;
    }
}
