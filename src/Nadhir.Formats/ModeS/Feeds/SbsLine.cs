using System.Buffers.Text;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// One line of BaseStation text (port 30003): <c>MSG</c> with its 22 fields. Values are the wire's; NaN, −1 and null
/// say that a field is empty.
/// </summary>
public readonly record struct SbsLine
{
    const int Fields = 22, LeastFields = 10;

    /// <summary>
    /// 1 identification, 2 surface, 3 airborne, 4 velocity, 5–7 surveillance and air-air, 8 all-call.
    /// </summary>
    public int Transmission { get; private init; }
    public Sender Sender { get; private init; }
    public Callsign Callsign { get; private init; }
    public double AltitudeFeet { get; private init; }
    public double GroundSpeedKnots { get; private init; }
    public double TrackDegrees { get; private init; }
    public double LatitudeDegrees { get; private init; }
    public double LongitudeDegrees { get; private init; }
    public double ClimbFeetPerMinute { get; private init; }
    public short Mode3A { get; private init; }
    public bool? Alert { get; private init; }
    public bool? Emergency { get; private init; }
    public bool? Identifying { get; private init; }
    public bool? OnGround { get; private init; }

    public bool HasPlace => !double.IsNaN(LatitudeDegrees);

    /// <summary>
    /// Reads a line. One that is no report (STA, AIR, SEL, ID, CLK) is passed over: no fault, and
    /// <see cref="Transmission"/> 0. Latitude and longitude both exactly zero are how some programs say "none".
    /// </summary>
    public static DecodeFault Read(ReadOnlySpan<byte> line, out SbsLine read, out string detail)
    {
        read = default;
        detail = "";
        Span<Range> fields = stackalloc Range[Fields + 1];
        int count = Split(line, fields);
        ReadOnlySpan<byte> type = count > 0 ? line[fields[0]] : line;
        bool worked = type.SequenceEqual("MLAT"u8);
        if (!worked && !type.SequenceEqual("MSG"u8))
        {
            if (IsOther(type)) return DecodeFault.None;
            detail = "no line of BaseStation";
            return DecodeFault.NotThisFormat;
        }

        if (count is < LeastFields or > Fields)
        {
            detail = "BaseStation line with a wrong number of fields";
            return DecodeFault.BadFieldSpecification;
        }

        bool good = TryWhole(line, fields, count, 1, out int transmission) && transmission is >= 1 and <= 8;
        good &= TryAddress(line[fields[4]], worked, out Sender sender);
        good &= TryNumber(line, fields, count, 11, out double altitude);
        good &= TryNumber(line, fields, count, 12, out double speed);
        good &= TryNumber(line, fields, count, 13, out double track);
        good &= TryNumber(line, fields, count, 14, out double latitude);
        good &= TryNumber(line, fields, count, 15, out double longitude);
        good &= TryNumber(line, fields, count, 16, out double climb);
        good &= TryOctal(Field(line, fields, count, 17), out short mode3A);
        if (latitude == 0 && longitude == 0) latitude = longitude = double.NaN;
        good &= double.IsNaN(latitude) == double.IsNaN(longitude);
        good &= !(Math.Abs(latitude) > 90) && !(Math.Abs(longitude) > 180);
        if (!good)
        {
            detail = "BaseStation field";
            return DecodeFault.BadValue;
        }

        read = new()
        {
            Transmission = transmission,
            Sender = sender,
            Callsign = ReadCallsign(Field(line, fields, count, 10)),
            AltitudeFeet = altitude,
            GroundSpeedKnots = speed,
            TrackDegrees = track,
            LatitudeDegrees = latitude,
            LongitudeDegrees = longitude,
            ClimbFeetPerMinute = climb,
            Mode3A = mode3A,
            Alert = Flag(Field(line, fields, count, 18)),
            Emergency = Flag(Field(line, fields, count, 19)),
            Identifying = Flag(Field(line, fields, count, 20)),
            OnGround = Flag(Field(line, fields, count, 21)),
        };
        return DecodeFault.None;
    }

    /// <returns>How many fields; more than there can be reads as one more.</returns>
    internal static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        int count = 0, from = 0;
        while (count < fields.Length)
        {
            int comma = line[from..].IndexOf((byte)',');
            int end = comma < 0 ? line.Length : from + comma;
            fields[count++] = from..end;
            if (comma < 0) break;
            from = end + 1;
        }

        return count;
    }

    static bool IsOther(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("STA"u8) || type.SequenceEqual("AIR"u8) || type.SequenceEqual("SEL"u8)
        || type.SequenceEqual("ID"u8) || type.SequenceEqual("CLK"u8);

    static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int count, int number) =>
        number < count ? line[fields[number]].Trim((byte)' ') : default;

    static bool TryNumber(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int count, int number, out double value)
    {
        value = double.NaN;
        ReadOnlySpan<byte> text = Field(line, fields, count, number);
        if (text.IsEmpty) return true;
        bool read = Utf8Parser.TryParse(text, out double told, out int used) && used == text.Length
            && Math.Abs(told) < 1e6;
        if (read) value = told;
        return read;
    }

    static bool TryWhole(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, int count, int number, out int value)
    {
        ReadOnlySpan<byte> text = Field(line, fields, count, number);
        return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
    }

    static bool TryAddress(ReadOnlySpan<byte> text, bool worked, out Sender sender)
    {
        text = text.Trim((byte)' ');
        bool icao = text.IsEmpty || text[0] != '~';
        if (!icao) text = text[1..];
        bool read = Utf8Parser.TryParse(text, out uint address, out int used, 'x') && used == text.Length
            && text.Length is >= 1 and <= 6;
        sender = new(address, icao, worked ? Relay.Multilateration : Relay.None, Inferred: false);
        return read;
    }

    internal static bool TryOctal(ReadOnlySpan<byte> text, out short mode3A)
    {
        mode3A = -1;
        if (text.IsEmpty) return true;
        if (text.Length > 4) return false;
        int value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'7') return false;
            value = (value << 3) | (digit - '0');
        }

        mode3A = (short)value;
        return true;
    }

    internal static Callsign ReadCallsign(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[8];
        int length = Math.Min(8, text.Length);
        for (int i = 0; i < length; i++) characters[i] = text[i] is >= 0x20 and < 0x7F ? (char)text[i] : '?';
        return Callsign.From(characters[..length]);
    }

    static bool? Flag(ReadOnlySpan<byte> text) => text.IsEmpty ? null : !text.SequenceEqual("0"u8);
}
