namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// What several landings with weights say together: mean, the covariance whose 95 % ellipse holds 95 % of the mixture,
/// and the 5 % and 95 % quantiles of the time.
/// </summary>
static class LandingMixture
{
    /// <summary>
    /// The widest hypotheses with together less weight than this do not shape the ellipse; the others hold more for it.
    /// </summary>
    const double Negligible = 0.015;
    const double Held = 0.95;
    const double LeastDeviation = 1e-3;

    public static FlatImpact Conclude(Span<Landing> landings, double now)
    {
        Normalise(landings);
        Span<Landing> shaping = landings[..Trim(landings)];
        double kept = 0, x = 0, y = 0, t = 0;
        foreach (ref readonly Landing l in shaping)
        {
            kept += l.Weight;
            x += l.Weight * l.X;
            y += l.Weight * l.Y;
            t += l.Weight * l.Seconds;
        }

        (x, y, t) = (x / kept, y / kept, t / kept);
        double xx = 0, xy = 0, yy = 0;
        foreach (ref readonly Landing l in shaping)
        {
            double east = l.X - x, north = l.Y - y, share = l.Weight / kept;
            xx += share * (l.Xx + (east * east));
            xy += share * (l.Xy + (east * north));
            yy += share * (l.Yy + (north * north));
        }

        double scale = shaping.Length == 1 && kept >= 1 ? 1
            : Radius(shaping, x, y, xx, xy, yy, Math.Min(0.999, Held / kept)) / FlatImpact.Square95;
        return new(x, y, now + t, scale * xx, scale * xy, scale * yy,
            now + Math.Max(0, TimeOf(landings, 0.05)), now + Math.Max(0, TimeOf(landings, 0.95)));
    }

    static void Normalise(Span<Landing> landings)
    {
        double sum = 0;
        foreach (ref readonly Landing l in landings) sum += l.Weight;
        foreach (ref Landing l in landings) l.Weight /= sum;
    }

    /// <summary>Sorts by area, smallest first, and tells how many to keep.</summary>
    static int Trim(Span<Landing> landings)
    {
        for (int i = 1; i < landings.Length; i++)
            for (int j = i; j > 0 && Area(landings[j]) < Area(landings[j - 1]); j--)
                (landings[j], landings[j - 1]) = (landings[j - 1], landings[j]);
        int keep = landings.Length;
        double dropped = 0;
        while (keep > 1 && dropped + landings[keep - 1].Weight < Negligible) dropped += landings[--keep].Weight;
        return keep;
    }

    static double Area(in Landing l) => (l.Xx * l.Yy) - (l.Xy * l.Xy);

    /// <summary>
    /// Squared radius, in the mixture's own covariance, within which a share of it lies. The squared distance of each
    /// part is taken as the gamma variable of its mean and variance, by Wilson and Hilferty's cube root (Proc. Nat.
    /// Acad. Sci. 17, 1931).
    /// </summary>
    static double Radius(ReadOnlySpan<Landing> parts, double x, double y, double xx, double xy, double yy, double share)
    {
        double determinant = Math.Max((xx * yy) - (xy * xy), 1e-12 * xx * yy);
        (double a, double b, double d) = (yy / determinant, -xy / determinant, xx / determinant); // inverse covariance
        Span<double> mean = stackalloc double[parts.Length];
        Span<double> spread = stackalloc double[parts.Length];
        double kept = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            ref readonly Landing l = ref parts[i];
            double east = l.X - x, north = l.Y - y;
            double oe = (a * east) + (b * north), on = (b * east) + (d * north);
            double m11 = (a * l.Xx) + (b * l.Xy), m12 = (a * l.Xy) + (b * l.Yy);
            double m21 = (b * l.Xx) + (d * l.Xy), m22 = (b * l.Xy) + (d * l.Yy);
            mean[i] = Math.Max(1e-9, m11 + m22 + (east * oe) + (north * on));
            double variance = (2 * ((m11 * m11) + (2 * m12 * m21) + (m22 * m22)))
                + (4 * ((oe * oe * l.Xx) + (2 * oe * on * l.Xy) + (on * on * l.Yy)));
            spread[i] = Math.Max(1e-9, variance / (9 * mean[i] * mean[i])); // 1/(9 shape)
            kept += l.Weight;
        }

        double low = 0, high = 400;
        for (int step = 0; step < 30; step++)
        {
            double middle = 0.5 * (low + high), inside = 0;
            for (int i = 0; i < parts.Length; i++)
                inside += parts[i].Weight
                    * Normal.Below((Math.Cbrt(middle / mean[i]) - 1 + spread[i]) / Math.Sqrt(spread[i]));
            if (inside < share * kept) low = middle;
            else high = middle;
        }

        return high;
    }

    static double TimeOf(ReadOnlySpan<Landing> landings, double share)
    {
        const double Far = 8;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (ref readonly Landing l in landings)
        {
            double reach = Far * Math.Sqrt(l.Tt);
            low = Math.Min(low, l.Seconds - reach);
            high = Math.Max(high, l.Seconds + reach);
        }

        for (int step = 0; step < 30; step++)
        {
            double middle = 0.5 * (low + high), before = 0;
            foreach (ref readonly Landing l in landings)
                before += l.Weight * Normal.Below((middle - l.Seconds) / Math.Max(LeastDeviation, Math.Sqrt(l.Tt)));
            if (before < share) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}

/// <summary>The standard normal distribution.</summary>
static class Normal
{
    /// <summary>Probability below so many deviations; within 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    public static double Below(double deviations)
    {
        double far = Math.Abs(deviations), t = 1 / (1 + (0.2316419 * far));
        double tail = 0.3989422804014327 * Math.Exp(-0.5 * far * far) * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return deviations < 0 ? tail : 1 - tail;
    }
}
