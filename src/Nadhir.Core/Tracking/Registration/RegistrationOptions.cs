namespace Nadhir.Tracking.Registration;

/// <summary>
/// What is believed of a sensor's systematic errors before anything was seen, and how fast they may wander.
/// </summary>
public sealed record RegistrationOptions
{
    /// <summary>One sigma of a radar's range bias, azimuth bias and clock offset at first sight.</summary>
    public double SigmaRangeMetres { get; init; } = 100;
    public double SigmaAzimuthDegrees { get; init; } = 0.15;
    public double SigmaClockSeconds { get; init; } = 0.5;
    /// <summary>One sigma of the clock offset of a source whose objects tell their own positions (ADS-B).</summary>
    public double SigmaReportClockSeconds { get; init; } = 0.3;
    /// <summary>The prior sigmas of a sensor with <c>Trusted</c> are this part of the others'.</summary>
    public double TrustedShare { get; init; } = 0.05;
    /// <summary>
    /// Time in which an old estimate loses e⁻¹ of its weight against the prior: a bias that nobody confirms is slowly
    /// forgotten. Within ten minutes a range bias may so wander by about a tenth of its prior sigma.
    /// </summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(24);
    /// <summary>
    /// Longest stretch of one track from which errors are taken; over it the flight is nearly straight.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>
    /// One sigma of the acceleration, each axis, of flights that are used; a harder turn is put aside.
    /// </summary>
    public double SigmaAcceleration { get; init; } = 1;
    /// <summary>Speed by which an uncertain time is turned into an uncertain place, metres per second.</summary>
    public double AssumedSpeed { get; init; } = 250;
}
