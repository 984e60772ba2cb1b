namespace Nadhir.Formats.ModeS.Squitters;

/// <summary>
/// Aircraft status, type code 28 (DO-260B 2.2.3.2.7.8): emergency and Mode A code, or ACAS advisories.
/// </summary>
public readonly record struct AircraftStatus
{
    /// <summary>1 emergency and identity, 2 ACAS resolution advisory.</summary>
    public int Subtype { get; private init; }
    /// <summary>
    /// 0 none, 1 general, 2 medical, 3 fuel, 4 no radio, 5 unlawful interference, 6 downed, 7 reserved.
    /// </summary>
    public int Emergency { get; private init; }
    /// <summary>Twelve bits, or −1 when the subtype has none.</summary>
    public short Mode3A { get; private init; }

    public static AircraftStatus Read(ulong field)
    {
        int subtype = field.Bits(6, 3);
        return new()
        {
            Subtype = subtype,
            Emergency = subtype == 1 ? field.Bits(9, 3) : 0,
            Mode3A = subtype == 1 ? IdentityCode.Mode3A(field.Bits(12, 13)) : (short)-1,
        };
    }

    public static ulong Write(int emergency, int mode3A) =>
        0UL.With(1, 5, 28).With(6, 3, 1).With(9, 3, emergency).With(12, 13, IdentityCode.CodeOf(mode3A));
}

/// <summary>
/// Target state and status, type code 29: subtype 1 of version 2 (DO-260B 2.2.3.2.7.1), and of subtype 0 (version 1,
/// DO-260A) the target altitude, heading and quality.
/// </summary>
public readonly record struct TargetState
{
    /// <summary>Bits 6–7: 0 of version 1, 1 of version 2; others tell nothing.</summary>
    public int Subtype { get; private init; }
    /// <summary>The selected altitude is the flight management system's, else of the mode control panel.</summary>
    public bool IsFromFlightManagement { get; private init; }
    public int? SelectedAltitudeFeet { get; private init; }
    /// <summary>Millibars; NaN when not told.</summary>
    public double AltimeterSettingMillibars { get; private init; }
    public double SelectedHeadingDegrees { get; private init; }
    public int PositionAccuracy { get; private init; }
    public bool BarometricIntegrity { get; private init; }
    public int IntegrityLevel { get; private init; }
    /// <summary>SIL is the probability per sample, else per hour of flight; version 2.</summary>
    public bool IsPerSample { get; private init; }
    /// <summary>The five modes below are told at all.</summary>
    public bool ModesTold { get; private init; }
    public bool Autopilot { get; private init; }
    public bool VerticalNavigation { get; private init; }
    public bool AltitudeHold { get; private init; }
    public bool Approach { get; private init; }
    public bool LateralNavigation { get; private init; }
    public bool AcasOperational { get; private init; }

    public bool IsKnown => Subtype is 0 or 1;

    public static TargetState Read(ulong field) => field.Bits(6, 2) switch
    {
        1 => ReadSecond(field),
        0 => ReadFirst(field),
        int other => new()
        {
            Subtype = other,
            AltimeterSettingMillibars = double.NaN,
            SelectedHeadingDegrees = double.NaN,
        },
    };

    static TargetState ReadSecond(ulong field)
    {
        int altitude = field.Bits(10, 11), setting = field.Bits(21, 9);
        bool told = field.Bit(47);
        return new()
        {
            Subtype = 1,
            IsPerSample = field.Bit(8),
            IsFromFlightManagement = field.Bit(9),
            SelectedAltitudeFeet = altitude == 0 ? null : (altitude - 1) * 32,
            AltimeterSettingMillibars = setting == 0 ? double.NaN : 800 + ((setting - 1) * 0.8),
            SelectedHeadingDegrees = field.Bit(30) ? field.Bits(31, 9) * 180.0 / 256 : double.NaN,
            PositionAccuracy = field.Bits(40, 4),
            BarometricIntegrity = field.Bit(44),
            IntegrityLevel = field.Bits(45, 2),
            ModesTold = told,
            Autopilot = told && field.Bit(48),
            VerticalNavigation = told && field.Bit(49),
            AltitudeHold = told && field.Bit(50),
            Approach = told && field.Bit(52),
            AcasOperational = field.Bit(53),
            LateralNavigation = told && field.Bit(54),
        };
    }

    static TargetState ReadFirst(ulong field)
    {
        bool hasAltitude = field.Bits(8, 2) != 0, hasHeading = field.Bits(26, 2) != 0;
        int altitude = field.Bits(16, 10), heading = field.Bits(28, 9);
        return new()
        {
            Subtype = 0,
            IsFromFlightManagement = field.Bits(8, 2) == 3,
            SelectedAltitudeFeet = hasAltitude && altitude <= 1010 ? (altitude * 100) - 1000 : null,
            AltimeterSettingMillibars = double.NaN,
            SelectedHeadingDegrees = hasHeading && heading < 360 ? heading : double.NaN,
            PositionAccuracy = field.Bits(40, 4),
            BarometricIntegrity = field.Bit(44),
            IntegrityLevel = field.Bits(45, 2),
            AcasOperational = (field.Bits(52, 2) & 2) == 0,
        };
    }
}

