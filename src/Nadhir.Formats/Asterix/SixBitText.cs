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

    /// <summary>The character of a code; codes outside the alphabet read as '?'.</summary>
    public static char Decode(int code) => (code & 0x3F) switch
    {
        >= 1 and <= 26 and int letter => (char)('A' + letter - 1),
        >= 48 and <= 57 and int digit => (char)digit,
        32 => ' ',
        0 => ' ',
        _ => '?',
    };

    internal static uint CodeOf(char character) => char.ToUpperInvariant(character) switch
    {
        >= 'A' and <= 'Z' and char letter => (uint)(letter - 'A' + 1),
        >= '0' and <= '9' and char digit => digit,
        _ => 32,
    };
}
