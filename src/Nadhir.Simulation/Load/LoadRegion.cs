using System.Collections.Immutable;
using Nadhir.Tracking;

namespace Nadhir.Simulation.Load;

/// <summary>
/// A flat region that grows with its traffic: whatever the number of targets, 1000 of them share a square of 120 km,
/// every point is seen by two radars on average, and a scan brings 200 false plots.
/// </summary>
/// <remarks>
/// One radar stands in the middle of each cell (4 s), one on each corner (5 s). With a range of cell/√π the disc of a
/// radar is as large as a cell; every point of the region is within reach of at least one. The angles are measured a
/// third more coarsely than in scenario c of the tracking bench, because its ranges are longer: the same error in
/// metres. Its false plots reach out to 200 km; ours are all where the traffic is.
/// </remarks>
public sealed class LoadRegion
{
    public const int TargetsPerCell = 1000, LeastTargets = 1000, MostTargets = 1_000_000;
    /// <summary>All scans end on a multiple of this, seconds.</summary>
    public const double Tick = 0.25;
    const double CellOfThousand = 120_000, FalsePerScan = 200, LeastRange = 1000, RadarHeight = 100;
    /// <summary>35° in scenario c, where each radar sees into the other's cone of silence.</summary>
    const double MostElevation = 60 * Math.PI / 180;

    public LoadRegion(int targets)
    {
        Invariant.Require(targets is >= LeastTargets and <= MostTargets, "a load of 1000 to 1,000,000 targets");
        Targets = targets;
        int cells = (int)Math.Round((double)targets / TargetsPerCell);
        Rows = LargestDivisorUpToRoot(cells);
        Columns = cells / Rows;
        CellMetres = CellOfThousand * Math.Sqrt((double)targets / TargetsPerCell / cells);
        Sensors = [.. Lattice(Columns, Rows, 0.5, 4), .. Lattice(Columns + 1, Rows + 1, 0, 5)];
    }

    public int Targets { get; }
    public int Columns { get; }
    public int Rows { get; }
    public double CellMetres { get; }
    /// <summary>East and north extent from the origin, metres.</summary>
    public double Width => Columns * CellMetres;
    public double Height => Rows * CellMetres;
    public ImmutableArray<FlatSensor> Sensors { get; }

    public bool Contains(double x, double y) => x >= 0 && y >= 0 && x < Width && y < Height;

    /// <summary>Range noise of a sensor, one sigma, metres.</summary>
    public static double RangeSigma(FlatSensor sensor) => sensor.Period < 4.5 ? 50 : 60;
    public static double AzimuthSigma => 0.16 * Math.PI / 180;
    public static double ElevationSigma => 0.20 * Math.PI / 180;

    IEnumerable<FlatSensor> Lattice(int columns, int rows, double shift, double period)
    {
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                yield return new()
                {
                    Id = $"R{period}-{column}-{row}",
                    Kind = FlatSensorKind.Radar3D,
                    X = (column + shift) * CellMetres,
                    Y = (row + shift) * CellMetres,
                    Z = RadarHeight,
                    Period = period,
                    LeastRange = LeastRange,
                    Range = CellMetres / Math.Sqrt(Math.PI),
                    LeastElevation = 0,
                    MostElevation = MostElevation,
                    DetectionProbability = 0.9,
                    FalsePerScan = FalsePerScan,
                };
    }

    static int LargestDivisorUpToRoot(int number)
    {
        int divisor = (int)Math.Sqrt(number);
        while (number % divisor != 0) divisor--;
        return divisor;
    }
}
