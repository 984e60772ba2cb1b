using System.Text.Encodings.Web;
using System.Text.Json;
using Nadhir.Formats.Captures;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>A block that could not be read.</summary>
/// <param name="Offset">In the file.</param>
/// <param name="Length">Bytes passed over.</param>
public sealed record DamagedBlock(DecodeFault Fault, long Offset, int Length, string Detail);

/// <summary>
/// Writes records as JSON lines: offset, time of capture if known, category, edition, source, and all items under their
/// numbers with the standard's element names, in SI units (angles in degrees). The shape is told in
/// docs/asterix-notation.md. A block that does not fit its edition as a whole is not written but reported.
/// </summary>
public sealed class AsterixJsonWriter(
    Stream output, EditionChooser editions, Action<DamagedBlock> onDamage, bool explain = false) : IDisposable
{
    static readonly byte[] newLine = "\n"u8.ToArray();

    readonly Utf8JsonWriter json =
        new(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public long Records { get; private set; }

    /// <summary>All records of what arrived at once.</summary>
    public void Write(in CaptureItem item)
    {
        scoped ReadOnlySpan<byte> rest = item.Bytes.Span;
        while (!rest.IsEmpty)
        {
            int offset = item.Bytes.Length - rest.Length, category = rest[0];
            DecodeFault fault = AsterixBlock.TryTake(ref rest, out AsterixBlock block);
            if (fault != DecodeFault.None)
            {
                bool appended = offset > 0 && !AsterixCatalogue.Editions.ContainsKey(category);
                if (appended) fault = DecodeFault.TrailingBytes;
                onDamage(new(fault, item.Offset + offset, rest.Length, $"CAT {category:000}"));
                return;
            }

            WriteBlock(block, item, item.Offset + offset);
        }
    }

    void WriteBlock(scoped AsterixBlock block, in CaptureItem item, long offset)
    {
        if (editions.Choose(block.Category) is not { } category)
        {
            onDamage(new(DecodeFault.UnknownCategory, offset, block.Whole.Length, $"CAT {block.Category:000}"));
            return;
        }

        DecodeFault fault = block.Check(category, out int faultOffset, out int good);
        if (fault != DecodeFault.None)
        {
            string detail = $"CAT {block.Category:000} edition {category.Edition} record {good + 1} at {offset + faultOffset}";
            onDamage(new(fault, offset, block.Whole.Length, detail));
            return;
        }

        AsterixField sac = AsterixField.Find(category, "010", "SAC"), sic = AsterixField.Find(category, "010", "SIC");
        ulong area = 0, identification = 0;
        bool sourceKnown = false;
        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        scoped ReadOnlySpan<byte> rest = block.Records;
        while (!rest.IsEmpty)
        {
            long recordOffset = offset + block.Whole.Length - rest.Length;
            AsterixRecord.TryTake(category, ref rest, offsets, out AsterixRecord record);
            // CAT 001: a record without a source has that of the record before it.
            if (sac.IsIn(record))
                sourceKnown = sac.TryReadBits(record, out area) && sic.TryReadBits(record, out identification);
            json.WriteStartObject();
            json.WriteNumber("offset", recordOffset);
            if (item.Time is { } time) json.WriteString("time", time.UtcDateTime);
            else if (item.TimeOfDay is { } timeOfDay) json.WriteNumber("timeOfDay", timeOfDay.TotalSeconds);
            json.WriteNumber("category", category.Number);
            json.WriteString("edition", category.Edition);
            if (sourceKnown)
            {
                json.WriteNumber("sac", area);
                json.WriteNumber("sic", identification);
            }

            json.WriteStartObject("items");
            ItemReader.Read(record, new JsonItems(json, explain));
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            output.Write(newLine);
            Records++;
        }
    }

    public void Dispose() => json.Dispose();
}
