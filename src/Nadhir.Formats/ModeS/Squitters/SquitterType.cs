namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>What an extended squitter tells, by its type code (DO-260B, table 2-14).</summary>
public enum SquitterKind : byte
{
    Other,
    Identification,
    SurfacePosition,
    AirbornePosition,
    /// <summary>An airborne position whose height is geometric (GNSS).</summary>
    AirbornePositionGeometric,
    /// <summary>Type code 0: an altitude perhaps, no position.</summary>
    NoPosition,
    Velocity,
    Status,
    TargetState,
    OperationalStatus,
}

/// <summary>The first five bits of the 56-bit field of an extended squitter.</summary>
public static class SquitterType
{
    static ReadOnlySpan<SquitterKind> Kinds =>
    [
        SquitterKind.NoPosition,
        SquitterKind.Identification, SquitterKind.Identification, SquitterKind.Identification,
        SquitterKind.Identification,
        SquitterKind.SurfacePosition, SquitterKind.SurfacePosition, SquitterKind.SurfacePosition,
        SquitterKind.SurfacePosition,
        SquitterKind.AirbornePosition, SquitterKind.AirbornePosition, SquitterKind.AirbornePosition,
        SquitterKind.AirbornePosition, SquitterKind.AirbornePosition, SquitterKind.AirbornePosition,
        SquitterKind.AirbornePosition, SquitterKind.AirbornePosition, SquitterKind.AirbornePosition,
        SquitterKind.AirbornePosition,
        SquitterKind.Velocity,
        SquitterKind.AirbornePositionGeometric, SquitterKind.AirbornePositionGeometric,
        SquitterKind.AirbornePositionGeometric,
        SquitterKind.Other, SquitterKind.Other, SquitterKind.Other, SquitterKind.Other, SquitterKind.Other,
        SquitterKind.Status, SquitterKind.TargetState, SquitterKind.Other, SquitterKind.OperationalStatus,
    ];

    public static int Of(ulong field) => (int)(field >> 51) & 31;

    public static SquitterKind KindOf(ulong field) => Kinds[Of(field)];
}
