using Nadhir.Formats.Asterix;

namespace Nadhir.Formats.ModeS.Registers;

/// <summary>Text fields of registers.</summary>
public static class RegisterText
{
    /// <summary>The characters of a text field, or the digits of a hexadecimal one; empty when it is not there.</summary>
    /// <param name="text">At least 16 long.</param>
    /// <returns>How many were written; trailing blanks are left out.</returns>
    public static int Read(RegisterField field, ulong contents, Span<char> text)
    {
        if (!field.IsIn(contents)) return 0;
        ulong bits = field.BitsOf(contents);
        int step = field.Kind == RegisterFieldKind.Hexadecimal ? 4 : 6, count = field.Bits / step;
        for (int i = count - 1; i >= 0; i--, bits >>= step)
        {
            int code = (int)(bits & ((1UL << step) - 1));
            text[i] = step == 4 ? "0123456789ABCDEF"[code] : SixBitText.Decode(code);
        }

        return text[..count].TrimEnd(' ').Length;
    }

    /// <summary>Every character is a letter, a digit or a blank, and one is no blank.</summary>
    internal static bool IsReadable(RegisterField field, ulong contents)
    {
        Span<char> text = stackalloc char[16];
        int length = Read(field, contents, text);
        return length > 0 && !text[..length].Contains('?');
    }
}
