using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// Likelihood of an observation under every model of a family and the Kalman correction by it. The horizontal and vertical
/// parts of a position are correlated through the measurement only; each is corrected exactly by conditioning on the
/// other's innovation. An observation is moved by <c>lag</c> seconds (state time minus its own) along the velocity.
/// </summary>
static class Correction
{
    const double HearsayDensity = 0.05 / 15_000, HearsayGate = 16;

    static Octet One => Vector512.Create(1.0);

    /// <summary>Density of the observation under each model and its squared Mahalanobis distance.</summary>
    public static Octet Likelihood(in ModelStates s, in Observation o, double lag, out Octet distance)
    {
        if (o.Kind == ObservationKind.Bearing) return BearingLikelihood(s, o, lag, out distance);
        Octet dx = Vector512.Create(o.X) - s.X, dy = Vector512.Create(o.Y) - s.Y;
        Octet xx = s.Xx + Vector512.Create(o.Xx), xy = s.Xy + Vector512.Create(o.Xy), yy = s.Yy + Vector512.Create(o.Yy);
        if (lag != 0)
        {
            double moved = lag * lag;
            dx += lag * s.U;
            dy += lag * s.V;
            xx += moved * s.Uu;
            xy += moved * s.Uv;
            yy += moved * s.Vv;
        }

        Octet exponent = Octet.Zero, scale = One;
        distance = Octet.Zero;
        if (o.HasHeight && o.HeightIsHearsay)
        {
            Octet dz = Vector512.Create(o.Z) + (lag * s.W) - s.Z, inverse = One / (s.Zz + Vector512.Create(o.Zz));
            Octet vertical = Lanes.Exp(dz * dz * inverse * -0.5) * Vector512.Sqrt(inverse * (0.5 / Math.PI));
            scale = ((0.95 * vertical) + Vector512.Create(HearsayDensity)) * 15_000;
        }
        else if (o.HasHeight)
        {
            Octet dz = Vector512.Create(o.Z) + (lag * s.W) - s.Z, inverse = One / (s.Zz + Vector512.Create(o.Zz));
            Octet scaled = dz * inverse;
            distance = dz * scaled;
            exponent = distance;
            scale = Vector512.Sqrt(inverse * (0.5 / Math.PI));
            dx -= o.Xz * scaled;
            dy -= o.Yz * scaled;
            xx -= o.Xz * o.Xz * inverse;
            xy -= o.Xz * o.Yz * inverse;
            yy -= o.Yz * o.Yz * inverse;
        }

        Octet one = One / ((xx * yy) - (xy * xy));
        Octet horizontal = ((yy * dx * dx) - (2 * (xy * dx * dy)) + (xx * dy * dy)) * one;
        distance += horizontal;
        exponent += horizontal;
        Octet density = scale * Lanes.Exp(exponent * -0.5) * Vector512.Sqrt(one) * (0.5 / Math.PI);
        return o.HasVelocity ? density * VelocityFactor(s, o) : density;
    }

    /// <summary>Relative to a source that tells any velocity up to 300 m/s: the density then stays one of positions.</summary>
    static Octet VelocityFactor(in ModelStates s, in Observation o)
    {
        Octet du = Vector512.Create(o.U) - s.U, dv = Vector512.Create(o.V) - s.V;
        Octet uu = s.Uu + Vector512.Create(o.VelocityVariance), vv = s.Vv + Vector512.Create(o.VelocityVariance);
        Octet square = (du * du / uu) + (dv * dv / vv);
        Octet density = Lanes.Exp(square * -0.5) / Vector512.Sqrt(uu * vv) * (0.95 * 360_000 / (2 * Math.PI));
        return density + Vector512.Create(0.05);
    }

