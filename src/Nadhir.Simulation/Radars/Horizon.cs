using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Simulation.Radars;

/// <summary>What a radar can see at all: the 4/3-earth horizon (ITU-R P.834, standard refraction) and its range.</summary>
public static class Horizon
{
    const double EffectiveRadiusMetres = 4.0 / 3 * Wgs84.MeanRadiusMetres;

    /// <summary>Ground distance at which an antenna and a target, both at heights above ground, just see each other.</summary>
    public static double Metres(double antennaMetres, double targetMetres) =>
        Math.Sqrt(2 * EffectiveRadiusMetres * Math.Max(0, antennaMetres))
        + Math.Sqrt(2 * EffectiveRadiusMetres * Math.Max(0, targetMetres));

    /// <param name="rangeShare">At which share of the sensor's range the target is seen at all.</param>
    public static bool Sees(Sensor sensor, GeoPosition target, double rangeShare = 1)
    {
        double distance = Geodesic.Inverse(sensor.Position.Point, target.Point).DistanceMetres;
        return distance <= sensor.RangeMetres * rangeShare && distance <= Metres(sensor.AntennaMetres, target.HeightMetres);
    }
}
