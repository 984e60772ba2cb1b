namespace Nadhir.Units;

/// <summary>The normal distribution.</summary>
public static class Normal
{
    /// <summary>The 95th percentile, in sigmas.</summary>
    public const double Percentile95 = 1.6448536269514722;

    /// <summary>P(X ≤ x) for a standard normal X; absolute error below 1e-13.</summary>
    public static double Cumulative(double x)
    {
        double z = Math.Abs(x) / Math.Sqrt(2);
        double halfTail = z < 2.5 ? 0.5 - (0.5 * ErfBySeries(z)) : 0.5 * ErfcByFraction(z);
        return x < 0 ? halfTail : 1 - halfTail;
    }

    /// <summary>
    /// The same within 1e-7, in a tenth of the time (Abramowitz and Stegun 26.2.17): for searches that ask often.
    /// </summary>
    public static double Rough(double x)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        double tail = Math.Exp(-0.5 * x * x) * 0.3989422804014327 * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x < 0 ? tail : 1 - tail;
    }

    // Abramowitz and Stegun 7.1.6: erf z = 2/√π e^(−z²) Σ 2ⁿ z^(2n+1) / (2n+1)!!; all terms positive, nothing cancels.
    static double ErfBySeries(double z)
    {
        double term = z, sum = z;
        for (int n = 1; term > 1e-17 * sum && n < 200; n++)
        {
            term *= 2 * z * z / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum;
    }

    // Abramowitz and Stegun 7.1.14, evaluated backwards.
    static double ErfcByFraction(double z)
    {
        if (z > 26) return 0;
        double fraction = 0;
        for (int n = 60; n >= 1; n--) fraction = n / 2.0 / (z + fraction);
        return Math.Exp(-z * z) / Math.Sqrt(Math.PI) / (z + fraction);
    }
}
