namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>How the threat of a resolution advisory is told.</summary>
public enum ThreatIdentity : byte
{
    None,
    Address,
    /// <summary>Altitude, range and bearing.</summary>
    Place,
    Reserved,
}

/// <summary>
/// A resolution advisory of ACAS as it is broadcast, type code 28, subtype 2 (DO-260B 2.2.3.2.7.8.2): behind its first
/// eight bits the same as register 3,0 (ICAO Annex 10 Vol. IV, 4.3.8.4.2.2).
/// </summary>
public readonly record struct ResolutionAdvisory
{
    /// <summary>The fourteen bits of the active advisory, the first the highest.</summary>
    public int Advisories { get; private init; }
    /// <summary>Four bits of what the others ask: not below, not above, not left, not right.</summary>
    public int Complements { get; private init; }
    /// <summary>It is over, and told for 18 s more.</summary>
    public bool IsTerminated { get; private init; }
    public bool HasMultipleThreats { get; private init; }
    public ThreatIdentity Threat { get; private init; }
    /// <summary>24 bits; 0 when not told.</summary>
    public uint ThreatAddress { get; private init; }
    /// <summary>Pressure altitude; null when not told.</summary>
    public int? ThreatAltitudeFeet { get; private init; }
    /// <summary>NaN when not told; 0 nearer than 0.05, 12.6 further than 12.55.</summary>
    public double ThreatRangeNauticalMiles { get; private init; }
    /// <summary>From the nose, clockwise, the middle of a sector of 6°; NaN when not told.</summary>
    public double ThreatBearingDegrees { get; private init; }

    /// <summary>All threats are passed on one side; else, with several, some above and some below.</summary>
    public bool IsOneSided => Is(1);
    /// <summary>There is an advisory at all.</summary>
    public bool IsActive => IsOneSided || HasMultipleThreats;

    // One-sided.
    /// <summary>It asks for another vertical speed, else it forbids some.</summary>
    public bool IsCorrective => IsOneSided && Is(2);
    /// <summary>Downward, else upward.</summary>
    public bool IsDownward => IsOneSided && Is(3);
    public bool IsIncreased => IsOneSided && Is(4);
    /// <summary>Climb or descend; else a limit of the vertical speed.</summary>
    public bool IsPositive => IsOneSided && Is(7);

    // Between several.
    public bool CorrectsUpward => IsBetween && Is(2);
    public bool RequiresClimb => IsBetween && Is(3);
    public bool CorrectsDownward => IsBetween && Is(4);
    public bool RequiresDescent => IsBetween && Is(5);

    /// <summary>It turns round what was advised before.</summary>
    public bool IsReversal => IsOneSided ? Is(5) : IsBetween && Is(7);
    /// <summary>It leads through the threat's altitude.</summary>
    public bool IsCrossing => IsActive && Is(6);

    bool IsBetween => !IsOneSided && HasMultipleThreats;

    /// <param name="field">Of type code 28 and subtype 2, or the contents of register 3,0.</param>
    public static ResolutionAdvisory Read(ulong field)
    {
        ThreatIdentity threat = (ThreatIdentity)field.Bits(29, 2);
        int range = field.Bits(44, 7), bearing = field.Bits(51, 6);
        bool placed = threat == ThreatIdentity.Place;
        return new()
        {
            Advisories = field.Bits(9, 14),
            Complements = field.Bits(23, 4),
            IsTerminated = field.Bit(27),
            HasMultipleThreats = field.Bit(28),
            Threat = threat,
            ThreatAddress = threat == ThreatIdentity.Address ? (uint)field.Bits(31, 24) : 0,
            ThreatAltitudeFeet = placed ? AltitudeCode.Feet(field.Bits(31, 13)) : null,
            ThreatRangeNauticalMiles = placed && range > 0 ? (range - 1) / 10.0 : double.NaN,
            ThreatBearingDegrees = placed && bearing is >= 1 and <= 60 ? (6 * bearing) - 3 : double.NaN,
        };
    }

    public static ulong Write(int advisories, int complements, bool terminated, bool multiple, uint threatAddress) =>
        0UL.With(1, 5, 28).With(6, 3, 2).With(9, 14, advisories).With(23, 4, complements)
            .With(27, 1, terminated ? 1 : 0).With(28, 1, multiple ? 1 : 0).With(29, 2, 1)
            .With(31, 24, (int)threatAddress);

    /// <summary>Bits of the advisory by their number, 1 the first of fourteen.</summary>
    bool Is(int bit) => (Advisories >> (14 - bit) & 1) != 0;
}
