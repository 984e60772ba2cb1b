using Nadhir.Geodesy;

namespace Nadhir.Simulation.Radars;

/// <summary>A disc that gives a radar false plots turn after turn: rain, a flock, a wind farm. It may drift.</summary>
/// <param name="Centre">Where its middle is at second 0.</param>
/// <param name="HeightMetres">How high it reaches: what a radar's horizon hides of it is not seen.</param>
/// <param name="PlotsPerScan">Mean of a Poisson count, of each radar that sees it.</param>
public sealed record ClutterPatch(
    GeoPoint Centre, double RadiusMetres, double HeightMetres, double PlotsPerScan, double DriftMetresPerSecond,
    double DriftDegrees)
{
    internal GeoPoint Draw(Chance chance, double seconds)
    {
        GeoPoint middle = Geodesic.Direct(Centre, DriftDegrees, DriftMetresPerSecond * seconds);
        return Geodesic.Direct(middle, chance.Uniform(0, 360), RadiusMetres * Math.Sqrt(chance.Uniform()));
    }
}
