using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// One element of an edition, found once by name and then read from record after record without allocation. A field the
/// edition does not have is simply never there.
/// </summary>
public sealed class AsterixField
{
    readonly int place;
    readonly ImmutableArray<(ItemDefinition Container, int Place)> steps;
    readonly ImmutableArray<ItemPart> parts;
    readonly int part;
    readonly AsterixElement? element;
    readonly int bitOffset;
    readonly int bits;
    readonly bool signed;
    readonly double factor;

    AsterixField(
        int place, ImmutableArray<(ItemDefinition, int)> steps, ImmutableArray<ItemPart> parts, int part,
        AsterixElement? element)
    {
        this.place = place;
        this.steps = steps;
        this.parts = parts;
        this.part = part;
        this.element = element;
        if (element is null) return;
        bitOffset = element.BitOffset + (8 * parts.Take(part).Sum(each => each.Octets));
        bits = element.Bits;
        signed = element.Kind == ElementKind.Signed;
        factor = element.Factor;
    }

    /// <summary>False when the edition has no such element.</summary>
    public bool Exists => element is not null;

    /// <summary>Finds an element.</summary>
    /// <param name="path">Item number, or a subitem as "380/ADR"; within an explicit item "RE/RE/ERR".</param>
    /// <param name="name">Name of the element, empty when the item has but one.</param>
    /// <param name="profile">Of a category with several (CAT 001): the field is read only from records of this one.</param>
    public static AsterixField Find(CategoryDefinition category, string path, string name = "", int profile = 0)
    {
        string[] ids = path.Split('/');
        int first = category.Profiles[profile].PlaceOf(ids[0]);
        AsterixField none = new(-1, [], [], 0, null);
        if (first < 0) return none;
        ItemDefinition item = category.Profiles[profile].Items[first]!;
        List<(ItemDefinition, int)> descent = [];
        foreach (string id in ids.AsSpan(1))
        {
            int step = item.Subitems.ToList().FindIndex(subitem => subitem?.Id == id);
            if (step < 0) return none;
            descent.Add((item, step));
            item = item.Subitems[step]!;
        }

        for (int i = 0; i < item.Parts.Length; i++)
        {
            AsterixElement? found = item.Parts[i].Elements.FirstOrDefault(each => each.Name == name);
            if (found is not null) return new(first, [.. descent], item.Parts, i, found);
        }

        return none;
    }

    /// <summary>Whether the item, or for a subitem the item around it, is in the record.</summary>
    public bool IsIn(in AsterixRecord record) => element is not null && record.Has(place);

    /// <summary>The bare bits.</summary>
    public bool TryReadBits(in AsterixRecord record, out ulong value)
    {
        value = 0;
        if (element is null || !record.Has(place)) return false;
        ReadOnlySpan<byte> bytes = record.From(place);
        if (!steps.IsEmpty && !TryEnter(ref bytes)) return false;
        int octets = 0;
        for (int before = 0; before < part; before++)
        {
            octets += parts[before].Octets;
            if ((bytes[octets - 1] & 1) == 0) return false;
        }

        value = Bits.Read(bytes, bitOffset, bits);
        return true;
    }

    /// <summary>The value in the element's SI unit, or NaN when it is not there.</summary>
    public double Read(in AsterixRecord record)
    {
        if (!TryReadBits(record, out ulong value)) return double.NaN;
        return (signed ? Bits.SignExtend(value, bits) : (double)value) * factor;
    }

    /// <summary>True when the element is there and not zero.</summary>
    public bool IsSet(in AsterixRecord record) => TryReadBits(record, out ulong value) && value != 0;

    /// <summary>Goes down to the subitem; the item as a whole has been measured.</summary>
    bool TryEnter(ref ReadOnlySpan<byte> bytes)
    {
        foreach ((ItemDefinition container, int wanted) in steps)
        {
            if (container.Structure == ItemStructure.Explicit)
            {
                // Only this length was measured: the layout within must fit it to the last byte.
                bytes = bytes[1..bytes[0]];
                DecodeFault fault = container.Subitems[0]!.Measure(bytes, out int length);
                if (fault != DecodeFault.None || length != bytes.Length) return false;
                continue;
            }

            int at = container.SpecificationOctets(bytes);
            ReadOnlySpan<byte> specification = bytes[..at];
            if (!container.Names(specification, wanted)) return false;
            for (int before = 0; before < wanted; before++)
            {
                if (!container.Names(specification, before)) continue;
                ItemDefinition passed = container.Subitems[before]!;
                int length = passed.FixedOctets;
                if (length == 0) passed.Measure(bytes[at..], out length);
                at += length;
            }

            bytes = bytes[at..];
        }

        return true;
    }
}
