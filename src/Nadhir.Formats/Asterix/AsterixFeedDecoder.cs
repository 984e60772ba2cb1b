using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// ASTERIX of one feed to measurements: CAT 048, 034, 062, 063, 065 and 021. A block is checked as a whole before
/// anything of it is believed: one that does not fit its edition to the last byte is reported and passed over, and the
/// next is read. Keeps no state but counters and the source last looked up.
/// </summary>
public sealed class AsterixFeedDecoder : IFeedDecoder
{
    readonly FrozenDictionary<int, int> sensorOfSource;
    readonly AsterixFeedOptions options;
    readonly Dictionary<(int Category, string Edition), RecordDecoder?> decoders = [];
    /// <summary>Decoders by category for the common case that no source has an edition of its own.</summary>
    readonly RecordDecoder?[] usual = new RecordDecoder?[256];
    readonly bool[] dependsOnSource = new bool[256];
    /// <summary>Records of a block mostly have one source: looked up once.</summary>
    int lastSource = -1, lastSensor = -1;

    /// <param name="feed">Only sensors of this feed are known here.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements carry.</param>
    public AsterixFeedDecoder(string feed, ImmutableArray<Sensor> sensors, AsterixFeedOptions? options = null)
    {
        this.options = options ?? new();
        sensorOfSource = sensors.Select((sensor, index) => (sensor, index))
            .Where(pair => pair.sensor.Feed == feed && pair.sensor.Sac >= 0 && pair.sensor.Sic >= 0)
            .DistinctBy(pair => SourceKey(pair.sensor.Sac, pair.sensor.Sic))
            .ToFrozenDictionary(pair => SourceKey(pair.sensor.Sac, pair.sensor.Sic), pair => pair.index);
        foreach (SpokenEdition spoken in this.options.Editions) dependsOnSource[spoken.Category & 0xFF] |= spoken.Sac >= 0;
        foreach (int category in RecordDecoder.Categories) usual[category] = DecoderFor(category, -1, -1);
    }

    /// <summary>System tracks told without a WGS 84 position: passed over, not faults.</summary>
    public long TracksWithoutPosition => decoders.Values.OfType<SystemTrackDecoder>().Sum(decoder => decoder.WithoutPosition);

    /// <summary>Records handed to the decoder of their category, whatever became of them.</summary>
    public long Records { get; private set; }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        scoped ReadOnlySpan<byte> rest = bytes;
        for (int blocks = 0; !rest.IsEmpty; blocks++)
        {
            if (blocks > 0 && rest.Length <= options.TrailingBytes) return;
            int offset = bytes.Length - rest.Length;
            int category = rest[0];
            DecodeFault fault = AsterixBlock.TryTake(ref rest, out AsterixBlock block);
            if (fault != DecodeFault.None)
            {
                bool appended = blocks > 0 && !AsterixCatalogue.Editions.ContainsKey(category);
                sink.OnFault(appended ? DecodeFault.TrailingBytes : fault, offset, rest.Length, $"CAT {category:000} block");
                return;
            }

            DecodeBlock(block, offset, arrived, sink);
        }
    }

    void DecodeBlock(scoped AsterixBlock block, int blockOffset, DateTimeOffset arrived, IDecodeSink sink)
    {
        RecordDecoder? decoder = dependsOnSource[block.Category] && TryPeekSource(block.Records, out int sac, out int sic)
            ? DecoderFor(block.Category, sac, sic)
            : usual[block.Category];
        if (decoder is null)
        {
            sink.OnFault(DecodeFault.UnknownCategory, blockOffset, block.Whole.Length, $"CAT {block.Category:000}");
            return;
        }

        DecodeFault fault = block.Check(decoder.Category, out int faultOffset, out int records);
        if (fault != DecodeFault.None)
        {
            string edition = decoder.Category.Edition;
            string where = $"CAT {block.Category:000} edition {edition} record {records + 1} at {blockOffset + faultOffset}";
            sink.OnFault(fault, blockOffset, block.Whole.Length, where);
            return;
        }

        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        scoped ReadOnlySpan<byte> rest = block.Records;
        while (!rest.IsEmpty)
        {
            int offset = blockOffset + block.Whole.Length - rest.Length;
            AsterixRecord.TryTake(decoder.Category, ref rest, offsets, out AsterixRecord record);
            DecodeRecord(decoder, record, offset, arrived, sink);
        }
    }

    void DecodeRecord(
        RecordDecoder decoder, scoped in AsterixRecord record, int offset, DateTimeOffset arrived, IDecodeSink sink)
    {
        Records++;
        if (!decoder.Sac.TryReadBits(record, out ulong sac) || !decoder.Sic.TryReadBits(record, out ulong sic))
        {
            string category = $"CAT {decoder.Category.Number:000} without I010";
            sink.OnFault(DecodeFault.UnknownSensor, offset, record.Bytes.Length, category);
            return;
        }

        int source = SourceKey((int)sac, (int)sic);
        if (source != lastSource)
        {
            lastSensor = sensorOfSource.GetValueOrDefault(source, -1);
            lastSource = source;
        }

        if (lastSensor < 0)
        {
            sink.OnFault(DecodeFault.UnknownSensor, offset, record.Bytes.Length, $"SAC/SIC {sac}/{sic}");
            return;
        }

        DecodeFault fault = decoder.Decode(record, new(lastSensor, arrived), sink, out string detail);
        if (fault == DecodeFault.None) return;
        string what = $"CAT {decoder.Category.Number:000} SAC/SIC {sac}/{sic}: {detail}";
        sink.OnFault(fault, offset, record.Bytes.Length, what);
    }

    /// <summary>The source of the first record, where I010 comes first as it does in the categories used here.</summary>
    static bool TryPeekSource(ReadOnlySpan<byte> records, out int sac, out int sic)
    {
        sac = sic = -1;
        if (records.IsEmpty || (records[0] & 0x80) == 0) return false;
        int at = 0;
        while (at < records.Length && (records[at] & 1) != 0) at++;
        if (at + 2 >= records.Length) return false;
        sac = records[at + 1];
        sic = records[at + 2];
        return true;
    }

    RecordDecoder? DecoderFor(int category, int sac, int sic)
    {
        SpokenEdition? spoken = options.Editions
            .Where(each => each.Category == category && (each.Sac < 0 || (each.Sac == sac && each.Sic == sic)))
            .MaxBy(each => each.Sac);
        CategoryDefinition? definition =
            spoken is null ? AsterixCatalogue.Newest(category) : AsterixCatalogue.Find(category, spoken.Edition);
        if (definition is null) return null;
        (int, string) key = (category, definition.Edition);
        if (!decoders.TryGetValue(key, out RecordDecoder? decoder))
            decoders[key] = decoder = RecordDecoder.For(definition);
        return decoder;
    }

    static int SourceKey(int sac, int sic) => (sac << 8) | sic;
}
