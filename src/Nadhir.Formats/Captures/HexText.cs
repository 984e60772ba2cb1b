namespace Nadhir.Formats.Captures;

/// <summary>Bytes written as hexadecimal digits, with blanks and line ends anywhere.</summary>
static class HexText
{
    public static bool IsHexText(ReadOnlySpan<byte> bytes)
    {
        int digits = 0;
        foreach (byte each in bytes)
        {
            if (char.IsAsciiHexDigit((char)each)) digits++;
            else if (!char.IsWhiteSpace((char)each)) return false;
        }

        return digits > 0 && digits % 2 == 0;
    }

    public static byte[] Read(ReadOnlySpan<byte> text)
    {
        List<byte> bytes = new(text.Length / 2);
        int high = -1;
        foreach (byte each in text)
        {
            if (!char.IsAsciiHexDigit((char)each)) continue;
            int digit = (each & 0xF) + (each > '9' ? 9 : 0);
            if (high >= 0) bytes.Add((byte)((high << 4) | digit));
            high = high >= 0 ? -1 : digit;
        }

        return [.. bytes];
    }
}
