using System.Collections.Frozen;
using System.Collections.Immutable;
using Nadhir.Sensing;

namespace Nadhir.Formats.Asterix;

/// <summary>
/// ASTERIX of one feed to measurements, scan marks and signs of life; docs/feeds/asterix.md tells what becomes of each
/// category. A block is checked as a whole before anything of it is believed: one that does not fit an edition to the last
/// byte, or that its source would not send (<see cref="SourceHabits"/>), is reported and passed over, and the next one is
/// looked for where it is, not where a damaged length says. State:
/// counters, which editions fit, the last time reference of each sensor (CAT 001 tells only the low bits of the time).
/// </summary>
public sealed class AsterixFeedDecoder : IFeedDecoder
{
    readonly FrozenDictionary<int, int> sensorOfSource;
    readonly ImmutableArray<Sensor> sensors;
    readonly AsterixFeedOptions options;
    readonly Dictionary<(int Category, string Edition), RecordDecoder?> decoders = [];
    /// <summary>Decoders by category for the common case that no source has an edition of its own.</summary>
    readonly RecordDecoder?[] usual = new RecordDecoder?[256];
    readonly bool[] dependsOnSource = new bool[256], isTold = new bool[256];
    readonly BlockSearch search = new();
    readonly BlockWalk walk = new();
    readonly EditionLedger editions = new();
    readonly SourceHabits habits = new();
    readonly TrailerLedger trailers;
    readonly SourceClocks clocks;
    /// <summary>Records of a block mostly have one source: looked up once.</summary>
    int lastSource = -1, lastSensor = -1;

    /// <param name="feed">Only sensors of this feed are known here.</param>
    /// <param name="sensors">All sensors, in the order of the configuration: the index is what measurements carry.</param>
    public AsterixFeedDecoder(string feed, ImmutableArray<Sensor> sensors, AsterixFeedOptions? options = null)
    {
        this.options = options ?? new();
        this.sensors = sensors;
        clocks = new(sensors.Length);
        trailers = new(this.options.TrailingBytes);
        sensorOfSource = sensors.Select((sensor, index) => (sensor, index))
            .Where(pair => pair.sensor.Feed == feed && pair.sensor.Sac >= 0 && pair.sensor.Sic >= 0)
            .DistinctBy(pair => SourceKey(pair.sensor.Sac, pair.sensor.Sic))
            .ToFrozenDictionary(pair => SourceKey(pair.sensor.Sac, pair.sensor.Sic), pair => pair.index);
        foreach (int source in sensorOfSource.Keys) search.Know(source >> 8, source & 0xFF);
        foreach (SpokenEdition spoken in this.options.Editions)
        {
            dependsOnSource[spoken.Category & 0xFF] |= spoken.Sac >= 0;
            isTold[spoken.Category & 0xFF] |= spoken.Sac < 0;
        }

        foreach (int category in AsterixCatalogue.Editions.Keys)
            usual[category] = DecoderFor(category, -1, -1);
    }

    /// <summary>System tracks told neither in WGS 84 nor on a plane: passed over, not faults.</summary>
    public long TracksWithoutPosition =>
        decoders.Values.OfType<SystemTrackDecoder>().Sum(decoder => decoder.WithoutPosition);

    /// <summary>System tracks told only on a plane, placed as if its origin were the sensor's configured position.</summary>
    public long TracksPlacedOnPlane =>
        decoders.Values.OfType<SystemTrackDecoder>().Sum(decoder => decoder.PlacedOnPlane);

    /// <summary>Records handed to the decoder of their category, whatever became of them.</summary>
    public long Records { get; private set; }

    /// <summary>Blocks that the newest edition could not read and an older one could, where no edition was told.</summary>
    public long BlocksByOlderEdition { get; private set; }

    /// <summary>Sources that another edition than the one in use fits better.</summary>
    public ImmutableArray<EditionProposal> EditionProposals => editions.Proposals;

    /// <summary>A trailer seen behind most arrivals and not told; else null.</summary>
    public TrailerProposal? TrailerProposal => trailers.Proposal;

