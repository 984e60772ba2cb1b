using Nadhir.Tracking.Engine;
using Nadhir.Units;

namespace Nadhir.Core.Tests.Tracking.Plain;

/// <summary>
/// Likelihood of an observation and the Kalman correction by it. The horizontal and vertical parts of a position are
/// correlated through the measurement only; each marginal is corrected exactly by conditioning on the other innovation.
/// </summary>
static class PlainCorrection
{
    const double HearsayDensity = 0.05 / 15_000;

    /// <summary>
    /// Density of the observation under a predicted state and its squared Mahalanobis distance. The observation is moved
    /// by <paramref name="lag"/> seconds (state time minus observation time) along the state's velocity.
    /// </summary>
    public static double Likelihood(in GaussianState s, in Observation o, double lag, out double distance)
    {
        if (o.Kind == ObservationKind.Bearing) return BearingLikelihood(s, o, lag, out distance);
        double moved = lag * lag;
        double dx = o.X + (lag * s.U) - s.X, dy = o.Y + (lag * s.V) - s.Y;
        double xx = s.Xx + o.Xx + (moved * s.Uu), xy = s.Xy + o.Xy + (moved * s.Uv), yy = s.Yy + o.Yy + (moved * s.Vv);
        double vertical = 1;
        distance = 0;
        if (o.HasHeight)
        {
            double dz = o.Z + (lag * s.W) - s.Z, zz = s.Zz + o.Zz;
            double scaled = dz / zz;
            distance = dz * scaled;
            vertical = Math.Exp(-0.5 * distance) / Math.Sqrt(2 * Math.PI * zz);
            if (o.HeightIsHearsay)
            {
                vertical = ((0.95 * vertical) + HearsayDensity) * 15_000;
                distance = 0;
            }
            else
            {
                dx -= o.Xz * scaled;
                dy -= o.Yz * scaled;
                xx -= o.Xz * o.Xz / zz;
                xy -= o.Xz * o.Yz / zz;
                yy -= o.Yz * o.Yz / zz;
            }
        }

        double determinant = (xx * yy) - (xy * xy);
        double horizontal = ((yy * dx * dx) - (2 * xy * dx * dy) + (xx * dy * dy)) / determinant;
        distance += horizontal;
        double density = vertical * Math.Exp(-0.5 * horizontal) / (2 * Math.PI * Math.Sqrt(determinant));
        if (!o.HasVelocity) return density;
        double du = o.U - s.U, dv = o.V - s.V, uu = s.Uu + o.VelocityVariance, vv = s.Vv + o.VelocityVariance;
        double velocity = (du * du / uu) + (dv * dv / vv);
        // Relative to a source that tells any velocity up to 300 m/s: the density then stays one of positions.
        return density * ((0.95 * Math.Exp(-0.5 * velocity) / (2 * Math.PI * Math.Sqrt(uu * vv)) * 360_000) + 0.05);
    }

    /// <summary>Corrects a state by an observation; the same conventions as <see cref="Likelihood"/>.</summary>
    public static void Apply(ref GaussianState s, in Observation o, double lag)
    {
        if (o.Kind == ObservationKind.Bearing)
        {
            ApplyBearing(ref s, o, lag);
            return;
        }

        double moved = lag * lag;
        double dx = o.X + (lag * s.U) - s.X, dy = o.Y + (lag * s.V) - s.Y;
        double rxx = o.Xx + (moved * s.Uu), rxy = o.Xy + (moved * s.Uv), ryy = o.Yy + (moved * s.Vv);
        if (o.HasHeight)
        {
            double dz = o.Z + (lag * s.W) - s.Z;
            if (!o.HeightIsHearsay || dz * dz < 16 * (s.Zz + o.Zz))
            {
                double oldZz = s.Zz;
                ApplyHeight(ref s, o, dz, dx, dy, rxx, rxy, ryy);
                double zz = oldZz + o.Zz, scaled = dz / zz;
                dx -= o.Xz * scaled;
                dy -= o.Yz * scaled;
                rxx -= o.Xz * o.Xz / zz;
                rxy -= o.Xz * o.Yz / zz;
                ryy -= o.Yz * o.Yz / zz;
            }
        }

        ApplyPosition(ref s, dx, dy, rxx, rxy, ryy);
        if (!o.HasVelocity) return;
        ApplyScalarVelocity(ref s, o.U - s.U, o.VelocityVariance, east: true);
        ApplyScalarVelocity(ref s, o.V - s.V, o.VelocityVariance, east: false);
    }

    static void ApplyHeight(ref GaussianState s, in Observation o, double dz, double dx, double dy,
        double rxx, double rxy, double ryy)
    {
        double noise = o.Zz;
        if (o.Xz != 0 || o.Yz != 0)
        {
            double xx = s.Xx + rxx, xy = s.Xy + rxy, yy = s.Yy + ryy, determinant = (xx * yy) - (xy * xy);
            double gx = ((o.Xz * yy) - (o.Yz * xy)) / determinant, gy = ((o.Yz * xx) - (o.Xz * xy)) / determinant;
            dz -= (gx * dx) + (gy * dy);
            noise -= (gx * o.Xz) + (gy * o.Yz);
        }

        double total = s.Zz + noise, kz = s.Zz / total, kw = s.Zw / total;
        s.Z += kz * dz;
        s.W += kw * dz;
        s.Ww -= kw * s.Zw;
        s.Zw -= kw * s.Zz;
        s.Zz = kz * noise;
    }

