using Nadhir.Sensing;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking;

/// <summary>
/// Holds tracks that fly through the cone above the radar that follows them: nobody can see them there, so silence
/// about them says nothing. Only for so long as a slow crossing of the cone takes.
/// </summary>
static class HiddenTracks
{
    /// <summary>Seconds unseen after which a track ends, wherever it is.</summary>
    const double Longest = 180;
    /// <summary>Radars look up to 45 degrees; a little more, since the track's place is a prediction.</summary>
    const double ConeSlope = 1.2;
    /// <summary>Turns of the radar it has to show itself again after it has left the cone.</summary>
    const double TurnsAfter = 2.5;

    /// <summary>Whether a track unseen for longer than its limit is still to be held.</summary>
    /// <param name="state">Where it would be now.</param>
    public static bool Holds(SensorGeometry[] sensors, TrackRecord record, in GaussianState state, bool knowsHeight,
        double unseen)
    {
        if (!knowsHeight || unseen > Longest) return false;
        for (int s = 0; s < sensors.Length; s++)
        {
            Sensor about = sensors[s].Sensor;
            if (about.Kind is not (SensorKind.Radar or SensorKind.Radar3D)
                || double.IsNegativeInfinity(record.SeenBy[s])) continue;
            double after = TurnsAfter * about.Period.TotalSeconds * state.Speed;
            double east = state.X - sensors[s].East, north = state.Y - sensors[s].North;
            if (Math.Sqrt((east * east) + (north * north)) < (ConeSlope * state.Z) + after
                && PassedOver(east, north, state, unseen))
                return true;
        }

        return false;
    }

    /// <summary>Whether its way since it was seen led through the cone.</summary>
    static bool PassedOver(double east, double north, in GaussianState state, double unseen)
    {
        double speed = Math.Max(1, state.Speed);
        double back = Math.Clamp(((east * state.U) + (north * state.V)) / (speed * speed), 0, unseen);
        double x = east - (back * state.U), y = north - (back * state.V);
        return Math.Sqrt((x * x) + (y * y)) < ConeSlope * state.Z;
    }
}
