namespace Nadhir.Sensing;

/// <summary>Pairs of told and arrival time of one sensor's last messages, at most two a second and 32 in all.</summary>
sealed class ClockSamples
{
    const int Capacity = 32;
    const double Every = 0.5;
    /// <summary>The rate of a clock is judged over so many seconds, and must be at least this.</summary>
    const double RateSpan = 10, LeastRate = 0.5;

    readonly double[] told = new double[Capacity];
    readonly double[] arrived = new double[Capacity];
    readonly double[] sorted = new double[Capacity];
    int next;

    public int Count { get; private set; }
    public bool IsFull => Count == Capacity;

    /// <summary>Largest less smallest age, seconds.</summary>
    public double Spread
    {
        get
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int i = 0; i < Count; i++)
            {
                least = Math.Min(least, arrived[i] - told[i]);
                most = Math.Max(most, arrived[i] - told[i]);
            }

            return Count == 0 ? 0 : most - least;
        }
    }

    /// <summary>Median of arrival less told, seconds.</summary>
    public double MedianAge
    {
        get
        {
            for (int i = 0; i < Count; i++) sorted[i] = arrived[i] - told[i];
            Array.Sort(sorted, 0, Count);
            return 0.5 * (sorted[(Count - 1) / 2] + sorted[Count / 2]);
        }
    }

    public void Clear() => Count = next = 0;

    /// <summary>False when the last sample was just now and this one is passed over.</summary>
    public bool Add(double toldSeconds, double arrivedSeconds)
    {
        if (Count > 0 && arrivedSeconds - arrived[(next + Capacity - 1) % Capacity] < Every) return false;
        told[next] = toldSeconds;
        arrived[next] = arrivedSeconds;
        next = (next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
        return true;
    }

    /// <summary>
    /// False when the clock stands, runs backwards or far too slowly, which a delay on the way cannot look like for
    /// long. A pause in the delivery says nothing. One that runs too fast is soon ahead of us, and that says enough.
    /// </summary>
    public bool RunsWithTime()
    {
        int first = (next + Capacity - Count) % Capacity, last = (next + Capacity - 1) % Capacity;
        if (Count < 3) return true;
        double span = arrived[last] - arrived[first];
        if (span < RateSpan) return true;
        double longestPause = 0;
        for (int k = 1; k < Count; k++)
            longestPause = Math.Max(longestPause,
                arrived[(first + k) % Capacity] - arrived[(first + k - 1) % Capacity]);
        if (longestPause > 0.5 * span) return true;
        return told[last] - told[first] >= LeastRate * span;
    }
}
