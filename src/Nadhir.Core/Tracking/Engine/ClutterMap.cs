using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// What one sensor keeps reporting where no track is: the expected unclaimed measurements of each cell of a square grid,
/// learned as an exponential average over scans. Cells are kept in a hash table, so only cluttered ground costs memory.
/// </summary>
/// <param name="leastMass">What a few objects flying together may leave at first sight is no clutter.</param>
sealed class ClutterMap(double cellMetres, double memoryScans, double leastMass = 2.5, int mostCells = 16_384)
{
    /// <summary>Parts of a measurement too small to count.</summary>
    const double LeastPart = 0.02;

    readonly Dictionary<long, Cell> cells = [];
    /// <summary>A bit for each hash of a cell that ever had enough: most ground never has, and is told so at once.</summary>
    readonly ulong[] cluttered = new ulong[256];
    double scans, gathered = 1;

    struct Cell
    {
        public double Mass, Scans, Height, HeightSquare;
    }

    /// <summary>Counts passed time: one scan, or the part of a rotation that a sector is.</summary>
    public void PassScan(double share = 1)
    {
        scans += share;
        gathered = Math.Max(1, memoryScans * (1 - Math.Exp(-scans / memoryScans)));
    }

    /// <summary>Adds the part of a measurement that no track claims.</summary>
    public void Add(double x, double y, double z, double unclaimed)
    {
        if (unclaimed < LeastPart) return;
        long key = KeyOf(x, y);
        ref Cell cell = ref CollectionsMarshal.GetValueRefOrNullRef(cells, key);
        if (Unsafe.IsNullRef(ref cell))
        {
            if (cells.Count >= mostCells) return;
            cell = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, key, out bool _);
            cell.Scans = scans;
        }

        Age(ref cell);
        cell.Mass += unclaimed;
        cell.Height += unclaimed * z;
        cell.HeightSquare += unclaimed * z * z;
        if (cell.Mass > leastMass) cluttered[BitOf(key) >> 6] |= 1UL << (BitOf(key) & 63);
    }

    /// <summary>Expected false measurements a scan and square metre beyond the sensor's uniform rate.</summary>
    /// <param name="expected">Uniform rate per square metre already reckoned with.</param>
    public double Excess(double x, double y, double expected)
    {
        if (!TryCluttered(x, y, out Cell cell)) return 0;
        Age(ref cell);
        return Math.Max(0, (RateOf(cell) / (cellMetres * cellMetres)) - expected);
    }

    /// <summary>The same per cubic metre, with the height distribution of the cell taken as Gaussian.</summary>
    public double ExcessAt(double x, double y, double z, double expected)
    {
        if (!TryCluttered(x, y, out Cell cell)) return 0;
        Age(ref cell);
        double excess = (RateOf(cell) / (cellMetres * cellMetres)) - expected;
        if (excess <= 0) return 0;
        double mean = cell.Height / cell.Mass;
        double variance = Math.Max(400, (cell.HeightSquare / cell.Mass) - (mean * mean));
        return excess * Math.Exp(-0.5 * (z - mean) * (z - mean) / variance) / Math.Sqrt(2 * Math.PI * variance);
    }

    /// <summary>Mass over the scans it was gathered in.</summary>
    double RateOf(in Cell cell) => Math.Max(0, cell.Mass - leastMass) / gathered;

    bool TryCluttered(double x, double y, out Cell cell)
    {
        long key = KeyOf(x, y);
        int bit = BitOf(key);
        cell = default;
        return (cluttered[bit >> 6] & (1UL << (bit & 63))) != 0 && cells.TryGetValue(key, out cell) && cell.Mass > leastMass;
    }

    static int BitOf(long key) => (int)((ulong)(key * unchecked((long)0x9E3779B97F4A7C15)) >> 50);

    void Age(ref Cell cell)
    {
        double keep = Math.Exp((cell.Scans - scans) / memoryScans);
        cell.Mass *= keep;
        cell.Height *= keep;
        cell.HeightSquare *= keep;
        cell.Scans = scans;
    }

    long KeyOf(double x, double y) => ((long)Math.Floor(x / cellMetres) << 32) ^ (uint)(int)Math.Floor(y / cellMetres);
}
