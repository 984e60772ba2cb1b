using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.Sapient;

/// <summary>Protobuf in JSON (protobuf.dev, ProtoJSON): names in either spelling, numbers as text too.</summary>
public sealed partial class SapientDocument
{
    static readonly JsonReaderOptions strict = new() { MaxDepth = 2 * MostDepth };

    /// <summary>Reads one message and checks it. A name we do not know is refused, as ProtoJSON asks.</summary>
    /// <returns>Whether it is valid; if not, <see cref="Reasons"/> say why.</returns>
    public bool TryReadJson(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, strict);
        return TryReadJson(ref reader) && IsValid;
    }

    /// <summary>
    /// Reads the value that comes next; false when it is no JSON, and then nothing behind it can be read.
    /// </summary>
    public bool TryReadJson(ref Utf8JsonReader reader)
    {
        Clear();
        try
        {
            if (!reader.Read()) return Fail(DecodeFault.Truncated, Root, "nothing there");
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                Fail(DecodeFault.NotThisFormat, Root, "not an object");
                return true;
            }

            ReadObject(ref reader, Root, 0);
            if (Damage == DecodeFault.None) Check();
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader tells of text that is not UTF-8.
            return Fail(DecodeFault.NotThisFormat, Root, "not JSON: " + fault.Message);
        }
    }

    void ReadObject(ref Utf8JsonReader reader, int message, int depth)
    {
        if (depth >= MostDepth) throw new JsonException($"more than {MostDepth} levels");
        ulong seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Enough has been said of it, and saying where costs time.
            bool enough = reasons.Count >= MostReasons;
            SapientField? field = FindName(ref reader, TypeOf(message));
            if (field is null || enough)
            {
                string name = enough ? "" : Shown(Encoding.UTF8.GetBytes(reader.GetString()!));
                if (!enough) Refuse($"{PathOf(message, name)} is not a field of {TypeOf(message).Name}");
                reader.Read();
                reader.Skip();
                continue;
            }

            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;
            ulong bit = 1UL << field.Index;
            if ((seen & bit) != 0)
            {
                Fail(DecodeFault.BadValue, message, $"{field.Name} is there twice");
                reader.Skip();
                continue;
            }

            seen |= bit;
            if (!field.Repeated) ReadValue(ref reader, message, field, depth);
            else if (reader.TokenType == JsonTokenType.StartArray)
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, message, field, depth);
            else Wrong(ref reader, message, field, "is not a list");
        }
    }

    static SapientField? FindName(ref Utf8JsonReader reader, SapientMessageType type)
    {
        if (!reader.ValueIsEscaped) return type.Find(reader.ValueSpan);
        return type.Find(Encoding.UTF8.GetBytes(reader.GetString()!));
    }

    void ReadValue(ref Utf8JsonReader reader, int message, SapientField field, int depth)
    {
        int value = Append(message, field);
        if (value < 0)
        {
            reader.Skip();
            return;
        }

        bool read = field.Kind switch
        {
            SapientKind.Message => TryObject(ref reader, value, depth),
            SapientKind.Text => reader.TokenType == JsonTokenType.String && TryKeepText(ref reader, value),
            SapientKind.Bytes => reader.TokenType == JsonTokenType.String && TryKeepBytes(ref reader, value),
            SapientKind.Double or SapientKind.Float => TryNumber(ref reader, value, field.Kind),
            SapientKind.Integer => TryInteger(ref reader, value),
            SapientKind.Flag => TryFlag(ref reader, value),
            SapientKind.Choice => TryChoice(ref reader, value, field.Choice!),
            SapientKind.Time => reader.TokenType == JsonTokenType.String && TryTime(reader.GetString()!, value),
            _ => throw new InvariantBrokenException($"{field} has a kind"),
        };
        if (!read) Wrong(ref reader, value, field, $"is not a {Word(field)}");
    }

    /// <summary>The value stays in the table, so that the field is not said to be missing as well.</summary>
    void Wrong(ref Utf8JsonReader reader, int value, SapientField field, string what)
    {
        string text = Shown(reader.HasValueSequence ? default : reader.ValueSpan);
        string path = value > Root && ReferenceEquals(entries[value].Field, field) ? PathOf(value)
            : PathOf(value, field.Name);
        if (Damage == DecodeFault.None) Damage = DecodeFault.BadValue;
        Refuse($"{path}: '{text}' {what}");
        reader.Skip();
    }

    static string Word(SapientField field) => field.Kind switch
    {
        SapientKind.Message => "message",
        SapientKind.Double or SapientKind.Float => "number",
        SapientKind.Integer => "whole number",
        SapientKind.Flag => "true or false",
        SapientKind.Choice => field.Choice!.Name,
        SapientKind.Time => "time",
        SapientKind.Bytes => "base 64",
        _ => "text",
    };

    bool TryObject(ref Utf8JsonReader reader, int value, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        ReadObject(ref reader, value, depth + 1);
        return true;
    }

    bool TryKeepText(ref Utf8JsonReader reader, int value)
    {
        if (!TryKeep(value, reader.ValueSpan.Length)) return true; // Said already.
        int length = reader.CopyString(Kept(value));
        textLength -= entries[value].Length - length;
        entries[value].Length = length;
        return true;
    }

    bool TryKeepBytes(ref Utf8JsonReader reader, int value)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (!TryKeep(value, Base64.GetMaxDecodedFromUtf8Length(text.Length) + 4)) return true; // Said already.
        bool read = Base64.DecodeFromUtf8(text, Kept(value), out _, out int length) == OperationStatus.Done
            || Base64Url.DecodeFromUtf8(text, Kept(value), out _, out length) == OperationStatus.Done;
        textLength -= entries[value].Length - length;
        entries[value].Length = length;
        return read;
    }

    bool TryNumber(ref Utf8JsonReader reader, int value, SapientKind kind)
    {
        double number = 0;
        bool read = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out number),
            JsonTokenType.String => double.TryParse(
                reader.ValueSpan,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (kind == SapientKind.Float) number = (float)number;
        entries[value].Bits = BitConverter.DoubleToInt64Bits(number);
        return read;
    }

    bool TryInteger(ref Utf8JsonReader reader, int value)
    {
        if (!TryNumber(ref reader, value, SapientKind.Double)) return false;
        double number = BitConverter.Int64BitsToDouble(entries[value].Bits);
        entries[value].Bits = 0;
        if (number is not (>= int.MinValue and <= int.MaxValue) || number != Math.Floor(number)) return false;
        entries[value].Bits = (long)number;
        return true;
    }

    bool TryFlag(ref Utf8JsonReader reader, int value)
    {
        entries[value].Bits = reader.TokenType == JsonTokenType.True ? 1 : 0;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
    }

    bool TryChoice(ref Utf8JsonReader reader, int value, SapientChoice choice)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number))
        {
            entries[value].Bits = number;
            return true;
        }

        int found = reader.TokenType == JsonTokenType.String ? choice.Find(reader.ValueSpan) : -1;
        entries[value].Bits = found;
        return found >= 0;
    }

    /// <summary>RFC 3339 with at most nine digits of a second.</summary>
    bool TryTime(string text, int value)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal), end = point + 1;
        while (point >= 0 && end < text.Length && char.IsAsciiDigit(text[end])) end++;
        int digits = point < 0 ? 0 : end - point - 1;
        string whole = point < 0 ? text : text[..point] + text[end..];
        if (digits > 9 || (point >= 0 && digits == 0)
            || !DateTimeOffset.TryParseExact(whole, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            || !(whole.EndsWith('Z') || whole.Length == 25))
            return false;
        entries[value].Bits = time.ToUnixTimeSeconds();
        entries[value].Start = digits == 0
            ? 0
            : int.Parse(text.AsSpan(point + 1, digits), CultureInfo.InvariantCulture) * (int)Math.Pow(10, 9 - digits);
        return true;
    }
}
