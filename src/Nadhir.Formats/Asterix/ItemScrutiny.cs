namespace Nadhir.Formats.Asterix;

/// <summary>
/// Holds the contents of a measured item against its definition: spare bits that are set, codes that are not defined,
/// values that cannot be. True data of a sender that keeps to the standard has none of these; bytes read at the wrong place
/// nearly always have. Only items without a known layout are passed over.
/// </summary>
static class ItemScrutiny
{
    /// <summary>Bits of a time of day; below that it is an age or a period.</summary>
    const int TimeOfDayBits = 24;

    public static void Of(ItemDefinition item, ReadOnlySpan<byte> bytes, string id, OddityTaker take)
    {
        switch (item.Structure)
        {
            case ItemStructure.Fixed:
                Part(item.Parts[0], bytes, id, take);
                break;
            case ItemStructure.Extended:
                foreach (ItemPart part in item.Parts)
                {
                    if (bytes.IsEmpty) return;
                    Part(part, bytes, id, take);
                    bytes = bytes[part.Octets..];
                }

                if (!bytes.IsEmpty) take(Oddity.Extension, id);
                break;
            case ItemStructure.Repetitive or ItemStructure.RepetitiveExtended:
                ItemPart group = item.Parts[0];
                bytes = bytes[item.HeaderOctets..];
                if (bytes.IsEmpty) take(Oddity.Extension, id);
                for (; !bytes.IsEmpty; bytes = bytes[group.Octets..]) Part(group, bytes, id, take);
                break;
            case ItemStructure.Compound:
                Compound(item, bytes, id, take);
                break;
        }
    }

    static void Compound(ItemDefinition item, ReadOnlySpan<byte> bytes, string id, OddityTaker take)
    {
        int at = item.SpecificationOctets(bytes);
        ReadOnlySpan<byte> specification = bytes[..at];
        if (at == bytes.Length || (at > 1 && item.HeaderOctets == 0 && specification[^1] == 0)) take(Oddity.Extension, id);
        for (int place = 0; place < item.Subitems.Length; place++)
        {
            if (!item.Names(specification, place)) continue;
            ItemDefinition subitem = item.Subitems[place]!;
            int length = subitem.FixedOctets;
            if (length == 0) subitem.Measure(bytes[at..], out length);
            Of(subitem, bytes.Slice(at, length), id, take);
            at += length;
        }
    }

    static void Part(ItemPart part, ReadOnlySpan<byte> bytes, string id, OddityTaker take)
    {
        ReadOnlySpan<byte> spare = part.Spare;
        for (int i = 0; i < spare.Length; i++)
        {
            if ((bytes[i] & spare[i]) == 0) continue;
            take(Oddity.SpareBits, id);
            break;
        }

        foreach (AsterixElement element in part.Elements)
        {
            if (element.Kind is ElementKind.SixBit or ElementKind.Ascii)
            {
                if (!AreCharacters(element, bytes)) take(Oddity.Characters, id);
            }
            else if (element.Bits <= 32) Number(element, Bits.Read(bytes, element.BitOffset, element.Bits), id, take);
        }
    }

    static void Number(AsterixElement element, ulong bits, string id, OddityTaker take)
    {
        if (element.Meanings.Count > 0 && element.Kind == ElementKind.Raw && !element.Meanings.ContainsKey((long)bits))
            take(Oddity.Code, id);
        double most = element switch
        {
            { Unit: "s", Bits: TimeOfDayBits, Kind: ElementKind.Unsigned } => TimeOfDay.SecondsOfDay - element.Factor,
            { Unit: "°", Name: "LAT", Kind: ElementKind.Signed } => 90,
            { Unit: "°", Name: "LON", Kind: ElementKind.Signed } => 180,
            _ => double.PositiveInfinity,
        };
        if (double.IsInfinity(most)) return;
        double value = (element.Kind == ElementKind.Signed ? Bits.SignExtend(bits, element.Bits) : (double)bits) * element.Factor;
        if (Math.Abs(value) > most) take(Oddity.Value, id);
    }

    /// <summary>Letters, digits and blanks; no octets of control. Zeros stand where a sender has no character.</summary>
    static bool AreCharacters(AsterixElement element, ReadOnlySpan<byte> bytes)
    {
        int step = element.Kind == ElementKind.SixBit ? 6 : 8;
        for (int at = element.BitOffset; at < element.BitOffset + element.Bits; at += step)
        {
            int code = (int)Bits.Read(bytes, at, step);
            bool known = step == 6 ? code is 0 or (>= 1 and <= 26) or 32 or (>= 48 and <= 57) : code is 0 or (>= 32 and < 127);
            if (!known) return false;
        }

        return true;
    }
}
