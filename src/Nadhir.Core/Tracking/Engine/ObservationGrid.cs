namespace Nadhir.Tracking.Engine;

/// <summary>
/// The positions of one scan sorted into square cells, so that a track looks at its neighbourhood only. The cells fit
/// the scan: about two a measurement. Arrays are kept between scans.
/// </summary>
sealed class ObservationGrid
{
    int[] cellStart = [], order = [], cellOf = [];
    double west, south, cell;
    int columns, rows;

    /// <summary>Largest standard deviation among the positions of the scan.</summary>
    public double LargestSigma { get; private set; }

    public void Build(ReadOnlySpan<Observation> observations)
    {
        double east = double.NegativeInfinity, north = double.NegativeInfinity, variance = 0;
        west = south = double.PositiveInfinity;
        int count = 0;
        foreach (ref readonly Observation o in observations)
        {
            if (o.Kind != ObservationKind.Position) continue;
            count++;
            west = Math.Min(west, o.X);
            east = Math.Max(east, o.X);
            south = Math.Min(south, o.Y);
            north = Math.Max(north, o.Y);
            variance = Math.Max(variance, GaussianState.LargestEigenvalue(o.Xx, o.Xy, o.Yy));
        }

        LargestSigma = Math.Sqrt(variance);
        if (count == 0)
        {
            columns = rows = 0;
            return;
        }

        double width = Math.Max(east - west, 1e-3), height = Math.Max(north - south, 1e-3);
        cell = Math.Max(Math.Sqrt(width * height / (2.0 * count)), Math.Max(width, height) / 2000);
        columns = 1 + (int)(width / cell);
        rows = 1 + (int)(height / cell);
        Sort(observations);
    }

    void Sort(ReadOnlySpan<Observation> observations)
    {
        int cells = columns * rows;
        if (cellStart.Length < cells + 2) cellStart = new int[Math.Max(cells + 2, 2 * cellStart.Length)];
        if (order.Length < observations.Length)
        {
            int size = Math.Max(observations.Length, 2 * order.Length);
            order = new int[size];
            cellOf = new int[size];
        }

        cellStart.AsSpan(0, cells + 2).Clear();
        for (int j = 0; j < observations.Length; j++)
        {
            ref readonly Observation o = ref observations[j];
            cellOf[j] = o.Kind == ObservationKind.Position ? (RowOf(o.Y) * columns) + ColumnOf(o.X) : -1;
            if (cellOf[j] >= 0) cellStart[cellOf[j] + 1]++;
        }

        for (int c = 0; c < cells; c++) cellStart[c + 1] += cellStart[c];
        cellStart[cells + 1] = cellStart[cells];
        // Filling backwards moves the end of cell c, kept at c + 1, down to its start.
        for (int j = observations.Length - 1; j >= 0; j--)
            if (cellOf[j] >= 0) order[--cellStart[cellOf[j] + 1]] = j;
    }

    int ColumnOf(double x) => Math.Clamp((int)((x - west) / cell), 0, columns - 1);
    int RowOf(double y) => Math.Clamp((int)((y - south) / cell), 0, rows - 1);

    /// <summary>Puts the measurements of all cells that touch a square into a list; says how many.</summary>
    public int Near(double x, double y, double reach, ref int[] found)
    {
        if (columns == 0 || x + reach < west || y + reach < south
            || x - reach > west + (columns * cell) || y - reach > south + (rows * cell)) return 0;
        int c0 = ColumnOf(x - reach), c1 = ColumnOf(x + reach), r0 = RowOf(y - reach), r1 = RowOf(y + reach), count = 0;
        for (int r = r0; r <= r1; r++)
        {
            int from = StartOf((r * columns) + c0), to = StartOf((r * columns) + c1 + 1);
            if (found.Length < count + to - from) Array.Resize(ref found, Math.Max(count + to - from, 2 * found.Length));
            for (int k = from; k < to; k++) found[count++] = order[k];
        }

        return count;
    }

    int StartOf(int index) => cellStart[index + 1];
}
