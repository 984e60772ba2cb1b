using Nadhir.Geodesy;

namespace Nadhir.Tracking.Ballistics;

/// <summary>
/// Where and when a ballistic track is predicted to reach the ground, for warning the people there: never changes,
/// times in UTC, WGS 84 and the tracking plane.
/// </summary>
public sealed record ImpactPrediction
{
    /// <summary>The likeliest place; its height is that of the ground that was assumed.</summary>
    public required GeoPosition Position { get; init; }
    /// <summary>The same place on the tracking plane, metres.</summary>
    public required double East { get; init; }
    public required double North { get; init; }
    public required DateTimeOffset Time { get; init; }
    /// <summary>
    /// It comes down before <see cref="Earliest"/> with 5 %, after <see cref="Latest"/> with 5 % probability.
    /// </summary>
    public required DateTimeOffset Earliest { get; init; }
    public required DateTimeOffset Latest { get; init; }
    /// <summary>
    /// Semi-axes of the ellipse on the ground that holds 95 %, metres; direction of the longer one, true, [0, 180).
    /// </summary>
    public required double SemiMajorMetres { get; init; }
    public required double SemiMinorMetres { get; init; }
    public required double BearingDegrees { get; init; }
    /// <summary>Covariance on the plane, m²: that of the Gaussian whose 95 % ellipse this is.</summary>
    public required double EastEast { get; init; }
    public required double EastNorth { get; init; }
    public required double NorthNorth { get; init; }
}
