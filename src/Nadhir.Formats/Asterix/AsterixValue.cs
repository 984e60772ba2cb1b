using System.Globalization;

namespace Nadhir.Formats.Asterix;

/// <summary>What an element is set to: a number in the element's SI unit, or text.</summary>
public readonly record struct AsterixValue(double Number, string? Text)
{
    public static AsterixValue From(double number) => new(number, null);
    public static AsterixValue From(string text) => new(double.NaN, text);
    public static implicit operator AsterixValue(double number) => From(number);
    public static implicit operator AsterixValue(string text) => From(text);

    public AsterixValue ToAsterixValue() => this;

    /// <summary>Writes the bits that say it into the part the element stands in.</summary>
    /// <param name="kind">The element itself, or what a case element is here.</param>
    internal void WriteTo(Span<byte> part, AsterixElement element, AsterixElement kind)
    {
        if (element.IsText) WriteText(part, element, Text ?? ((long)Number).ToString(CultureInfo.InvariantCulture));
        else Bits.Write(part, element.BitOffset, element.Bits, BitsOfNumber(element, kind));
    }

    ulong BitsOfNumber(AsterixElement element, AsterixElement kind)
    {
        double units = Math.Round(kind.Kind is ElementKind.Signed or ElementKind.Unsigned ? Number / kind.Factor : Number);
        bool signed = kind.Kind == ElementKind.Signed;
        double lowest = signed ? -Math.ScaleB(1, element.Bits - 1) : 0;
        double beyond = Math.ScaleB(1, signed ? element.Bits - 1 : element.Bits);
        if (!(units >= lowest && units < beyond))
            throw new ArgumentOutOfRangeException(element.Name, Number, $"does not fit {element.Bits} bits");
        return signed ? (ulong)(long)units : (ulong)units;
    }

    /// <summary>Text is cut or padded to the width of the element; codes and hexadecimal digits keep to the right.</summary>
    static void WriteText(Span<byte> part, AsterixElement element, string text)
    {
        (int step, char pad) = element.Kind switch
        {
            ElementKind.Octal => (3, '0'),
            ElementKind.Ascii => (8, ' '),
            ElementKind.SixBit => (6, ' '),
            _ => (4, '0'),
        };
        int characters = element.Bits / step;
        text = pad == ' ' ? text.PadRight(characters) : text.PadLeft(characters, pad);
        for (int i = 0; i < characters; i++)
        {
            uint code = element.Kind switch
            {
                ElementKind.Octal => (uint)(text[i] - '0') & 7,
                ElementKind.Ascii => (byte)text[i],
                ElementKind.SixBit => SixBitText.CodeOf(text[i]),
                _ => (uint)Convert.ToInt32(text[i].ToString(), 16),
            };
            Bits.Write(part, element.BitOffset + (i * step), step, code);
        }
    }
}