    /// <inheritdoc/>
    public IEnumerable<FeedFinding> Findings
    {
        get
        {
            string inUse = string.Join("; ", editions.InUse);
            if (inUse.Length > 0) yield return new(FindingKind.EditionsInUse, inUse);
            if (trailers.Told is { } told) yield return new(FindingKind.TrailerInUse, told);
            foreach (EditionProposal p in EditionProposals)
            {
                string source = p.Sac < 0 ? "" : $" {p.Sac}/{p.Sic}";
                yield return new(FindingKind.EditionProposed,
                    $"{p.Category:000}{source}: {p.Proposed} {p.FitProposed}/{p.Blocks}, {p.InUse} {p.FitInUse}/{p.Blocks}");
            }

            if (TrailerProposal is { } t)
                yield return new(FindingKind.TrailerProposed, $"trailing_bytes: {t.Bytes}, {t.WithTrailer}/{t.Arrivals}");
        }
    }

    public void Decode(ReadOnlySpan<byte> bytes, DateTimeOffset arrived, IDecodeSink sink)
    {
        int endOfGood = 0;
        for (int at = 0; at < bytes.Length;)
        {
            scoped ReadOnlySpan<byte> rest = bytes[at..];
            DecodeFault fault = AsterixBlock.TryTake(ref rest, out AsterixBlock block);
            if (fault == DecodeFault.None && block.Records.IsEmpty) fault = DecodeFault.BadLength; // a header of nothing
            bool mayTrail = endOfGood > 0 && bytes.Length - at <= options.TrailingBytes;
            if (mayTrail && (fault != DecodeFault.None || !rest.IsEmpty)) break;
            string? detail = null;
            RecordDecoder? decoder = fault == DecodeFault.None ? Walk(block, at, out fault, out detail) : null;
            bool stands = decoder is not null && (rest.Length <= options.TrailingBytes || search.MayFollow(rest) ||
                search.Find(bytes, at + 1, at + block.Whole.Length) < 0);
            if (stands && !habits.Believe(block, walk, decoder!.Category, sensorOfSource, arrived, out detail))
            {
                (decoder, fault) = (null, DecodeFault.Implausible);
                detail = $"CAT {block.Category:000} {detail}";
                stands = false;
            }

            if (stands)
            {
                if (!search.IsUsual(block)) search.Know(block);
                endOfGood = at + block.Whole.Length;
                DecodeRecords(decoder!, block, at, arrived, sink);
                at = endOfGood;
                continue;
            }

            int next = NextAfterDamage(bytes, at, decoder is null ? block.Whole.Length : 0);
            Report(bytes, at, next, endOfGood, fault, detail, sink);
            if (next == bytes.Length && endOfGood == at) break;
            at = next;
        }

        if (endOfGood > 0) trailers.Observe(bytes.Length - endOfGood);
    }

    /// <summary>Where the next block starts; the end of the bytes when none is found.</summary>
    /// <param name="told">Length by the header, 0 when it cannot be believed.</param>
    int NextAfterDamage(ReadOnlySpan<byte> bytes, int at, int told)
    {
        int found = search.Find(bytes, at + 1, bytes.Length, at + told);
        return found > 0 ? found : bytes.Length;
    }

    static void Report(
        ReadOnlySpan<byte> bytes, int at, int next, int endOfGood, DecodeFault fault, string? detail, IDecodeSink sink)
    {
        bool appended = at > 0 && endOfGood == at && next == bytes.Length && BlockSearch.Held(bytes[at]).IsEmpty;
        if (appended && fault is DecodeFault.Truncated or DecodeFault.BadLength) fault = DecodeFault.TrailingBytes;
        // A block that fitted and swallowed the start of the next one.
        if (fault == DecodeFault.None) fault = DecodeFault.BadLength;
        sink.OnFault(fault, at, next - at, detail ?? $"CAT {bytes[at]:000} block");
    }

