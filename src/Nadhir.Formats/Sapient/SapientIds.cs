namespace Nadhir.Formats.Sapient;

/// <summary>The two kinds of identifiers: UUID for nodes, ULID for all else.</summary>
public static class SapientIds
{
    /// <summary>Crockford's base 32 leaves out I, L, O and U.</summary>
    const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static readonly sbyte[] digitOf = Digits();

    /// <summary>8-4-4-4-12 hexadecimal digits in either case.</summary>
    public static bool TryUuid(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = default;
        if (text.Length != 36) return false;
        for (int i = 0; i < 36; i++)
        {
            if (i is 8 or 13 or 18 or 23)
            {
                if (text[i] != '-') return false;
                continue;
            }

            int digit = text[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => text[i] - '0',
                >= (byte)'a' and <= (byte)'f' => text[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => text[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }

        return true;
    }

    public static bool TryUuid(string text, out UInt128 value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[36];
        if (text.Length != 36) return false;
        for (int i = 0; i < 36; i++) bytes[i] = text[i] < 128 ? (byte)text[i] : (byte)'?';
        return TryUuid(bytes, out value);
    }

    /// <summary>26 digits of Crockford's base 32 in either case; the first holds three bits only.</summary>
    public static bool TryUlid(ReadOnlySpan<byte> text, out UInt128 value)
    {
        value = default;
        if (text.Length != 26 || text[0] > '7') return false;
        foreach (byte letter in text)
        {
            int digit = letter < 128 ? digitOf[letter] : -1;
            if (digit < 0) return false;
            value = (value << 5) | (uint)digit;
        }

        return true;
    }

    /// <summary>A UUID as text, in lower case.</summary>
    public static string Uuid(UInt128 value)
    {
        string digits = value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        return $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}";
    }

    static sbyte[] Digits()
    {
        sbyte[] digits = new sbyte[128];
        Array.Fill(digits, (sbyte)-1);
        for (int i = 0; i < Crockford.Length; i++)
            digits[Crockford[i]] = digits[char.ToLowerInvariant(Crockford[i])] = (sbyte)i;
        return digits;
    }
}
