using Nadhir.Units;

namespace Nadhir.Tracking.Engine;

/// <summary>The motion banks in use. Noise densities in m²/s³, rates in radians per second, clockwise positive.</summary>
static class MotionBanks
{
    /// <summary>
    /// Air surveillance: aircraft up to hard combat turns (4 g at 250 m/s is 9°/s), and slow low flyers; rockets where a
    /// fast three-dimensional radar can tell them.
    /// </summary>
    public static MotionBank Surveillance(bool withRockets) =>
        withRockets ? new(Jets, Slow(0.15), Rockets(0.1)) : new(Jets, Slow(0.15));

    /// <summary>Traffic at long range under radars that turn slowly: nothing else can be told there.</summary>
    public static MotionBank Traffic => new(Airliners(1));

    /// <summary>What a fast radar of medium range looks for: rockets, and aircraft among them.</summary>
    public static MotionBank Salvos => new(Airliners(0.1), Rockets(0.9));

    /// <summary>What a radar of short range looks for.</summary>
    public static MotionBank Drones => new(Slow(0.9));

    /// <summary>Whatever moves at the scale of its sensor's own noise.</summary>
    public static MotionBank Walk => new(Walkers);

    static MotionFamily Airliners(double prior) => new()
    {
        Name = "aircraft",
        Models =
        [
            Straight(0.6, 0.07), Turn(1.4, 0.8, 0.07), Turn(-1.4, 0.8, 0.07), Turn(2.4, 0.8, 0.07), Turn(-2.4, 0.8, 0.07),
            Turn(3.4, 0.8, 0.07), Turn(-3.4, 0.8, 0.07),
        ],
        Dwell = [70, 25, 25, 25, 25, 25, 25],
        NextOdds = [12, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8],
        FirstOdds = [8, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7],
        Prior = prior,
        FirstSpeed = 155,
        FirstClimb = 3,
    };

    /// <summary>The random walk of velocity common in the papers on coalescing objects.</summary>
    static MotionFamily Walkers => new()
    {
        Name = "walker",
        Models = [Straight(0.02, 0.02)],
        Dwell = [1000],
        NextOdds = [1],
        FirstOdds = [1],
        Prior = 1,
        FirstSpeed = 1,
        FirstClimb = 0.1,
    };

    static MotionFamily Jets => new()
    {
        Name = "aircraft",
        Models = [Straight(1, 1), Straight(300, 20), Turn(2, 2, 1), Turn(-2, 2, 1), Turn(7.5, 10, 5), Turn(-7.5, 10, 5)],
        Dwell = [150, 15, 30, 30, 12, 12],
        NextOdds = [10, 2, 2, 2, 1, 1],
        FirstOdds = [10, 2, 1, 1, 0.5, 0.5],
        Prior = 0.85,
        FirstSpeed = 200,
        FirstClimb = 10,
    };

    static MotionFamily Slow(double prior) => new()
    {
        Name = "slow",
        Models = [Straight(0.3, 0.1), Turn(3, 0.3, 0.1), Turn(-3, 0.3, 0.1), Turn(6.5, 0.5, 0.1), Turn(-6.5, 0.5, 0.1)],
        Dwell = [40, 10, 10, 10, 10],
        NextOdds = [4, 1, 1, 1, 1],
        FirstOdds = [6, 1, 1, 1, 1],
        Prior = prior,
        FirstSpeed = 25,
        FirstClimb = 1.5,
    };

    /// <summary>Boost, then free flight with several ballistic coefficients.</summary>
    static MotionFamily Rockets(double prior) => new()
    {
        Name = "ballistic",
        Models =
        [
            Straight(30_000, 30_000),
            Falling(double.PositiveInfinity), Falling(14_000), Falling(9500), Falling(7500), Falling(6000), Falling(4500), Falling(3000),
        ],
        Dwell = [1.2, 400, 400, 400, 400, 400, 400, 400],
        NextOdds = [0.01, 1, 1, 1, 1, 1, 1, 1],
        FirstOdds = [4, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        Prior = prior,
        FirstSpeed = 280,
        FirstClimb = 280,
        StartsAsUsual = true,
        Replies = false,
    };

    static MotionModel Straight(double horizontal, double vertical) =>
        new() { Kind = MotionKind.Straight, HorizontalNoise = horizontal, VerticalNoise = vertical };

    static MotionModel Turn(double degreesPerSecond, double horizontal, double vertical) => new()
    {
        Kind = MotionKind.Turn,
        TurnRate = degreesPerSecond * Angles.DegreesToRadians,
        HorizontalNoise = horizontal,
        VerticalNoise = vertical,
    };

    static MotionModel Falling(double coefficient) => new()
    {
        Kind = MotionKind.Ballistic,
        BallisticCoefficient = coefficient,
        HorizontalNoise = 0.5,
        VerticalNoise = 0.5,
    };
}
