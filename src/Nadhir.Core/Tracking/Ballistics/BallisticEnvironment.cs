using Nadhir.Units;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// What a falling object falls through: gravity, the shape and turning of the earth, the air, and how little is known
/// of the air. The air is exponential, ρ = 1.225 exp(−z / 8500) kg/m³, constant below sea level.
/// </summary>
public sealed record BallisticEnvironment
{
    public const double SeaLevelDensity = 1.225, ScaleHeightMetres = 8500, StandardGravity = 9.80665;

    const double EarthRotation = 7.292115e-5; // radians per second, WGS 84

    /// <summary>Gravity at the ground, m/s²; above a round earth it falls with the square of the distance.</summary>
    public double Gravity { get; init; } = StandardGravity;
    /// <summary>One over the earth's radius, per metre; 0 is a flat earth.</summary>
    public double Curvature { get; init; }
    /// <summary>The earth's rotation about the local north and the local vertical, radians per second.</summary>
    public double RotationNorth { get; init; }
    public double RotationUp { get; init; }
    /// <summary>One sigma of an unknown constant wind, per horizontal axis, metres per second.</summary>
    public double WindSigma { get; init; }
    /// <summary>One sigma of a constant factor of the air's density.</summary>
    public double DensitySigma { get; init; }
    /// <summary>
    /// White acceleration a falling object may feel beyond gravity and drag, m²/s³ per axis: gusts and tumbling. It
    /// adds up along the way to the ground.
    /// </summary>
    public double AccelerationNoise { get; init; } = 0.003;

    /// <summary>Flat, at rest, air exactly as the model says: the tracking bench's world.</summary>
    public static BallisticEnvironment Flat { get; } = new();

    /// <summary>
    /// A round turning earth at a latitude, with a wind of 10 m/s one sigma and a density known to 5 %. Gravity by the
    /// WGS 84 formula (NIMA TR8350.2, section 4, Somigliana), the centrifugal part inside it.
    /// </summary>
    public static BallisticEnvironment Earth(double latitudeDegrees)
    {
        (double sin, double cos) = Math.SinCos(latitudeDegrees * Angles.DegreesToRadians);
        double square = sin * sin;
        return new()
        {
            Gravity = 9.7803253359 * (1 + (0.00193185265241 * square)) / Math.Sqrt(1 - (0.00669437999014 * square)),
            Curvature = 1 / Geodesy.Wgs84.MeanRadiusMetres,
            RotationNorth = EarthRotation * cos,
            RotationUp = EarthRotation * sin,
            WindSigma = 10,
            DensitySigma = 0.05,
            AccelerationNoise = 0.2,
        };
    }
}
