using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nadhir.Formats.Sapient;

/// <summary>
/// Prints a file of messages as JSON lines with a verdict each: framed as on TCP, or protobuf JSON, one or several.
/// </summary>
public static class SapientPrinter
{
    static readonly JsonReaderOptions several =
        new() { AllowMultipleValues = true, MaxDepth = 2 * SapientDocument.MostDepth };
    static readonly JsonWriterOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>0 when all messages are valid, 1 when not.</returns>
    public static int Print(ReadOnlyMemory<byte> file, Stream output, TextWriter errors)
    {
        using BufferedStream buffered = new(output, 1 << 16);
        ReadOnlySpan<byte> bytes = file.Span;
        // As Notepad leaves it.
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        int refused = IsJson(bytes) ? PrintJson(bytes, buffered, errors) : PrintFrames(bytes, buffered, errors);
        buffered.Flush();
        return refused > 0 ? 1 : 0;
    }

    /// <summary>
    /// A frame has a zero among its first four bytes, since no message has 16 megabytes; JSON has none.
    /// </summary>
    internal static bool IsJson(ReadOnlySpan<byte> bytes) =>
        bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8) && !bytes[..Math.Min(4, bytes.Length)].Contains((byte)0);

    static int PrintFrames(ReadOnlySpan<byte> bytes, Stream output, TextWriter errors)
    {
        SapientDocument document = new();
        int refused = 0, offset = 0;
        while (offset < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[offset..];
            FrameOutcome outcome = SapientFrame.Look(rest, out long length);
            if (outcome != FrameOutcome.Whole)
            {
                string what = outcome == FrameOutcome.TooLong ? $"a message of {length} bytes" : "cut off";
                errors.WriteLine($"{offset}: {what}, {rest.Length} bytes passed over");
                return refused + 1;
            }

            document.TryRead(rest[SapientFrame.HeaderLength..(int)length]);
            refused += Line(document, offset, (int)length, output, errors);
            offset += (int)length;
        }

        return refused;
    }

    static int PrintJson(ReadOnlySpan<byte> bytes, Stream output, TextWriter errors)
    {
        SapientDocument document = new();
        Utf8JsonReader reader = new(bytes, several);
        int refused = 0;
        while (true)
        {
            int offset = (int)reader.BytesConsumed;
            ReadOnlySpan<byte> rest = bytes[offset..];
            ReadOnlySpan<byte> begun = rest.TrimStart(" \t\r\n"u8);
            if (begun.IsEmpty) return refused;
            offset += rest.Length - begun.Length;
            bool readable = document.TryReadJson(ref reader);
            refused += Line(document, offset, (int)reader.BytesConsumed - offset, output, errors);
            if (!readable) return refused;
        }
    }

    static int Line(SapientDocument document, int offset, int length, Stream output, TextWriter errors)
    {
        using (Utf8JsonWriter json = new(output, plain))
        {
            json.WriteStartObject();
            json.WriteNumber("offset"u8, offset);
            json.WriteNumber("length"u8, length);
            json.WriteBoolean("valid"u8, document.IsValid);
            json.WriteStartArray("reasons"u8);
            foreach (string reason in document.Reasons) json.WriteStringValue(reason);
            json.WriteEndArray();
            json.WritePropertyName("message"u8);
            document.WriteJson(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        if (document.IsValid) return 0;
        errors.WriteLine($"{offset}: {length} bytes refused ({string.Join("; ", document.Reasons)})");
        return 1;
    }
}
