using System.Globalization;
using Nadhir.Formats.Sapient;

namespace Nadhir.Documents;

/// <summary>Identification codes as people write them.</summary>
public static class Codes
{
    /// <summary>Four octal digits, like 4301.</summary>
    public static bool IsMode3A(YamlMap map, string key, string text)
    {
        bool right = text.Length == 4 && text.All(digit => digit is >= '0' and <= '7');
        if (!right) map.Fault(key, $"'{text}' is not a Mode 3/A code of four octal digits");
        return right;
    }

    /// <summary>Six hexadecimal digits, not all zero.</summary>
    public static bool IsAddress(YamlMap map, string key, string text)
    {
        bool right = text.Length == 6 && text.All(char.IsAsciiHexDigit) && text != "000000";
        if (!right) map.Fault(key, $"'{text}' is not an aircraft address of six hexadecimal digits");
        return right;
    }

    /// <summary>The UUID of a SAPIENT node in lower case; null when there is none, or it is none.</summary>
    public static string? Node(YamlMap map, string key)
    {
        if (map.OptionalText(key) is not { } text) return null;
        if (SapientIds.TryUuid(text, out UInt128 id)) return SapientIds.Uuid(id);
        map.Fault(key, $"'{text}' is not a UUID, like 3f0f1f9e-8f0b-4b0e-9c55-2f3a5d8e7c11");
        return null;
    }

    /// <summary>The twelve bits of four octal digits; −1 when they are not.</summary>
    public static short Mode3ABits(string? octal)
    {
        if (octal is null || octal.Length != 4 || octal.Any(digit => digit is < '0' or > '7')) return -1;
        return (short)octal.Aggregate(0, (bits, digit) => (bits << 3) | (digit - '0'));
    }

    public static uint AddressBits(string? hexadecimal) =>
        uint.TryParse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint bits) ? bits : 0;
}
