namespace Nadhir.Tracking.Engine;

/// <summary>
/// Gaussian over position and velocity on the plane and, apart from it, over height and climb. Horizontal and vertical
/// are kept uncorrelated between updates: one 4×4 and one 2×2 covariance instead of a 6×6. SI units.
/// </summary>
struct GaussianState
{
    /// <summary>East, north and their rates.</summary>
    public double X, Y, U, V;
    /// <summary>Upper triangle of the covariance over (x, y, u, v).</summary>
    public double Xx, Xy, Xu, Xv, Yy, Yu, Yv, Uu, Uv, Vv;
    /// <summary>Height and climb, with their covariance.</summary>
    public double Z, W, Zz, Zw, Ww;

    public readonly double Speed => Math.Sqrt((U * U) + (V * V));

    /// <summary>Variance along the larger axis of the horizontal position.</summary>
    public readonly double LargestPositionVariance => LargestEigenvalue(Xx, Xy, Yy);

    public static double LargestEigenvalue(double xx, double xy, double yy)
    {
        double half = 0.5 * (xx + yy), difference = 0.5 * (xx - yy);
        return half + Math.Sqrt((difference * difference) + (xy * xy));
    }

    /// <summary>Adds weight times the mean of another; the accumulator starts from default.</summary>
    public void AddMean(in GaussianState other, double weight)
    {
        X += weight * other.X;
        Y += weight * other.Y;
        U += weight * other.U;
        V += weight * other.V;
        Z += weight * other.Z;
        W += weight * other.W;
    }

    /// <summary>Adds weight times (covariance of another + spread of its mean about this mean).</summary>
    public void AddSpread(in GaussianState other, double weight)
    {
        double x = other.X - X, y = other.Y - Y, u = other.U - U, v = other.V - V, z = other.Z - Z, w = other.W - W;
        Xx += weight * (other.Xx + (x * x));
        Xy += weight * (other.Xy + (x * y));
        Xu += weight * (other.Xu + (x * u));
        Xv += weight * (other.Xv + (x * v));
        Yy += weight * (other.Yy + (y * y));
        Yu += weight * (other.Yu + (y * u));
        Yv += weight * (other.Yv + (y * v));
        Uu += weight * (other.Uu + (u * u));
        Uv += weight * (other.Uv + (u * v));
        Vv += weight * (other.Vv + (v * v));
        Zz += weight * (other.Zz + (z * z));
        Zw += weight * (other.Zw + (z * w));
        Ww += weight * (other.Ww + (w * w));
    }

    /// <summary>The Gaussian with the moments of a weighted mixture; weights sum to one.</summary>
    public static GaussianState Merge(ReadOnlySpan<GaussianState> parts, ReadOnlySpan<double> weights)
    {
        GaussianState merged = default;
        for (int i = 0; i < parts.Length; i++)
            if (weights[i] > 0) merged.AddMean(parts[i], weights[i]);
        for (int i = 0; i < parts.Length; i++)
            if (weights[i] > 0) merged.AddSpread(parts[i], weights[i]);
        return merged;
    }
}