    static void ApplyPosition(ref GaussianState s, double dx, double dy, double rxx, double rxy, double ryy)
    {
        double xx = s.Xx + rxx, xy = s.Xy + rxy, yy = s.Yy + ryy;
        double inverse = 1 / ((xx * yy) - (xy * xy));
        double ixx = yy * inverse, ixy = -xy * inverse, iyy = xx * inverse;
        double kxx = (s.Xx * ixx) + (s.Xy * ixy), kxy = (s.Xx * ixy) + (s.Xy * iyy);
        double kyx = (s.Xy * ixx) + (s.Yy * ixy), kyy = (s.Xy * ixy) + (s.Yy * iyy);
        double kux = (s.Xu * ixx) + (s.Yu * ixy), kuy = (s.Xu * ixy) + (s.Yu * iyy);
        double kvx = (s.Xv * ixx) + (s.Yv * ixy), kvy = (s.Xv * ixy) + (s.Yv * iyy);
        s.X += (kxx * dx) + (kxy * dy);
        s.Y += (kyx * dx) + (kyy * dy);
        s.U += (kux * dx) + (kuy * dy);
        s.V += (kvx * dx) + (kvy * dy);
        double oldXx = s.Xx, oldXy = s.Xy, oldYy = s.Yy, oldXu = s.Xu, oldXv = s.Xv, oldYu = s.Yu, oldYv = s.Yv;
        s.Uu -= (kux * oldXu) + (kuy * oldYu);
        s.Uv -= (kux * oldXv) + (kuy * oldYv);
        s.Vv -= (kvx * oldXv) + (kvy * oldYv);
        s.Xu -= (kxx * oldXu) + (kxy * oldYu);
        s.Xv -= (kxx * oldXv) + (kxy * oldYv);
        s.Yu -= (kyx * oldXu) + (kyy * oldYu);
        s.Yv -= (kyx * oldXv) + (kyy * oldYv);
        s.Xx = oldXx - (kxx * oldXx) - (kxy * oldXy);
        s.Xy = oldXy - (kxx * oldXy) - (kxy * oldYy);
        s.Yy = oldYy - (kyx * oldXy) - (kyy * oldYy);
    }

    static void ApplyScalarVelocity(ref GaussianState s, double innovation, double variance, bool east)
    {
        double hx = east ? s.Xu : s.Xv, hy = east ? s.Yu : s.Yv, hu = east ? s.Uu : s.Uv, hv = east ? s.Uv : s.Vv;
        ApplyScalar(ref s, innovation, (east ? hu : hv) + variance, hx, hy, hu, hv);
    }

    /// <summary>Correction by one number with P hᵀ given.</summary>
    static void ApplyScalar(ref GaussianState s, double innovation, double total, double hx, double hy, double hu, double hv)
    {
        double kx = hx / total, ky = hy / total, ku = hu / total, kv = hv / total;
        s.X += kx * innovation;
        s.Y += ky * innovation;
        s.U += ku * innovation;
        s.V += kv * innovation;
        s.Xx -= kx * hx;
        s.Xy -= kx * hy;
        s.Xu -= kx * hu;
        s.Xv -= kx * hv;
        s.Yy -= ky * hy;
        s.Yu -= ky * hu;
        s.Yv -= ky * hv;
        s.Uu -= ku * hu;
        s.Uv -= ku * hv;
        s.Vv -= kv * hv;
    }

    static double BearingLikelihood(in GaussianState s, in Observation o, double lag, out double distance)
    {
        (double innovation, double gx, double gy) = BearingInnovation(s, o, lag);
        double total = (gx * gx * s.Xx) + (2 * gx * gy * s.Xy) + (gy * gy * s.Yy) + o.AzimuthVariance;
        distance = innovation * innovation / total;
        return Math.Exp(-0.5 * distance) / Math.Sqrt(2 * Math.PI * total);
    }

    static void ApplyBearing(ref GaussianState s, in Observation o, double lag)
    {
        (double innovation, double gx, double gy) = BearingInnovation(s, o, lag);
        double hx = (gx * s.Xx) + (gy * s.Xy), hy = (gx * s.Xy) + (gy * s.Yy);
        double total = (gx * hx) + (gy * hy) + o.AzimuthVariance;
        ApplyScalar(ref s, innovation, total, hx, hy, (gx * s.Xu) + (gy * s.Yu), (gx * s.Xv) + (gy * s.Yv));
    }

    /// <summary>Innovation and gradient of the azimuth; the place is moved instead of the object.</summary>
    static (double Innovation, double Gx, double Gy) BearingInnovation(in GaussianState s, in Observation o, double lag)
    {
        double x = s.X - (lag * s.U) - o.X, y = s.Y - (lag * s.V) - o.Y;
        double square = Math.Max(1, (x * x) + (y * y));
        return (Angles.WrapRadians(o.Azimuth - Math.Atan2(x, y)), y / square, -x / square);
    }
}
