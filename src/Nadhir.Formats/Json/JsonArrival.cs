using System.Text.Json;
using System.Text.Unicode;
using Nadhir.Sensing;

namespace Nadhir.Formats.Json;

/// <summary>What is done with one JSON document of an arrival.</summary>
interface IJsonDocuments
{
    /// <param name="document">May be anything that is JSON.</param>
    /// <param name="offset">Of the document in the arrival.</param>
    void Take(JsonElement document, int offset, int length);
}

/// <summary>
/// Reads the JSON documents of an arrival one after the other (JSON lines, or just one). Bytes that are no UTF-8 or no
/// JSON are a fault; the documents before them are taken. At most 1 MiB is read of one arrival.
/// </summary>
static class JsonArrival
{
    public const int LongestArrival = 1 << 20;

    static readonly JsonReaderOptions options = new()
    {
        AllowMultipleValues = true, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow,
            MaxDepth = 32,
    };

    /// <param name="offset">Added to the offsets of faults.</param>
    public static void Read<TTaker>(ReadOnlySpan<byte> bytes, int offset, ref TTaker taker, IDecodeSink sink)
        where TTaker : IJsonDocuments, allows ref struct
    {
        if (bytes.Length > LongestArrival)
        {
            sink.OnFault(DecodeFault.BadLength, offset, bytes.Length, $"longer than {LongestArrival} bytes");
            return;
        }

        if (!Utf8.IsValid(bytes))
        {
            sink.OnFault(DecodeFault.NotThisFormat, offset, bytes.Length, "not UTF-8");
            return;
        }

        Utf8JsonReader reader = new(bytes, options);
        int from = 0;
        try
        {
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                using JsonDocument document = JsonDocument.ParseValue(ref reader);
                from = (int)reader.BytesConsumed;
                TakeOne(document.RootElement, offset + start, from - start, ref taker, sink);
            }
        }
        catch (JsonException broken)
        {
            sink.OnFault(DecodeFault.NotThisFormat, offset + from, bytes.Length - from, Short(broken.Message));
        }
    }

    /// <summary>An escape that is no character (half of a pair) is found only when the text is asked for.</summary>
    static void TakeOne<TTaker>(JsonElement document, int offset, int length, ref TTaker taker, IDecodeSink sink)
        where TTaker : IJsonDocuments, allows ref struct
    {
        try
        {
            taker.Take(document, offset, length);
        }
        catch (InvalidOperationException broken)
        {
            sink.OnFault(DecodeFault.BadValue, offset, length, Short(broken.Message));
        }
    }

    static string Short(string text) => text.Length <= 200 ? text : text[..200];
}
