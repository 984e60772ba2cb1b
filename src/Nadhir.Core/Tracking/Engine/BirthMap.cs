namespace Nadhir.Tracking.Engine;

/// <summary>How objects that start at a place have moved at first: mean velocity and its variances, metres per second.</summary>
readonly record struct FirstMotion(double U, double V, double W, double Uu, double Uv, double Vv, double Ww);

/// <summary>
/// Where objects have been appearing of late: runways, the edge of coverage, launching places. Learned from tracks once
/// they are sure, as an exponential average over time; cells of a square grid in a hash table, so only busy ground costs
/// memory. What appears where others did is likelier new, and starts the way they did.
/// </summary>
sealed class BirthMap
{
    const double CellMetres = 1000, MemorySeconds = 90, LeastSigmaHeight = 60;
    const double LeastSigmaSpeed = 60, EnoughForMotion = 3;
    const int MostCells = 4096;

    readonly Dictionary<long, Cell> cells = [];

    struct Cell
    {
        public double Time, Mass, Z, Zz, U, V, W, Uu, Uv, Vv, Ww;
    }

    /// <summary>Adds the start of a track that is sure by now. Beyond the most cells nothing new is learned.</summary>
    public void Add(double time, double x, double y, double z, double u, double v, double w)
    {
        long key = KeyOf(x, y);
        if (!cells.TryGetValue(key, out Cell c) && cells.Count >= MostCells) return;
        Age(ref c, time);
        c.Mass++;
        c.Z += z;
        c.Zz += z * z;
        c.U += u;
        c.V += v;
        c.W += w;
        c.Uu += u * u;
        c.Uv += u * v;
        c.Vv += v * v;
        c.Ww += w * w;
        cells[key] = c;
    }

    /// <summary>Expected starts per second and cubic metre here beyond the general rate.</summary>
    public double RateAt(double time, double x, double y, double z)
    {
        if (!cells.TryGetValue(KeyOf(x, y), out Cell c)) return 0;
        Age(ref c, time);
        double rate = c.Mass / (MemorySeconds * CellMetres * CellMetres);
        double mean = c.Z / c.Mass;
        double variance = Math.Max(LeastSigmaHeight * LeastSigmaHeight, (c.Zz / c.Mass) - (mean * mean));
        return rate * Math.Exp(-0.5 * (z - mean) * (z - mean) / variance) / Math.Sqrt(2 * Math.PI * variance);
    }

    /// <summary>How objects started here of late; no when there were too few to tell.</summary>
    public bool TryMotion(double time, double x, double y, out FirstMotion motion)
    {
        motion = default;
        if (!cells.TryGetValue(KeyOf(x, y), out Cell c)) return false;
        Age(ref c, time);
        if (c.Mass < EnoughForMotion) return false;
        double n = c.Mass, u = c.U / n, v = c.V / n, w = c.W / n;
        double wider = n / (n - 1), least = LeastSigmaSpeed * LeastSigmaSpeed;
        motion = new(u, v, w, (((c.Uu / n) - (u * u)) * wider) + least, ((c.Uv / n) - (u * v)) * wider,
            (((c.Vv / n) - (v * v)) * wider) + least, (((c.Ww / n) - (w * w)) * wider) + least);
        return true;
    }

    static void Age(ref Cell c, double time)
    {
        double keep = c.Mass > 0 && time > c.Time ? Math.Exp((c.Time - time) / MemorySeconds) : 1;
        c.Time = Math.Max(time, c.Time);
        c.Mass *= keep;
        c.Z *= keep;
        c.Zz *= keep;
        c.U *= keep;
        c.V *= keep;
        c.W *= keep;
        c.Uu *= keep;
        c.Uv *= keep;
        c.Vv *= keep;
        c.Ww *= keep;
    }

    static long KeyOf(double x, double y) =>
        ((long)Math.Floor(x / CellMetres) << 32) ^ (uint)(int)Math.Floor(y / CellMetres);
}
