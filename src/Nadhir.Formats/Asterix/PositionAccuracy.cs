using Nadhir.Units;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// What the quality categories of ADS-B say about the horizontal position. Both tables give the radius that holds the
/// error in 95 of 100 cases (ED-102A/DO-260B, table of NACp; DO-260, table of NUCp); for a circular normal error that is
/// 2.448 standard deviations per axis.
/// </summary>
static class PositionAccuracy
{
    const double Mile = Conversions.MetresPerNauticalMile;
    /// <summary>√(−2 ln 0.05): radius of 95 % over the standard deviation per axis.</summary>
    const double RadiusPerSigma = 2.4477468306808166;

    static readonly double[] byAccuracyCategory =
    [
        double.NaN, 10 * Mile, 4 * Mile, 2 * Mile, 1 * Mile, 0.5 * Mile, 0.3 * Mile, 0.1 * Mile, 0.05 * Mile, 30, 10, 3,
    ];

    static readonly double[] byUncertaintyCategory =
    [
        double.NaN, 10 * Mile, 5 * Mile, 1 * Mile, 0.5 * Mile, 0.25 * Mile, 0.1 * Mile, 0.05 * Mile, 10, 3,
    ];

    /// <summary>Standard deviation per axis, metres, from NACp 0–11; NaN when unknown.</summary>
    public static double SigmaOfNacp(ulong category) => SigmaOf(byAccuracyCategory, category);

    /// <summary>Standard deviation per axis, metres, from NUCp 0–9; NaN when unknown.</summary>
    public static double SigmaOfNucp(ulong category) => SigmaOf(byUncertaintyCategory, category);

    static double SigmaOf(double[] radii, ulong category) =>
        category < (ulong)radii.Length ? radii[category] / RadiusPerSigma : double.NaN;
}
