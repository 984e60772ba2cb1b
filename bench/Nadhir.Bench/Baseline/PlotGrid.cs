namespace Nadhir.Bench.Baseline;

/// <summary>
/// The plots of one scan in square cells, found by the remainder of the cell's number; arrays are kept.
/// </summary>
sealed class PlotGrid
{
    const double CellMetres = 2000;
    const int Buckets = 1 << 13;

    readonly int[] first = new int[Buckets];
    int[] next = new int[256];
    PlanePlot[] plots = new PlanePlot[256];

    public int Count { get; private set; }

    public ref readonly PlanePlot this[int plot] => ref plots[plot];

    public void Clear()
    {
        Count = 0;
        Array.Fill(first, -1);
    }

    public void Add(in PlanePlot plot)
    {
        if (Count == plots.Length)
        {
            Array.Resize(ref plots, 2 * Count);
            Array.Resize(ref next, 2 * Count);
        }

        int bucket = BucketOf(CellOf(plot.X), CellOf(plot.Y));
        plots[Count] = plot;
        next[Count] = first[bucket];
        first[bucket] = Count++;
    }

    /// <summary>The plots of all cells that touch a square; says how many.</summary>
    public int Near(double x, double y, double reach, ref int[] found)
    {
        int count = 0;
        for (int cx = CellOf(x - reach); cx <= CellOf(x + reach); cx++)
            for (int cy = CellOf(y - reach); cy <= CellOf(y + reach); cy++)
                for (int plot = first[BucketOf(cx, cy)]; plot >= 0; plot = next[plot])
                {
                    if (CellOf(plots[plot].X) != cx || CellOf(plots[plot].Y) != cy) continue;
                    if (count == found.Length) Array.Resize(ref found, 2 * count);
                    found[count++] = plot;
                }

        return count;
    }

    static int CellOf(double at) => (int)Math.Floor(at / CellMetres);
    static int BucketOf(int x, int y) => ((x * 73856093) ^ (y * 19349663)) & (Buckets - 1);
}
