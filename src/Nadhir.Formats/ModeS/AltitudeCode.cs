namespace Nadhir.Formats.ModeS;

/// <summary>
/// The altitude code of 13 bits, C1 A1 C2 A2 C4 A4 M B1 Q B2 D2 B4 D4 (ICAO Annex 10 Vol. IV, 3.1.2.6.5.4): steps of
/// 25 ft with Q set, of 100 ft in the code of Gillham without, metres with M set.
/// </summary>
public static class AltitudeCode
{
    const int Metric = 0x40, Quarter = 0x10, None = int.MinValue;

    static readonly int[] feet = [.. Enumerable.Range(0, 0x2000).Select(Decode)];

    /// <summary>Feet, a metric altitude to the nearest; null when the code says nothing or is none.</summary>
    public static int? Feet(int code) => feet[code & 0x1FFF] is var value && value != None ? value : null;

    /// <summary>The code of 12 bits of an airborne position, which lacks M.</summary>
    public static int? FeetOfTwelve(int code) => Feet(((code & 0xFC0) << 1) | (code & 0x3F));

    /// <summary>
    /// The code of twelve bits with Q set, −1,000 to 50,175 ft in steps of 25; what is outside is held at the end.
    /// </summary>
    public static int TwelveOf(double altitudeFeet)
    {
        int steps = (int)Math.Clamp(Math.Round((altitudeFeet + 1000) / 25), 0, 2047);
        return ((steps & 0x7F0) << 1) | Quarter | (steps & 0xF);
    }

    static int Decode(int code)
    {
        if (code == 0) return None;
        // Twelve bits of metres, by what there is of a practice: the standard has reserved them and left it there.
        if ((code & Metric) != 0) return (int)Math.Round((((code & 0x1F80) >> 1) | (code & 0x3F)) / 0.3048);
        if ((code & Quarter) != 0)
            return (25 * (((code & 0x1F80) >> 2) | ((code & 0x20) >> 1) | (code & 0xF))) - 1000;
        return Gillham(code);
    }

    static int Gillham(int code)
    {
        // D2 D4 A1 A2 A4 B1 B2 B4 count five hundreds and C1 C2 C4 the hundreds, both in Gray's order.
        int fiveHundreds = FromGray(Pulse(2, 7) | Pulse(0, 6) | Pulse(11, 5) | Pulse(9, 4)
            | Pulse(7, 3) | Pulse(5, 2) | Pulse(3, 1) | Pulse(1, 0));
        int hundreds = FromGray(Pulse(12, 2) | Pulse(10, 1) | Pulse(8, 0));
        if (hundreds == 7) hundreds = 5;
        else if (hundreds is 0 or 5 or 6) return None;
        if ((fiveHundreds & 1) != 0) hundreds = 6 - hundreds;
        return (500 * fiveHundreds) + (100 * hundreds) - 1300;

        int Pulse(int bit, int to) => (code >> bit & 1) << to;
    }

    static int FromGray(int gray)
    {
        for (int shift = 4; shift > 0; shift >>= 1) gray ^= gray >> shift;
        return gray;
    }
}

/// <summary>The identity code of 13 bits, C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4 (3.1.2.6.7.1).</summary>
public static class IdentityCode
{
    static readonly short[] codes = [.. Enumerable.Range(0, 0x2000).Select(Decode)];

    /// <summary>The twelve bits of the Mode A code: octal 7700 is 0xFC0.</summary>
    public static short Mode3A(int code) => codes[code & 0x1FFF];

    /// <summary>The identity code of a Mode A code.</summary>
    public static int CodeOf(int mode3A)
    {
        for (int code = 0; code < codes.Length; code++)
            if ((code & 0x40) == 0 && codes[code] == (mode3A & 0xFFF)) return code;
        return 0;
    }

    static short Decode(int code)
    {
        return (short)((Digit(7, 9, 11) << 9) | (Digit(1, 3, 5) << 6) | (Digit(8, 10, 12) << 3) | Digit(0, 2, 4));

        int Digit(int four, int two, int one) =>
            ((code >> four & 1) << 2) | ((code >> two & 1) << 1) | (code >> one & 1);
    }
}