    /// <summary>Corrects every model by an observation; weights stay as they are.</summary>
    public static void Apply(ref ModelStates s, in Observation o, double lag)
    {
        if (o.Kind == ObservationKind.Bearing)
        {
            ApplyBearing(ref s, o, lag);
            return;
        }

        Octet dx = Vector512.Create(o.X) - s.X, dy = Vector512.Create(o.Y) - s.Y;
        Octet rxx = Vector512.Create(o.Xx), rxy = Vector512.Create(o.Xy), ryy = Vector512.Create(o.Yy);
        if (lag != 0)
        {
            double moved = lag * lag;
            dx += lag * s.U;
            dy += lag * s.V;
            rxx += moved * s.Uu;
            rxy += moved * s.Uv;
            ryy += moved * s.Vv;
        }

        if (o.HasHeight) ApplyHeight(ref s, o, lag, ref dx, ref dy, ref rxx, ref rxy, ref ryy);
        ApplyPosition(ref s, dx, dy, rxx, rxy, ryy);
        if (!o.HasVelocity) return;
        Octet variance = Vector512.Create(o.VelocityVariance);
        ApplyScalar(ref s, Vector512.Create(o.U) - s.U, s.Uu + variance, s.Xu, s.Yu, s.Uu, s.Uv);
        ApplyScalar(ref s, Vector512.Create(o.V) - s.V, s.Vv + variance, s.Xv, s.Yv, s.Uv, s.Vv);
    }

    /// <summary>Corrects height and climb, and takes off the position's innovation what the height's explains.</summary>
    static void ApplyHeight(ref ModelStates s, in Observation o, double lag,
        ref Octet dx, ref Octet dy, ref Octet rxx, ref Octet rxy, ref Octet ryy)
    {
        Octet dz = Vector512.Create(o.Z) + (lag * s.W) - s.Z, told = dz, noise = Vector512.Create(o.Zz);
        Octet oldTotal = s.Zz + noise;
        if (o.Xz != 0 || o.Yz != 0)
        {
            Octet xx = s.Xx + rxx, xy = s.Xy + rxy, yy = s.Yy + ryy, inverse = One / ((xx * yy) - (xy * xy));
            Octet gx = ((o.Xz * yy) - (o.Yz * xy)) * inverse, gy = ((o.Yz * xx) - (o.Xz * xy)) * inverse;
            dz -= (gx * dx) + (gy * dy);
            noise -= (o.Xz * gx) + (o.Yz * gy);
            Octet one = One / oldTotal, scaled = told * one;
            dx -= o.Xz * scaled;
            dy -= o.Yz * scaled;
            rxx -= o.Xz * o.Xz * one;
            rxy -= o.Xz * o.Yz * one;
            ryy -= o.Yz * o.Yz * one;
        }

        Octet total = One / (s.Zz + noise), kz = s.Zz * total, kw = s.Zw * total;
        if (o.HeightIsHearsay)
        {
            // A garbled height helps no model: lanes far from it keep what they have.
            Octet near = Vector512.LessThan(told * told, HearsayGate * oldTotal);
            kz = Vector512.ConditionalSelect(near, kz, Octet.Zero);
            kw = Vector512.ConditionalSelect(near, kw, Octet.Zero);
        }

        s.Z += kz * dz;
        s.W += kw * dz;
        s.Ww -= kw * s.Zw;
        s.Zw -= kw * s.Zz;
        s.Zz -= kz * s.Zz;
    }

