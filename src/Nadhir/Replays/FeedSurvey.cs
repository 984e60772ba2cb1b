using System.Collections.Immutable;
using System.Globalization;
using Nadhir.Formats.Asterix;
using Nadhir.Sensing;

namespace Nadhir.Replays;

/// <summary>
/// A first pass over one feed of a recording: which editions fit, who speaks, whether something is appended to every
/// datagram. Only blocks that fit an edition to the last byte are believed.
/// </summary>
sealed class FeedSurvey(string feed)
{
    /// <summary>More than this after the last block is damage, not a habit of the sender.</summary>
    const int MostTrailingBytes = 32;

    readonly EditionChooser chooser = new();
    readonly SortedSet<int> categories = [];
    readonly SortedDictionary<int, int> remainders = [];
    readonly Dictionary<int, SurveyFields?> fields = [];
    readonly SortedDictionary<(int Sac, int Sic), SourceSurvey> sources = [];
    int arrivals;

    public string Feed => feed;
    public IReadOnlyCollection<SourceSurvey> Sources => sources.Values;

    /// <summary>Edition by category, where there was a choice.</summary>
    public ImmutableSortedDictionary<string, string> Editions => categories
        .Where(category => AsterixCatalogue.Editions.TryGetValue(category, out var held) && held.Length > 1)
        .ToImmutableSortedDictionary(
            category => category.ToString("000", CultureInfo.InvariantCulture), category => chooser.Choose(category)!.Edition,
            StringComparer.Ordinal);

    /// <summary>Bytes that follow the last block in more than half of the arrivals.</summary>
    public int TrailingBytes => remainders.FirstOrDefault(pair => 2 * pair.Value > arrivals).Key;

    /// <summary>Tries the blocks of an arrival against the editions: once over everything before the first <see cref="Take"/>.</summary>
    public void Observe(ReadOnlySpan<byte> bytes)
    {
        arrivals++;
        int blocks = 0;
        while (AsterixBlock.TryTake(ref bytes, out AsterixBlock block) == DecodeFault.None)
        {
            blocks++;
            categories.Add(block.Category);
            chooser.Observe(block);
        }

        if (blocks == 0 || bytes.Length is 0 or > MostTrailingBytes) return;
        remainders[bytes.Length] = remainders.GetValueOrDefault(bytes.Length) + 1;
    }

    /// <summary>Reads the records of an arrival.</summary>
    /// <returns>The time of day that its first record tells, or NaN.</returns>
    public double Take(RecordedArrival arrival)
    {
        double told = double.NaN;
        Span<ushort> offsets = stackalloc ushort[AsterixRecord.MostItems];
        ReadOnlySpan<byte> rest = arrival.Bytes.Span;
        while (AsterixBlock.TryTake(ref rest, out AsterixBlock block) == DecodeFault.None)
        {
            if (FieldsOf(block.Category) is not { } known || block.Check(known.Category, out _, out _) != DecodeFault.None) continue;
            ReadOnlySpan<byte> records = block.Records;
            (int Sac, int Sic)? before = null;
            while (AsterixRecord.TryTake(known.Category, ref records, offsets, out AsterixRecord record) == DecodeFault.None)
            {
                double timeOfDay = known.TimeOfDay(record);
                if (double.IsNaN(told)) told = timeOfDay;
                if (known.Sac.TryReadBits(record, out ulong sac) && known.Sic.TryReadBits(record, out ulong sic))
                    before = ((int)sac, (int)sic);
                // CAT 001: a record without a source has that of the record before it.
                else if (block.Category != 1) before = null;
                if (before is not { } key) continue;
                if (!sources.TryGetValue(key, out SourceSurvey? source)) sources[key] = source = new(key.Sac, key.Sic);
                source.Take(known, record, timeOfDay, arrival.At);
            }
        }

        return told;
    }

    SurveyFields? FieldsOf(int category)
    {
        if (fields.TryGetValue(category, out SurveyFields? known)) return known;
        return fields[category] = chooser.Choose(category) is { } definition ? SurveyFields.Of(definition) : null;
    }
}
