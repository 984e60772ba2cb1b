using System.Globalization;
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
/// docs/asterix-notation.md. A block that does not fit its edition as a whole, or that its source would not send, is not
/// written but reported.
/// </summary>
public sealed class AsterixJsonWriter : IDisposable
{
    static readonly byte[] offsetName = JsonLine.Quote("offset"), timeName = JsonLine.Quote("time");
    static readonly byte[] timeOfDayName = JsonLine.Quote("timeOfDay"), categoryName = JsonLine.Quote("category");
    static readonly byte[] editionName = JsonLine.Quote("edition");
    static readonly byte[] sacName = JsonLine.Quote("sac"), sicName = JsonLine.Quote("sic");
    static readonly byte[] itemsName = JsonLine.Quote("items");

    readonly Stream output;
    readonly EditionChooser editions;
    readonly Action<DamagedBlock> onDamage;
    readonly JsonLine json = new();
    readonly JsonItems items;
    readonly BlockSearch search = new();
    readonly BlockWalk walk = new();
    readonly SourceHabits habits = new();

    public AsterixJsonWriter(
        Stream output, EditionChooser editions, Action<DamagedBlock> onDamage, bool explain = false)
    {
        this.output = output;
        this.editions = editions;
        this.onDamage = onDamage;
        items = new(json, explain);
    }

    public long Records { get; private set; }

    /// <summary>All records of what arrived at once.</summary>
    public void Write(in CaptureItem item)
    {
        ReadOnlySpan<byte> bytes = item.Bytes.Span;
        for (int at = 0; at < bytes.Length;)
        {
            scoped ReadOnlySpan<byte> rest = bytes[at..];
            DecodeFault fault = AsterixBlock.TryTake(ref rest, out AsterixBlock block);
            string? detail = null;
            if (fault == DecodeFault.None)
            {
                fault = WriteBlock(block, item, at, out detail);
                if (fault == DecodeFault.None)
                {
                    at += block.Whole.Length;
                    continue;
                }
            }

            int found = search.Find(bytes, at + 1, bytes.Length, at + block.Whole.Length);
            int next = found > 0 ? found : bytes.Length;
            bool appended = at > 0 && next == bytes.Length && BlockSearch.Held(bytes[at]).IsEmpty;
            if (appended && fault is DecodeFault.Truncated or DecodeFault.BadLength) fault = DecodeFault.TrailingBytes;
            onDamage(new(fault, item.Offset + at, next - at, detail ?? $"CAT {bytes[at]:000}"));
            at = next;
        }
    }

    DecodeFault WriteBlock(scoped AsterixBlock block, in CaptureItem item, int at, out string? detail)
    {
        detail = null;
        if (editions.Choose(block.Category) is not { } category) return DecodeFault.UnknownCategory;
        DecodeFault fault = walk.Take(block, category, sourced: true);
        long offset = item.Offset + at;
        if (fault != DecodeFault.None)
        {
            string edition = category.Edition;
            long place = offset + walk.FaultOffset;
            detail = $"CAT {block.Category:000} edition {edition} record {walk.Count + 1} at {place}";
            return fault;
        }

        if (!habits.Believe(block, walk, category, known: null, item.Time ?? default, out string? doubt))
        {
            detail = $"CAT {block.Category:000} edition {category.Edition}: {doubt}";
            return DecodeFault.Implausible;
        }

        search.Know(block);
        int source = -1, sourcePlace = category.SourcePlace;
        json.Clear();
        for (int i = 0; i < walk.Count; i++)
        {
            AsterixRecord record = walk.Record(block, i);
            // CAT 001: a record without a source has that of the record before it.
            if (record.Has(sourcePlace))
                source = (record.From(sourcePlace)[0] << 8) | record.From(sourcePlace)[1];
            WriteRecord(category, record, source, item, offset + walk.StartOf(i));
        }

        output.Write(json.Bytes);
        Records += walk.Count;
        return DecodeFault.None;
    }

    void WriteRecord(CategoryDefinition category, in AsterixRecord record, int source, in CaptureItem item, long offset)
    {
        json.Put("{"u8);
        json.Name(offsetName);
        json.Whole(offset);
        if (item.Time is { } time)
        {
            json.Name(timeName);
            Span<char> text = stackalloc char[40];
            const string form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";
            time.UtcDateTime.TryFormat(text, out int length, form, CultureInfo.InvariantCulture);
            json.Text(text[..length]);
        }
        else if (item.TimeOfDay is { } timeOfDay)
        {
            json.Name(timeOfDayName);
            json.Number(timeOfDay.TotalSeconds);
        }

        json.Name(categoryName);
        json.Whole(category.Number);
        json.Name(editionName);
        json.Text(category.Edition);
        if (source >= 0)
        {
            json.Name(sacName);
            json.Whole(source >> 8);
            json.Name(sicName);
            json.Whole(source & 0xFF);
        }

        json.Name(itemsName);
        json.Open('{');
        ItemReader.Read(record, items);
        json.Put("}}"u8);
        json.EndLine();
    }

    public void Dispose() => output.Flush();
}
