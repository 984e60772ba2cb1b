using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>How an item tells its length.</summary>
public enum ItemStructure : byte
{
    Fixed,
    /// <summary>Parts, each but possibly the last ending in an extension bit.</summary>
    Extended,
    /// <summary>A count, then that many equal groups.</summary>
    Repetitive,
    /// <summary>Equal groups, each ending in an extension bit.</summary>
    RepetitiveExtended,
    /// <summary>A length octet that counts itself.</summary>
    Explicit,
    /// <summary>A field specification, then the subitems it names.</summary>
    Compound,
}

/// <summary>A group of elements that comes as a whole.</summary>
/// <param name="Octets">Its length.</param>
/// <param name="Elements">In the order of the bits, spare bits left out.</param>
/// <param name="Extends">The last bit says whether another part follows.</param>
public sealed record ItemPart(int Octets, ImmutableArray<AsterixElement> Elements, bool Extends)
{
    byte[]? spare;

    /// <summary>Bits that no element has and that extend nothing: senders leave them 0. Empty when there are none.</summary>
    internal ReadOnlySpan<byte> Spare => spare ??= FindSpare();

    byte[] FindSpare()
    {
        byte[] free = new byte[Octets];
        free.AsSpan().Fill(0xFF);
        if (Extends) free[^1] &= 0xFE;
        foreach (AsterixElement element in Elements)
            for (int bit = element.BitOffset; bit < element.BitOffset + element.Bits; bit++)
                free[bit >> 3] &= (byte)~(0x80 >> (bit & 7));
        return Array.TrueForAll(free, octet => octet == 0) ? [] : free;
    }
}

/// <summary>The layout of a data item or of a subitem.</summary>
public sealed class ItemDefinition
{
    /// <summary>Item number or short name of the subitem, as in the standard.</summary>
    public required string Id { get; init; }
    public string Title { get; init; } = "";
    public required ItemStructure Structure { get; init; }
    public ImmutableArray<ItemPart> Parts { get; init; } = [];
    /// <summary>Compound: subitems by place, null where spare. Explicit: the layout within, if we hold one.</summary>
    public ImmutableArray<ItemDefinition?> Subitems { get; init; } = [];
    /// <summary>Octets of the count; or of a field specification without extension bits; else 0.</summary>
    public int HeaderOctets { get; init; }

    byte[]? jsonName;

    /// <summary>Its name as JSON, with quotation marks and colon.</summary>
    internal byte[] JsonName => jsonName ??= JsonLine.Quote(Id);

    internal bool IsArray => Structure is ItemStructure.Repetitive or ItemStructure.RepetitiveExtended;

    internal bool HasOneUnnamed => Parts is [{ Elements: [{ Name: "" }] }];

    /// <summary>It is its only value, needing no object around it.</summary>
    internal bool IsValue => Structure == ItemStructure.Fixed && HasOneUnnamed;

    int fixedOctets = -1;

    /// <summary>Length of a fixed item, else 0.</summary>
    public int FixedOctets => fixedOctets >= 0
        ? fixedOctets
        : fixedOctets = Structure == ItemStructure.Fixed ? Parts[0].Octets : 0;

    /// <summary>
    /// Length of the item that starts at the first byte. On a fault the length is meaningless. Reads nothing past the
    /// end, allocates nothing.
    /// </summary>
    public DecodeFault Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        switch (Structure)
        {
            case ItemStructure.Fixed:
                length = Parts[0].Octets;
                break;
            case ItemStructure.Extended:
                length = MeasureExtended(bytes);
                break;
            case ItemStructure.Repetitive:
                if (bytes.Length < HeaderOctets) return DecodeFault.Truncated;
                int count = 0;
                for (int i = 0; i < HeaderOctets; i++) count = (count << 8) | bytes[i];
                length = HeaderOctets + (count * Parts[0].Octets);
                break;
            case ItemStructure.RepetitiveExtended:
                do
                {
                    length += Parts[0].Octets;
                    if (length > bytes.Length) return DecodeFault.Truncated;
                }
                while ((bytes[length - 1] & 1) != 0);
                break;
            case ItemStructure.Explicit:
                if (bytes.IsEmpty) return DecodeFault.Truncated;
                length = bytes[0];
                if (length == 0) return DecodeFault.BadLength;
                break;
            case ItemStructure.Compound:
                return MeasureCompound(bytes, out length);
        }

        return length <= bytes.Length ? DecodeFault.None : DecodeFault.Truncated;
    }

    /// <summary>Parts a later edition added are passed over octet by octet.</summary>
    int MeasureExtended(ReadOnlySpan<byte> bytes)
    {
        int length = 0, part = 0;
        while (true)
        {
            bool known = part < Parts.Length;
            length += known ? Parts[part].Octets : 1;
            if (length > bytes.Length || (known && !Parts[part].Extends) || (bytes[length - 1] & 1) == 0) return length;
            part++;
        }
    }

    DecodeFault MeasureCompound(ReadOnlySpan<byte> bytes, out int length)
    {
        length = SpecificationOctets(bytes);
        if (length > bytes.Length) return DecodeFault.Truncated;
        int octets = length, place = 0;
        for (int octet = 0; octet < octets; octet++)
        {
            int places = HeaderOctets == 0 ? 7 : 8;
            for (int bit = 0; bit < places; bit++, place++)
            {
                if ((bytes[octet] & (0x80 >> bit)) == 0) continue;
                if (place >= Subitems.Length || Subitems[place] is not { } subitem) return DecodeFault.UnknownItem;
                int taken = subitem.FixedOctets;
                if (taken == 0)
                {
                    if (length > bytes.Length) return DecodeFault.Truncated;
                    DecodeFault fault = subitem.Measure(bytes[length..], out taken);
                    if (fault != DecodeFault.None) return fault;
                }

                length += taken;
            }
        }

        return length <= bytes.Length ? DecodeFault.None : DecodeFault.Truncated;
    }

    /// <summary>Length of a compound item's field specification; more than there is when it is cut off.</summary>
    internal int SpecificationOctets(ReadOnlySpan<byte> bytes)
    {
        if (HeaderOctets > 0) return HeaderOctets;
        int octets = 0;
        while (octets < bytes.Length && (bytes[octets] & 1) != 0) octets++;
        return octets + 1;
    }

    internal bool Names(ReadOnlySpan<byte> specification, int place)
    {
        int places = HeaderOctets == 0 ? 7 : 8;
        int octet = place / places;
        return octet < specification.Length && (specification[octet] & (0x80 >> (place % places))) != 0;
    }
}
