using Nadhir.Tracking.Engine;

namespace Nadhir.Core.Tests.Tracking.Plain;

/// <summary>
/// How an object may move for a while: straight on, turning at a known rate, or falling with drag; with white
/// acceleration noise (Bar-Shalom, Li, Kirubarajan 2001, sections 6.2.2 and 11.7). One model, number by number, as in the
/// book: what <see cref="FamilyKernel"/> must agree with.
/// </summary>
sealed class PlainMotion
{
    const double Gravity = 9.80665, SeaLevelDensity = 1.225, ScaleHeight = 8500;

    double cachedStep = double.NaN, along, across, cosine, sine;

    public required MotionKind Kind { get; init; }
    /// <summary>Clockwise positive, radians per second; Turn.</summary>
    public double TurnRate { get; init; }
    /// <summary>Mass over (drag coefficient times area), kg/m²; infinite without drag. Ballistic.</summary>
    public double BallisticCoefficient { get; init; } = double.PositiveInfinity;
    /// <summary>Power density of horizontal and vertical acceleration, m²/s³.</summary>
    public double HorizontalNoise { get; init; }
    public double VerticalNoise { get; init; }

    /// <summary>Carries a state over a step of seconds ≥ 0.</summary>
    public void Predict(ref GaussianState s, double step)
    {
        if (Kind == MotionKind.Ballistic)
        {
            Fall(ref s, step);
            return;
        }

        if (step != cachedStep) Prepare(step);
        (s.X, s.Y, s.U, s.V) = (
            s.X + (along * s.U) + (across * s.V), s.Y + (along * s.V) - (across * s.U),
            (cosine * s.U) + (sine * s.V), (cosine * s.V) - (sine * s.U));
        CarryCovariance(ref s, along, across, cosine, sine, step);
        s.Z += step * s.W;
        CarryVertical(ref s, step, 1, step);
    }

    void Prepare(double step)
    {
        cachedStep = step;
        double angle = TurnRate * step;
        (sine, cosine) = Math.SinCos(angle);
        bool straight = Math.Abs(angle) < 1e-9;
        along = straight ? step : sine / TurnRate;
        across = straight ? 0 : (1 - cosine) / TurnRate;
    }

    /// <summary>
    /// F P Fᵀ + Q with position blocks [[a, b], [−b, a]] on velocity and velocity blocks [[c, s], [−s, c]].
    /// </summary>
    void CarryCovariance(ref GaussianState s, double a, double b, double c, double sn, double step)
    {
        double e00 = s.Xu + (a * s.Uu) + (b * s.Uv), e01 = s.Xv + (a * s.Uv) + (b * s.Vv);
        double e10 = s.Yu - (b * s.Uu) + (a * s.Uv), e11 = s.Yv - (b * s.Uv) + (a * s.Vv);
        double q = HorizontalNoise * step, qCross = 0.5 * q * step, qPosition = q * step * step / 3;
        s.Xx += (s.Xu * a) + (s.Xv * b) + (a * e00) + (b * e01) + qPosition;
        s.Xy += (s.Xv * a) - (s.Xu * b) + (a * e10) + (b * e11);
        s.Yy += (s.Yv * a) - (s.Yu * b) + (a * e11) - (b * e10) + qPosition;
        s.Xu = (e00 * c) + (e01 * sn) + qCross;
        s.Xv = (e01 * c) - (e00 * sn);
        s.Yu = (e10 * c) + (e11 * sn);
        s.Yv = (e11 * c) - (e10 * sn) + qCross;
        double uu = s.Uu, uv = s.Uv, vv = s.Vv, cc = c * c, ss = sn * sn, cs = c * sn;
        s.Uu = (cc * uu) + (2 * cs * uv) + (ss * vv) + q;
        s.Vv = (ss * uu) - (2 * cs * uv) + (cc * vv) + q;
        s.Uv = ((cc - ss) * uv) + (cs * (vv - uu));
    }

    void CarryVertical(ref GaussianState s, double a, double keep, double step)
    {
        double q = VerticalNoise * step;
        double cross = s.Zw + (a * s.Ww);
        s.Zz += (a * s.Zw) + (a * cross) + (q * step * step / 3);
        s.Zw = (keep * cross) + (0.5 * q * step);
        s.Ww = (keep * keep * s.Ww) + q;
    }

    /// <summary>Gravity and quadratic drag in an exponential atmosphere, by fourth-order Runge–Kutta steps of half a second.</summary>
    void Fall(ref GaussianState s, double step)
    {
        double drag = DragRate(s.Z, s.U, s.V, s.W);
        double keep = Math.Exp(-drag * step), reach = drag < 1e-9 ? step : (1 - keep) / drag;
        CarryCovariance(ref s, reach, 0, keep, 0, step);
        CarryVertical(ref s, reach, keep, step);
        int pieces = Math.Max(1, (int)Math.Ceiling(step / 0.5));
        double h = step / pieces;
        for (int i = 0; i < pieces; i++)
        {
            (double U, double V, double W) k1 = Acceleration(s.Z, s.U, s.V, s.W);
            (double U, double V, double W) k2 = Acceleration(s.Z + (h / 2 * s.W),
                s.U + (h / 2 * k1.U), s.V + (h / 2 * k1.V), s.W + (h / 2 * k1.W));
            (double U, double V, double W) k3 = Acceleration(s.Z + (h / 2 * (s.W + (h / 2 * k1.W))),
                s.U + (h / 2 * k2.U), s.V + (h / 2 * k2.V), s.W + (h / 2 * k2.W));
            (double U, double V, double W) k4 = Acceleration(s.Z + (h * (s.W + (h / 2 * k2.W))),
                s.U + (h * k3.U), s.V + (h * k3.V), s.W + (h * k3.W));
            s.X += h * (s.U + (h / 6 * (k1.U + k2.U + k3.U)));
            s.Y += h * (s.V + (h / 6 * (k1.V + k2.V + k3.V)));
            s.Z += h * (s.W + (h / 6 * (k1.W + k2.W + k3.W)));
            s.U += h / 6 * (k1.U + (2 * k2.U) + (2 * k3.U) + k4.U);
            s.V += h / 6 * (k1.V + (2 * k2.V) + (2 * k3.V) + k4.V);
            s.W += h / 6 * (k1.W + (2 * k2.W) + (2 * k3.W) + k4.W);
        }
    }

    double DragRate(double z, double u, double v, double w) => double.IsInfinity(BallisticCoefficient) ? 0
        : SeaLevelDensity * Math.Exp(-Math.Max(0, z) / ScaleHeight) * Math.Sqrt((u * u) + (v * v) + (w * w))
            / (2 * BallisticCoefficient);

    (double U, double V, double W) Acceleration(double z, double u, double v, double w)
    {
        double k = DragRate(z, u, v, w);
        return (-k * u, -k * v, (-k * w) - Gravity);
    }
}
