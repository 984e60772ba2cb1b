using System.Collections.Immutable;
using Nadhir.Tracking.Registration;
using Nadhir.Units;

namespace Nadhir.Sensing;

/// <summary>
/// Tells, once, when the tracks show a sensor to be out of line, when that changes in kind, and when it is over.
/// </summary>
sealed class BiasDesk(ImmutableArray<Sensor> sensors)
{
    readonly (bool Range, bool Azimuth, bool Clock)[] told = new (bool, bool, bool)[sensors.Length];

    public void Tick(IReadOnlyList<SensorRegistration> registrations, List<Decision> decisions)
    {
        foreach (SensorRegistration found in registrations)
        {
            (bool, bool, bool) shown = (found.HasRangeBias, found.HasAzimuthBias, found.HasClockOffset);
            if (told[found.Sensor] == shown) continue;
            told[found.Sensor] = shown;
            decisions.Add(new SensorBiasFound(sensors[found.Sensor].Id, Row(found)!,
                found.Fault.Length > 0 ? found.Fault : "in line with the others again"));
        }
    }

    /// <summary>For the board; null while nothing has been compared.</summary>
    public static BiasRow? Row(SensorRegistration found) => found.Samples == 0 ? null : new BiasRow
    {
        RangeMetres = Math.Round(found.RangeMetres),
        SigmaRangeMetres = Math.Round(found.SigmaRangeMetres),
        AzimuthDegrees = Math.Round(found.AzimuthRadians * Angles.RadiansToDegrees, 3),
        SigmaAzimuthDegrees = Math.Round(found.SigmaAzimuthRadians * Angles.RadiansToDegrees, 3),
        ClockSeconds = Math.Round(found.ClockSeconds, 2),
        SigmaClockSeconds = Math.Round(found.SigmaClockSeconds, 2),
        Samples = found.Samples,
        Settled = found.IsSettled,
        Corrected = found.IsCorrected,
        Fault = found.Fault,
    };
}
