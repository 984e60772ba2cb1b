using System.Collections.Immutable;
using Nadhir.Sensing;
using Nadhir.Tracking;

namespace Nadhir.Core.Tests.Tracking.Registration;

/// <summary>
/// Ordinary traffic over the radars: airliners on many courses, as they cross a region for half an hour.
/// </summary>
static class Skies
{
    public static RadarWorld Busy(int seed, ImmutableArray<Sensor> radars, int flights = 12,
        TrackerOptions? options = null)
    {
        RadarWorld world = new(seed, radars, options: options);
        Random random = new(seed * 7919);
        for (int k = 0; k < flights; k++)
        {
            double course = 360.0 * random.NextDouble(), back = course * Math.PI / 180,
                out1 = 200_000 * random.NextDouble();
            double side = 120_000 * ((2 * random.NextDouble()) - 1);
            world.Fly(RadarWorld.Straight(
                (-Math.Sin(back) * out1) + (Math.Cos(back) * side), (-Math.Cos(back) * out1) - (Math.Sin(back) * side),
                180 + (80 * random.NextDouble()), course, 7000 + (4000 * random.NextDouble())));
        }

        return world;
    }
}