/// <summary>Aircraft operational status, type code 31 (DO-260B 2.2.3.2.7.2).</summary>
public readonly record struct OperationalStatus
{
    /// <summary>0 airborne, 1 on the surface; others tell nothing but the version.</summary>
    public int Subtype { get; private init; }
    /// <summary>0 DO-260, 1 DO-260A, 2 DO-260B; higher ones are to come.</summary>
    public int Version { get; private init; }
    /// <summary>The sixteen (on the surface twelve) bits of the capability classes.</summary>
    public int Capabilities { get; private init; }
    /// <summary>The sixteen bits of the operational modes.</summary>
    public int Modes { get; private init; }
    public bool SupplementA { get; private init; }
    /// <summary>Of surface positions, version 2.</summary>
    public bool SupplementC { get; private init; }
    public int PositionAccuracy { get; private init; }
    /// <summary>Geometric vertical accuracy; airborne, version 2.</summary>
    public int VerticalAccuracy { get; private init; }
    public int IntegrityLevel { get; private init; }
    /// <summary>SIL is the probability per sample, else per hour of flight.</summary>
    public bool IsPerSample { get; private init; }
    /// <summary>NICbaro of an airborne report.</summary>
    public bool BarometricIntegrity { get; private init; }
    /// <summary>Headings are magnetic, else true.</summary>
    public bool IsMagnetic { get; private init; }

    public bool AcasOperational => Subtype == 0 && ((Capabilities & 0x2000) != 0) == (Version >= 2);
    public bool AirReferencedVelocity => Subtype == 0 && Version >= 1 && (Capabilities & 0x200) != 0;
    public bool TargetStateReports => Subtype == 0 && Version >= 1 && (Capabilities & 0x100) != 0;
    public bool SingleAntenna => (Modes & 0x400) != 0;
    /// <summary>System design assurance, 0–3; version 2.</summary>
    public int DesignAssurance => Version >= 2 ? Modes >> 8 & 3 : 0;

    public static OperationalStatus Read(ulong field)
    {
        int subtype = field.Bits(6, 3), version = field.Bits(41, 3);
        return new()
        {
            Subtype = subtype,
            Version = version,
            Capabilities = subtype == 1 ? field.Bits(9, 12) : field.Bits(9, 16),
            Modes = field.Bits(25, 16),
            SupplementA = version >= 1 && field.Bit(44),
            SupplementC = version >= 2 && subtype == 1 && field.Bit(20),
            PositionAccuracy = version >= 1 ? field.Bits(45, 4) : 0,
            VerticalAccuracy = version >= 2 && subtype == 0 ? field.Bits(49, 2) : 0,
            IntegrityLevel = version >= 1 ? field.Bits(51, 2) : 0,
            IsPerSample = version >= 2 && field.Bit(55),
            BarometricIntegrity = version >= 1 && subtype == 0 && field.Bit(53),
            IsMagnetic = version >= 1 && field.Bit(54),
        };
    }

    /// <summary>An airborne report of version 2.</summary>
    public static ulong Write(int positionAccuracy, int integrityLevel, bool supplementA = false) =>
        0UL.With(1, 5, 31).With(41, 3, 2).With(44, 1, supplementA ? 1 : 0)
            .With(45, 4, positionAccuracy).With(51, 2, integrityLevel);
}
