namespace Nadhir.Simulation;

/// <summary>
/// Seeded randomness: xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64. The same seed and name
/// give the same numbers on every machine; each sensor has a stream of its own, so that one falling silent does not
/// change what the others see. Not thread safe.
/// </summary>
public sealed class Chance
{
    ulong s0, s1, s2, s3;
    double spare = double.NaN;

    public Chance(ulong seed, string stream)
    {
        ulong mix = seed ^ Fingerprint(stream);
        s0 = SplitMix(ref mix);
        s1 = SplitMix(ref mix);
        s2 = SplitMix(ref mix);
        s3 = SplitMix(ref mix);
    }

    public ulong NextBits()
    {
        ulong result = ulong.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double from, double to) => from + ((to - from) * Uniform());

    public bool Happens(double probability) => Uniform() < probability;

    /// <summary>Standard normal (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            double kept = spare;
            spare = double.NaN;
            return kept;
        }

        double x, y, square;
        do
        {
            x = (2 * Uniform()) - 1;
            y = (2 * Uniform()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * factor;
        return x * factor;
    }

    /// <summary>Poisson count (Knuth's product method; means of tens at most).</summary>
    public int Poisson(double mean)
    {
        Invariant.Require(mean is >= 0 and < 500, "a Poisson mean below 500");
        double limit = Math.Exp(-mean), product = Uniform();
        int count = 0;
        while (product > limit)
        {
            count++;
            product *= Uniform();
        }

        return count;
    }

    /// <summary>FNV-1a over the UTF-16 code units: a name's own place in the sequence of seeds.</summary>
    static ulong Fingerprint(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in name) hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
