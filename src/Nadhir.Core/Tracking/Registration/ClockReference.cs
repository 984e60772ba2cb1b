namespace Nadhir.Tracking.Registration;

/// <summary>
/// Against what clocks are told. Tracks show only how clocks differ. The trusted sensors are the measure when there are
/// any; else most of the clocks are: the mean of those near the median. With two sensors that is half way between.
/// </summary>
sealed class ClockReference(int places)
{
    /// <summary>
    /// Clocks within this of the median, or within two sigmas of the difference, are of the majority.
    /// </summary>
    const double NearSeconds = 0.05, NearSigmas = 2;

    readonly double[] sorted = new double[places];
    readonly double[] weights = new double[places];

    /// <summary>The offset that most clocks share, seconds.</summary>
    public double Seconds { get; private set; }

    /// <param name="filter">Estimates of all compared sensors.</param>
    /// <param name="isHeard">Whether a sensor has been compared at all.</param>
    /// <param name="isTrusted">Whether its clock is the measure.</param>
    public void Set(BiasFilter filter, ReadOnlySpan<bool> isHeard, ReadOnlySpan<bool> isTrusted)
    {
        Array.Clear(weights);
        Seconds = 0;
        int heard = 0;
        double trusted = 0;
        for (int p = 0; p < weights.Length; p++)
        {
            if (!isHeard[p]) continue;
            sorted[heard++] = ClockOf(filter, p);
            if (isTrusted[p]) weights[p] = ++trusted > 0 ? 1 : 0;
        }

        if (heard == 0) return;
        if (trusted == 0) Elect(filter, isHeard, heard);
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        for (int p = 0; p < weights.Length; p++)
        {
            weights[p] /= sum;
            Seconds += weights[p] * ClockOf(filter, p);
        }
    }

    void Elect(BiasFilter filter, ReadOnlySpan<bool> isHeard, int heard)
    {
        Span<double> clocks = sorted.AsSpan(0, heard);
        clocks.Sort();
        double low = clocks[(heard - 1) / 2], high = clocks[heard / 2], median = 0.5 * (low + high);
        int middle = -1;
        for (int p = 0; p < weights.Length; p++)
            if (isHeard[p] && (ClockOf(filter, p) == low || ClockOf(filter, p) == high)) middle = p;
        for (int p = 0; p < weights.Length; p++)
        {
            if (!isHeard[p]) continue;
            double away = Math.Abs(ClockOf(filter, p) - median);
            double sigma = Math.Sqrt(Math.Max(0,
                Shared(filter, p, p) + Shared(filter, middle, middle) - (2 * Shared(filter, p, middle))));
            bool isMiddle = ClockOf(filter, p) == low || ClockOf(filter, p) == high;
            weights[p] = isMiddle || away <= NearSeconds + (NearSigmas * sigma) ? 1 : 0;
        }
    }

    /// <summary>Variance of a sensor's clock against the reference.</summary>
    public double VarianceOf(BiasFilter filter, int place)
    {
        double own = Shared(filter, place, place), both = 0, reference = 0;
        for (int p = 0; p < weights.Length; p++)
        {
            if (weights[p] == 0) continue;
            both += weights[p] * Shared(filter, place, p);
            for (int q = 0; q < weights.Length; q++)
                if (weights[q] != 0) reference += weights[p] * weights[q] * Shared(filter, p, q);
        }

        return Math.Max(0, own + reference - (2 * both));
    }

    static double ClockOf(BiasFilter filter, int place) => filter.Means[(3 * place) + 2];

    static double Shared(BiasFilter filter, int one, int other) => filter.Covariance((3 * one) + 2, (3 * other) + 2);
}
