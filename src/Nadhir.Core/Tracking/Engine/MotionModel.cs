namespace Nadhir.Tracking.Engine;

enum MotionKind : byte { Straight, Turn, Ballistic }

/// <summary>
/// How an object may move for a while: straight on, turning at a known rate, or falling with drag; with white
/// acceleration noise. <see cref="FamilyKernel"/> does the moving.
/// </summary>
sealed record MotionModel
{
    public required MotionKind Kind { get; init; }
    /// <summary>Clockwise positive, radians per second; Turn.</summary>
    public double TurnRate { get; init; }
    /// <summary>Mass over (drag coefficient times area), kg/m²; infinite without drag. Ballistic.</summary>
    public double BallisticCoefficient { get; init; } = double.PositiveInfinity;
    /// <summary>Power density of horizontal and vertical acceleration, m²/s³.</summary>
    public double HorizontalNoise { get; init; }
    public double VerticalNoise { get; init; }
}
