using System.Text.Json;
using Nadhir.Sensing;

namespace Nadhir.Formats.ModeS.Feeds;

/// <summary>
/// The aircraft of one <c>aircraft.json</c>, in order; also of a bare list of such objects, one after the other. Each
/// aircraft is read for itself, so that a damaged one costs no other: reading goes on at the next object that begins
/// with an address. An object is at most <see cref="MostObjectOctets"/> long and 8 deep; after
/// <see cref="MostFaults"/> faults the rest of the document is passed over as one more.
/// </summary>
public ref struct AircraftDocument
{
    public const int MostObjectOctets = 16_384, MostFaults = 64;

    static readonly JsonReaderOptions options = new() { MaxDepth = 8 };

    readonly ReadOnlySpan<byte> bytes;
    int at, faultCount;
    bool ended;

    AircraftDocument(ReadOnlySpan<byte> bytes, int at, double now)
    {
        this.bytes = bytes;
        this.at = at;
        NowSeconds = now;
    }

    /// <summary>
    /// When the file was written, seconds since 1970 by its clock; NaN when it does not say before the list.
    /// </summary>
    public double NowSeconds { get; }

    /// <summary>Finds the list of aircraft.</summary>
    /// <returns>False when there is none; that is told.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, IDecodeSink faults, out AircraftDocument document)
    {
        double now = double.NaN;
        int list = -1;
        try
        {
            list = FindList(bytes, out now);
        }
        catch (JsonException)
        {
        }
        catch (InvalidOperationException)
        {
        }

        document = new(bytes, Math.Max(list, 0), now);
        if (list >= 0) return true;
        if (!bytes.IsEmpty) faults.OnFault(DecodeFault.NotThisFormat, 0, bytes.Length, "no list of aircraft");
        return false;
    }

    /// <summary>Takes the next aircraft.</summary>
    /// <returns>False at the end of the list.</returns>
    public bool TryTake(IDecodeSink faults, out AircraftEntry entry, out int offset)
    {
        entry = default;
        offset = 0;
        while (!ended)
        {
            while (at < bytes.Length && IsBetween(bytes[at])) at++;
            if (at >= bytes.Length || bytes[at] == ']')
            {
                ended = true;
                break;
            }

            offset = at;
            if (TryObject(out entry, out string detail)) return true;
            if (++faultCount > MostFaults)
            {
                at = bytes.Length;
                detail = "too many damaged aircraft: the rest is passed over";
            }

            faults.OnFault(DecodeFault.BadValue, offset, Math.Max(at - offset, 1), detail);
        }

        return false;
    }

    static bool IsBetween(byte octet) =>
        octet is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    bool TryObject(out AircraftEntry entry, out string detail)
    {
        entry = default;
        detail = "damaged aircraft";
        int begin = at;
        if (bytes[begin] == '{')
        {
            ReadOnlySpan<byte> rest = bytes[begin..];
            if (rest.Length > MostObjectOctets) rest = rest[..MostObjectOctets];
            Utf8JsonReader reader = new(rest, isFinalBlock: true, new JsonReaderState(options));
            try
            {
                bool read = AircraftEntry.TryRead(ref reader, out entry);
                at = begin + (int)reader.BytesConsumed;
                detail = "aircraft without an address or with an impossible place";
                return read;
            }
            catch (JsonException)
            {
            }
            catch (InvalidOperationException)
            {
            }
        }

        int next = bytes[(begin + 1)..].IndexOf("{\"hex\""u8);
        at = next < 0 ? bytes.Length : begin + 1 + next;
        return false;
    }

    /// <returns>Where the first aircraft, or the end of the list, is; −1 when there is no list.</returns>
    static int FindList(ReadOnlySpan<byte> bytes, out double now)
    {
        now = double.NaN;
        Utf8JsonReader reader = new(bytes, isFinalBlock: true, new JsonReaderState(options));
        if (!reader.Read()) return -1;
        if (reader.TokenType == JsonTokenType.StartArray) return (int)reader.BytesConsumed;
        if (reader.TokenType != JsonTokenType.StartObject) return -1;
        int begin = (int)reader.TokenStartIndex;
        bool first = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (first && reader.ValueTextEquals("hex"u8)) return begin;
            first = false;
            bool isList = reader.ValueTextEquals("aircraft"u8), isNow = reader.ValueTextEquals("now"u8);
            reader.Read();
            if (isList) return reader.TokenType == JsonTokenType.StartArray ? (int)reader.BytesConsumed : -1;
            if (isNow && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double told)) now = told;
            reader.Skip();
        }

        return -1;
    }
}
