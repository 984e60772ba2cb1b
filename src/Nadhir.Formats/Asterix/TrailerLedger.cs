namespace Nadhir.Formats.Asterix;

/// <summary>Counts what is left after the last good block of an arrival.</summary>
sealed class TrailerLedger(int told)
{
    /// <summary>More than this is damage, not a habit of the sender.</summary>
    const int MostBytes = 64;
    /// <summary>Fewer arrivals than this say nothing.</summary>
    const int LeastArrivals = 8;

    readonly long[] remainders = new long[MostBytes + 1];
    long arrivals;

    /// <param name="left">Bytes after the last good block of an arrival that had one.</param>
    public void Observe(int left)
    {
        arrivals++;
        if (left <= MostBytes) remainders[left]++;
    }

    /// <summary>How often the trailer that the feed was told of came; null when it was told of none.</summary>
    public string? Told => told > 0 && told <= MostBytes ? $"trailing_bytes: {told}, {remainders[told]}/{arrivals}" : null;

    /// <summary>A length that more than half of the arrivals end in, and that the feed was not told; else null.</summary>
    public TrailerProposal? Proposal
    {
        get
        {
            if (arrivals < LeastArrivals) return null;
            int usual = Array.FindIndex(remainders, count => 2 * count > arrivals);
            return usual < 0 || usual == told ? null : new(usual, arrivals, remainders[usual]);
        }
    }
}
