using System.Collections.Immutable;
using System.Globalization;

namespace Nadhir.Formats.Asterix;

/// <summary>The edition a source speaks: it is not on the wire.</summary>
/// <param name="Category">For example 21.</param>
/// <param name="Edition">For example "0.26".</param>
/// <param name="Sac">System area code, or −1 for every source.</param>
/// <param name="Sic">System identification code, or −1 for every source.</param>
public sealed record SpokenEdition(int Category, string Edition, int Sac = -1, int Sic = -1)
{
    /// <summary>Reads a key of the configuration: "021" for every source, "021 25/2" for SAC 25, SIC 2.</summary>
    /// <returns>Null when the key is not of this form.</returns>
    public static SpokenEdition? Parse(string key, string edition)
    {
        string[] words = key.Split(' ');
        if (words.Length > 2 || words[0].Length != 3 || !TryOctet(words[0], out int category)) return null;
        if (words.Length == 1) return new(category, edition);
        string[] source = words[1].Split('/');
        return source.Length == 2 && TryOctet(source[0], out int sac) && TryOctet(source[1], out int sic)
            ? new(category, edition, sac, sic)
            : null;
    }

    static bool TryOctet(string digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < 256;
}

/// <summary>What a feed of ASTERIX has to know beyond the bytes.</summary>
public sealed record AsterixFeedOptions
{
    /// <summary>
    /// The entry that names the source wins. A category without one is read by the newest edition we hold, and a block that
    /// this one cannot read by the newest of the others that can.
    /// </summary>
    public ImmutableArray<SpokenEdition> Editions { get; init; } = [];

    /// <summary>
    /// Some radars append bytes to every datagram. So many at most may follow the last block without being a fault.
    /// Default 0: whatever is not a block is reported.
    /// </summary>
    public int TrailingBytes { get; init; }
}
