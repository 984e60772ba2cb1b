using Nadhir.Formats.Asterix;
using Nadhir.Units;

namespace Nadhir.Formats.ModeS;

/// <summary>
/// How good a position is by the word of the aircraft: NACp where it is told, else by its type code as NUCp (version 0,
/// DO-260) or as NIC (DO-260B table 2-14), whose radius of containment is then taken for that of 95 in 100.
/// </summary>
static class PositionQuality
{
    const double Mile = Conversions.MetresPerNauticalMile;
    const double RadiusPerSigma = 2.4477468306808166;

    /// <summary>Largest radius of containment of NIC 0–11, metres.</summary>
    static ReadOnlySpan<double> Containments =>
    [
        double.NaN, 20 * Mile, 8 * Mile, 4 * Mile, 2 * Mile, Mile, 0.6 * Mile, 0.2 * Mile, 0.1 * Mile, 75, 25, 7.5,
    ];

    /// <summary>One sigma an axis, metres; NaN when the aircraft tells that it does not know.</summary>
    public static double SigmaMetres(in AircraftState state, int typeCode, bool supplementB)
    {
        if (state.Version == 0) return PositionAccuracy.SigmaOfNucp((ulong)UncertaintyCategory(typeCode));
        if (state.QualityAt != AircraftState.Never && state.PositionAccuracy > 0)
            return PositionAccuracy.SigmaOfNacp((ulong)state.PositionAccuracy);
        return Containments[Integrity(typeCode, state, supplementB)] / RadiusPerSigma;
    }

    /// <summary>NUCp of a type code of version 0.</summary>
    public static int UncertaintyCategory(int typeCode) => typeCode switch
    {
        >= 5 and <= 8 => 14 - typeCode,
        >= 9 and <= 18 => 18 - typeCode,
        20 or 21 => 29 - typeCode,
        _ => 0,
    };

    /// <summary>NIC of a type code and the supplements.</summary>
    public static int Integrity(int typeCode, in AircraftState state, bool supplementB)
    {
        // Version 1 has one supplement, and tells something else in the bit of the second.
        bool a = state.SupplementA, b = state.Version >= 2 ? supplementB : a, c = state.SupplementC;
        return typeCode switch
        {
            5 or 9 or 20 => 11,
            6 or 10 or 21 => 10,
            7 => a && !c ? 9 : 8,
            8 => a && c ? 7 : a || c ? 6 : 0,
            11 => a && b ? 9 : 8,
            12 => 7,
            13 => 6,
            14 => 5,
            15 => 4,
            16 => a && b ? 3 : 2,
            17 => 1,
            _ => 0,
        };
    }
}
