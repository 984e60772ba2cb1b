namespace Nadhir.Tracking.Registration;

/// <summary>Systematic errors of one sensor, told minus true, and what is left uncertain (variances).</summary>
readonly record struct SensorErrors(
    double RangeMetres, double AzimuthRadians, double ClockSeconds,
    double RangeVariance, double AzimuthVariance, double ClockVariance)
{
    public bool AreNone => this == default;
}
