using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>Receives the contents of items in the order of the bytes.</summary>
public interface IItemVisitor
{
    /// <summary>An item or subitem starts; subitems nest.</summary>
    void Begin(ItemDefinition item);
    void End(ItemDefinition item);
    /// <summary>One group of a repetitive item starts.</summary>
    void BeginRepetition(ItemDefinition item);
    void EndRepetition(ItemDefinition item);
    void Number(AsterixElement element, double value);
    void Text(AsterixElement element, ReadOnlySpan<char> value);
    /// <summary>Bytes without a layout: explicit items, extensions a later edition added.</summary>
    void Raw(ReadOnlySpan<byte> bytes);
}

/// <summary>Takes measured items apart by their definitions: every element as a number in SI units or as text.</summary>
public static class ItemReader
{
    /// <summary>All items of a record.</summary>
    public static void Read(in AsterixRecord record, IItemVisitor visitor)
    {
        for (int place = record.NextPlace(0); place >= 0; place = record.NextPlace(place + 1))
            Read(record.Profile.Items[place]!, record.Item(place), visitor);
    }

    /// <summary>One item whose bytes have been measured.</summary>
    public static void Read(ItemDefinition item, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        visitor.Begin(item);
        switch (item.Structure)
        {
            case ItemStructure.Fixed:
                ReadPart(item.Parts[0], bytes, visitor);
                break;
            case ItemStructure.Extended:
                ReadExtended(item, bytes, visitor);
                break;
            case ItemStructure.Repetitive:
                ReadRepetitions(item, bytes[item.HeaderOctets..], visitor);
                break;
            case ItemStructure.RepetitiveExtended:
                ReadRepetitions(item, bytes, visitor);
                break;
            case ItemStructure.Explicit:
                ReadExplicit(item, bytes[1..], visitor);
                break;
            case ItemStructure.Compound:
                ReadCompound(item, bytes, visitor);
                break;
        }

        visitor.End(item);
    }

    static void ReadExtended(ItemDefinition item, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        foreach (ItemPart part in item.Parts)
        {
            if (bytes.IsEmpty) return;
            ReadPart(part, bytes, visitor);
            bytes = bytes[part.Octets..];
        }

        if (!bytes.IsEmpty) visitor.Raw(bytes);
    }

    static void ReadRepetitions(ItemDefinition item, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        for (; !bytes.IsEmpty; bytes = bytes[item.Parts[0].Octets..])
        {
            visitor.BeginRepetition(item);
            ReadPart(item.Parts[0], bytes, visitor);
            visitor.EndRepetition(item);
        }
    }

    static void ReadExplicit(ItemDefinition item, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        // The layout within is bilateral: taken when it fits to the last byte, else the bytes stay raw.
        if (item.Subitems is [{ } layout] &&
            layout.Measure(bytes, out int length) == DecodeFault.None && length == bytes.Length)
            Read(layout, bytes, visitor);
        else
            visitor.Raw(bytes);
    }

    static void ReadCompound(ItemDefinition item, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        int at = item.SpecificationOctets(bytes);
        ReadOnlySpan<byte> specification = bytes[..at];
        for (int place = 0; place < item.Subitems.Length; place++)
        {
            if (!item.Names(specification, place)) continue;
            ItemDefinition subitem = item.Subitems[place]!;
            int length = subitem.FixedOctets;
            if (length == 0) subitem.Measure(bytes[at..], out length);
            Read(subitem, bytes.Slice(at, length), visitor);
            at += length;
        }
    }

    static void ReadPart(ItemPart part, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        foreach (AsterixElement element in part.Elements)
        {
            if (element.IsText) ReadText(element, bytes, visitor);
            else if (element.Kind == ElementKind.Raw && element.Bits <= 8 && (element.BitOffset & 7) + element.Bits <= 8)
            {
                // Flags and codes within an octet: most elements there are.
                int shift = 8 - (element.BitOffset & 7) - element.Bits;
                visitor.Number(element, (bytes[element.BitOffset >> 3] >> shift) & ((1 << element.Bits) - 1));
            }
            else visitor.Number(element, NumberOf(element, part.Elements, bytes));
        }
    }

    static double NumberOf(AsterixElement element, ImmutableArray<AsterixElement> siblings, ReadOnlySpan<byte> bytes)
    {
        ulong bits = Bits.Read(bytes, element.BitOffset, element.Bits);
        AsterixElement kind = Resolve(element, siblings, bytes);
        return kind.Kind switch
        {
            ElementKind.Signed => Bits.SignExtend(bits, element.Bits) * kind.Factor,
            ElementKind.Unsigned => bits * kind.Factor,
            _ => bits,
        };
    }

    /// <summary>What a case element is, given its deciding sibling; the element itself otherwise.</summary>
    internal static AsterixElement Resolve(
        AsterixElement element, ImmutableArray<AsterixElement> siblings, ReadOnlySpan<byte> bytes)
    {
        if (element.Kind != ElementKind.Case) return element;
        foreach (AsterixElement sibling in siblings)
        {
            if (sibling.Name != element.DecidedBy) continue;
            long decided = (long)Bits.Read(bytes, sibling.BitOffset, sibling.Bits);
            if (element.Cases.TryGetValue(decided, out AsterixElement? found)) return found;
        }

        return element;
    }

    static void ReadText(AsterixElement element, ReadOnlySpan<byte> bytes, IItemVisitor visitor)
    {
        int step = element.Kind switch
        {
            ElementKind.Octal => 3,
            ElementKind.Ascii => 8,
            ElementKind.SixBit => 6,
            _ => 4,
        };
        int count = element.Bits / step;
        Span<char> text = count <= 32 ? stackalloc char[count] : new char[count];
        for (int i = 0; i < count; i++)
        {
            int code = (int)Bits.Read(bytes, element.BitOffset + (i * step), step);
            text[i] = element.Kind switch
            {
                ElementKind.Octal => (char)('0' + code),
                ElementKind.Ascii => (char)code,
                ElementKind.SixBit => SixBitText.Decode(code),
                _ => "0123456789ABCDEF"[code],
            };
        }

        visitor.Text(element, text);
    }
}
