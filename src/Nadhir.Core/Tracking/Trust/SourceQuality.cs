using Nadhir.Sensing;
using Nadhir.Tracking.Engine;

namespace Nadhir.Tracking.Trust;

/// <summary>What each kind of source is worth at best, and what it takes for it to confirm a track.</summary>
static class SourceQuality
{
    /// <summary>
    /// One sigma per axis, metres: antenna, clock and datum leave a satellite position no better than this.
    /// </summary>
    public const double LeastReportSigma = 10;
    /// <summary>A person who points at the sky is right to a kilometre at best.</summary>
    public const double LeastSightingSigma = 1000;
    /// <summary>So many observers must have seen what nobody but observers saw.</summary>
    public const int IndependentObservers = 2;

    /// <summary>Widens an observation to what its kind of source can know.</summary>
    public static void Floor(MeasurementKind kind, ref Observation o)
    {
        double least = kind switch
        {
            MeasurementKind.PositionReport or MeasurementKind.SystemTrack => LeastReportSigma,
            MeasurementKind.Sighting => LeastSightingSigma,
            _ => 0,
        };
        o.Xx = Math.Max(o.Xx, least * least);
        o.Yy = Math.Max(o.Yy, least * least);
    }

    /// <summary>Whether those who saw a track may confirm it: one observer alone, however often, may not.</summary>
    public static bool MayConfirm(TrackRecord record, SensorGeometry[] sensors)
    {
        int observers = 0;
        for (int s = 0; s < sensors.Length; s++)
        {
            if (double.IsNegativeInfinity(record.SeenBy[s])) continue;
            if (sensors[s].Sensor.Kind != SensorKind.Observer) return true;
            observers++;
        }

        return observers >= IndependentObservers;
    }
}
