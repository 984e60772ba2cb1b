using System.Globalization;
using System.Text.Json;

namespace Nadhir.Formats.Sapient;

/// <summary>The message as protobuf JSON.</summary>
public sealed partial class SapientDocument
{
    public void WriteJson(Utf8JsonWriter json) => WriteObject(json, Root);

    void WriteObject(Utf8JsonWriter json, int message)
    {
        ulong written = 0;
        json.WriteStartObject();
        for (int i = entries[message].First; i >= 0; i = entries[i].Next)
        {
            SapientField field = entries[i].Field!;
            ulong bit = 1UL << field.Index;
            if ((written & bit) != 0) continue;
            written |= bit;
            json.WritePropertyName(field.JsonNameUtf8);
            if (!field.Repeated)
            {
                WriteValue(json, i, field);
                continue;
            }

            json.WriteStartArray();
            for (int value = i; value >= 0; value = FindNext(value)) WriteValue(json, value, field);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    void WriteValue(Utf8JsonWriter json, int value, SapientField field)
    {
        ref Entry entry = ref entries[value];
        switch (field.Kind)
        {
            case SapientKind.Message: WriteObject(json, value); break;
            case SapientKind.Text: json.WriteStringValue(BytesOf(value)); break;
            case SapientKind.Bytes: json.WriteBase64StringValue(BytesOf(value)); break;
            case SapientKind.Integer: json.WriteNumberValue(entry.Bits); break;
            case SapientKind.Flag: json.WriteBooleanValue(entry.Bits != 0); break;
            case SapientKind.Time: json.WriteStringValue(Spell(entry.Bits, entry.Start)); break;
            case SapientKind.Choice:
                if (field.Choice!.NameOf(entry.Bits) is { } name) json.WriteStringValue(name);
                else json.WriteNumberValue(entry.Bits);
                break;
            default:
                WriteNumber(json, BitConverter.Int64BitsToDouble(entry.Bits), field.Kind == SapientKind.Float);
                break;
        }
    }

    static void WriteNumber(Utf8JsonWriter json, double number, bool single)
    {
        if (double.IsNaN(number)) json.WriteStringValue("NaN");
        else if (double.IsInfinity(number)) json.WriteStringValue(number > 0 ? "Infinity" : "-Infinity");
        else if (single) json.WriteNumberValue((float)number);
        else json.WriteNumberValue(number);
    }

    /// <summary>RFC 3339 in UTC, with none, three, six or nine digits of a second.</summary>
    static string Spell(long seconds, int nanoseconds)
    {
        if (!SapientTime.IsValid(seconds, nanoseconds)) return $"{seconds} s {nanoseconds} ns";
        string whole = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        string fraction = nanoseconds.ToString("d9", CultureInfo.InvariantCulture);
        if (nanoseconds == 0) return whole + "Z";
        int digits = nanoseconds % 1_000_000 == 0 ? 3 : nanoseconds % 1_000 == 0 ? 6 : 9;
        return $"{whole}.{fraction[..digits]}Z";
    }
}
