namespace Nadhir.Tracking.Engine;

/// <summary>
/// One sensor's clutter on two scales: what returns in the same place (ground, wind farms) and what is thin but wide
/// (rain), of which no small cell ever gathers enough to tell it from chance.
/// </summary>
sealed class ClutterScales(double rangeMetres)
{
    /// <summary>Unclaimed measurements that a raid of many may leave at first sight in one wide cell.</summary>
    const double WideMass = 1.5;

    readonly ClutterMap narrow = new(Math.Clamp(rangeMetres / 150, 200, 2500), memoryScans: 60);
    readonly ClutterMap wide = new(Math.Clamp(rangeMetres / 40, 1000, 10_000), memoryScans: 60, WideMass);

    /// <summary>Counts passed time: one scan, or the part of a rotation that a sector is.</summary>
    public void PassScan(double share)
    {
        narrow.PassScan(share);
        wide.PassScan(share);
    }

    /// <summary>Adds the part of a measurement that no track claims.</summary>
    public void Add(double x, double y, double z, double unclaimed)
    {
        narrow.Add(x, y, z, unclaimed);
        wide.Add(x, y, z, unclaimed);
    }

    /// <inheritdoc cref="ClutterMap.Excess"/>
    public double Excess(double x, double y, double expected) =>
        Math.Max(narrow.Excess(x, y, expected), wide.Excess(x, y, expected));
}