    static void ApplyPosition(ref ModelStates s, Octet dx, Octet dy, Octet rxx, Octet rxy, Octet ryy)
    {
        Octet xx = s.Xx + rxx, xy = s.Xy + rxy, yy = s.Yy + ryy;
        Octet inverse = One / ((xx * yy) - (xy * xy));
        Octet ixx = yy * inverse, ixy = -(xy * inverse), iyy = xx * inverse;
        Octet kxx = (s.Xx * ixx) + (s.Xy * ixy), kxy = (s.Xx * ixy) + (s.Xy * iyy);
        Octet kyx = (s.Xy * ixx) + (s.Yy * ixy), kyy = (s.Xy * ixy) + (s.Yy * iyy);
        Octet kux = (s.Xu * ixx) + (s.Yu * ixy), kuy = (s.Xu * ixy) + (s.Yu * iyy);
        Octet kvx = (s.Xv * ixx) + (s.Yv * ixy), kvy = (s.Xv * ixy) + (s.Yv * iyy);
        s.X += (kxx * dx) + (kxy * dy);
        s.Y += (kyx * dx) + (kyy * dy);
        s.U += (kux * dx) + (kuy * dy);
        s.V += (kvx * dx) + (kvy * dy);
        s.Uu -= (kux * s.Xu) + (kuy * s.Yu);
        s.Uv -= (kux * s.Xv) + (kuy * s.Yv);
        s.Vv -= (kvx * s.Xv) + (kvy * s.Yv);
        Octet xu = s.Xu, xv = s.Xv;
        s.Xu -= (kxx * xu) + (kxy * s.Yu);
        s.Xv -= (kxx * xv) + (kxy * s.Yv);
        s.Yu -= (kyx * xu) + (kyy * s.Yu);
        s.Yv -= (kyx * xv) + (kyy * s.Yv);
        Octet oldXx = s.Xx, oldXy = s.Xy;
        s.Xx -= (kxx * oldXx) + (kxy * oldXy);
        s.Xy -= (kxx * oldXy) + (kxy * s.Yy);
        s.Yy -= (kyx * oldXy) + (kyy * s.Yy);
    }

    /// <summary>Correction by one number with P hᵀ given.</summary>
    static void ApplyScalar(ref ModelStates s, Octet innovation, Octet total, Octet hx, Octet hy, Octet hu, Octet hv)
    {
        Octet one = One / total, kx = hx * one, ky = hy * one, ku = hu * one, kv = hv * one;
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

    static Octet BearingLikelihood(in ModelStates s, in Observation o, double lag, out Octet distance)
    {
        Octet innovation = BearingInnovation(s, o, lag, out Octet gx, out Octet gy);
        Octet total = (gx * gx * s.Xx) + (2 * (gx * gy * s.Xy)) + (gy * gy * s.Yy) + Vector512.Create(o.AzimuthVariance);
        distance = innovation * innovation / total;
        return Lanes.Exp(distance * -0.5) / Vector512.Sqrt(total * (2 * Math.PI));
    }

    static void ApplyBearing(ref ModelStates s, in Observation o, double lag)
    {
        Octet innovation = BearingInnovation(s, o, lag, out Octet gx, out Octet gy);
        Octet hx = (gx * s.Xx) + (gy * s.Xy), hy = (gx * s.Xy) + (gy * s.Yy);
        Octet total = (gx * hx) + (gy * hy) + Vector512.Create(o.AzimuthVariance);
        ApplyScalar(ref s, innovation, total, hx, hy, (gx * s.Xu) + (gy * s.Yu), (gx * s.Xv) + (gy * s.Yv));
    }

    /// <summary>
    /// Innovation and gradient of the azimuth; the place is moved instead of the object. The angle between seen and
    /// expected direction is taken model by model: no vector arc tangent exists.
    /// </summary>
    static Octet BearingInnovation(in ModelStates s, in Observation o, double lag, out Octet gx, out Octet gy)
    {
        Octet x = s.X - (lag * s.U) - Vector512.Create(o.X), y = s.Y - (lag * s.V) - Vector512.Create(o.Y);
        Octet inverse = One / Vector512.Max(One, (x * x) + (y * y));
        gx = y * inverse;
        gy = -(x * inverse);
        (double sin, double cos) = Math.SinCos(o.Azimuth);
        Octet across = (sin * y) - (cos * x), ahead = (sin * x) + (cos * y);
        Span<double> angle = stackalloc double[ModelStates.LaneCount];
        for (int i = 0; i < angle.Length; i++) angle[i] = Math.Atan2(across[i], ahead[i]);
        return Vector512.Create<double>(angle);
    }
}