    /// <summary>The decoder whose edition consumes the block, which it has walked; else null and why.</summary>
    RecordDecoder? Walk(scoped AsterixBlock block, int offset, out DecodeFault fault, out string? detail)
    {
        detail = null;
        int category = block.Category;
        bool told = isTold[category];
        RecordDecoder? decoder = usual[category];
        if (dependsOnSource[category] && BlockSearch.TryPeekSource(block.Records, out int sac, out int sic))
            decoder = DecoderFor(category, sac, sic, out told);
        if (decoder is null)
        {
            fault = DecodeFault.UnknownCategory;
            detail = $"CAT {category:000}";
            return null;
        }

        editions.Observe(block, decoder.Category);
        fault = walk.Take(block, decoder.Category, sourced: true);
        if (fault == DecodeFault.None) return decoder;
        int records = walk.Count, place = walk.FaultOffset;
        if (!told && TryOlder(block, decoder) is { } older)
        {
            fault = DecodeFault.None;
            return older;
        }

        detail = $"CAT {category:000} edition {decoder.Category.Edition} record {records + 1} at {offset + place}";
        return null;
    }

    /// <summary>Nobody told the edition: the newest of those held that fits, block by block.</summary>
    RecordDecoder? TryOlder(scoped AsterixBlock block, RecordDecoder tried)
    {
        foreach (CategoryDefinition edition in BlockSearch.Held(block.Category))
        {
            if (edition == tried.Category || walk.Take(block, edition, sourced: true) != DecodeFault.None) continue;
            BlocksByOlderEdition++;
            return DecoderOf(edition);
        }

        return null;
    }

    void DecodeRecords(RecordDecoder decoder, AsterixBlock block, int blockOffset, DateTimeOffset arrived, IDecodeSink sink)
    {
        int source = -1;
        for (int i = 0; i < walk.Count; i++)
        {
            AsterixRecord record = walk.Record(block, i);
            Records++;
            // CAT 001: a record without a source has that of the record before it.
            int own = decoder.SourceOf(record);
            if (own >= 0 || decoder.Category.Number != 1) source = own;
            DecodeRecord(decoder, record, source, blockOffset + walk.StartOf(i), arrived, sink);
        }
    }

    void DecodeRecord(
        RecordDecoder decoder, scoped in AsterixRecord record, int source, int offset, DateTimeOffset arrived,
        IDecodeSink sink)
    {
        if (source < 0)
        {
            string category = $"CAT {decoder.Category.Number:000} without I010";
            sink.OnFault(DecodeFault.UnknownSensor, offset, record.Bytes.Length, category);
            return;
        }

        if (source != lastSource)
        {
            lastSensor = sensorOfSource.GetValueOrDefault(source, -1);
            lastSource = source;
        }

        if (lastSensor < 0)
        {
            sink.OnFault(DecodeFault.UnknownSensor, offset, record.Bytes.Length, $"SAC/SIC {source >> 8}/{source & 0xFF}");
            return;
        }

        DecodeFault fault = decoder.Decode(record, new(lastSensor, arrived), sink, out string detail);
        if (fault == DecodeFault.None) return;
        string what = $"CAT {decoder.Category.Number:000} SAC/SIC {source >> 8}/{source & 0xFF}: {detail}";
        sink.OnFault(fault, offset, record.Bytes.Length, what);
    }

    RecordDecoder? DecoderFor(int category, int sac, int sic) => DecoderFor(category, sac, sic, out _);

    RecordDecoder? DecoderFor(int category, int sac, int sic, out bool told)
    {
        SpokenEdition? spoken = null;
        foreach (SpokenEdition each in options.Editions)
        {
            if (each.Category != category || (each.Sac >= 0 && (each.Sac != sac || each.Sic != sic))) continue;
            if (spoken is null || each.Sac > spoken.Sac) spoken = each;
        }

        told = spoken is not null;
        CategoryDefinition? definition =
            spoken is null ? AsterixCatalogue.Newest(category) : AsterixCatalogue.Find(category, spoken.Edition);
        return definition is null ? null : DecoderOf(definition);
    }

    RecordDecoder? DecoderOf(CategoryDefinition definition)
    {
        (int, string) key = (definition.Number, definition.Edition);
        if (!decoders.TryGetValue(key, out RecordDecoder? decoder))
            decoders[key] = decoder = RecordDecoder.For(definition, sensors, clocks);
        return decoder;
    }

    static int SourceKey(int sac, int sic) => (sac << 8) | sic;
}
