using System.Runtime.Intrinsics;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// Functions of eight lanes, made of nothing but exact operations (add, multiply, bits) in a fixed order. The runtime's own
/// vector functions may fuse a multiplication with an addition or not, depending on how well the code around them has been
/// compiled by then: the same scans would give other last digits in another run.
/// </summary>
static class Lanes
{
    const double Log2E = 1.4426950408889634, Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10;
    /// <summary>Adding it rounds a double to a whole number, which is left in the lowest bits.</summary>
    const double Rounder = 6755399441055744; // 1.5 · 2⁵²
    const double Least = -708, Most = 709;

    /// <summary>
    /// e to each lane, to 1e-14 of itself: x = n ln 2 + r, the series of r to its eleventh power, times 2ⁿ. Below −708 it
    /// is no less than at −708, above 709 no more than there.
    /// </summary>
    public static Octet Exp(Octet x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Least)), Vector512.Create(Most));
        Octet shifted = (x * Log2E) + Vector512.Create(Rounder), n = shifted - Vector512.Create(Rounder);
        Octet r = x - (n * Ln2High) - (n * Ln2Low), r2 = r * r, r4 = r2 * r2;
        Octet low = (Vector512.Create(1.0) + r) + (r2 * (Vector512.Create(1.0 / 2) + (r * (1.0 / 6))));
        Octet middle = (Vector512.Create(1.0 / 24) + (r * (1.0 / 120)))
            + (r2 * (Vector512.Create(1.0 / 720) + (r * (1.0 / 5040))));
        Octet high = (Vector512.Create(1.0 / 40_320) + (r * (1.0 / 362_880)))
            + (r2 * (Vector512.Create(1.0 / 3_628_800) + (r * (1.0 / 39_916_800))));
        Octet series = low + (r4 * (middle + (r4 * high)));
        Octet power = ((shifted.AsInt64() << 52) + Vector512.Create(1023L << 52)).AsDouble();
        return series * power;
    }

    /// <summary>Sine and cosine of each lane.</summary>
    public static (Octet Sin, Octet Cos) SinCos(Octet angle)
    {
        Span<double> sin = stackalloc double[ModelStates.LaneCount], cos = stackalloc double[ModelStates.LaneCount];
        for (int i = 0; i < sin.Length; i++) (sin[i], cos[i]) = Math.SinCos(angle[i]);
        return (Vector512.Create<double>(sin), Vector512.Create<double>(cos));
    }

    /// <summary>Sum of the lanes: halves, quarters, pairs.</summary>
    public static double Sum(Octet v)
    {
        Vector256<double> half = v.GetLower() + v.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1];
    }
}
