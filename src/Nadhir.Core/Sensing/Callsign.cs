namespace Nadhir.Sensing;

/// <summary>An aircraft identification of up to eight characters, packed so that a plot stays a plain value.</summary>
public readonly record struct Callsign
{
    readonly ulong packed;

    Callsign(ulong packed) => this.packed = packed;

    public bool IsNone => packed == 0;

    /// <summary>Keeps the first eight ASCII characters, without trailing blanks.</summary>
    public static Callsign From(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        text = text[..Math.Min(8, text.Length)].TrimEnd();
        ulong bits = 0;
        for (int i = 0; i < text.Length; i++) bits |= (ulong)(byte)(text[i] < 128 ? text[i] : '?') << (8 * i);
        return new(bits);
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[8];
        int length = 0;
        for (ulong rest = packed; rest != 0; rest >>= 8) text[length++] = (char)(rest & 0xFF);
        return new(text[..length]);
    }
}
