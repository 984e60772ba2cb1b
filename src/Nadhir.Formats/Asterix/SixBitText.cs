namespace Nadhir.Formats.Asterix;

/// <summary>The six-bit alphabet of aircraft identifications (ICAO Annex 10 Vol. III, 3.1.2.9).</summary>
public static class SixBitText
{
    /// <summary>Eight characters in the low 48 bits, padded with blanks; what the alphabet lacks becomes a blank.</summary>
    public static ulong Encode(ReadOnlySpan<char> text)
    {
        ulong bits = 0;
        for (int i = 0; i < 8; i++) bits = (bits << 6) | CodeOf(i < text.Length ? text[i] : ' ');
        return bits;
    }

    const string Alphabet = " ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????";

    /// <summary>The character of a code; codes outside the alphabet read as '?', code 0 as a blank.</summary>
    public static char Decode(int code) => Alphabet[code & 0x3F];

    internal static uint CodeOf(char character) => char.ToUpperInvariant(character) switch
    {
        >= 'A' and <= 'Z' and char letter => (uint)(letter - 'A' + 1),
        >= '0' and <= '9' and char digit => digit,
        _ => 32,
    };
}
