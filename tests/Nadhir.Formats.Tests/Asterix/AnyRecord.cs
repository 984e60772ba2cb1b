using Nadhir.Formats.Asterix;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>
/// Makes well-formed records straight from the definitions, independently of the writer under test: a choice of items,
/// random bits in every element, spare bits zero.
/// </summary>
sealed class AnyRecord(Random random)
{
    public byte[] Of(CategoryDefinition category, UserApplicationProfile profile, ICollection<string>? used = null)
    {
        ProfileChooser? chooser = category.Chooser;
        List<int> places = [.. Enumerable.Range(0, profile.Items.Length).Where(i => profile.Items[i] is not null && random.Next(3) == 0)];
        if (places.Count == 0) places.Add(Enumerable.Range(0, profile.Items.Length).First(i => profile.Items[i] is not null));
        if (chooser is not null) places = [.. places.Append(profile.PlaceOf(chooser.Item)).Distinct().Order()];
        List<byte> bytes = [.. Specification(places, 7)];
        foreach (int place in places)
        {
            ItemDefinition item = profile.Items[place]!;
            used?.Add(item.Id);
            byte[] contents = [.. Item(item)];
            if (item.Id == chooser?.Item)
            {
                long value = chooser.ProfileOf.First(pair => category.Profiles[pair.Value] == profile).Key;
                Bits.Write(contents, chooser.Element.BitOffset, chooser.Element.Bits, (ulong)value);
            }

            bytes.AddRange(contents);
        }

        return [.. bytes];
    }

    public byte[] Block(CategoryDefinition category, int records)
    {
        List<byte> bytes = [];
        for (int i = 0; i < records; i++) bytes.AddRange(Of(category, category.Profiles[0]));
        int length = bytes.Count + 3;
        return [(byte)category.Number, (byte)(length >> 8), (byte)length, .. bytes];
    }

    List<byte> Item(ItemDefinition item)
    {
        List<byte> bytes = [];
        int count = random.Next(1, 4);
        switch (item.Structure)
        {
            case ItemStructure.Fixed:
                bytes.AddRange(Part(item.Parts[0], more: false));
                break;
            case ItemStructure.Extended:
                count = random.Next(1, item.Parts.Length + 1);
                for (int i = 0; i < count; i++) bytes.AddRange(Part(item.Parts[i], more: i < count - 1));
                break;
            case ItemStructure.Repetitive:
                for (int i = item.HeaderOctets - 1; i >= 0; i--) bytes.Add((byte)(count >> (8 * i)));
                for (int i = 0; i < count; i++) bytes.AddRange(Part(item.Parts[0], more: false));
                break;
            case ItemStructure.RepetitiveExtended:
                for (int i = 0; i < count; i++) bytes.AddRange(Part(item.Parts[0], more: i < count - 1));
                break;
            case ItemStructure.Explicit:
                List<byte> contents = item.Subitems is [{ } layout] ? Item(layout) : [1, 2, 3];
                if (contents.Count > 254) contents = Enumerable.Repeat((byte)0xFF, 254).ToList();
                bytes.Add((byte)(contents.Count + 1));
                bytes.AddRange(contents);
                break;
            case ItemStructure.Compound:
                List<int> places = [.. Enumerable.Range(0, item.Subitems.Length).Where(i => item.Subitems[i] is not null && random.Next(2) == 0)];
                if (places.Count == 0) places.Add(Enumerable.Range(0, item.Subitems.Length).First(i => item.Subitems[i] is not null));
                bytes.AddRange(item.HeaderOctets == 0 ? Specification(places, 7) : Specification(places, 8));
                foreach (int place in places) bytes.AddRange(Item(item.Subitems[place]!));
                break;
        }

        return bytes;
    }

    /// <summary>Eight a octet means one octet without extension, as in expansion fields.</summary>
    static byte[] Specification(List<int> places, int perOctet)
    {
        byte[] octets = new byte[perOctet == 8 ? 1 : (places[^1] / 7) + 1];
        foreach (int place in places) octets[place / perOctet] |= (byte)(0x80 >> (place % perOctet));
        if (perOctet == 7)
        {
            for (int i = 0; i < octets.Length - 1; i++) octets[i] |= 1;
        }

        return octets;
    }

    byte[] Part(ItemPart part, bool more)
    {
        byte[] bytes = new byte[part.Octets];
        foreach (AsterixElement element in part.Elements)
        {
            int step = element.Kind switch { ElementKind.Ascii => 8, ElementKind.SixBit => 6, _ => 1 };
            for (int bit = 0; bit < element.Bits; bit += step)
            {
                int code = step == 8 ? random.Next(' ', '~') : step == 6 ? SixBit() : random.Next(2);
                for (int i = 0; i < step; i++)
                {
                    int at = element.BitOffset + bit + i;
                    if ((code >> (step - 1 - i) & 1) != 0) bytes[at / 8] |= (byte)(0x80 >> (at % 8));
                }
            }
        }

        if (more) bytes[^1] |= 1;
        return bytes;
    }

    int SixBit() => random.Next(3) switch { 0 => random.Next(1, 27), 1 => random.Next(48, 58), _ => 32 };
}
