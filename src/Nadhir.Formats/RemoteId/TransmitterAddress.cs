using System.Globalization;

namespace Nadhir.Formats.RemoteId;

/// <summary>A transmitter's address as receivers write it.</summary>
static class TransmitterAddress
{
    /// <summary>
    /// Six octets in hexadecimal, or a number made of whatever text stands there; null when none does.
    /// </summary>
    public static ulong? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        Span<char> digits = stackalloc char[12];
        int count = 0;
        bool isAddress = true;
        foreach (char c in text)
        {
            if (c is ':' or '-') continue;
            if (!char.IsAsciiHexDigit(c) || count == 12)
            {
                isAddress = false;
                break;
            }

            digits[count++] = c;
        }

        if (isAddress && count == 12 && ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture,
            out ulong address))
            return address;
        // FNV-1a; above any address of 48 bits.
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text) hash = (hash ^ c) * 0x100000001B3;
        return hash | (1UL << 63);
    }
}
