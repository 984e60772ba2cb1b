using System.Collections.Immutable;
using Nadhir.Geodesy;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// The planes on which sources tell Cartesian positions: stereographic, touching the earth at the sensor's configured
/// position, y towards true north. ASTERIX leaves the plane to the system; where a system's own origin is another place,
/// configure that place as the position of its sensor.
/// </summary>
sealed class LocalPlanes(ImmutableArray<Sensor> sensors)
{
    readonly StereographicPlane?[] planes = new StereographicPlane?[sensors.Length];

    public GeoPoint Place(int sensor, double eastMetres, double northMetres)
    {
        StereographicPlane plane = planes[sensor] ??=
            new(new(sensors[sensor].Position.LatitudeDegrees, sensors[sensor].Position.LongitudeDegrees));
        return plane.FromPlane(eastMetres, northMetres);
    }
}
