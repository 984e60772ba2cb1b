using System.Collections.Immutable;

namespace Nadhir.Formats.Asterix;

/// <summary>The edition a source speaks: it is not on the wire.</summary>
/// <param name="Category">For example 21.</param>
/// <param name="Edition">For example "0.26".</param>
/// <param name="Sac">System area code, or −1 for every source.</param>
/// <param name="Sic">System identification code, or −1 for every source.</param>
public sealed record SpokenEdition(int Category, string Edition, int Sac = -1, int Sic = -1);

/// <summary>What a feed of ASTERIX has to know beyond the bytes.</summary>
public sealed record AsterixFeedOptions
{
    /// <summary>Default: the newest edition we hold of each category. The entry that names the source wins.</summary>
    public ImmutableArray<SpokenEdition> Editions { get; init; } = [];

    /// <summary>
    /// Some radars append bytes to every datagram. So many at most may follow the last block without being a fault.
    /// Default 0: whatever is not a block is reported.
    /// </summary>
    public int TrailingBytes { get; init; }
}
