using System.Globalization;
using System.Text;

namespace Nadhir.Tracking.Trust;

/// <summary>Says in codes, and in plain words, what speaks against a reported position.</summary>
static class DoubtWords
{
    public static ReportDoubt Say(Claim claim, bool isTrafficInformation, ReadOnlySpan<string> sensors)
    {
        List<Cause> parts = [];
        if (claim.Grounds.HasFlag(DoubtGrounds.Radar))
            parts.Add(claim.Against == 0 ? Cause.Of(CauseCode.RadarContradicted)
                : Cause.Of(CauseCode.RadarContradicts, Names(claim.Against, sensors), Far(claim)));
        if (claim.Grounds.HasFlag(DoubtGrounds.Absence) && claim.Missing != 0)
            parts.Add(Cause.Of(CauseCode.RadarMisses, Names(claim.Missing, sensors)));
        if (claim.Grounds.HasFlag(DoubtGrounds.TwoPlaces)) parts.Add(Cause.Of(CauseCode.InTwoPlaces));
        else if (claim.Grounds.HasFlag(DoubtGrounds.Jump)) parts.Add(Cause.Of(CauseCode.JumpedTooFar));
        if (claim.Grounds.HasFlag(DoubtGrounds.Frozen)) parts.Add(Cause.Of(CauseCode.StandsStill));
        if (claim.Grounds.HasFlag(DoubtGrounds.Velocity)) parts.Add(Cause.Of(CauseCode.MovesOtherwise));
        Cause why = Cause.Saying(isTrafficInformation ? CauseCode.ToldByTisB : CauseCode.SelfReported, [.. parts]);
        return new(claim.Trust, why.Words) { Cause = why };
    }

    /// <summary>
    /// Hundreds of metres below two kilometres, else whole kilometres, so that the words change seldom.
    /// </summary>
    public static int Rounded(double metres) =>
        (int)(metres < 2000 ? 100 * Math.Round(metres / 100) : 1000 * Math.Round(metres / 1000));

    static string Far(Claim claim)
    {
        int metres = Rounded(claim.ApartMetres);
        return metres < 2000 ? string.Create(CultureInfo.InvariantCulture, $"{metres} m")
            : string.Create(CultureInfo.InvariantCulture, $"{metres / 1000} km");
    }

    static string Names(ulong bits, ReadOnlySpan<string> sensors)
    {
        StringBuilder names = new();
        for (int s = 0; s < Math.Min(64, sensors.Length); s++)
        {
            if ((bits >> s & 1) == 0) continue;
            if (names.Length > 0) names.Append(' ');
            names.Append(sensors[s]);
        }

        return names.ToString();
    }
}
