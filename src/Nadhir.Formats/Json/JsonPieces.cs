using System.Text.Json;
using Nadhir.Formats.Captures;

namespace Nadhir.Formats.Json;

/// <summary>
/// Cuts a file of JSON into its documents, one after the other: JSON lines, or documents over many lines. A line that
/// holds a whole document, or none that ever ends, is a piece of its own, so that a damaged one costs no other. Blanks
/// between documents are passed over. Looks at no byte more than a few times.
/// </summary>
static class JsonPieces
{
    /// <summary>A longer document is cut into its lines; as much as is read of an <c>aircraft.json</c>.</summary>
    const int MostOctets = 8 * 1024 * 1024;
    static readonly JsonDocumentOptions lenient = new() { MaxDepth = 32 };

    public static List<CaptureItem> Cut(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        List<CaptureItem> pieces = [];
        // Documents that never end are looked for so often and no more: then every line is a piece.
        long patience = (4L * bytes.Length) + 65_536;
        int at = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (at < bytes.Length)
        {
            if (bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
                continue;
            }

            ReadOnlySpan<byte> rest = bytes[at..];
            int line = rest.IndexOf((byte)'\n');
            if (line < 0) line = rest.Length;
            int length = EndOf(rest[..line]);
            if (length < 0 && patience > 0 && line < rest.Length)
            {
                ReadOnlySpan<byte> near = rest[..Math.Min(rest.Length, MostOctets)];
                length = EndOf(near, out int looked);
                patience -= length < 0 ? looked : 0;
            }

            if (length < 0) length = line;
            pieces.Add(new(null, null, file.Slice(at, length), at));
            at += length;
        }

        return pieces;
    }

    /// <summary>Each document with the time that it tells.</summary>
    public static List<CaptureItem> Cut(ReadOnlyMemory<byte> file, Func<ReadOnlyMemory<byte>, DateTimeOffset?> timeOf)
    {
        List<CaptureItem> pieces = Cut(file);
        List<long?> told = [.. pieces.Select(piece => timeOf(piece.Bytes)?.UtcTicks)];
        return RecordingClock.Tell(pieces, told, RecordingEpoch.None);
    }

    /// <summary>Reads a document, and asks something of it.</summary>
    /// <returns>What was asked; its default where the bytes are no JSON.</returns>
    public static T? Ask<T>(ReadOnlyMemory<byte> document, Func<JsonElement, T> ask)
    {
        if (document.Length > MostOctets) return default;
        try
        {
            using JsonDocument read = JsonDocument.Parse(document, lenient);
            return ask(read.RootElement);
        }
        catch (JsonException)
        {
            return default;
        }
        catch (InvalidOperationException)
        {
            // A text holds half a character.
            return default;
        }
    }

    /// <summary>Asks the first document of a file.</summary>
    public static bool AskFirst(ReadOnlyMemory<byte> file, Func<JsonElement, bool> ask)
    {
        ReadOnlySpan<byte> start = file.Span.TrimStart("\uFEFF \t\r\n"u8);
        if (start.IsEmpty || start[0] is not ((byte)'{' or (byte)'[')) return false;
        int from = file.Length - start.Length, length = EndOf(start);
        return length > 0 && Ask(file.Slice(from, length), ask);
    }

    static int EndOf(ReadOnlySpan<byte> bytes) => EndOf(bytes, out _);

    /// <summary>Where the object or list that begins here ends; −1 when it does not, or what begins is
    /// neither.</summary>
    /// <param name="looked">How many bytes it took to tell.</param>
    static int EndOf(ReadOnlySpan<byte> bytes, out int looked)
    {
        looked = 0;
        if (bytes.IsEmpty || bytes[0] is not ((byte)'{' or (byte)'[')) return -1;
        int depth = 0;
        bool inText = false;
        for (; looked < bytes.Length; looked++)
        {
            byte octet = bytes[looked];
            if (inText)
            {
                if (octet == '\\') looked++;
                else if (octet == '"') inText = false;
                else if (octet == '\n') return -1;
            }
            else if (octet == '"') inText = true;
            else if (octet is (byte)'{' or (byte)'[') depth++;
            else if (octet is (byte)'}' or (byte)']' && --depth == 0) return looked + 1;
        }

        return -1;
    }
}
