namespace Nadhir.Formats.Asterix;

/// <summary>One item of a record being written.</summary>
sealed class ItemBuilder(ItemDefinition definition)
{
    readonly List<byte> bytes = [];
    readonly ItemBuilder?[] subitems = new ItemBuilder?[definition.Subitems.Length];
    int repetitions;

    public ItemBuilder Subitem(string id)
    {
        int place = definition.Subitems.ToList().FindIndex(subitem => subitem?.Id == id);
        if (place < 0) throw new ArgumentException($"{definition.Id} has no subitem {id}", nameof(id));
        return subitems[place] ??= new(definition.Subitems[place]!);
    }

    public void SetElements(ReadOnlySpan<(string Element, AsterixValue Value)> elements)
    {
        if (definition.Structure is ItemStructure.Repetitive or ItemStructure.RepetitiveExtended)
        {
            repetitions++;
            int start = bytes.Count;
            Grow(start + definition.Parts[0].Octets);
            SetInPart(0, start, elements);
            return;
        }

        int at = 0;
        for (int part = 0; part < definition.Parts.Length; at += definition.Parts[part++].Octets)
            SetInPart(part, at, elements);
        foreach ((string name, _) in elements)
        {
            if (!definition.Parts.Any(part => part.Elements.Any(element => element.Name == name)))
                throw new ArgumentException($"{definition.Id} has no element {name}", nameof(elements));
        }
    }

    public void SetBytes(ReadOnlySpan<byte> contents)
    {
        if (definition.Structure != ItemStructure.Explicit || contents.Length > 254)
            throw new ArgumentException($"{definition.Id} does not hold these bytes", nameof(contents));
        bytes.Clear();
        bytes.AddRange(contents);
    }

    /// <summary>Numbers first, so that the element that decides a case is there before the case.</summary>
    void SetInPart(int place, int at, ReadOnlySpan<(string Element, AsterixValue Value)> elements)
    {
        ItemPart part = definition.Parts[place];
        for (int pass = 0; pass < 2; pass++)
        {
            foreach ((string name, AsterixValue value) in elements)
            {
                AsterixElement? element = part.Elements.FirstOrDefault(each => each.Name == name);
                if (element is null || (element.Kind == ElementKind.Case) != (pass == 1)) continue;
                Grow(at + part.Octets);
                Span<byte> target = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[at..];
                value.WriteTo(target, element, ItemReader.Resolve(element, part.Elements, target));
            }
        }
    }

    void Grow(int length)
    {
        while (bytes.Count < length) bytes.Add(0);
    }

    public void WriteTo(List<byte> output)
    {
        switch (definition.Structure)
        {
            case ItemStructure.Fixed:
                Grow(definition.Parts[0].Octets);
                output.AddRange(bytes);
                break;
            case ItemStructure.Extended:
                WriteExtended(output);
                break;
            case ItemStructure.Repetitive:
                for (int i = definition.HeaderOctets - 1; i >= 0; i--) output.Add((byte)(repetitions >> (8 * i)));
                output.AddRange(bytes);
                break;
            case ItemStructure.RepetitiveExtended:
                int group = definition.Parts[0].Octets;
                for (int i = 0; i < bytes.Count; i++)
                    output.Add((byte)(bytes[i] | ((i + 1) % group == 0 && i < bytes.Count - 1 ? 1 : 0)));
                break;
            case ItemStructure.Explicit:
                List<byte> contents = [.. bytes];
                if (subitems is [{ } layout]) layout.WriteTo(contents);
                Invariant.Require(contents.Count < 255, "an explicit item is shorter than 256 octets");
                output.Add((byte)(contents.Count + 1));
                output.AddRange(contents);
                break;
            case ItemStructure.Compound:
                WriteSpecification(output, subitems, definition.HeaderOctets);
                foreach (ItemBuilder? subitem in subitems) subitem?.WriteTo(output);
                break;
        }
    }

    void WriteExtended(List<byte> output)
    {
        Grow(definition.Parts[0].Octets);
        int start = output.Count, at = 0;
        output.AddRange(bytes);
        foreach (ItemPart part in definition.Parts)
        {
            at += part.Octets;
            if (at >= bytes.Count) return;
            output[start + at - 1] |= 1;
        }
    }

    /// <summary>Seven items an octet and an extension bit; or eight an octet when the length is given.</summary>
    public static void WriteSpecification(List<byte> output, ReadOnlySpan<ItemBuilder?> items, int headerOctets)
    {
        int places = headerOctets == 0 ? 7 : 8;
        int last = items.Length - 1;
        while (last > 0 && items[last] is null) last--;
        int octets = headerOctets == 0 ? (Math.Max(last, 0) / places) + 1 : headerOctets;
        int start = output.Count;
        for (int octet = 0; octet < octets; octet++) output.Add((byte)(headerOctets == 0 && octet < octets - 1 ? 1 : 0));
        for (int place = 0; place <= last; place++)
        {
            if (items[place] is not null) output[start + (place / places)] |= (byte)(0x80 >> (place % places));
        }
    }
}
