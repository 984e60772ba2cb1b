using System.Globalization;
using System.Text;

namespace Nadhir.Tracking.Trust;

/// <summary>Says in plain words what speaks against a reported position.</summary>
static class DoubtWords
{
    public static string Say(Claim claim, bool isTrafficInformation, ReadOnlySpan<string> sensors)
    {
        StringBuilder words = new(isTrafficInformation ? "position told by TIS-B" : "self-reported position");
        string join = " ";
        void Add(string what)
        {
            words.Append(join).Append(what);
            join = "; ";
        }

        if (claim.Grounds.HasFlag(DoubtGrounds.Radar))
            Add(claim.Against == 0 ? "was contradicted by radar"
                : $"contradicted by {Names(claim.Against, sensors)}, {Far(claim)} apart");
        if (claim.Grounds.HasFlag(DoubtGrounds.Absence) && claim.Missing != 0)
            Add($"not seen by {Names(claim.Missing, sensors)} where it was seen before");
        if (claim.Grounds.HasFlag(DoubtGrounds.TwoPlaces)) Add("reported in two places at once");
        else if (claim.Grounds.HasFlag(DoubtGrounds.Jump)) Add("jumped further than it can have flown");
        if (claim.Grounds.HasFlag(DoubtGrounds.Frozen)) Add("stands still while it tells a speed");
        if (claim.Grounds.HasFlag(DoubtGrounds.Velocity)) Add("moves otherwise than it tells");
        return words.ToString();
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
