using System.Runtime.InteropServices;

namespace Nadhir.Tracking.Engine;

/// <summary>
/// Where the rows of a table are, in square cells, so that a sensor asks only about tracks it may reach: without it the
/// cost of a scan would grow with everything that flies anywhere. A row lies where it was last placed; who asks allows for
/// one cell of movement since.
/// </summary>
sealed class TrackGrid
{
    public const double CellMetres = 50_000;

    readonly Dictionary<long, int> heads = [];
    readonly int[] next, previous;
    readonly long[] cellOf;
    readonly bool[] isPlaced;

    public TrackGrid(int capacity)
    {
        next = new int[capacity];
        previous = new int[capacity];
        cellOf = new long[capacity];
        isPlaced = new bool[capacity];
    }

    public void Place(int row, double x, double y)
    {
        long cell = KeyOf(ColumnOf(x), ColumnOf(y));
        if (isPlaced[row])
        {
            if (cellOf[row] == cell) return;
            Remove(row);
        }

        ref int head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads, cell, out bool exists);
        next[row] = exists ? head : -1;
        if (exists && head >= 0) previous[head] = row;
        previous[row] = -1;
        head = row;
        cellOf[row] = cell;
        isPlaced[row] = true;
    }

    public void Remove(int row)
    {
        if (!isPlaced[row]) return;
        isPlaced[row] = false;
        if (next[row] >= 0) previous[next[row]] = previous[row];
        if (previous[row] >= 0) next[previous[row]] = next[row];
        else if (next[row] >= 0) heads[cellOf[row]] = next[row];
        else heads.Remove(cellOf[row]);
    }

    /// <summary>Whether a distance covers fewer cells than there are with tracks in them.</summary>
    public bool IsWorthAsking(double distance)
    {
        double across = 2 + (2 * (distance + CellMetres) / CellMetres);
        return across * across < 4.0 * heads.Count;
    }

    /// <summary>Puts the rows that may lie within a distance of a place into a list; says how many.</summary>
    public int Near(double x, double y, double distance, ref int[] found)
    {
        double reach = distance + CellMetres;
        int count = 0;
        for (int c = ColumnOf(x - reach); c <= ColumnOf(x + reach); c++)
        {
            for (int r = ColumnOf(y - reach); r <= ColumnOf(y + reach); r++)
            {
                if (!heads.TryGetValue(KeyOf(c, r), out int row)) continue;
                for (; row >= 0; row = next[row])
                {
                    if (count == found.Length) Array.Resize(ref found, 2 * count);
                    found[count++] = row;
                }
            }
        }

        return count;
    }

    static int ColumnOf(double metres) => (int)Math.Floor(Math.Clamp(metres, -1e9, 1e9) / CellMetres);
    static long KeyOf(int column, int row) => ((long)column << 32) ^ (uint)row;
}
