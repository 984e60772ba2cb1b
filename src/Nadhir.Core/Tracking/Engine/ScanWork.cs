namespace Nadhir.Tracking.Engine;

/// <summary>A track that a scan may concern.</summary>
struct Look
{
    public int Row;
    /// <summary>Its branches, as entries.</summary>
    public int FirstEntry, EndEntry;
    /// <summary>Probability of being reported here, and the part of it that counts when it is not.</summary>
    public double Hit, Miss;
    /// <summary>Looks that may have made the same measurements hang together: towards the root, and the next one.</summary>
    public int Parent, Next;
}

/// <summary>A branch of such a track, predicted to <see cref="At"/> when it has edges.</summary>
struct Entry
{
    public int Branch, FirstEdge, EndEdge;
    public double At;
    public bool Predicted;
    /// <summary>Probability of not being reported, and of existing then.</summary>
    public double MissFactor, MissExistence;
}

/// <summary>A branch and a measurement in its gate.</summary>
struct Edge
{
    public int Observation;
    /// <summary>Density of the measurement under the branch, all models.</summary>
    public double Total;
    /// <summary>Odds of this pair against a miss and an unclaimed measurement.</summary>
    public double Odds;
    /// <summary>Probability that the track made the measurement; filled in by the association.</summary>
    public double Marginal;
    /// <summary>Where its likelihoods under each family and model begin.</summary>
    public int Likelihood;
}

/// <summary>
/// The work of one scan: the tracks looked at, their branches and the gated pairs, in arrays that are kept and grow only
/// while the picture does.
/// </summary>
sealed class ScanWork(int families)
{
    Look[] looks = new Look[64];
    Entry[] entries = new Entry[64];
    Edge[] edges = new Edge[256];
    Octet[] likelihoods = new Octet[256 * families];
    double[] unclaimed = new double[64];
    int[] owner = new int[64], claimant = new int[64];

    public int LookCount { get; private set; }
    public int EntryCount { get; private set; }
    public int EdgeCount { get; private set; }
    public ref Look LookAt(int look) => ref looks[look];
    public ref Entry EntryAt(int entry) => ref entries[entry];
    public ref Edge EdgeAt(int edge) => ref edges[edge];
    /// <summary>For each observation, density of clutter and new objects.</summary>
    public double Unclaimed(int observation) => unclaimed[observation];
    public ReadOnlySpan<Octet> LikelihoodsOf(int edge) => likelihoods.AsSpan(edges[edge].Likelihood, families);

    /// <summary>For each observation the last look that reached it, or −1.</summary>
    public ref int OwnerOf(int observation) => ref owner[observation];
    /// <summary>For each observation the last look that claimed it with some right, or −1.</summary>
    public ref int ClaimantOf(int observation) => ref claimant[observation];

    public void Clear(ReadOnlySpan<Observation> scan)
    {
        LookCount = EntryCount = EdgeCount = 0;
        int count = scan.Length;
        if (unclaimed.Length < count)
        {
            unclaimed = new double[2 * count];
            owner = new int[2 * count];
            claimant = new int[2 * count];
        }

        owner.AsSpan(0, count).Fill(-1);
        claimant.AsSpan(0, count).Fill(-1);
        for (int j = 0; j < count; j++) unclaimed[j] = Math.Max(scan[j].ClutterDensity + scan[j].BirthDensity, 1e-30);
    }

    public int OpenLook(int row, double hit, double miss)
    {
        if (LookCount == looks.Length) Array.Resize(ref looks, 2 * LookCount);
        looks[LookCount] = new()
        {
            Row = row, FirstEntry = EntryCount, EndEntry = EntryCount, Hit = hit, Miss = miss, Parent = LookCount, Next = -1,
        };
        return LookCount++;
    }

    public int OpenEntry(int look, int branch, double existence)
    {
        if (EntryCount == entries.Length) Array.Resize(ref entries, 2 * EntryCount);
        double missFactor = 1 - (existence * looks[look].Miss);
        entries[EntryCount] = new()
        {
            Branch = branch,
            FirstEdge = EdgeCount,
            EndEdge = EdgeCount,
            MissFactor = missFactor,
            MissExistence = existence * (1 - looks[look].Miss) / missFactor,
        };
        looks[look].EndEntry = EntryCount + 1;
        return EntryCount++;
    }

    /// <summary>Room for the next edge's likelihoods; kept by <see cref="KeepEdge"/>, else written over.</summary>
    public Span<Octet> NextLikelihoods()
    {
        if (EdgeCount == edges.Length)
        {
            Array.Resize(ref edges, 2 * EdgeCount);
            Array.Resize(ref likelihoods, 2 * EdgeCount * families);
        }

        return likelihoods.AsSpan(EdgeCount * families, families);
    }

    /// <summary>Adds an edge to the last entry, which keeps its edges in falling order of odds.</summary>
    public void KeepEdge(int observation, double total, double odds)
    {
        ref Entry entry = ref entries[EntryCount - 1];
        Edge edge = new() { Observation = observation, Total = total, Odds = odds, Likelihood = EdgeCount * families };
        int at = EdgeCount++;
        for (; at > entry.FirstEdge && edges[at - 1].Odds < odds; at--) edges[at] = edges[at - 1];
        edges[at] = edge;
        entry.EndEdge = EdgeCount;
    }
}
