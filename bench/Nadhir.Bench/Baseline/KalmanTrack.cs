namespace Nadhir.Bench.Baseline;

/// <summary>
/// A plot as position on the flat earth with its covariance, east and north apart from height. Metres.
/// </summary>
readonly record struct PlanePlot(double X, double Y, double Z, double Xx, double Xy, double Yy, double Zz);

/// <summary>
/// One track with one motion model: nearly constant velocity. Horizontal state (x, y, u, v) as blocks of position,
/// cross and velocity covariance, height and climb apart; Bar-Shalom et al. (2001), chapters 5 and 6. SI.
/// </summary>
struct KalmanTrack
{
    /// <summary>White acceleration, m²/s³: enough for 5 m/s² held through a scan of 4 s.</summary>
    const double Horizontal = 100, Vertical = 2;
    const double SpeedVariance = 200 * 200, ClimbVariance = 20 * 20;

    public double X, Y, U, V, Z, W, Time;
    double xx, xy, yy, xu, xv, yu, yv, uu, uv, vv, zz, zw, ww;

    public int Hits, Misses;

    public KalmanTrack(in PlanePlot plot, double time)
    {
        (X, Y, Z, Time, Hits) = (plot.X, plot.Y, plot.Z, time, 1);
        (xx, xy, yy, zz) = (plot.Xx, plot.Xy, plot.Yy, plot.Zz);
        uu = vv = SpeedVariance;
        ww = ClimbVariance;
    }

    public readonly double LargestVariance => xx + yy;

    public void Predict(double time)
    {
        double t = time - Time, q = Horizontal * t, q2 = q * t / 2, q3 = q2 * t * 2 / 3, r = Vertical * t;
        Time = time;
        X += t * U;
        Y += t * V;
        Z += t * W;
        xx += (t * ((2 * xu) + (t * uu))) + q3;
        xy += t * (xv + yu + (t * uv));
        yy += (t * ((2 * yv) + (t * vv))) + q3;
        xu += (t * uu) + q2;
        xv += t * uv;
        yu += t * uv;
        yv += (t * vv) + q2;
        uu += q;
        vv += q;
        zz += (t * ((2 * zw) + (t * ww))) + (r * t * t / 3);
        zw += (t * ww) + (r * t / 2);
        ww += r;
    }

    /// <summary>
    /// Squared Mahalanobis distance with the logarithm of the innovation's spread: what nearest means.
    /// </summary>
    public readonly double DistanceTo(in PlanePlot plot, out double cost)
    {
        double a = xx + plot.Xx, b = xy + plot.Xy, c = yy + plot.Yy, d = zz + plot.Zz, determinant = (a * c) - (b * b);
        double dx = plot.X - X, dy = plot.Y - Y, dz = plot.Z - Z;
        double square = (((c * dx * dx) - (2 * b * dx * dy) + (a * dy * dy)) / determinant) + (dz * dz / d);
        cost = square + Math.Log(determinant * d);
        return square;
    }

    public void Correct(in PlanePlot plot)
    {
        double a = xx + plot.Xx, b = xy + plot.Xy, c = yy + plot.Yy, determinant = (a * c) - (b * b);
        double ia = c / determinant, ib = -b / determinant, ic = a / determinant, dx = plot.X - X, dy = plot.Y - Y;
        double kxx = (xx * ia) + (xy * ib), kxy = (xx * ib) + (xy * ic);
        double kyx = (xy * ia) + (yy * ib), kyy = (xy * ib) + (yy * ic);
        double kux = (xu * ia) + (yu * ib), kuy = (xu * ib) + (yu * ic);
        double kvx = (xv * ia) + (yv * ib), kvy = (xv * ib) + (yv * ic);
        X += (kxx * dx) + (kxy * dy);
        Y += (kyx * dx) + (kyy * dy);
        U += (kux * dx) + (kuy * dy);
        V += (kvx * dx) + (kvy * dy);
        uu -= (kux * xu) + (kuy * yu);
        uv -= (kux * xv) + (kuy * yv);
        vv -= (kvx * xv) + (kvy * yv);
        double oxx = xx, oxy = xy, oyy = yy, oxu = xu, oxv = xv, oyu = yu, oyv = yv;
        xx -= (kxx * oxx) + (kxy * oxy);
        xy -= (kxx * oxy) + (kxy * oyy);
        yy -= (kyx * oxy) + (kyy * oyy);
        xu -= (kxx * oxu) + (kxy * oyu);
        xv -= (kxx * oxv) + (kxy * oyv);
        yu -= (kyx * oxu) + (kyy * oyu);
        yv -= (kyx * oxv) + (kyy * oyv);
        double d = zz + plot.Zz, kz = zz / d, kw = zw / d, dz = plot.Z - Z;
        Z += kz * dz;
        W += kw * dz;
        ww -= kw * zw;
        zz -= kz * zz;
        zw -= kz * zw;
        Hits++;
        Misses = 0;
    }
}
