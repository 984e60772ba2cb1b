using Nadhir.Geodesy;
using Nadhir.Sensing;
using Nadhir.Simulation.Radars;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Simulation.Families;

/// <summary>
/// When working sensors could see a mover: it stands above their horizon and within their range. A glimpse is no sight: three
/// looks make a track, and what was hidden for a minute must be found anew.
/// </summary>
sealed class Sightline
{
    const double Step = 1, LooksOfATrack = 3, LongestGap = 60;

    readonly List<(double Seconds, double Looks)> moments = [];

    public static Sightline Of(Mover mover, PreparedVariant run)
    {
        Sightline line = new();
        (Sensor Sensor, SensorWindow[] Outages)[] sensors =
            [.. run.Family.Country.Sensors.Select(sensor => (sensor, run.OutagesOf(sensor.Id).ToArray()))];
        double from = Math.Max(mover.Movement.StartSeconds, mover.ThreatFromSeconds);
        for (double seconds = from; seconds <= mover.Movement.LastSeconds; seconds += Step)
        {
            GeoPosition at = mover.Movement.At(seconds)!.Value.Position;
            double looks = 0;
            foreach ((Sensor sensor, SensorWindow[] outages) in sensors)
            {
                if (sensor.Kind == SensorKind.Adsb
                    && (!mover.Movement.TellsPosition || mover.Movement.TransponderAt(seconds) is null)) continue;
                double share = sensor.Kind == SensorKind.Adsb ? 1 : mover.Movement.RangeShare, now = seconds;
                if (!outages.Any(outage => outage.Holds(now)) && Horizon.Sees(sensor, at, share))
                    looks += Step / sensor.Period.TotalSeconds;
            }

            if (looks > 0) line.moments.Add((seconds, looks));
        }

        return line;
    }

    /// <summary>The beginning of the first stretch with looks enough for a track before a moment; null when there is none.</summary>
    public double? Before(double arrival)
    {
        double begun = double.NegativeInfinity, last = double.NegativeInfinity, looks = 0;
        foreach ((double seconds, double more) in moments)
        {
            if (seconds >= arrival) return null;
            if (seconds - last > LongestGap) (begun, looks) = (seconds, 0);
            looks += more;
            if (looks >= LooksOfATrack) return begun;
            last = seconds;
        }

        return null;
    }
}
