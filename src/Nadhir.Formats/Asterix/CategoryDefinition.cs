using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Nadhir.Formats.Asterix;

/// <summary>A user application profile: which item each bit of the field specification names.</summary>
/// <param name="Name">Empty when the category has but one.</param>
/// <param name="Items">By field reference number, starting with number 1; null where spare.</param>
public sealed record UserApplicationProfile(string Name, ImmutableArray<ItemDefinition?> Items)
{
    /// <summary>Lengths of fixed items, 0 for all others: the walker's fast way.</summary>
    internal readonly byte[] FixedOctets =
        [.. Items.Select(item => item is { FixedOctets: < 256 and int octets } ? (byte)octets : (byte)0)];

    /// <summary>Bit n, counted from the left, is set when field reference number n + 1 names an item.</summary>
    internal readonly ulong Named =
        Items.Select((item, i) => item is null ? 0UL : 1UL << (63 - i)).Aggregate(0UL, (all, each) => all | each);

    /// <summary>Place of an item counted from 0, or −1.</summary>
    public int PlaceOf(string id)
    {
        for (int i = 0; i < Items.Length; i++)
        {
            if (Items[i]?.Id == id) return i;
        }

        return -1;
    }
}

/// <summary>One edition of an ASTERIX category.</summary>
public sealed class CategoryDefinition
{
    public required int Number { get; init; }
    public required string Edition { get; init; }
    public required string Title { get; init; }
    public required FrozenDictionary<string, ItemDefinition> Items { get; init; }
    /// <summary>The first is taken unless <see cref="Chooser"/> says otherwise.</summary>
    public required ImmutableArray<UserApplicationProfile> Profiles { get; init; }
    /// <summary>
    /// The place of I010 where it is SAC and SIC: no record goes without it, but that in CAT 001 the first speaks for
    /// all. −1 when the category has another way.
    /// </summary>
    internal int SourcePlace => sourcePlace != Unset ? sourcePlace : sourcePlace = FindSource();

    const int Unset = -2;
    int sourcePlace = Unset;

    int FindSource() =>
        Items.TryGetValue("010", out ItemDefinition? source) && source is { FixedOctets: 2 } &&
        source.Parts[0].Elements is [{ Name: "SAC" }, _]
            ? Profiles[0].PlaceOf("010")
            : -1;

    /// <summary>Whether a record tells its source, if it has to.</summary>
    internal bool HasSource(in AsterixRecord record, bool first) =>
        SourcePlace < 0 || (Number == 1 && !first) || record.Has(SourcePlace);

    /// <summary>CAT 001: the item whose leading bits choose the profile, and how many; null when there is no choice.</summary>
    public ProfileChooser? Chooser { get; init; }
}

/// <summary>Names the element on whose value the profile of a record depends (CAT 001: I001/020 TYP).</summary>
public sealed record ProfileChooser(string Item, AsterixElement Element, FrozenDictionary<long, int> ProfileOf);
