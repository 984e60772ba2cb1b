namespace Nadhir.Tracking.Engine;

/// <summary>
/// What one sensor keeps reporting where no track is: the expected unclaimed measurements of each cell of a square grid,
/// learned as an exponential average over scans. Cells are kept in a hash table, so only cluttered ground costs memory.
/// </summary>
sealed class ClutterMap(double cellMetres, double memoryScans, int mostCells = 16_384)
{
    readonly Dictionary<long, Cell> cells = [];
    double scans;

    struct Cell
    {
        public double Mass, Scans, Height, HeightSquare;
    }

    /// <summary>Counts passed time: one scan, or the part of a rotation that a sector is.</summary>
    public void PassScan(double share = 1) => scans += share;

    /// <summary>Adds the part of a measurement that no track claims.</summary>
    public void Add(double x, double y, double z, double unclaimed)
    {
        long key = KeyOf(x, y);
        if (!cells.TryGetValue(key, out Cell cell))
        {
            if (cells.Count >= mostCells) return;
            cell.Scans = scans;
        }

        Age(ref cell);
        cell.Mass += unclaimed;
        cell.Height += unclaimed * z;
        cell.HeightSquare += unclaimed * z * z;
        cells[key] = cell;
    }

    /// <summary>Expected false measurements a scan and square metre beyond the sensor's uniform rate.</summary>
    /// <param name="expected">Uniform rate per square metre already reckoned with.</param>
    public double Excess(double x, double y, double expected)
    {
        if (!cells.TryGetValue(KeyOf(x, y), out Cell cell)) return 0;
        Age(ref cell);
        return Math.Max(0, (RateOf(cell) / (cellMetres * cellMetres)) - expected);
    }

    /// <summary>The same per cubic metre, with the height distribution of the cell taken as Gaussian.</summary>
    public double ExcessAt(double x, double y, double z, double expected)
    {
        if (!cells.TryGetValue(KeyOf(x, y), out Cell cell) || cell.Mass < 1) return 0;
        Age(ref cell);
        double excess = (RateOf(cell) / (cellMetres * cellMetres)) - expected;
        if (excess <= 0) return 0;
        double mean = cell.Height / cell.Mass;
        double variance = Math.Max(400, (cell.HeightSquare / cell.Mass) - (mean * mean));
        return excess * Math.Exp(-0.5 * (z - mean) * (z - mean) / variance) / Math.Sqrt(2 * Math.PI * variance);
    }

    /// <summary>Mass over the scans it was gathered in, less what a few objects flying together may leave at first sight.</summary>
    double RateOf(in Cell cell)
    {
        double gathered = memoryScans * (1 - Math.Exp(-scans / memoryScans));
        return Math.Max(0, cell.Mass - 2.5) / Math.Max(1, gathered);
    }

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
